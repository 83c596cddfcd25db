"""The noise floor: the smallest gap that can be told of a client, from its counts by plain formulas."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def reach(looked_at: int = 1) -> float:
    """Standard errors in half of an interval that holds all of several gaps together in 95 % of cases (Bonferroni).

    >>> round(reach(), 2), round(reach(12), 2)
    (1.96, 2.87)
    """
    return NormalDist().inv_cdf(1 - 0.025 / max(looked_at, 1))


def shares_apart(one: float, many: float, other: float, others: float, looked_at: int = 1) -> float:
    """Half of the 95 % interval of the difference of two shares from `many` and `others` people.

    >>> round(shares_apart(0.5, 100, 0.5, 100), 3)
    0.139
    """
    return reach(looked_at) * float(np.sqrt(one * (1 - one) / max(many, 1) + other * (1 - other) / max(others, 1)))


def counts_apart(one: float, other: float, looked_at: int = 1) -> float:
    """Half of the 95 % interval of the relative difference of two counts.

    >>> round(counts_apart(200, 200), 3)
    0.196
    """
    return reach(looked_at) * float(np.sqrt(1 / max(one, 1) + 1 / max(other, 1)))


def means_apart(one: ArrayLike, other: ArrayLike, looked_at: int = 1) -> float:
    """Half of the 95 % interval of the difference of two means.

    >>> round(means_apart([0, 2] * 50, [0, 2] * 50), 3)
    0.277
    """
    errors = [np.asarray(side, dtype=np.float64).var() / max(np.size(side), 1) for side in (one, other)]
    return reach(looked_at) * float(np.sqrt(sum(errors)))
