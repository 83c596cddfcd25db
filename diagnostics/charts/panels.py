"""Several small pictures side by side, each with its own scale: bars of one series or lines of several."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from diagnostics.charts.theme import ACCENT, ALERT, SERIES, TALLEST, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

ROW = 2.5
FRAME = 0.5
MOST_TICKS = 9


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One small picture: what its axes are called, the names along x, and one or more series of values.

    `bars` draws the first series as bars, of which `marked` stand out; else each series is a line. NaN leaves a gap.
    `scale` puts the unit on the y axis.
    """

    label: str
    along: str
    names: Sequence[str]
    series: Mapping[str, Sequence[float]]
    scale: Callable[[Axis], None]
    bars: bool = False
    marked: Collection[int] = ()


def draw_panels(panels: Sequence[Panel], *, columns: int = 2) -> Figure:
    """Panels from left to right and top to bottom; several series are named once, above the first panel."""
    rows = -(-len(panels) // columns)
    figure = Figure(figsize=(WIDTH, min(FRAME + ROW * rows, TALLEST)))
    grid = figure.subplots(rows, columns, squeeze=False)
    for panel, axes in zip(panels, grid.flat, strict=False):
        _draw(panel, axes)
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_axis_off()
    names = [name for name in panels[0].series if name]
    if len(names) > 1:
        handles, labels = grid[0, 0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=min(len(names), 4), fontsize=9)
    return figure


def _draw(panel: Panel, axes: Axes) -> None:
    places = np.arange(len(panel.names))
    if panel.bars:
        heights = np.asarray(next(iter(panel.series.values())), dtype=float)
        axes.bar(places, heights, width=0.72, color=[ALERT if place in panel.marked else ACCENT for place in places])
    else:
        for (name, values), colour in zip(panel.series.items(), SERIES, strict=False):
            axes.plot(places, values, color=colour, linewidth=2, marker="o", markersize=3, label=name)
        lowest = min(
            (float(np.nanmin(values)) for values in panel.series.values() if np.isfinite(values).any()), default=0
        )
        axes.margins(y=0.12)
        if lowest >= 0:
            axes.set_ylim(bottom=0)
    step = max(1, -(-len(panel.names) // MOST_TICKS)) if not panel.bars else 1
    axes.set_xticks(places[::step], list(panel.names)[::step], fontsize=8)
    panel.scale(axes.yaxis)
    axes.tick_params(axis="y", labelsize=8)
    axes.set_xlabel(panel.along, fontsize=9)
    axes.set_ylabel(panel.label, fontsize=9)
    axes.grid(visible=False, axis="x")
