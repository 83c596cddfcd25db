"""A bridge from one total to another: each step starts where the one before it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from diagnostics.charts.theme import ACCENT, ALERT, GAIN, MUTED, QUIET, TALLEST, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

ROW = 0.36
FRAME = 1.0
# Steps are a small part of the totals: the axis starts below the lowest point by this part of the range.
ROOM = 0.35


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its label, its effect (in the axis's unit) and what is written beside it."""

    label: str
    effect: float
    word: str


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """The first total, the steps between, the last total, and what the axis shows."""

    first: Step
    steps: tuple[Step, ...]
    last: Step
    axis_label: str

    @property
    def rows(self) -> tuple[Step, ...]:
        """All that has a row."""
        return (self.first, *self.steps, self.last)


def draw_waterfall(first: Step, steps: Sequence[Step], last: Step, *, axis_label: str) -> Figure:
    """Rows from top to bottom: the first total, the steps, the last total; the axis doesn't start at zero."""
    return draw_waterfalls([Bridge(first=first, steps=tuple(steps), last=last, axis_label=axis_label)])


def draw_waterfalls(bridges: Sequence[Bridge]) -> Figure:
    """Bridges below each other, each on an axis of its own."""
    heights = [FRAME + ROW * len(bridge.rows) for bridge in bridges]
    figure = Figure(figsize=(WIDTH, min(sum(heights), TALLEST)))
    panels = figure.subplots(len(bridges), 1, height_ratios=heights, squeeze=False)[:, 0]
    for axes, bridge in zip(panels, bridges, strict=True):
        _lay(axes, bridge)
    return figure


def _lay(axes: Axes, bridge: Bridge) -> None:
    rows = bridge.rows
    ends = bridge.first.effect + np.cumsum([0.0, *(step.effect for step in bridge.steps)])
    starts = [*ends[:1], *ends[:-1]]
    lowest, highest = float(min(ends)), float(max(ends))
    floor = max(0.0, lowest - ROOM * max(highest - lowest, 0.02 * highest))
    for place, (step, start, end) in enumerate(zip(bridge.steps, starts[1:], ends[1:], strict=True), start=1):
        axes.barh(place, end - start, left=start, color=GAIN if step.effect >= 0 else ALERT, height=0.62)
        axes.plot([start, start], [place - 1, place], color=QUIET, linewidth=1, zorder=0)
        _write(axes, max(start, end), place, step.word)
    for place, total in ((0, bridge.first), (len(rows) - 1, bridge.last)):
        axes.barh(place, total.effect - floor, left=floor, color=ACCENT, height=0.62)
        _write(axes, total.effect, place, total.word)
    axes.set_xlim(floor, highest + 0.28 * (highest - floor) if highest > floor else floor + 1)
    axes.set_yticks(range(len(rows)), [row.label for row in rows])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(bridge.axis_label, color=MUTED)


def _write(axes: Axes, x: float, place: int, word: str) -> None:
    axes.annotate(word, (x, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
