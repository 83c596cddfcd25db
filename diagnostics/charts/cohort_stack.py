"""Stacked columns over time, one layer a cohort, older ones darker and those of unknown age in grey at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex

from diagnostics.charts.theme import ACCENT, QUIET, SERIES, new_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 4.4
MOST_TICKS = 13
SHADES = LinearSegmentedColormap.from_list("cohorts", [ACCENT, "#9cc4bd", SERIES[1]])


def draw_cohorts(
    names: Sequence[str], layers: Mapping[str, Sequence[float]], *, axis_label: str, has_older: bool
) -> tuple[Figure, Axes]:
    """One column a name, layers from the bottom up; the first layer is grey if `has_older`.

    Amounts below zero (refunds of a cohort that bought nothing) are drawn below the axis; the caller scales the y axis.
    """
    figure, axes = new_figure(height=HEIGHT)
    places = np.arange(len(names))
    above, below = np.zeros(len(names)), np.zeros(len(names))
    for (label, values), colour in zip(layers.items(), _shade(len(layers), has_older=has_older), strict=True):
        heights = np.nan_to_num(np.asarray(values, dtype=float))
        axes.bar(places, heights, bottom=np.where(heights >= 0, above, below), width=0.8, color=colour, label=label)
        above, below = above + np.maximum(heights, 0), below + np.minimum(heights, 0)
    axes.margins(y=0.06)
    step = max(1, -(-len(names) // MOST_TICKS))
    axes.set_xticks(places[::step], list(names)[::step])
    axes.set_ylabel(axis_label)
    axes.grid(visible=False, axis="x")
    figure.legend(loc="outside upper left", ncols=5, fontsize=8)
    return figure, axes


def _shade(count: int, *, has_older: bool) -> list[str]:
    rest = count - has_older
    shades = [to_hex(SHADES(place / max(rest - 1, 1))) for place in range(rest)]
    return [QUIET, *shades] if has_older else shades
