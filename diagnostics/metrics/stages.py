"""Where customers stand: gaps between purchases, lifecycle stages, segments by recency, frequency and money, lapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.days import number_days
from diagnostics.metrics.quantiles import count_up

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

MEDIAN, WARNING, LAPSE = 0.5, 0.75, 0.9
REPEAT_DAYS, MATURE_DAYS = 2, 3


def measure_gaps(days: ir.Table) -> ir.Table:
    """One row: gaps, and the days by which half, three quarters and nine tenths of gaps have ended.

    A gap is the whole days between two consecutive purchase days of a customer. A percentile is the smallest
    gap with at least that share of all gaps at or below it. `days` come from `purchase_days`. Columns: gaps,
    median_gap, warning_line, lapse_line; the lines are empty without gaps.
    """
    numbered = number_days(days).filter(lambda table: table.next_day.notnull())
    gaps = numbered.select(gap=numbered.next_day.delta(numbered.day, unit="day"))
    counted = count_up(gaps, gaps.gap)
    return counted.agg(
        gaps=counted.n.sum().fill_null(0),
        median_gap=_cut(counted, MEDIAN),
        warning_line=_cut(counted, WARNING),
        lapse_line=_cut(counted, LAPSE),
    )


def stage_customers(days: ir.Table, gaps: ir.Table, as_of: date, since: date) -> ir.Table:
    """One row a customer seen before `as_of`: stage, and gmv from `since` on.

    Stages, the first that fits: lapsed (silent beyond the lapse line), drifting (beyond the warning line),
    recalled (came back last after more than the lapse line), mature (three purchase days or more), growing
    (two), new (one). `days` come from `purchase_days`, `gaps` from `measure_gaps`.
    """
    end = ibis.date(as_of.isoformat())
    known = number_days(days)
    known = known.filter(known.day < end)
    customers = known.group_by("customer").agg(
        age=end.delta(known.day.max(), unit="day") - 1,
        bought=known.count(),
        # The gap before the last day: from the latest day that another one follows.
        gap=known.day.max().delta(known.day.max(where=known.next_day < end), unit="day"),
        gmv=known.gmv.sum(where=known.day >= ibis.date(since.isoformat())),
    )
    joined = customers.cross_join(gaps)
    stage = ibis.cases(
        (joined.age > joined.lapse_line, "lapsed"),
        (joined.age > joined.warning_line, "drifting"),
        (joined.gap > joined.lapse_line, "recalled"),
        (joined.bought >= MATURE_DAYS, "mature"),
        (joined.bought >= REPEAT_DAYS, "growing"),
        else_="new",
    )
    return joined.select("customer", "gmv", stage=stage)


def count_stages(staged: ir.Table) -> ir.Table:
    """Stage, customers and gmv, from `stage_customers`."""
    return staged.group_by("stage").agg(customers=staged.count(), gmv=staged.gmv.sum())


def count_moves(before: ir.Table, now: ir.Table) -> ir.Table:
    """Stage before, stage now, customers: where the customers of an earlier day stand today."""
    earlier = before.select("customer", stage_before="stage")
    joined = earlier.inner_join(now, "customer")
    return joined.group_by("stage_before", "stage").agg(customers=joined.count())


def segment_customers(days: ir.Table, gaps: ir.Table, as_of: date) -> ir.Table:
    """Recent, frequent, high (0 or 1), customers, gmv, money_cut: the eight segments of the buyers in `days`.

    Recent: silent for no longer than the median gap; frequent: two purchase days or more; high: spend at or
    above the buyers' median, which is the smallest spend with at least half of the buyers at or below it.
    """
    aged = _age(days, as_of)
    buyers = aged.group_by("customer").agg(age=aged.age.min(), bought=aged.count(), gmv=aged.gmv.sum())
    cut = count_up(buyers, buyers.gmv).agg(money_cut=lambda counted: _cut(counted, MEDIAN))
    joined = buyers.cross_join(cut).cross_join(gaps.select("median_gap"))
    marked = joined.mutate(
        recent=(joined.age <= joined.median_gap).cast("int8"),
        frequent=(joined.bought >= REPEAT_DAYS).cast("int8"),
        high=(joined.gmv >= joined.money_cut).cast("int8"),
    )
    return marked.group_by("recent", "frequent", "high").agg(
        customers=marked.count(), gmv=marked.gmv.sum(), money_cut=marked.money_cut.max()
    )


def count_lapses(days: ir.Table, gaps: ir.Table, as_of: date, span: int) -> ir.Table:
    """Active repeat customers who then stayed away for a lapse line, by `high` (0 or 1).

    Columns: at_risk, lapsed, stayed_gmv, stayed_squares.

    The window is as long as the lapse line and ends at `as_of`. At risk: two purchase days or more in the part
    of the last `span` days before the window, the last of them no further back than a lapse line. Lapsed: no
    purchase in the window. `high`: spend before the window at or above the median of those at risk.
    `stayed_gmv` is what the others spent in the window, `stayed_squares` the sum of its squares.
    """
    aged = _age(days, as_of).cross_join(gaps.select("lapse_line"))
    inside, before = aged.age < aged.lapse_line, (aged.age >= aged.lapse_line) & (aged.age < span)
    customers = aged.group_by("customer").agg(
        active=before.sum(),
        silent=aged.age.min(where=before) - aged.lapse_line.max(),
        line=aged.lapse_line.max(),
        came=inside.sum(),
        gmv=aged.gmv.sum(where=before),
        window_gmv=aged.gmv.sum(where=inside),
    )
    at_risk = customers.filter(customers.active >= REPEAT_DAYS, customers.silent <= customers.line)
    cut = count_up(at_risk, at_risk.gmv).agg(cut=lambda counted: _cut(counted, MEDIAN))
    joined = at_risk.cross_join(cut)
    marked = joined.mutate(high=(joined.gmv >= joined.cut).cast("int8"), spent=joined.window_gmv.cast("float64"))
    return marked.group_by("high").agg(
        at_risk=marked.count(),
        lapsed=(marked.came == 0).sum(),
        stayed_gmv=marked.window_gmv.sum(),
        stayed_squares=(marked.spent * marked.spent).sum(),
    )


def _age(days: ir.Table, as_of: date) -> ir.Table:
    """Purchase days before `as_of` with `age`: whole days back from the last observed day."""
    end = ibis.date(as_of.isoformat())
    earlier = days.filter(days.day < end)
    return earlier.mutate(age=end.delta(earlier.day, unit="day") - 1)


def _cut(counted: ir.Table, share: float) -> ir.Value:
    """The smallest value with at least a share of all values at or below it; of `count_up`."""
    return counted["value"].min(where=counted.reached / counted.whole >= share)
