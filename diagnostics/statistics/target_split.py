"""Splits a target over stores by their base, with a floor and a cap, to whole numbers that sum exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Numbers: TypeAlias = NDArray[np.float64]

LEAST_BASE = 1e-9


def split_target(total: int, base: ArrayLike, *, floor: float, cap: float) -> NDArray[np.int64]:
    """Whole shares of `total` in proportion to `base`, none below `floor` or above `cap` times an even share.

    Rounding may pass a bound by less than 1. What a floor gives or a cap takes is spread over the others in proportion
    to their base, until it fits. Rounding is by largest remainder, so the shares sum to the total. An all-zero base is
    split evenly. `ValueError` on a negative base, or on a floor above 1 or a cap below 1, which can't be met by all.

    Source: M. L. Balinski and H. P. Young (2001), Fair Representation, for the method of largest remainders.

    >>> split_target(100, [1, 1, 2], floor=0.5, cap=2.0).tolist()
    [25, 25, 50]
    >>> split_target(100, [0, 1, 9], floor=0.3, cap=2.0).tolist()
    [10, 23, 67]
    """
    size = np.asarray(base, dtype=np.float64)
    if np.any(size < 0) or floor > 1 or cap < 1:
        message = "a base must not be negative, a floor not above 1 and a cap not below 1"
        raise ValueError(message)
    if not len(size):
        return np.zeros(0, dtype=np.int64)
    share = _fit(size if size.sum() > 0 else np.ones_like(size), floor / len(size), cap / len(size))
    exact = share * total
    whole = np.floor(exact + 1e-9).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def _fit(size: Numbers, low: float, high: float) -> Numbers:
    """The scale at which the clipped shares sum to 1, by bisection: the clipped sum only grows with the scale."""
    # A base of nothing is taken as next to nothing, so that a cap on all others can still be met.
    size = np.maximum(size / size.max(), LEAST_BASE)
    small, large = 0.0, 1.0 / LEAST_BASE
    for _ in range(200):
        middle = (small + large) / 2
        if np.clip(size * middle, low, high).sum() < 1:
            small = middle
        else:
            large = middle
    share: Numbers = np.clip(size * large, low, high)
    share /= share.sum()
    return share
