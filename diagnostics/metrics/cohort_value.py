"""Cohorts of new customers by age: who is active, how often, for how much, and what each is worth to date."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.profit import MONEY, SUMS, add_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

DECILES = 10
# The first purchase and the nine after it.
MOST_TURNS = 9


def follow_cohorts(rows: ir.Table, cohorts: Mapping[str, Period]) -> ir.Table:
    """Rows of customers who first bought in one of the periods, with cohort and lived (days since the first purchase).

    `rows` come from `spread_segments`; refunds dated before the first purchase are left out.
    """
    cohort = ibis.cases(
        *(
            (
                (rows.first_day >= ibis.date(period.start.isoformat()))
                & (rows.first_day < ibis.date(period.end.isoformat())),
                name,
            )
            for name, period in cohorts.items()
        ),
        else_=ibis.null().cast("string"),
    )
    lived = rows.mutate(cohort=cohort, lived=rows.day.delta(rows.first_day, unit="day"))
    return lived.filter(lived.cohort.notnull(), lived.lived >= 0)


def total_ages(followed: ir.Table, age_days: int) -> ir.Table:
    """One row a kind, segment, cohort and age (0, 1, …, of `age_days` each): active customers and sums.

    The active of age 0 are the whole cohort. Ages are not cut here: who was not observed for a whole age is in it.
    """
    aged = followed.mutate(age=(followed.lived // age_days).cast("int64"))
    keys = ["kind", "segment", "cohort", "age"]
    return aged.group_by(keys).agg(active=aged.customer.nunique(where=aged.orders > 0), **add_up(aged))


def total_months(followed: ir.Table) -> ir.Table:
    """One row a kind, segment, cohort and calendar month: active customers and sums."""
    dated = followed.mutate(month=followed.day.truncate("month"))
    keys = ["kind", "segment", "cohort", "month"]
    return dated.group_by(keys).agg(active=dated.customer.nunique(where=dated.orders > 0), **add_up(dated))


def wait_turns(followed: ir.Table, as_of: date) -> ir.Table:
    """One row a turn (2 to 10) and days: events, censored; from each purchase day to the next, as `turn` counts them.

    Turn 2 is the second purchase day. `followed` must hold one kind and cohort; days of several channels are one.
    """
    bought = followed.filter(followed.orders > 0).select("customer", "day").distinct()
    window = ibis.window(group_by=bought.customer, order_by=bought.day)
    numbered = bought.mutate(turn=ibis.row_number().over(window) + 2, next_day=bought.day.lead().over(window))
    early = numbered.filter(numbered.turn < MOST_TURNS + 2)
    last = ibis.date(as_of.isoformat()) - ibis.interval(days=1)
    waited = early.select(
        "turn", days=ibis.coalesce(early.next_day, last).delta(early.day, unit="day"), came=early.next_day.notnull()
    )
    return waited.group_by("turn", "days").agg(events=waited.came.sum(), censored=(~waited.came).sum())


def value_to_date(followed: ir.Table, days: int, measure: str) -> ir.Table:
    """One row a decile (1 the highest) of the value of a customer's first `days` days: customers, again, sums.

    `measure` is spend or earned; `again` bought on a second day. `followed` must hold one kind and one cohort.
    """
    early = followed.filter(followed.lived < days)
    late = (early.orders > 0) & (early.lived > 0)
    customers = early.group_by("customer").agg(again=ibis.ifelse(late, 1, 0).max(), **add_up(early))
    order = [ibis.desc(customers[measure]), customers.customer]
    ranked = customers.mutate(decile=ibis.ntile(DECILES).over(order_by=order) + 1)
    sums = {name: ranked[name].sum() for name in SUMS}
    return ranked.group_by("decile").agg(customers=ranked.count(), again=ranked.again.sum(), **sums)


def count_patterns(followed: ir.Table, quarters: int, quarter_days: int) -> ir.Table:
    """One row a pattern: customers and sums over the first quarters; pattern adds 2^q for a purchase in quarter q > 0.

    Pattern 0 is who bought in the first quarter of life only. `followed` must hold one kind and one cohort.
    """
    early = followed.filter(followed.lived < quarters * quarter_days)
    quarter = (early.lived // quarter_days).cast("int64")
    bought = {
        f"q{place}": ibis.ifelse((quarter == place) & (early.orders > 0), 2**place, 0).max()
        for place in range(1, quarters)
    }
    customers = early.group_by("customer").agg(**bought, **add_up(early))
    marked = customers.mutate(pattern=reduce(add, (customers[name] for name in bought)).cast("int64"))
    return marked.group_by("pattern").agg(customers=marked.count(), **{name: marked[name].sum() for name in SUMS})


def split_first(followed: ir.Table, days: int) -> ir.Table:
    """One row a kind, segment, cohort and bucket: customers, first and later spend and profit within `days` days.

    first_ is the day of the first purchase, later_ all after it; again counts who bought on a later day,
    later_orders their orders then. Sums over the 50 random buckets are the cohort's.
    """
    early = followed.filter(followed.lived < days)
    early = early.mutate(bucket=assign_bucket(early.customer))
    first, later = early.lived == 0, early.lived > 0
    nothing = ibis.literal(0).cast(MONEY)
    return early.group_by("kind", "segment", "cohort", "bucket").agg(
        customers=early.customer.nunique(),
        again=early.customer.nunique(where=later & (early.orders > 0)),
        later_orders=early.orders.sum(where=later).fill_null(0),
        **{
            f"{side}_{name}": early[name].sum(where=test).cast(MONEY).fill_null(nothing)
            for side, test in (("first", first), ("later", later))
            for name in ("spend", "net", "earned")
        },
    )
