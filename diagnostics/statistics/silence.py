"""Runs of days without any order, where orders would have been all but certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Counts: TypeAlias = NDArray[np.float64]
Days: TypeAlias = NDArray[np.bool_]

WEEK = 7
# So many weeks on either side say what a weekday usually sells: near enough to follow the season.
WEEKS = 8
# Fewer days of the same weekday than this say nothing about it.
LEAST_SAMPLE = 4
# Turns the median absolute deviation into a standard deviation (normal distribution).
MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Days `start` to `stop` (without), by place; how many of them usually sell, and how many orders they would have.

    `log_chance` is the natural logarithm of the chance of such a run.
    """

    start: int
    stop: int
    days: int
    expected: float
    log_chance: float


def find_silences(counts: Counts, weekdays: NDArray[np.int64], closed: Days, most_chance: float) -> list[Silence]:
    """Runs without orders, after the first order, whose chance is below `most_chance` over all days together.

    `counts` are orders per day, `weekdays` 0 to 6, `closed` days on which nobody could order; all of one length.
    A day's orders are taken as Poisson around the median of the same weekday in the eight weeks before and after,
    in clusters as large as variance over median (both robust to promotions): the chance of none is
    exp(-level / cluster). A weekday that usually sells nothing, or a channel with few orders, can't fall silent.
    """
    found = [_weigh(counts, weekdays, closed, run) for run in list_runs(counts)]
    limit = np.log(most_chance / max(len(counts), 1))
    return [silence for silence in found if silence.log_chance < limit]


def list_runs(counts: Counts) -> list[tuple[int, int]]:
    """Start and stop of every unbroken run of zeros after the first order.

    >>> list_runs(np.array([0.0, 2.0, 0.0, 0.0, 1.0, 0.0]))
    [(2, 4), (5, 6)]
    """
    sold = np.flatnonzero(counts)
    if not len(sold):
        return []
    silent = np.concatenate([[False], counts[sold[0] :] == 0, [False]]).astype(np.int64)
    edges = np.diff(silent)
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(sold[0] + start), int(sold[0] + stop)) for start, stop in zip(starts, stops, strict=True)]


def _weigh(counts: Counts, weekdays: NDArray[np.int64], closed: Days, run: tuple[int, int]) -> Silence:
    start, stop = run
    reach = WEEK * WEEKS
    first = int(np.flatnonzero(counts)[0])
    near = np.concatenate(
        [np.arange(max(first, start - reach), start), np.arange(stop, min(len(counts), stop + reach))]
    )
    near = near[~closed[near]]
    usual = {day: _usual(counts[near[weekdays[near] == day]]) for day in range(WEEK)}
    inside = [day for day in range(start, stop) if not closed[day] and usual[int(weekdays[day])][0] > 0]
    levels = [usual[int(weekdays[day])] for day in inside]
    return Silence(
        start=start,
        stop=stop,
        days=len(inside),
        expected=float(sum(level for level, _ in levels)),
        log_chance=-float(sum(level / cluster for level, cluster in levels)),
    )


def _usual(sample: Counts) -> tuple[float, float]:
    """The usual count of a weekday and the size of its clusters, at least 1."""
    if len(sample) < LEAST_SAMPLE:
        return 0.0, 1.0
    level = float(np.median(sample))
    deviation = MAD_TO_DEVIATION * float(np.median(np.abs(sample - level)))
    return level, max(1.0, deviation**2 / level) if level > 0 else 1.0


def recurs(counts: Counts, silence: Silence, *, year: int = 365, slack: int = 10) -> bool:
    """Whether the same season of another year was silent too, for at least half as many days."""
    runs = list_runs(counts)
    for shift in (-year, year):
        low, high = silence.start + shift - slack, silence.stop + shift + slack
        shared = sum(max(0, min(stop, high) - max(start, low)) for start, stop in runs)
        if shared * 2 >= silence.stop - silence.start:
            return True
    return False
