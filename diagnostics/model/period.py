"""Half-open periods of days, and the choice of what a diagnosis compares with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_A_YEAR = 12
# A month still counts as whole when its first or last days saw no order.
SLACK_DAYS = 2


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days from `start` up to, and without, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            message = f"a period must end after it starts: {self.start} to {self.end}"
            raise ValueError(message)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.end - self.start).days

    @property
    def months(self) -> int:
        """How many calendar months its edges are apart."""
        return (self.end.year - self.start.year) * MONTHS_A_YEAR + self.end.month - self.start.month

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.start <= day < self.end


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """What the data cover, and which two periods are compared.

    `history` is everything observed; `current` and `previous` are whole months of equal number,
    the same calendar months a year apart where the data allow, so that promotion seasons match.
    `previous` is `None` when there is nothing comparable.
    """

    history: Period
    current: Period
    previous: Period | None

    @property
    def as_of(self) -> date:
        """The first day that is no longer observed."""
        return self.history.end

    @property
    def yearly(self) -> float:
        """What an amount of the current period is multiplied with to make a year."""
        return MONTHS_A_YEAR / self.current.months if self.current.months else 365 / self.current.days


def choose_horizon(first_day: date, last_day: date) -> Horizon:
    """Choose the periods to compare from the first and the last observed day.

    >>> h = choose_horizon(date(2009, 12, 1), date(2011, 12, 9))
    >>> h.current.start, h.previous.start
    (datetime.date(2010, 12, 1), datetime.date(2009, 12, 1))
    """
    history = Period(start=first_day, end=last_day + timedelta(days=1))
    start = add_months(first_day, 0 if first_day.day <= 1 + SLACK_DAYS else 1)
    end = add_months(history.end + timedelta(days=SLACK_DAYS), 0)
    whole = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    if whole < 1:
        return Horizon(history=history, current=history, previous=None)
    if whole > MONTHS_A_YEAR:
        length = min(MONTHS_A_YEAR, whole - MONTHS_A_YEAR)
        shift = MONTHS_A_YEAR
    else:
        length = max(1, whole // 2)
        shift = length
    current = Period(start=add_months(end, -length), end=end)
    if whole == 1:
        return Horizon(history=history, current=current, previous=None)
    previous = Period(start=add_months(current.start, -shift), end=add_months(current.end, -shift))
    return Horizon(history=history, current=current, previous=previous)


def add_months(day: date, months: int) -> date:
    """The first of the month that lies `months` from the month of `day`."""
    index = day.year * MONTHS_A_YEAR + day.month - 1 + months
    return date(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1, 1)
