"""How many customers a channel may have taken from another: bounds, and whether takers leave more than others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from diagnostics.statistics.overlap_bounds import Bounds, LinkError, bound_overlap
from diagnostics.statistics.proportions import newcombe_difference

if TYPE_CHECKING:
    import pandas as pd

LEAST_TOOK = 30
Reading = Literal["more", "fewer", "same", "few"]


@dataclass(frozen=True, kw_only=True)
class Move:
    """From one channel to another between the two periods.

    `lost` customers bought in `first` before and no more; `arrived` buy in `second` now and did not before; `moved`
    bounds how many are both. `money` is what they spend in `second` now and no bound, for those who moved may be the
    larger buyers: low is what those found spend, less the part that may be mistaken; high is the most who may have
    moved at the mean spend of those who arrived, at least what those found spend.
    `gap` (with low and high) is how much more often customers found in both left `first` than those who did not take up
    `second`; NaN with fewer than 30.
    """

    first: str
    second: str
    lost: int
    arrived: int
    moved: Bounds
    money: tuple[float, float]
    took: int
    left_taking: float
    left_others: float
    gap: tuple[float, float]

    @property
    def reading(self) -> Reading:
        """Whether takers leave more often, less often, or no differently, as far as can be seen."""
        if np.isnan(self.gap[0]):
            return "few"
        if self.gap[0] > 0:
            return "more"
        return "fewer" if self.gap[1] < 0 else "same"


def bound_moves(sides: pd.DataFrame, moves: pd.DataFrame, error: LinkError) -> tuple[Move, ...]:
    """One move an ordered pair of channels with customers lost and arrived, the largest upper end first.

    `sides` are rows of `count_sides`, `moves` of `count_moves`. Gaps at Bonferroni's level for all pairs.
    """
    channels = sorted(set(sides.channel))
    pairs = [(first, second) for first in channels for second in channels if first != second]
    found = []
    for first, second in pairs:
        lost, arrived = _read(sides, first, "lost"), _read(sides, second, "new")
        if not lost or not arrived:
            continue
        rows = moves[(moves["first"] == first) & (moves["second"] == second)]
        matched = {str(kind): int(n) for kind, n in zip(rows.kind, rows.took_left, strict=True)}
        moved = bound_overlap(lost, arrived, {kind: n for kind, n in matched.items() if n}, error=error)
        spent = float(sides.gmv[(sides.channel == second) & (sides.state == "new")].sum())
        sums = rows[["took", "took_left", "others", "left", "second_gmv"]].sum()
        seen = float(sums.second_gmv)
        found.append(
            Move(
                first=first,
                second=second,
                lost=sum(lost.values()),
                arrived=sum(arrived.values()),
                moved=moved,
                money=(seen * (1 - error.wrong), max(seen, spent * moved.high / sum(arrived.values()))),
                took=int(sums.took),
                left_taking=float(sums.took_left / sums.took) if sums.took else float("nan"),
                left_others=float(sums.left / sums.others) if sums.others else float("nan"),
                gap=_bound_gap(sums, 1 - 0.05 / len(pairs)),
            )
        )
    return tuple(sorted(found, key=lambda move: -move.money[1]))


def _read(sides: pd.DataFrame, channel: str, state: str) -> dict[str, int]:
    mine = sides[(sides.channel == channel) & (sides.state == state)]
    return {str(kind): int(n) for kind, n in zip(mine.kind, mine.customers, strict=True)}


def _bound_gap(sums: pd.Series, confidence: float) -> tuple[float, float]:
    if min(sums.took, sums.others) < LEAST_TOOK:
        return float("nan"), float("nan")
    low, high = newcombe_difference(sums.took_left, sums.took, sums.left, sums.others, confidence)
    return float(low), float(high)
