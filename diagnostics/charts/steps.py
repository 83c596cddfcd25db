"""Step curves with bands, and below them how many are still under observation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from diagnostics.charts.axes import scale_share
from diagnostics.charts.theme import MUTED, SERIES, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

CURVES = 3.3
ROW = 0.22
FRAME = 0.75


@dataclass(frozen=True, kw_only=True)
class Steps:
    """One curve: it holds `values` from each of `days` on; `counts` stand below at the ticks (None for none)."""

    label: str
    days: NDArray[np.float64]
    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    counts: Sequence[str]


def draw_steps(curves: Sequence[Steps], ticks: Sequence[int], *, axis_label: str, count_label: str) -> Figure:
    """Curves from 0 at day 0, as shares; `ticks` are the days that are labelled and counted."""
    figure = Figure(figsize=(WIDTH, CURVES + FRAME + ROW * len(curves)))
    axes, below = figure.subplots(2, 1, sharex=True, height_ratios=[CURVES, FRAME * 0.5 + ROW * len(curves)])
    for curve, colour in zip(curves, SERIES, strict=False):
        days = np.concatenate([[0.0], curve.days])
        values = np.concatenate([[0.0], curve.values])
        axes.step(days, values, where="post", color=colour, linewidth=2, label=curve.label)
        axes.fill_between(curve.days, curve.low, curve.high, step="post", color=colour, alpha=0.14, linewidth=0)
    scale_share(axes.yaxis)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(axis_label)
    if len(curves) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(len(curves), 4), fontsize=9)
    # Room at the left, so that the first counts do not touch the names.
    axes.set_xlim(-0.06 * max(ticks), max(ticks) * 1.04)
    _list_counts(below, curves, ticks, count_label)
    return figure


def _list_counts(axes: Axes, curves: Sequence[Steps], ticks: Sequence[int], label: str) -> None:
    for place, (curve, colour) in enumerate(zip(curves, SERIES, strict=False)):
        for tick, count in zip(ticks, curve.counts, strict=True):
            axes.text(tick, place, count, ha="center", va="center", fontsize=8, color=colour)
    axes.set_ylim(len(curves) - 0.4, -0.6)
    axes.set_yticks(range(len(curves)), [curve.label for curve in curves], fontsize=8)
    axes.set_xticks(list(ticks))
    axes.set_xlabel(label, color=MUTED, fontsize=9)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
