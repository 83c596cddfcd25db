"""Estimate what days without orders would have brought, from the same weekdays around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

# Four weeks to either side: the season hardly moves, and a weekday comes eight times.
_AROUND = 28
_WEEK = 7
# The estimate may be short by its own noise: two standard deviations hold nineteen of twenty cases.
_SPREADS = 2.0
# An estimate from fewer days says nothing.
_LEAST_DAYS = 2


@dataclass(frozen=True, kw_only=True)
class DailyTotals:
    """A channel's amounts by day without holes: `amounts` from `first` on, NaN on days without orders."""

    first: np.datetime64
    amounts: np.ndarray

    @property
    def end(self) -> np.datetime64:
        """The day after the last."""
        return self.first + len(self.amounts)

    def sum_between(self, start: date, end: date) -> float:
        """The total of the days from `start` up to, and without, `end`."""
        return float(np.nansum(self._cut(start, end)))

    def _cut(self, start: date, end: date) -> np.ndarray:
        low, high = (int((np.datetime64(day, "D") - self.first).astype(int)) for day in (start, end))
        return self.amounts[max(low, 0) : max(high, 0)]

    def expect_silent(self, start: date, end: date) -> tuple[float, float]:
        """What the days without orders inside the history would have brought, and the most that this may be.

        A day is worth the median of the same weekday in the four weeks before and after; days without orders in
        between count as nothing, unless they belong to the same run. So a weekday on which the shop is always closed
        is worth nothing.
        """
        offset = max(int((np.datetime64(start, "D") - self.first).astype(int)), 0)
        silent = np.flatnonzero(np.isnan(self._cut(start, end))) + offset
        found = [self._expect(int(day)) for day in silent]
        total = sum(amount for amount, _ in found)
        spread = float(np.sqrt(sum(variance for _, variance in found)))
        return total, total + _SPREADS * spread

    def _expect(self, day: int) -> tuple[float, float]:
        low, high = self._run_of(day)
        around = np.arange(day % _WEEK, len(self.amounts), _WEEK)
        around = around[(np.abs(around - day) <= _AROUND) & ((around < low) | (around > high))]
        if len(around) < _LEAST_DAYS:
            return 0.0, 0.0
        amounts = np.nan_to_num(self.amounts[around])
        return float(np.median(amounts)), float(np.var(amounts, ddof=1))

    def _run_of(self, day: int) -> tuple[int, int]:
        """First and last day of the run without orders that holds a day."""
        sold = np.flatnonzero(~np.isnan(self.amounts))
        at = int(np.searchsorted(sold, day))
        return int(sold[at - 1]) + 1, int(sold[at]) - 1


def lay_days(days: np.ndarray, amounts: np.ndarray) -> DailyTotals:
    """Daily totals of one channel from its days (each once or more) and their amounts.

    >>> totals = lay_days(np.array(["2024-03-01", "2024-03-03"], "datetime64[D]"), np.array([5.0, 7.0]))
    >>> totals.amounts.tolist(), totals.sum_between(date(2024, 3, 1), date(2024, 3, 3))
    ([5.0, nan, 7.0], 5.0)
    """
    first = days.min()
    place = (days - first).astype(np.int64)
    sums = np.bincount(place, amounts)
    present = np.bincount(place) > 0
    return DailyTotals(first=first, amounts=np.where(present, sums, np.nan))
