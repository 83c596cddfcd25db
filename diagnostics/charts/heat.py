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
    figure, axes = new_figure(height=FRAME + ROW * max(len(rows), 3), width=WIDEST)
    seen = values[np.isfinite(values)]
    scale = top if top is not None else float(seen.max(initial=0)) or 1.0
    image = axes.imshow(values, cmap=SHADES, vmin=0, vmax=scale, aspect="auto", interpolation="nearest")
    for row, column in np.argwhere(np.isfinite(values)):
        value = float(values[row, column])
        if word is not None:
            colour = "white" if value > DARK * scale else INK
            axes.text(column, row, word(value), ha="center", va="center", fontsize=WORD_SIZE, color=colour, zorder=3)
        if partial is not None and partial[row, column]:
            axes.add_patch(_frame(row, column, MUTED, 0, hatch="////"))
        if alert is not None and alert[row, column]:
            axes.add_patch(_frame(row, column, ALERT, 1.6))
    if word is None:
        scale_share(figure.colorbar(image, ax=axes, fraction=0.03, pad=0.02).ax.yaxis)
    axes.set_xticks(np.arange(len(columns)), columns)
    axes.set_yticks(np.arange(len(rows)), rows)
    axes.set_xlabel(axis_label)
    axes.set_xticks(np.arange(1, len(columns)) - 0.5, minor=True)
    axes.set_yticks(np.arange(1, len(rows)) - 0.5, minor=True)
    axes.grid(visible=False)
    axes.grid(visible=True, which="minor", color="white", linewidth=1)
    axes.tick_params(which="both", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


def _frame(row: int, column: int, colour: str, width: float, hatch: str | None = None) -> Rectangle:
    corner = (column - 0.5, row - 0.5)
    return Rectangle(corner, 1, 1, fill=False, edgecolor=colour, linewidth=width, hatch=hatch)
