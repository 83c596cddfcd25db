"""What earlier forecasts said beside what came, and the next one with its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_count
from diagnostics.charts.theme import ACCENT, ALERT, QUIET, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure


def draw_foretold(
    labels: Sequence[str],
    *,
    came: Sequence[float],
    foretold: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    came_label: str,
    foretold_label: str,
    axis_label: str,
) -> Figure:
    """Bars of what came (NaN for what is still ahead), points of what was foretold, with ranges where there are any."""
    figure, axes = new_figure()
    places = np.arange(len(labels))
    axes.bar(places, np.nan_to_num(np.asarray(came, dtype=float)), color=QUIET, width=0.55, label=came_label)
    axes.vlines(places, low, high, color=ALERT, linewidth=2)
    axes.plot(places, foretold, "o", color=ACCENT, label=foretold_label)
    axes.set_xticks(places, labels)
    axes.set_ylim(bottom=0)
    scale_count(axes.yaxis)
    axes.grid(visible=False, axis="x")
    axes.set_ylabel(axis_label)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, fontsize=9)
    return figure
