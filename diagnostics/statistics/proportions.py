"""Intervals for shares and for the difference of two shares, by score methods that hold for small counts."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Numbers: TypeAlias = NDArray[np.float64]


def wilson(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Low and high of Wilson's score interval of a share; NaN where `n` is 0 or missing.

    Works on numbers and on arrays alike; the result has the shape of the arguments broadcast together
    (0-dimensional for numbers). Fractional successes are allowed. `ValueError` if successes lie outside 0..n.

    Source: E. B. Wilson (1927), JASA 22:209-212; the form of R. G. Newcombe (1998), Statistics in Medicine
    17:857-872, method 3.

    >>> low, high = wilson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    count, total = _check(successes, n)
    z = float(ndtri((1 + confidence) / 2))
    share = count / total
    centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return np.clip(centre - half, 0, share), np.clip(centre + half, share, 1)


def newcombe_difference(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Low and high of the difference of two independent shares, `x1/n1 - x2/n2`; NaN where an n is 0.

    Source: R. G. Newcombe (1998), Statistics in Medicine 17:873-890, method 10 (Wilson limits squared and added).

    >>> low, high = newcombe_difference(56, 70, 48, 80)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0524, 0.3339)
    """
    count1, total1 = _check(x1, n1)
    count2, total2 = _check(x2, n2)
    low1, high1 = wilson(count1, total1, confidence)
    low2, high2 = wilson(count2, total2, confidence)
    share1, share2 = count1 / total1, count2 / total2
    low = share1 - share2 - np.hypot(share1 - low1, high2 - share2)
    high = share1 - share2 + np.hypot(high1 - share1, share2 - low2)
    return low, high


def _check(successes: ArrayLike, n: ArrayLike) -> tuple[Numbers, Numbers]:
    count = np.asarray(successes, dtype=np.float64)
    total = np.asarray(n, dtype=np.float64)
    total = np.where(total > 0, total, np.nan)
    if np.any(count < 0) or np.any(count > total):
        message = "successes must lie between 0 and n"
        raise ValueError(message)
    return count, total
