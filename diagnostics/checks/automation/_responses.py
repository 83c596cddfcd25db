"""Whose tags answer: touches of carriers, and their orders after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.automation import _response_words as words
from diagnostics.checks.automation._coverage import list_planned
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.tag_response import count_responses, cut_touches, mark_carriers
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.brief import Brief
    from diagnostics.model.tables import Tables

DAYS = 7
MOST_TAGS = 20
WHOLE = Text(zh="全部有标签的人", en="All tagged people")


@dataclass(frozen=True, kw_only=True)
class Responses:
    """Touched, told, answered and ordered by tag (empty for all); `least` touches are judged."""

    tags: pd.DataFrame
    least: float


def ask_responses(tables: Tables) -> dict[str, ir.Table]:
    """Ask for touches and orders after them by planned tag."""
    held = [name for name in ("contacts", "customers") if tables.has(name, "tags", "customer")]
    planned = list_tags(tables.engagement.brief)
    is_touched = tables.has("touches", "customer", "touched_at") and tables.has("order_lines", "customer")
    if not held or not planned or not is_touched:
        return {}
    carriers = mark_carriers(list_tagged([tables[name] for name in held]), planned)
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    touches = cut_touches(tables["touches"], tables.engagement.horizon.current, DAYS)
    return {"responses": count_responses(touches, lines, carriers, tuple(planned), DAYS)}


def list_tags(brief: Brief) -> dict[str, str]:
    """The tags of the dictionary as patterns, by a name that a column can bear."""
    names = [name for name, _, _ in list_planned(brief)][:MOST_TAGS]
    return {f"t{place}": escape(name.lower()) for place, name in enumerate(names)}


def escape(name: str) -> str:
    r"""A tag as a pattern that means the tag itself, on every engine.

    >>> escape("a.b")
    'a\\.b'
    """
    return "".join(f"\\{letter}" if letter in r".^$*+?{}[]\|()" else letter for letter in name)


def read_responses(replies: Replies, limits: Limits) -> Responses | None:
    """Read touches, answers and orders by tag; `None` where no touch meets a tag."""
    if "responses" not in replies or not replies["responses"].touched.iloc[0]:
        return None
    columns = ["tag", "touched", "told", "answered", "ordered"]
    row = replies["responses"].iloc[0].fillna(0)
    names = [name for name, _, _ in list_planned(replies.engagement.brief)][:MOST_TAGS]
    rows = [("", *(int(row[part]) for part in columns[1:]))]
    rows += [(name, *(int(row[f"t{place}_{part}"]) for part in columns[1:])) for place, name in enumerate(names)]
    return Responses(tags=pd.DataFrame(rows, columns=columns), least=limits["least_touches"])


def tell_responses(measured: Responses, leads: Text) -> Text:
    """Touches and orders after them, the tag that answers best, and what is said of leads in the same sentence."""
    whole = measured.tags.iloc[0]
    return words.RESPONSE_ANSWER.fill(
        n=word_number(whole.touched),
        ordered=word_percent(whole.ordered / whole.touched),
        best=_tell_best(measured),
        leads=leads,
    )


def _tell_best(measured: Responses) -> Text:
    known = measured.tags[(measured.tags.tag != "") & (measured.tags.touched >= measured.least)]
    if known.empty:
        return NOTHING
    first = known.iloc[int((known.ordered / known.touched).to_numpy().argmax())]
    tag, share = name_verbatim(shorten(str(first.tag), 18)), word_percent(first.ordered / first.touched)
    return words.BEST.fill(tag=tag, share=share)


def tabulate_responses(measured: Responses) -> Exhibit:
    """Response by tag."""
    tags = measured.tags
    low, high = wilson(tags.ordered.astype(float), tags.touched.astype(float))
    least = measured.least
    frame = tags.assign(
        tag=pd.Series([name_verbatim(shorten(tag, 18)) if tag else WHOLE for tag in tags.tag], dtype=object),
        answer=(tags.answered / tags.told.where(tags.told >= least)).astype(float),
        order=(tags.ordered / tags.touched.where(tags.touched >= least)).astype(float),
        low=low,
        high=high,
    )
    frame.loc[frame.touched < least, ["low", "high"]] = None
    fields = (
        Field(name="tag", label=Text(zh="标签", en="Tag")),
        Field(name="touched", label=Text(zh="触达次数", en="Touches"), unit="count"),
        Field(name="answer", label=Text(zh="响应率", en="Answered"), unit="share"),
        Field(name="order", label=Text(zh="7 天内下单", en="Ordered in 7 days"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    return Exhibit(name="tags", title=Text(zh="按标签的响应", en="Response by tag"), fields=fields, frame=frame)
