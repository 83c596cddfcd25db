"""Horizontal bars, one for each named thing, with the value written at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.theme import ACCENT, ALERT, MUTED, QUIET, new_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from matplotlib.figure import Figure

ROW = 0.34
FRAME = 1.1


def draw_bars(
    labels: Sequence[str],
    values: Sequence[float],
    words: Sequence[str],
    *,
    axis_label: str,
    low: Sequence[float] | None = None,
    high: Sequence[float] | None = None,
    marked: Collection[int] = (),
    reference: float | None = None,
    reference_label: str = "",
) -> Figure:
    """Bars from top to bottom; `marked` rows stand out; `low` and `high` draw an interval on each.

    `values` are in the axis's unit, `words` is what is written beside each bar.
    """
    figure, axes = new_figure(height=FRAME + ROW * max(len(labels), 3))
    places = np.arange(len(labels))
    colours = [ALERT if place in marked else ACCENT for place in places]
    axes.barh(places, values, color=colours, height=0.62)
    ends = np.asarray(values, dtype=float)
    if low is not None and high is not None:
        axes.hlines(places, low, high, color=MUTED, linewidth=1.4)
        ends = np.fmax(ends, np.asarray(high, dtype=float))
    for place, end, word in zip(places, ends, words, strict=True):
        axes.annotate(word, (max(end, 0), place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    if reference is not None:
        axes.axvline(reference, color=QUIET, linestyle="--", linewidth=1.2, label=reference_label)
        axes.legend(loc="lower right", fontsize=9)
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    axes.margins(x=0.18)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(axis_label)
    return figure
