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
PARTS = ("top", "second", "peak", "under", "all")
COLUMNS = [f"{part}_{period}" for part in PARTS for period in ("before", "now")]


@dataclass(frozen=True, kw_only=True)
class FallingBack:
    """Relative changes of the former top and of everybody, what was usual for the top, and the excess fall.

    `excess` is the part of the top's former spend that is missing beyond the usual fall; `low` and `high` bound it.
    `level` is that former spend, in money over the period.
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
    """Set what the former top keeps against what the tenth below it keeps; `None` without spend to compare.

    Nobody who counts here is new, and both tenths live through the same prices, seasons and usual losses, so neither
    newcomers nor a level that moves is taken for leaving. But who is picked for spending most falls further by mere
    regression to the mean. How much further is read off the mirror image: what today's top spent before, as a share of
    what it spends now, over the same of the tenth below it. Newcomers spent nothing before and are about as many in
    both, so they drop out of that ratio, too. It is held to 1 at most, for where a shop grows or shrinks fast they are
    not quite as many: the top is never expected to keep more than the tenth below it. A loss that takes the second
    tenth as well is not seen as one of the top. `buckets` are rows of `follow_top`; the interval is a delete-a-group
    jackknife over them.

    >>> import pandas as pd
    >>> rows = pd.DataFrame([[100, 10, 50, 40, 40, 80, 40, 60, 230, 190]] * 2, columns=COLUMNS)
    >>> found = compare_tops(rows)
    >>> round(found.change, 2), round(found.usual_change, 2), round(found.excess, 2)
    (-0.9, -0.4, 0.5)
    """
    sums = buckets[COLUMNS].fillna(0).to_numpy(dtype=np.float64)
    total = sums.sum(axis=0)
    usual, kept, known = _find_kept(total)
    if not known:
        return None
    excess = usual - kept
    low, high = _bound(sums, excess, confidence)
    whole = dict(zip(COLUMNS, total, strict=True))
    return FallingBack(
        change=float(kept - 1),
        usual_change=float(usual - 1),
        all_change=float(whole["all_now"] / whole["all_before"] - 1),
        excess=float(excess),
        low=low,
        high=high,
        level=float(whole["top_before"]),
    )


def _bound(sums: Numbers, excess: Numbers, confidence: float) -> tuple[float, float]:
    """Low and high of the excess; where one group holds a whole tenth, no interval: from nothing to what was seen."""
    usual, kept, known = _find_kept(leave_one_out(sums))
    if not known.all():
        return min(float(excess), 0.0), float(excess)
    low, high = find_interval(excess, usual - kept, confidence)
    return float(low), float(high)


def _find_kept(sums: Numbers) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """What share of its former spend the top would usually keep, what it keeps, and whether both can be told."""
    part = dict(zip(COLUMNS, np.moveaxis(sums, -1, 0), strict=True))
    known = np.all([part[name] > 0 for name in ("top_before", "second_before", "peak_now", "under_before")], axis=0)
    known &= (part["under_now"] > 0) & (part["all_before"] > 0)
    safe = {name: np.where(known, values, 1.0) for name, values in part.items()}
    mirrored = safe["peak_before"] / safe["peak_now"] / (safe["under_before"] / safe["under_now"])
    usual = safe["second_now"] / safe["second_before"] * np.minimum(mirrored, 1.0)
    return usual, safe["top_now"] / safe["top_before"], known
