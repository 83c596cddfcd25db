"""Stacked columns over months, one layer for each named series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import label_months
from diagnostics.charts.theme import SERIES, new_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_stack(
    months: Sequence[pd.Timestamp],
    layers: Mapping[str, Sequence[float]],
    *,
    axis_label: str,
    colours: Sequence[str] = SERIES,
) -> tuple[Figure, Axes]:
    """One column a month, layers from the bottom up in the order given; the caller scales the y axis."""
    figure, axes = new_figure()
    places = np.arange(len(months))
    bottom = np.zeros(len(months))
    for (label, values), colour in zip(layers.items(), colours, strict=False):
        heights = np.asarray(values, dtype=float)
        axes.bar(places, heights, bottom=bottom, width=0.72, color=colour, label=label)
        bottom = bottom + heights
    label_months(axes.xaxis, months)
    axes.set_ylim(0, max(float(np.nanmax(bottom)), 1) * 1.06)
    axes.set_ylabel(axis_label)
    axes.grid(visible=False, axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(len(layers), 4), fontsize=9)
    return figure, axes
