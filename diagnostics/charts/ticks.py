"""Horizontal bars with a tick on each for what the value is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.charts.theme import SERIES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from matplotlib.figure import Figure


def draw_shares_with_ticks(
    labels: Sequence[str],
    shares: Sequence[float],
    ticks: Sequence[float],
    words: Sequence[str],
    *,
    axis_label: str,
    low: Sequence[float],
    high: Sequence[float],
    marked: Collection[int] = (),
) -> Figure:
    """Shares as bars with intervals, and a tick where each is compared; a NaN tick is left out.

    The words stand right of bar, interval and tick alike. The axis shows no more than 100 %.
    """
    figure = draw_bars(labels, shares, [""] * len(labels), axis_label=axis_label, low=low, high=high, marked=marked)
    axes = figure.axes[0]
    places = np.arange(len(labels))
    axes.plot(ticks, places, linestyle="", marker="|", markersize=14, markeredgewidth=2, color=SERIES[1])
    ends = np.fmax.reduce([np.asarray(values, dtype=float) for values in (shares, high, ticks)])
    for place, end, word in zip(places, ends, words, strict=True):
        axes.annotate(word, (end, place), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9)
    right = max(float(np.nanmax(ends)), 0.01) * 1.35
    axes.set_xlim(0, right)
    scale_share(axes.xaxis)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= min(right, 1)])
    return figure
