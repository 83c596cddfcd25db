"""Cohorts of customers by the month of their first purchase, and who of them buys in later months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.days import number_days
from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, add_months

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# Who buys again does so mostly within a quarter: after three months few "new" customers are old ones unseen.
# A short history can't give up so much of itself: an eighth of it then, at least one month.
MOST_OLDER_MONTHS = 3
OLDER_PART = 8


def find_newcomers_since(history: Period) -> date:
    """The first day on which a first purchase counts as one; earlier buyers are older than the data.

    >>> from datetime import date
    >>> from diagnostics.model.period import Period
    >>> find_newcomers_since(Period(start=date(2024, 1, 1), end=date(2026, 1, 1)))
    datetime.date(2024, 4, 1)
    """
    start = add_months(history.start, 0 if history.start.day <= 1 + SLACK_DAYS else 1)
    return add_months(start, min(MOST_OLDER_MONTHS, max(1, history.months // OLDER_PART)))


def count_active(days: ir.Table) -> ir.Table:
    """Cohort (first of the month), age in calendar months, customers who bought in that month, and their gmv.

    Age 0 holds the size of the cohort. `days` come from `purchase_days`, and are all of a customer's. Customers are
    counted by the last of their days in a month, which takes no list of them.
    """
    numbered = number_days(days)
    month = numbered.day.truncate("month")
    is_last = numbered.next_day.isnull() | (numbered.next_day.truncate("month") > month)
    each = numbered.mutate(cohort=numbered.first_day.truncate("month"), month=month, is_last=is_last)
    counted = each.group_by("cohort", "month").agg(customers=each.is_last.sum(), gmv=each.gmv.sum())
    years, months = counted.month.year() - counted.cohort.year(), counted.month.month() - counted.cohort.month()
    return counted.select("cohort", "customers", "gmv", age=years * MONTHS_A_YEAR + months)


def count_returns(firsts: ir.Table, as_of: date, days: int) -> ir.Table:
    """Cohort, customers, followed (observed for `days` after the first purchase), returned (of those, in time).

    `firsts` come from `pick_firsts`; `as_of` is the first day that is no longer observed.
    """
    span = ibis.interval(days=days)
    followed = firsts.day + span < ibis.date(as_of.isoformat())
    marked = firsts.mutate(
        cohort=firsts.day.truncate("month"),
        followed=followed,
        returned=followed & firsts.next_day.notnull() & (firsts.next_day <= firsts.day + span),
    )
    return marked.group_by("cohort").agg(
        customers=marked.count(),
        followed=marked.followed.sum(),
        returned=marked.returned.sum(),
    )


def value_second_days(days: ir.Table) -> ir.Table:
    """One row: how many customers have a second purchase day, and the gmv of those; `days` of `purchase_days`."""
    numbered = number_days(days)
    second = numbered.turn == 1
    return numbered.agg(customers=second.sum(), gmv=numbered.gmv.sum(where=second))
