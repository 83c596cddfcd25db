"""The difference of two estimates of which only the values and their 95 % intervals are known."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def subtract_estimates(after: Estimate, before: Estimate, among: int = 1) -> tuple[float, float]:
    """The interval of `after - before`, wide enough that all of `among` such intervals hold together at 95 %.

    Each half-width is scaled by the normal quantile at 1 - 0.05 / (2 among) over that at 0.975 (Bonferroni). The two
    are taken as independent; where they share data, as overlapping periods do, the interval is wider than need be.

    Source: G. Y. Zou and A. Donner (2008), Statistics in Medicine 27:1693-1702 (variance estimates recovered from
    the limits).

    >>> before = Estimate(value=0.4, low=0.37, high=0.43)
    >>> low, high = subtract_estimates(Estimate(value=0.5, low=0.46, high=0.54), before)
    >>> round(low, 3), round(high, 3)
    (0.05, 0.15)
    """
    if among < 1:
        message = "at least one difference is looked at"
        raise ValueError(message)
    widen = float(ndtri(1 - (1 - LEVEL) / (2 * among)) / ndtri((1 + LEVEL) / 2))
    difference = after.value - before.value
    below = math.hypot(after.value - after.low, before.high - before.value)
    above = math.hypot(after.high - after.value, before.value - before.low)
    return difference - widen * below, difference + widen * above
