"""Ranges, one row for each named thing: a bar from low to high, a mark in the middle, a second mark further out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.theme import ACCENT, ALERT, QUIET, new_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from matplotlib.figure import Figure

ROW = 0.42
FRAME = 1.4


def draw_ranges(
    labels: Sequence[str],
    words: Sequence[str],
    *,
    low: Sequence[float],
    middle: Sequence[float],
    high: Sequence[float],
    far: Sequence[float],
    axis_label: str,
    middle_label: str,
    range_label: str,
    far_label: str,
) -> Figure:
    """Rows from top to bottom, in the unit of the axis; `words` stand right of each row. NaN marks are not drawn."""
    figure, axes = new_figure(height=FRAME + ROW * max(len(labels), 2))
    places = np.arange(len(labels))
    width = np.asarray(high, dtype=float) - np.asarray(low, dtype=float)
    axes.barh(places, width, left=low, height=0.5, color=QUIET, label=range_label)
    axes.plot(middle, places, "o", color=ACCENT, label=middle_label)
    axes.plot(far, places, "D", color=ALERT, markersize=5, label=far_label)
    for place, ends, word in zip(places, zip(high, far, strict=True), words, strict=True):
        end = float(np.nanmax(ends))
        axes.annotate(word, (end, place), xytext=(9, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_yticks(places, labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(0, float(np.nanmax([*high, *far])) * 1.3)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(axis_label)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, fontsize=9)
    return figure


def draw_points(
    labels: Sequence[str],
    middle: Sequence[float],
    *,
    low: Sequence[float],
    high: Sequence[float],
    words: Sequence[str],
    axis_label: str,
    marked: Collection[int] = (),
    reference: float = 0.0,
) -> Figure:
    """A point with its interval a row, and a line where nothing would differ; `marked` rows stand out.

    `words` stand right of each row; rows whose interval is NaN show the point only.
    """
    figure, axes = new_figure(height=FRAME + ROW * max(len(labels), 2))
    places = np.arange(len(labels))
    colours = [ALERT if place in marked else ACCENT for place in places]
    axes.axvline(reference, color=QUIET, linewidth=1.2)
    axes.hlines(places, low, high, color=colours, linewidth=2)
    axes.scatter(middle, places, color=colours, zorder=3)
    ends = np.fmax.reduce([np.asarray(values, dtype=float) for values in (middle, high)])
    starts = np.fmin.reduce([np.asarray(values, dtype=float) for values in (middle, low)])
    for place, end, word in zip(places, ends, words, strict=True):
        axes.annotate(word, (end, place), xytext=(9, 0), textcoords="offset points", va="center", fontsize=9)
    left, right = min([reference, *starts[np.isfinite(starts)]]), max([reference, *ends[np.isfinite(ends)]])
    room = max(right - left, 1e-9)
    axes.set_xlim(left - 0.06 * room, right + 0.4 * room)
    axes.set_yticks(places, labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(axis_label)
    return figure
