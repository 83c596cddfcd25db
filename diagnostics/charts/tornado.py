"""Bars to both sides of nothing: what a change down and a change up of each named thing do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.theme import ALERT, GAIN, MUTED, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

ROW = 0.36
FRAME = 1.0


def draw_tornado(
    labels: Sequence[str],
    down: Sequence[float],
    up: Sequence[float],
    words: Sequence[tuple[str, str]],
    *,
    axis_label: str,
) -> Figure:
    """Rows from top to bottom; `down` are negative, `up` positive; `words` are written at the two ends."""
    figure, axes = new_figure(height=FRAME + ROW * max(len(labels), 3))
    for place, (low, high, (left, right)) in enumerate(zip(down, up, words, strict=True)):
        axes.barh(place, low, color=ALERT, height=0.62)
        axes.barh(place, high, color=GAIN, height=0.62)
        for end, word, side in ((low, left, -1), (high, right, 1)):
            axes.annotate(
                word,
                (end, place),
                xytext=(5 * side, 0),
                textcoords="offset points",
                ha="left" if side > 0 else "right",
                va="center",
                fontsize=9,
            )
    axes.axvline(0, color=MUTED, linewidth=1)
    reach = max((abs(end) for end in (*down, *up)), default=1.0) or 1.0
    axes.set_xlim(-1.45 * reach, 1.45 * reach)
    axes.set_yticks(range(len(labels)), list(labels))
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(axis_label, color=MUTED)
    return figure
