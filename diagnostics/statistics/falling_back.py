"""Whether last period's best customers fell further than the best of any period fall in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = NDArray[np.float64]
COLUMNS = [f"{part}_{period}" for part in ("top", "peak", "rest", "all") for period in ("before", "now")]


@dataclass(frozen=True, kw_only=True)
class FallingBack:
    """Relative changes of the former top and of everybody, what was usual for the top, and the excess fall.

    `excess` is the part of the top's former spend, at today's level of the rest, that is missing beyond the usual
    fall; `low` and `high` bound it. `loss` is the same in money over the period.
    """

    change: float
    usual_change: float
    all_change: float
    excess: float
    low: float
    high: float
    level: float

    def value(self, excess: float) -> float:
        """An excess in money over the period, never below 0."""
        return max(excess, 0.0) * self.level


def compare_tops(buckets: pd.DataFrame, confidence: float = 0.95) -> FallingBack | None:
    """Set the former top's fall against its mirror image; `None` without spend in both periods.

    Who is picked for spending most in one period spends less in any other, by regression to the mean: in the next
    one, and just so in the one before. So what today's top spent before, as a share of what it spends now, is what
    the former top should have kept, once the growth of the rest, who belong to neither top, is taken out (exact
    where buying is a stationary, reversible process). `buckets` are rows of `follow_top`; the interval is a
    delete-a-group jackknife over them.

    >>> import pandas as pd
    >>> rows = pd.DataFrame([[100, 10, 50, 100, 80, 80, 230, 190]] * 2, columns=COLUMNS)
    >>> found = compare_tops(rows)
    >>> round(found.change, 2), round(found.usual_change, 2), round(found.excess, 2)
    (-0.9, -0.5, 0.4)
    """
    sums = buckets[COLUMNS].fillna(0).to_numpy(dtype=np.float64)
    total = sums.sum(axis=0)
    top_before, top_now, _, peak_now, rest_before, rest_now, all_before, all_now = total
    if min(top_before, peak_now, rest_before, rest_now) <= 0:
        return None
    growth = rest_now / rest_before
    excess, _ = _find_excess(total)
    usual = growth * (excess + top_now / top_before / growth)
    low, high = _bound(sums, excess, confidence)
    return FallingBack(
        change=float(top_now / top_before - 1),
        usual_change=float(usual - 1),
        all_change=float(all_now / all_before - 1),
        excess=float(excess),
        low=low,
        high=high,
        level=float(top_before * growth),
    )


def _bound(sums: Numbers, excess: Numbers, confidence: float) -> tuple[float, float]:
    """Low and high of the excess; where one group holds a whole top, no interval: from nothing to what was seen."""
    replicates, known = _find_excess(leave_one_out(sums))
    if not known.all():
        return min(float(excess), 0.0), float(excess)
    low, high = find_interval(excess, replicates, confidence)
    return float(low), float(high)


def _find_excess(sums: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    top_before, top_now, peak_before, peak_now, rest_before, rest_now, _, _ = np.moveaxis(sums, -1, 0)
    known = (top_before > 0) & (peak_now > 0) & (rest_before > 0) & (rest_now > 0)
    growth = np.where(known, rest_now, 1.0) / np.where(known, rest_before, 1.0)
    kept = top_now / np.where(known, top_before, 1.0) / growth
    usual = peak_before / np.where(known, peak_now, 1.0) * growth
    return usual - kept, known
