"""How much more often two things occur together than by chance, with an interval."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

Numbers: TypeAlias = NDArray[np.float64]


def bound_lift(
    together: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike, confidence: float = 0.95
) -> tuple[Numbers, Numbers, Numbers]:
    """Lift of a pair and its low and high; 1 is what chance alone would give. NaN where a count is 0.

    `together`, `first` and `second` count the cases with both, with the one and with the other, of `total`.
    The interval is normal on the log scale; the variance of log(lift) for multinomial counts, by the delta
    method, is 1/together - 1/first - 1/second + (2 lift - 1)/total.

    >>> lift, low, high = bound_lift(30, 100, 150, 1000)
    >>> round(float(lift), 2), round(float(low), 2), round(float(high), 2)
    (2.0, 1.52, 2.63)
    """
    both, one, other, n = (np.asarray(count, dtype=np.float64) for count in (together, first, second, total))
    both = np.where(both > 0, both, np.nan)
    lift = both * n / (one * other)
    variance = 1 / both - 1 / one - 1 / other + (2 * lift - 1) / n
    half = float(norm.ppf((1 + confidence) / 2)) * np.sqrt(np.maximum(variance, 0))
    return lift, lift * np.exp(-half), lift * np.exp(half)
