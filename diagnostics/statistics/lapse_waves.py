"""Whether more active repeat customers stay away than a period ago, and what that costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.statistics.certainty import find_likely, value_likely
from diagnostics.statistics.proportions import newcombe_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LEAST_AT_RISK = 100
YEAR_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Wave:
    """Lapses of one segment now and before, and the spend of one who stayed, with its standard error.

    `low` is the lower end of the gap's 95 % interval, widened for `looked_at` segments.
    """

    segment: str
    at_risk: int
    lapsed: int
    at_risk_before: int
    lapsed_before: int
    low: float
    each: float
    each_error: float
    looked_at: int

    @property
    def now(self) -> float:
        """Share lapsed in the window before the end of the current period."""
        return self.lapsed / self.at_risk

    @property
    def before(self) -> float:
        """Share lapsed in the window before the end of the comparison period."""
        return self.lapsed_before / self.at_risk_before

    @property
    def gap(self) -> float:
        """How much larger the share lapsed is now than before."""
        return self.now - self.before

    def value(self, gap: float, window_days: float) -> float:
        """What a gap costs a year: each window of so many days loses that share of those at risk."""
        return gap * self._count_yearly(window_days) * self.each

    def range_value(self, window_days: float) -> tuple[float, float, float]:
        """The 80 % range of what the gap costs a year: the error of the gap and that of the mean spend together."""
        likely = find_likely(self.low, self.gap, 2 * self.gap - self.low, self.looked_at)
        yearly = self._count_yearly(window_days)
        return value_likely(likely, yearly * self.each, yearly * self.each_error)

    def _count_yearly(self, window_days: float) -> float:
        """How many are at risk over all windows of a year."""
        return self.at_risk * YEAR_DAYS / window_days


def read_waves(now: pd.DataFrame, before: pd.DataFrame, segments: Mapping[int, str]) -> tuple[Wave, ...]:
    """One wave a segment with 100 at risk at both ends; the interval is Bonferroni's for so many segments."""
    current, former = now.set_index("high"), before.set_index("high")
    waves = []
    for high, segment in segments.items():
        if high not in current.index or high not in former.index:
            continue
        at_risk, lapsed = int(current.at_risk[high]), int(current.lapsed[high])
        at_risk_before, lapsed_before = int(former.at_risk[high]), int(former.lapsed[high])
        if min(at_risk, at_risk_before) < LEAST_AT_RISK:
            continue
        stayed = at_risk - lapsed
        each = max(float(current.stayed_gmv[high]), 0.0) / max(stayed, 1)
        low, _ = newcombe_difference(lapsed, at_risk, lapsed_before, at_risk_before, 1 - 0.05 / len(segments))
        waves.append(
            Wave(
                segment=segment,
                at_risk=at_risk,
                lapsed=lapsed,
                at_risk_before=at_risk_before,
                lapsed_before=lapsed_before,
                low=float(low),
                each=each,
                each_error=_find_error(each, float(current.stayed_squares[high]), stayed),
                looked_at=len(segments),
            )
        )
    return tuple(waves)


def _find_error(mean: float, squares: float, n: int) -> float:
    """The standard error of a mean from the sum of squares; 0 for fewer than two."""
    return math.sqrt(max(squares / n - mean * mean, 0.0) / (n - 1)) if n > 1 else 0.0
