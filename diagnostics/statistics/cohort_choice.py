"""Chooses from the periods observed which cohorts of new customers to look at, and for how long each was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from diagnostics.model.period import MONTHS_A_YEAR, Period, add_months

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from diagnostics.model.period import Horizon

# Ages are counted in thirty days from each customer's own first purchase, patterns in a quarter of a year.
AGE_DAYS = 30
QUARTER_DAYS = 91
MOST_QUARTERS = 5
MOST_AGES = 24
QUARTER = 3
# A history of this many months after its opening gives cohorts of a quarter, a shorter one of a month.
LONG = 9


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """New customers by the days of their first purchase, and the first day that is no longer observed."""

    first: Period
    as_of: date

    @property
    def followed_days(self) -> int:
        """How many days from the first purchase, that day included, every member was observed."""
        return (self.as_of - self.first.end).days + 1

    @property
    def ages(self) -> int:
        """How many whole ages of thirty days every member was observed, at most 24."""
        return min(MOST_AGES, self.followed_days // AGE_DAYS)

    @property
    def quarters(self) -> int:
        """How many whole quarters of 91 days every member was observed, at most 5."""
        return min(MOST_QUARTERS, self.followed_days // QUARTER_DAYS)


def choose_cohorts(horizon: Horizon, since: date) -> tuple[Cohort, Cohort | None]:
    """The oldest cohort of known age, and a newer one: a year later if followed for a quarter, else as fits.

    `since` is the first day on which a first purchase counts as one.

    >>> from datetime import date
    >>> from diagnostics.model.period import choose_horizon
    >>> older, newer = choose_cohorts(choose_horizon(date(2024, 1, 1), date(2025, 12, 31)), date(2024, 4, 1))
    >>> older.first.start, older.ages, newer.first.start, newer.ages
    (datetime.date(2024, 4, 1), 18, datetime.date(2025, 4, 1), 6)
    """
    end = max(horizon.current.end, add_months(since, 1))
    months = Period(start=since, end=end).months
    length = QUARTER if months >= LONG else 1
    older = Cohort(first=Period(start=since, end=add_months(since, length)), as_of=horizon.as_of)
    start = add_months(since, MONTHS_A_YEAR)
    if add_months(start, length + QUARTER) > end:
        start = add_months(end, -length - max(1, (months - length) // 2))
    if start < older.first.end:
        return older, None
    return older, Cohort(first=Period(start=start, end=add_months(start, length)), as_of=horizon.as_of)


def end_followed(cohort: Cohort, days: int) -> date:
    """The last day, exclusive, on which a member may be `days` old at most and was still observed.

    >>> from datetime import date
    >>> one = Cohort(first=Period(start=date(2024, 1, 1), end=date(2024, 2, 1)), as_of=date(2025, 1, 1))
    >>> end_followed(one, 90)
    datetime.date(2024, 4, 30)
    """
    return min(cohort.as_of, cohort.first.end - timedelta(days=1) + timedelta(days=days))


def name_ages(ages: Iterable[int]) -> list[str]:
    """The days of each age, from the first purchase.

    >>> name_ages([0, 1])
    ['0–29', '30–59']
    """
    return [f"{age * AGE_DAYS}–{(age + 1) * AGE_DAYS - 1}" for age in ages]
