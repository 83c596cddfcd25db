"""Intervals from sums by groups of customers: leave out one group at a time and see how the result moves."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

Numbers: TypeAlias = NDArray[np.float64]


def leave_one_out(sums: ArrayLike) -> Numbers:
    """Totals without each group, scaled up to the whole; `sums` and the result are (groups, …).

    >>> leave_one_out([[1.0], [2.0], [3.0]])
    array([[7.5], [6. ], [4.5]])
    """
    values = np.asarray(sums, dtype=np.float64)
    groups = values.shape[0]
    scaled: Numbers = (values.sum(axis=0) - values) * groups / (groups - 1)
    return scaled


def find_interval(estimate: ArrayLike, replicates: ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Low and high around an estimate (…) from its values without each group, (groups, …).

    Delete-a-group jackknife with Student's t on groups - 1 degrees of freedom; the groups hold customers drawn
    at random, so customers who buy often or in both periods are accounted for as clusters.
    Source: P. S. Kott (2001), Journal of Official Statistics 17:521-526.
    """
    values = np.asarray(replicates, dtype=np.float64)
    groups = values.shape[0]
    spread = (groups - 1) / groups * ((values - values.mean(axis=0)) ** 2).sum(axis=0)
    half = stdtrit(groups - 1, (1 + confidence) / 2) * np.sqrt(spread)
    middle = np.asarray(estimate, dtype=np.float64)
    return middle - half, middle + half


def widen_for(tests: int, groups: int, confidence: float = 0.95) -> float:
    """How many times wider an interval must be to hold all of several estimates with the same confidence (Bonferroni).

    >>> widen_for(1, 50), round(widen_for(12, 50), 3)
    (1.0, 1.496)
    """
    tail = (1 - confidence) / 2
    return float(stdtrit(groups - 1, 1 - tail / max(tests, 1)) / stdtrit(groups - 1, 1 - tail))
