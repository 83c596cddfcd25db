"""Whether more touches bring fewer answers from the same customers, and more of them leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.proportions import wilson
from diagnostics.statistics.standardisation import Change, compare_groups

if TYPE_CHECKING:
    import pandas as pd

BUCKETS = 50
LEAST_STRATA = 100
LEAST_TOUCHES = 30


@dataclass(frozen=True, kw_only=True)
class Fatigue:
    """One segment: answered shares of the same customers when lightly and when heavily touched, and who leaves.

    `low` and `high` bound the fall (light minus heavy). `losses` sets customers who leave within 14 days after light
    touches against heavy ones in the same months; its `fall` is below 0 where more leave when heavily touched; `None`
    where leaving is not known.
    """

    segment: str
    strata: int
    light: float
    heavy: float
    low: float
    high: float
    losses: Change | None

    @property
    def fall(self) -> float:
        """How much lower the answered share is when heavily touched."""
        return self.light - self.heavy


def measure_fatigue(within: pd.DataFrame, loads: pd.DataFrame, light: int, heavy: int) -> tuple[Fatigue, ...]:
    """One fatigue a segment whose customers were touched both ways in 100 quarters and more, the largest first.

    `within` are rows of `compare_within`, `loads` of `count_loads`; loads up to `light` and from `heavy` on are set
    against each other. Jackknife over customers, Bonferroni's level for all segments.
    Source: N. Mantel and W. Haenszel (1959); S. Greenland and J. M. Robins (1985), Biometrics 41:55-68, for the
    difference of shares over strata.
    """
    totals = within.groupby("segment").strata.sum()
    segments = [str(segment) for segment, strata in totals.items() if strata >= LEAST_STRATA]
    confidence = 1 - 0.05 / max(len(segments), 1)
    found = []
    for segment in segments:
        part = within[within.segment == segment]
        sums = np.zeros((BUCKETS, 3))
        sums[part.bucket.astype(int)] = part[["weight", "light", "heavy"]].to_numpy(dtype=float)
        weight, at_light, at_heavy = sums.sum(axis=0)
        left = leave_one_out(sums)
        fall = (at_light - at_heavy) / weight
        low, high = find_interval(fall, (left[:, 1] - left[:, 2]) / left[:, 0], confidence)
        found.append(
            Fatigue(
                segment=segment,
                strata=int(part.strata.sum()),
                light=float(at_light / weight),
                heavy=float(at_heavy / weight),
                low=float(low),
                high=float(high),
                losses=_compare_losses(loads[loads.segment == segment], light, heavy, confidence),
            )
        )
    return tuple(sorted(found, key=lambda fatigue: -fatigue.strata))


def _compare_losses(loads: pd.DataFrame, light: int, heavy: int, confidence: float) -> Change | None:
    if not loads.followed.sum():
        return None
    sides = {side: loads[test] for side, test in (("light", loads.load <= light), ("heavy", loads.load >= heavy))}
    sums = {side: part.groupby("month")[["lost", "followed"]].sum() for side, part in sides.items()}
    both = sums["heavy"].add_suffix("_heavy").join(sums["light"].add_suffix("_light"), how="inner")
    if both.empty:
        return None
    return compare_groups(
        (both.lost_heavy, both.followed_heavy), (both.lost_light, both.followed_light), confidence=confidence
    )


def summarise_loads(loads: pd.DataFrame) -> pd.DataFrame:
    """One row a load over all segments and months: touches, answered share with Wilson's interval, lost share."""
    sums = loads.groupby("load", as_index=False)[["touches", "answered", "followed", "lost"]].sum()
    kept = sums[sums.touches >= LEAST_TOUCHES].reset_index(drop=True)
    low, high = wilson(kept.answered, kept.touches)
    seen = kept.followed.where(kept.followed >= LEAST_TOUCHES)
    return kept.assign(rate=kept.answered / kept.touches, low=low, high=high, lost_rate=kept.lost / seen)
