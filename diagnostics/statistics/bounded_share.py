"""A share of a sum when part of the sum is undecided: its least and its most, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, kw_only=True)
class BoundedShare:
    """`least` counts nothing undecided, `most` all of it; `low` is the least's lower end at 95 %, `high` the most's."""

    least: float
    most: float
    low: float
    high: float


def bound_share(part: ArrayLike, undecided: ArrayLike, whole: ArrayLike) -> BoundedShare:
    """Bound `part / whole` by groups of customers, all (groups,); NaN where the whole is not positive.

    >>> share = bound_share([10.0, 10.0], [5.0, 5.0], [50.0, 50.0])
    >>> share.least, share.most, share.low
    (0.2, 0.3, 0.2)
    """
    sums = np.stack([np.asarray(values, dtype=np.float64) for values in (part, undecided, whole)], axis=-1)
    total = sums.sum(axis=0)
    if total[2] <= 0:
        return BoundedShare(least=np.nan, most=np.nan, low=np.nan, high=np.nan)
    if len(sums) == 1:
        sums = np.concatenate([sums, np.zeros_like(sums)])
    left = leave_one_out(sums)
    safe = np.where(left[:, 2] > 0, left[:, 2], np.nan)
    least, most = total[0] / total[2], (total[0] + total[1]) / total[2]
    # A replicate without anything sold stands where the whole stands.
    each_least = np.nan_to_num(left[:, 0] / safe, nan=least)
    each_most = np.nan_to_num((left[:, 0] + left[:, 1]) / safe, nan=most)
    low, _ = find_interval(least, each_least)
    _, high = find_interval(most, each_most)
    return BoundedShare(least=float(least), most=float(most), low=float(low), high=float(high))
