"""Heat maps: rows by columns, an empty cell where nothing was observed, marks where a cell is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from diagnostics.charts.axes import scale_share
from diagnostics.charts.theme import ACCENT, ALERT, INK, MUTED, new_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

ROW = 0.32
FRAME = 1.3
WIDEST = 7.2
WORD_SIZE = 8
# Above this part of the scale a cell is dark and its words are white.
DARK = 0.65
SHADES = LinearSegmentedColormap.from_list("shades", ["#f2f7f6", "#9cc4bd", ACCENT])


def draw_heat(
    rows: Sequence[str],
    columns: Sequence[str],
    values: NDArray[np.float64],
    *,
    axis_label: str,
    word: Callable[[float], str] | None = None,
    partial: NDArray[np.bool_] | None = None,
    alert: NDArray[np.bool_] | None = None,
    top: float | None = None,
) -> Figure:
    """Shades of shares from 0 to `top` (the largest if not given); NaN cells stay white and empty.

    `values`, `partial` and `alert` are rows by columns. `word` writes a share into its cell, without it a scale
    stands beside; `partial` cells are hatched, `alert` cells are framed.
    """
    # Taken in here because it takes a second, and only two questions draw a heat map.
    import seaborn as sns  # noqa: PLC0415

    figure, axes = new_figure(height=FRAME + ROW * max(len(rows), 3), width=WIDEST)
    if not values.size:
        axes.set_axis_off()
        return figure
    seen = values[np.isfinite(values)]
    scale = top if top is not None else float(seen.max(initial=0)) or 1.0
    sns.heatmap(
        values,
        ax=axes,
        cmap=SHADES,
        vmin=0,
        vmax=scale,
        linewidths=1,
        linecolor="white",
        xticklabels=list(columns),
        yticklabels=list(rows),
        cbar=word is None,
        cbar_kws={"fraction": 0.03, "pad": 0.02},
    )
    for row, column in np.argwhere(np.isfinite(values)):
        value = float(values[row, column])
        if word is not None:
            colour = "white" if value > DARK * scale else INK
            place = (column + 0.5, row + 0.5)
            axes.text(*place, word(value), ha="center", va="center", fontsize=WORD_SIZE, color=colour, zorder=3)
        if partial is not None and partial[row, column]:
            axes.add_patch(_frame(row, column, MUTED, 0, hatch="////"))
        if alert is not None and alert[row, column]:
            axes.add_patch(_frame(row, column, ALERT, 1.6))
    if word is None and axes.collections[0].colorbar is not None:
        scale_share(axes.collections[0].colorbar.ax.yaxis)
    axes.set_xlabel(axis_label)
    axes.grid(visible=False)
    axes.tick_params(length=0, rotation=0)
    return figure


def _frame(row: int, column: int, colour: str, width: float, hatch: str | None = None) -> Rectangle:
    return Rectangle((column, row), 1, 1, fill=False, edgecolor=colour, linewidth=width, hatch=hatch)
