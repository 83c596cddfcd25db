"""Gaps between two totals: by month as a heat map around zero, and split into their causes as bars around zero."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from diagnostics.charts.axes import scale_share
from diagnostics.charts.theme import ACCENT, ALERT, GAIN, INK, MUTED, SERIES, TALLEST, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

ROW = 0.34
FRAME = 1.15
WIDEST_SCALE = 0.3
WORD_SIZE = 7
MOST_LABELS = 13
# Where the cell is this far from zero its words are white.
DARK = 0.75
# A range below this needs a decimal on its axis.
FINE = 0.1
AROUND_ZERO = LinearSegmentedColormap.from_list("around_zero", [ALERT, "#e9bdb1", "#eef2ef", "#a9cfc7", ACCENT])
COLOURS = ("#d08a2e", "#5b7fb5", "#7a6c9d", GAIN, *SERIES[5:])


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """One pair of totals: its name, its gap as a share of the other total and in words, and the parts of the gap.

    `months` are gaps (shares) by month, NaN where nothing could be compared; empty without months.
    """

    label: str
    gap: float
    word: str
    parts: Mapping[str, float]
    months: Sequence[float] = field(default_factory=tuple)


def draw_gaps(
    rows: Sequence[GapRow],
    months: Sequence[str],
    *,
    limit: float,
    month_label: str,
    part_label: str,
    colours: Mapping[str, str] | None = None,
) -> Figure:
    """Above the months of the rows that have some, below each row's gap split into its causes.

    Months beyond the limit carry their gap in percent. `colours` fixes those of parts by name.
    """
    with_months = [row for row in rows if len(row.months)]
    heights = [FRAME + ROW * max(len(with_months), 2)] if with_months else []
    heights.append(FRAME + 0.25 + ROW * max(len(rows), 2))
    figure = Figure(figsize=(WIDTH, min(sum(heights), TALLEST)))
    panels = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    if with_months:
        _draw_months(panels[0], with_months, months, limit)
        panels[0].set_xlabel(month_label, fontsize=9)
    _draw_parts(panels[-1], rows, dict(colours or {}))
    panels[-1].set_xlabel(part_label, fontsize=9)
    return figure


def _draw_months(axes: Axes, rows: Sequence[GapRow], months: Sequence[str], limit: float) -> None:
    values = np.array([row.months for row in rows], dtype=float)
    seen = np.abs(values[np.isfinite(values)])
    scale = min(max(float(seen.max(initial=0)), 2 * limit), WIDEST_SCALE)
    axes.pcolormesh(
        np.ma.masked_invalid(values), cmap=AROUND_ZERO, vmin=-scale, vmax=scale, edgecolor="white", linewidth=1
    )
    for row, column in np.argwhere(np.isfinite(values) & (np.abs(values) > limit)):
        value = float(values[row, column])
        colour = "white" if abs(value) > DARK * scale else INK
        place = (column + 0.5, row + 0.5)
        axes.text(*place, f"{value * 100:+.0f}", ha="center", va="center", fontsize=WORD_SIZE, color=colour)
    step = -(-len(months) // MOST_LABELS)
    axes.set_xticks(np.arange(0, len(months), step) + 0.5, list(months[::step]), fontsize=8)
    axes.set_yticks(np.arange(len(rows)) + 0.5, [row.label for row in rows], fontsize=9)
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _draw_parts(axes: Axes, rows: Sequence[GapRow], colours: dict[str, str]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row.parts))
    free = [colour for colour in COLOURS if colour not in colours.values()]
    for name in names:
        colours.setdefault(name, free.pop(0) if free else MUTED)
    for name in names:
        lefts = [_start(row, name) for row in rows]
        widths = [row.parts.get(name, 0.0) for row in rows]
        axes.barh(np.arange(len(rows)), widths, left=lefts, height=0.6, color=colours[name], label=name)
    ends = [max(sum(part for part in row.parts.values() if part > 0), row.gap, 0.0) for row in rows]
    for place, (row, end) in enumerate(zip(rows, ends, strict=True)):
        axes.plot(row.gap, place, marker="D", markersize=5, color=INK, zorder=4)
        axes.annotate(row.word, (end, place), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8.5)
    low = min(
        [sum(part for part in row.parts.values() if part < 0) for row in rows] + [row.gap for row in rows] + [0.0]
    )
    span = max(max(ends) - low, 0.02)
    axes.set_xlim(low - 0.05 * span, max(ends) + 0.45 * span)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_yticks(np.arange(len(rows)), [row.label for row in rows], fontsize=9)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")
    scale_share(axes.xaxis, digits=1 if span < FINE else 0)
    if names:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(len(names), 3), fontsize=7.5, handlelength=1.2)


def _start(row: GapRow, name: str) -> float:
    """Where a part begins: losses stack to the left of zero, surpluses to the right."""
    own = row.parts.get(name, 0.0)
    before = list(row.parts)[: list(row.parts).index(name)] if name in row.parts else []
    return sum(row.parts[other] for other in before if row.parts[other] * own > 0)
