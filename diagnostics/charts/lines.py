"""Lines over months, one for each named series; a gap in the data is a gap in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.axes import label_months
from diagnostics.charts.theme import SERIES, new_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_months(
    months: Sequence[pd.Timestamp], series: Mapping[str, Sequence[float]], *, axis_label: str
) -> tuple[Figure, Axes]:
    """One line for each series; the caller scales the y axis (money, share, count)."""
    figure, axes = new_figure()
    for (label, values), colour in zip(series.items(), SERIES, strict=False):
        axes.plot(range(len(months)), values, label=label, color=colour, linewidth=2, marker="o", markersize=3)
    label_months(axes.xaxis, months)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(axis_label)
    if len(series) > 1:
        axes.legend(loc="upper left", bbox_to_anchor=(0, 1.14), ncols=min(len(series), 4), fontsize=9)
    return figure, axes
