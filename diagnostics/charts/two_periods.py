"""Monthly shares over two compared periods, with a line where the second begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.lines import draw_months
from diagnostics.charts.theme import QUIET
from diagnostics.model.period import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from matplotlib.figure import Figure


def draw_two_periods(
    starts: Sequence[date], length: int, series: Mapping[str, Sequence[float]], *, axis_label: str
) -> Figure:
    """One line for each series, as shares; `starts` are the periods' first days, each `length` months long.

    Every series holds `length` values a period, NaN where nothing was observed.
    """
    stamps = [pd.Timestamp(add_months(start, turn)) for start in starts for turn in range(length)]
    named = f"{next(iter(series))} · {axis_label}" if len(series) == 1 else axis_label
    figure, axes = draw_months(stamps, series, axis_label=named)
    for turn in range(1, len(starts)):
        axes.axvline(turn * length - 0.5, color=QUIET, linestyle="--", linewidth=1.2)
    scale_share(axes.yaxis, 1)
    return figure
