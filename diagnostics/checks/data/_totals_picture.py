"""The picture of totals that are compared: gaps by month, and what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.gaps import GapRow, draw_gaps
from diagnostics.charts.theme import ALERT, QUIET
from diagnostics.checks.data import _totals_words as words
from diagnostics.checks.data._totals import SOURCES_BY_ID
from diagnostics.model.gaps import UNEXPLAINED, name_cause
from diagnostics.model.names import name_channel
from diagnostics.model.wording import shorten, word_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.data._totals import Totals
    from diagnostics.model.account import Reconciliation
    from diagnostics.model.wording import Language

MOST_ROWS = 8
MOST_MONTHS = 24
MOST_PARTS = 5
LONGEST = 18


def draw_totals(measured: Totals, language: Language) -> Figure:
    """The gaps by month, and what they are made of."""
    months = sorted({line.month for line in measured.lines if line.month})[-MOST_MONTHS:]
    shown = measured.pairs.head(MOST_ROWS)
    main = _find_main_causes(measured.parts, shown)
    rows = [
        GapRow(
            label=_label(str(against), str(channel), language),
            gap=float(gap),
            word=word_change(float(gap)).word(language),
            parts=_list_parts(measured.parts, str(against), str(channel), main, language),
            months=_list_gaps(measured.lines, str(against), str(channel), months),
        )
        for against, channel, gap in zip(shown.against, shown.channel, shown.gap, strict=True)
    ]
    fixed = {UNEXPLAINED: ALERT, "": QUIET}
    return draw_gaps(
        rows,
        [month[2:] for month in months],
        limit=measured.limits["most_gap"],
        month_label=words.MONTH_LABEL.word(language),
        part_label=words.PART_LABEL.word(language),
        colours={_name_part(cause, language): colour for cause, colour in fixed.items()},
    )


def _find_main_causes(parts: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    """The causes that have a colour of their own: the largest, whatever their sign, and what is not explained."""
    here = parts.merge(shown[["against", "channel"]], on=["against", "channel"])
    sizes = here.assign(size=here["share"].abs()).groupby("cause")["size"].sum()
    largest = [str(cause) for cause in sizes.drop(UNEXPLAINED, errors="ignore").sort_values(ascending=False).index]
    return [*largest[:MOST_PARTS], UNEXPLAINED]


def _name_part(cause: str, language: Language) -> str:
    return (name_cause(cause) if cause else words.OTHER_CAUSES).word(language)


def _label(against: str, channel: str, language: Language) -> str:
    name = name_channel(channel) if channel else words.ALL
    return f"{shorten(name.word(language), LONGEST)}\n{SOURCES_BY_ID[against].word(language)}"


def _list_parts(
    parts: pd.DataFrame, against: str, channel: str, main: Sequence[str], language: Language
) -> dict[str, float]:
    """Share of each main cause, and of all others together."""
    own = parts[(parts.against == against) & (parts.channel == channel)]
    named = {cause: float(own.loc[own.cause == cause, "share"].sum()) for cause in main}
    named[""] = float(own.loc[~own.cause.isin(main), "share"].sum())
    return {_name_part(cause, language): share for cause, share in named.items() if share}


def _list_gaps(lines: Sequence[Reconciliation], against: str, channel: str, months: Sequence[str]) -> tuple[float, ...]:
    """The gap of each month, NaN where none could be compared; nothing for a total without months."""
    own = [line for line in lines if (line.against, line.channel) == (against, channel) and line.month]
    gaps = {line.month: line.gap / line.theirs for line in own if line.comparable and line.theirs}
    return tuple(gaps.get(month, np.nan) for month in months) if own else ()
