"""Which pushed content customers answer, by where they came from and what they like, and whether they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.content import _answer_words as words
from diagnostics.metrics.gaps import fill_categories
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.touch_kinds import find_interests, find_sources, find_ways, label_touches, total_answers
from diagnostics.metrics.touch_load import list_losses, mark_loads
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.weekly_ratios import estimate_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST = 30
Z = 1.96
MOST_ROWS, SHOWN = 15, 3
WHATS = {"source": words.SOURCE, "way": words.WAY, "interest": words.INTEREST}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Kinds with their rates, most answered first, and the crossings by `source` or `way` and by `interest`."""

    kinds: pd.DataFrame
    crossings: Mapping[str, pd.DataFrame]
    knows_losses: bool


def ask_answers(tables: Tables) -> dict[str, ir.Table]:
    """Ask for answers by kind, and by kind with source and interest where these are known; nothing without a log."""
    if not tables.has("touches", "kind", "answered"):
        return {}
    history = tables.engagement.horizon.history
    losses = list_losses(tables["contacts"]) if tables.has("contacts", "customer", "lost_at") else None
    marked = tables.share(mark_loads(tables["touches"], history.start, history.end, losses))
    asked = {"answered": total_answers(marked)}
    if tables.has("customers", "source"):
        asked["source"] = total_answers(label_touches(marked, find_sources(tables["customers"])), "label")
    elif tables.has("contacts", "customer", "way"):
        asked["way"] = total_answers(label_touches(marked, find_ways(tables["contacts"])), "label")
    lines = _categorise(tables)
    if lines is not None:
        asked["interest"] = total_answers(label_touches(marked, find_interests(lines)), "label")
    return asked


def _categorise(tables: Tables) -> ir.Table | None:
    """Lines with their category, `None` if neither they nor the item master tell it or nobody is known."""
    if not tables.has("order_lines", "customer"):
        return None
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    if tables.has("products", "product_id", "category"):
        return fill_categories(lines, tables["products"])
    return lines if tables.has("order_lines", "category") else None


def measure_answers(replies: Replies) -> Answers | None:
    """Give every kind and every cell its rate; `None` where no kind reached enough customers."""
    kinds = _rate(replies["answered"]) if "answered" in replies else pd.DataFrame()
    if kinds.empty or kinds["value"].isna().all():
        return None
    followed = kinds.followed.where(kinds.followed >= LEAST).astype(float)
    crossings = {what: _match(_rate(replies[what])) for what in WHATS if what in replies}
    return Answers(
        kinds=kinds.assign(lost_share=kinds.lost / followed).sort_values(
            ["value", "segment"], ascending=[False, True], ignore_index=True
        ),
        crossings=crossings,
        knows_losses=bool(kinds.followed.sum() > 0),
    )


def _rate(moments: pd.DataFrame) -> pd.DataFrame:
    rated = estimate_shares(moments.assign(weeks=moments.n))
    enough = moments.n >= LEAST
    value, error = rated["value"].where(enough), rated.error.where(enough)
    return rated.assign(
        value=value, error=error, low=(value - Z * error).clip(lower=0), high=(value + Z * error).clip(upper=1)
    ).drop(columns="weeks")


def _match(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells that can be told, with the rate of the row's other kinds, and whether one leads by more than chance."""
    told = cells.dropna(subset=["value", "error"]).copy()
    rows = told.groupby("label")
    others_x, others_w = rows.x.transform("sum") - told.x, rows.w.transform("sum") - told.w
    told["rest"] = others_x / others_w.where(others_w > 0)
    # The others' error, from those of their parts weighted by touches.
    spread = (told.error * told.w) ** 2
    rest_error = np.sqrt((spread.groupby(told.label).transform("sum") - spread).clip(lower=0)) / others_w.where(
        others_w > 0
    )
    z = float(ndtri(1 - 0.025 / max(len(told), 1)))
    told["matches"] = told["value"] - told.rest > z * np.hypot(told.error, rest_error)
    return told.sort_values(["label", "value"], ascending=[True, False], ignore_index=True)


def tell_answers(measured: Answers) -> Text:
    """The kinds answered most and least, losses, and what matches whom."""
    kinds = measured.kinds.dropna(subset=["value"])
    best, worst = kinds.iloc[0], kinds.iloc[-1]
    return words.ANSWER.fill(
        n=word_number(len(measured.kinds)),
        best=_name(best.segment),
        high=word_percent(best["value"]),
        worst=_name(worst.segment),
        low=word_percent(worst["value"]),
        lost=_tell_losses(measured.kinds),
        matches=sum((_tell_matches(what, cells) for what, cells in measured.crossings.items()), NOTHING),
    )


def _tell_losses(kinds: pd.DataFrame) -> Text:
    lost = kinds.dropna(subset=["lost_share"]).sort_values("lost_share", ascending=False)
    if lost.empty:
        return NOTHING
    return words.LOST.fill(name=_name(lost.segment.iloc[0]), share=word_percent(lost.lost_share.iloc[0], 2))


def _tell_matches(what: str, cells: pd.DataFrame) -> Text:
    found = cells[cells.matches].sort_values("value", ascending=False).head(SHOWN)
    if found.empty:
        return words.NO_MATCH.fill(what=WHATS[what])
    pairs = [
        words.PAIR.fill(label=shorten(str(label), 16), kind=_name(kind))
        for label, kind in zip(found.label, found.segment, strict=True)
    ]
    return words.MATCHES.fill(what=WHATS[what], names=join_texts(pairs))


def _name(segment: object) -> Text:
    return name_verbatim(shorten(str(segment), 18)) if segment else words.UNNAMED


def doubt_answers(measured: Answers) -> tuple[Text, ...]:
    """What could not be crossed or seen."""
    lacks = {
        "source": {"source", "way"}.isdisjoint(measured.crossings),
        "interest": "interest" not in measured.crossings,
    }
    said = [words.NO_SOURCE] if lacks["source"] else []
    said += [words.NO_INTEREST] if lacks["interest"] else []
    return (*said, *(() if measured.knows_losses else (words.NO_LOSS,)))


def tabulate_answers(measured: Answers) -> tuple[Exhibit, ...]:
    """Kinds, and a table for each crossing."""
    kinds = measured.kinds.assign(name=pd.Series([_name(kind) for kind in measured.kinds.segment], dtype=object))
    kind = Field(name="name", label=Text(zh="内容类型", en="Kind of content"))
    rate = (
        Field(name="n", label=Text(zh="客户", en="Customers"), unit="count"),
        Field(name="w", label=Text(zh="触达次数", en="Touches"), unit="count"),
        Field(name="value", label=Text(zh="回应率", en="Answered"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    shown = [
        Exhibit(
            name="answered",
            title=Text(zh="各类内容的回应与流失", en="Answers and losses by kind of content"),
            fields=(
                kind,
                *rate,
                Field(name="lost_share", label=Text(zh="14 天流失", en="Lost in 14 days"), unit="share", digits=2),
            ),
            frame=kinds,
        )
    ]
    for what, cells in measured.crossings.items():
        frame = cells.head(4 * MOST_ROWS)
        frame = frame.assign(
            name=pd.Series([_name(kind) for kind in frame.segment], dtype=object),
            whom=[shorten(str(label), 18) for label in frame.label],
            verdict=pd.Series([words.FITS if fits else None for fits in frame.matches], dtype=object),
        )
        shown.append(
            Exhibit(
                name=what,
                title=Text(zh="按{what}看内容", en="Content by {what}").fill(what=WHATS[what]),
                fields=(
                    Field(name="whom", label=WHATS[what]),
                    kind,
                    *rate,
                    Field(name="rest", label=Text(zh="其余内容", en="Other content"), unit="share"),
                    Field(name="verdict", label=Text(zh="结论", en="Verdict")),
                ),
                frame=frame,
            )
        )
    return tuple(shown)


def draw_answers(measured: Answers, language: Language) -> Figure:
    """Answered share by kind."""
    shown = measured.kinds.dropna(subset=["value"]).head(MOST_ROWS)
    figure = draw_bars(
        [_name(kind).word(language) for kind in shown.segment],
        shown["value"].tolist(),
        [f"{word_percent(rate).en}  n={word_number(n).en}" for rate, n in zip(shown["value"], shown.n, strict=True)],
        axis_label=words.AXIS.word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure
