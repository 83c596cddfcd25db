"""Whether leads and touches are followed up, and whose tags answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.automation import _branch_words as words
from diagnostics.checks.automation._coverage import list_planned
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.tag_response import count_responses, cut_touches, mark_carriers, total_leads
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "automation.responses"
DAYS = 7
MOST_TAGS, MOST_ROWS = 20, 15
WHOLE = Text(zh="全部有标签的人", en="All tagged people")


@dataclass(frozen=True, kw_only=True)
class Responses:
    """Touched, told, answered and ordered by tag (empty for all), leads by staff; `least` touches are judged."""

    tags: pd.DataFrame
    leads: pd.DataFrame
    least: float


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for touches and orders after them by tag, and for leads by staff."""
    asked = {}
    if tables.has("lead_periods", "staff", "followed"):
        asked["leads"] = total_leads(tables["lead_periods"])
    held = [name for name in ("contacts", "customers") if tables.has(name, "tags", "customer")]
    planned = list_tags(tables.engagement.brief)
    if held and planned and tables.has("touches", "customer", "touched_at") and tables.has("order_lines", "customer"):
        carriers = mark_carriers(list_tagged([tables[name] for name in held]), planned)
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        touches = cut_touches(tables["touches"], tables.engagement.horizon.current, DAYS)
        asked["responses"] = count_responses(touches, lines, carriers, tuple(planned), DAYS)
    return asked


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


def measure(replies: Replies) -> Responses | NotComputable:
    """Read responses by tag and leads by staff."""
    if not replies.frames:
        return NotComputable(reason=words.NO_TOUCHES, unlocked_by=words.RESPONSE_UNLOCK)
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    return Responses(
        least=limits["least_touches"],
        tags=_read_tags(replies),
        leads=replies.frames.get(
            "leads", pd.DataFrame(columns=["staff", "followed", "added", "converted", "returned"])
        ),
    )


def _read_tags(replies: Replies) -> pd.DataFrame:
    columns = ["tag", "touched", "told", "answered", "ordered"]
    if "responses" not in replies or not replies["responses"].touched.iloc[0]:
        return pd.DataFrame(columns=columns)
    row = replies["responses"].iloc[0].fillna(0)
    names = [name for name, _, _ in list_planned(replies.engagement.brief)][:MOST_TAGS]
    rows = [("", *(int(row[part]) for part in columns[1:]))]
    rows += [(name, *(int(row[f"t{place}_{part}"]) for part in columns[1:])) for place, name in enumerate(names)]
    return pd.DataFrame(rows, columns=columns)


def judge(_measured: Responses, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: differences between tags are associations; scenarios that nobody follows up are raised elsewhere."""
    return ()


def tell(measured: Responses) -> Text:
    """Touches and orders after them, the tag that answers best, and leads."""
    said = NOTHING
    if not measured.tags.empty:
        whole = measured.tags.iloc[0]
        known = _list_known(measured)
        best = NOTHING
        if not known.empty:
            first = known.iloc[int((known.ordered / known.touched).to_numpy().argmax())]
            tag, share = name_verbatim(shorten(str(first.tag), 18)), word_percent(first.ordered / first.touched)
            best = words.BEST.fill(tag=tag, share=share)
        ordered = word_percent(whole.ordered / whole.touched)
        said += words.RESPONSE_ANSWER.fill(n=word_number(whole.touched), ordered=ordered, best=best)
    if not measured.leads.empty:
        said += words.LEADS.fill(
            staff=word_number(len(measured.leads)),
            followed=word_number(float(measured.leads.followed.sum())),
            added=word_number(float(measured.leads.added.sum())),
        )
    return said or words.NO_TAGGED


def _list_known(measured: Responses) -> pd.DataFrame:
    tags = measured.tags[measured.tags.tag != ""]
    return tags[tags.touched >= measured.least]


def caveats(measured: Responses) -> tuple[Text, ...]:
    """Which half is missing."""
    said = [words.NO_TAGGED] if measured.tags.empty else []
    return tuple([*said, words.NO_LEADS] if measured.leads.empty else said)


def tabulate(measured: Responses) -> tuple[Exhibit, ...]:
    """Response by tag, and leads by staff."""
    return _show_tags(measured), _show_leads(measured)


def _show_tags(measured: Responses) -> Exhibit:
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


def _show_leads(measured: Responses) -> Exhibit:
    frame = measured.leads.sort_values("followed", ascending=False).head(MOST_ROWS)
    frame = frame.assign(
        staff=pd.Series([name_verbatim(str(one)) for one in frame.staff], index=frame.index, dtype=object)
    )
    fields = (
        Field(name="staff", label=Text(zh="员工（代号）", en="Staff, coded")),
        Field(name="followed", label=Text(zh="跟进人次", en="Follow-ups"), unit="count"),
        Field(name="added", label=Text(zh="添加客户", en="Contacts added"), unit="count"),
        Field(name="converted", label=Text(zh="转化率", en="Converted"), unit="share"),
        Field(name="returned", label=Text(zh="退回率", en="Handed back"), unit="share"),
    )
    return Exhibit(name="leads", title=Text(zh="线索跟进", en="Leads"), fields=fields, frame=frame)


def draw(measured: Responses, language: Language) -> Figure:
    """Orders after a touch by tag; without tags follow-ups by staff."""
    known = _list_known(measured) if not measured.tags.empty else measured.tags
    if known.empty:
        leads = measured.leads.sort_values("followed", ascending=False).head(MOST_ROWS)
        return draw_bars(
            [shorten(str(staff), 18) for staff in leads.staff],
            leads.followed.astype(float).tolist(),
            [word_number(one).word(language) for one in leads.followed.astype(float)],
            axis_label=Text(zh="跟进人次", en="Follow-ups").word(language),
        )
    low, high = wilson(known.ordered.astype(float), known.touched.astype(float))
    shares = (known.ordered / known.touched).astype(float)
    figure = draw_bars(
        [shorten(str(tag), 18) for tag in known.tag],
        shares.tolist(),
        [word_percent(share).word(language) for share in shares],
        low=low.tolist(),
        high=high.tolist(),
        axis_label=Text(zh="触达后 7 天内下单", en="Ordered within 7 days of a touch").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="least_touches",
        value=30,
        reason=Text(zh="不足 30 次触达的占比不判断", en="shares of fewer than 30 touches are not judged"),
    ),
)

DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# Forty carriers of the tag get a touch on 5 February, ten of them order two days later: 25%.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"m{i} 2024-02-07 20" for i in range(10)),
        "m0 2024-01-01 20",
        "m0 2024-02-29 20",
    ]
)
EXAMPLE_CONTACTS = "\n".join(["contact customer added_at tags", *(f"k{i} m{i} 2024-01-01 敏感肌" for i in range(40))])
EXAMPLE_TOUCHES = "\n".join(["customer touched_at", *(f"m{i} 2024-02-05" for i in range(40))])

CHECK = Check(
    question=words.RESPONSE_QUESTION,
    definition=words.RESPONSE_DEFINITION,
    answers=("000-47", "002-40"),
    finds=(),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": EXAMPLE_LINES,
            "contacts": EXAMPLE_CONTACTS,
            "touches": EXAMPLE_TOUCHES,
            "lead_periods": "staff followed added\ns1 12 5",
        },
        says="本期触达有标签的人 40 次，25.0% 在 7 天内下单；最高的是“敏感肌”（25.0%）。线索由 1 人跟进 12 次",
        brief=Brief(answers={"tag_dictionary": ({"tag": "敏感肌", "dimension": "preference"},)}),
    ),
    place=50,
)
