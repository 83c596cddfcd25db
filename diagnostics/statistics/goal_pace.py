"""Where a figure will stand on a day if it goes on at the pace of the last year, with an interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from diagnostics.statistics.jackknife import find_interval, leave_one_out

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Pace:
    """A figure in the previous and the current period, and where it stands after `years` more at that pace.

    `before` is `None` where there is no previous period: then the level of today is kept. `low` and `high` are the
    95 % interval of `then`, from customers drawn at random; it knows no season and no market to come.
    """

    before: float | None
    now: float
    then: float
    low: float
    high: float
    years: float
    n: int


def project_amount(sums: Numbers, years: float, *, has_before: bool, yearly: float, n: int) -> Pace | None:
    """An amount, (buckets, period): grows by the same factor every year; `None` where there is nothing to go on."""
    whole = sums.sum(axis=0)
    if whole[1] <= 0:
        return None
    moves = has_before and whole[0] > 0

    def measure(values: Numbers) -> float:
        pace = values[1] / values[0] if moves and values[0] > 0 else 1.0
        return float(np.log(values[1] * yearly) + years * np.log(max(pace, 1e-9)))

    left = leave_one_out(sums)
    ends = [measure(values) if values[1] > 0 else measure(whole) for values in left]
    low, high = find_interval(measure(whole), ends)
    return Pace(
        before=float(whole[0]) * yearly if moves else None,
        now=float(whole[1]) * yearly,
        then=float(np.exp(measure(whole))),
        low=float(np.exp(low)),
        high=float(np.exp(high)),
        years=years,
        n=n,
    )


def project_ratio(
    upper: Numbers, lower: Numbers, years: float, *, has_before: bool, is_share: bool, n: int
) -> Pace | None:
    """A ratio of sums, each (buckets, period): moves by the same difference every year; a share stays in 0 to 1."""
    whole = np.stack([upper.sum(axis=0), lower.sum(axis=0)])
    if whole[1, 1] <= 0:
        return None
    moves = has_before and whole[1, 0] > 0

    def measure(up: Numbers, down: Numbers) -> float:
        now = up[1] / down[1]
        then = now + years * (now - up[0] / down[0]) if moves else now
        return float(np.clip(then, 0.0, 1.0)) if is_share else float(max(then, 0.0))

    ups, downs = leave_one_out(upper), leave_one_out(lower)
    middle = measure(*whole)
    ends = [
        measure(up, down) if down[1] > 0 and (down[0] > 0 or not moves) else middle
        for up, down in zip(ups, downs, strict=True)
    ]
    low, high = find_interval(middle, ends)
    return Pace(
        before=float(whole[0, 0] / whole[1, 0]) if moves else None,
        now=float(whole[0, 1] / whole[1, 1]),
        then=middle,
        low=max(float(low), 0.0),
        high=min(float(high), 1.0) if is_share else float(high),
        years=years,
        n=n,
    )


def needed_pace(now: float, target: float, years: float) -> float | None:
    """The yearly growth that would reach the target; `None` where no time is left or a value is not positive.

    >>> round(needed_pace(100.0, 121.0, 2.0), 4)
    0.1
    """
    if years <= 0 or now <= 0 or target <= 0:
        return None
    return float((target / now) ** (1 / years) - 1)
