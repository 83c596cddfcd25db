"""Whether more active repeat customers stay away than a period ago, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.statistics.proportions import newcombe_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LEAST_AT_RISK = 100
YEAR_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Wave:
    """Lapses of one segment now and before, and the spend of one who stayed."""

    segment: str
    at_risk: int
    lapsed: int
    at_risk_before: int
    lapsed_before: int
    low: float
    each: float

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
        return gap * self.at_risk * self.each * YEAR_DAYS / window_days


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
        low, _ = newcombe_difference(lapsed, at_risk, lapsed_before, at_risk_before, 1 - 0.05 / len(segments))
        waves.append(
            Wave(
                segment=segment,
                at_risk=at_risk,
                lapsed=lapsed,
                at_risk_before=at_risk_before,
                lapsed_before=lapsed_before,
                low=float(low),
                each=float(current.stayed_gmv[high]) / max(at_risk - lapsed, 1),
            )
        )
    return tuple(waves)
