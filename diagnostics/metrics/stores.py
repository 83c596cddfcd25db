"""Targets of stores and what was reached of them, by store over the months that have a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import within

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def total_store_sales(lines: ir.Table, period: Period) -> ir.Table:
    """One row a store and month: `counted`, what buyers paid; lines without a store are left out."""
    mine = within(lines, period)
    mine = mine.filter(mine.store.notnull())
    dated = mine.mutate(month=mine.ordered_at.truncate("M").date())
    return dated.group_by("store", "month").agg(counted=dated.paid_amount.sum().cast("float64"))


def total_store_adds(entries: ir.Table, period: Period) -> ir.Table:
    """One row a store and month: `counted`, contacts added, over the rows that report them."""
    mine = _within_days(entries, "day", period)
    mine = mine.filter(mine.store.notnull(), mine.added.notnull())
    dated = mine.mutate(month=mine.day.truncate("M"))
    return dated.group_by("store", "month").agg(counted=dated.added.sum().cast("float64"))


def compare_targets(
    targets: ir.Table, stores: ir.Table, counted: ir.Table | None, metric: str, period: Period
) -> ir.Table:
    """One row a store: city, target, actual, months and months_unknown.

    The actual of a month is what the target sheet states, else what was counted (`total_store_sales` or
    `total_store_adds`). A month without any count is 0 only where the store is counted in another month and that
    month in another store; else it is not known, and target and actual both leave it out. A store of which no
    month is known has empty sums; a target stated twice for a month counts once, the larger.
    """
    mine = _within_days(targets.filter(targets.metric == metric, targets.target > 0), "month", period)
    months = mine.mutate(month=mine.month.truncate("M"))
    months = months.group_by("store", "month").agg(target=months.target.max(), stated=months.actual.max())
    known = _add_actuals(months, counted)
    is_known = known.actual.notnull()
    totals = known.group_by("store").agg(
        target=known.target.sum(where=is_known),
        actual=known.actual.sum(where=is_known),
        months=is_known.cast("int64").sum(),
        months_unknown=(~is_known).cast("int64").sum(),
    )
    cities = stores.group_by("store").agg(city=stores.city.max())
    joined = totals.left_join(cities, "store")
    return joined.select("store", "city", "target", "actual", "months", "months_unknown")


def follow_targets(targets: ir.Table, counted: ir.Table | None, metric: str, period: Period) -> ir.Table:
    """One row a store and month of the period with a target: store, month, target, actual (as `compare_targets`)."""
    mine = _within_days(targets.filter(targets.metric == metric, targets.target > 0), "month", period)
    months = mine.mutate(month=mine.month.truncate("M"))
    months = months.group_by("store", "month").agg(target=months.target.max(), stated=months.actual.max())
    return _add_actuals(months, counted).select("store", "month", "target", "actual")


def _add_actuals(months: ir.Table, counted: ir.Table | None) -> ir.Table:
    if counted is None:
        return months.mutate(actual=months.stated)
    # Counts of stores without a target tell, too, that a month was observed.
    store_seen = counted.select(seen_store="store").distinct()
    month_seen = counted.select(seen_month="month").distinct()
    joined = months.left_join(counted, ["store", "month"]).drop("store_right", "month_right")
    joined = joined.left_join(store_seen, joined.store == store_seen.seen_store)
    joined = joined.left_join(month_seen, joined.month == month_seen.seen_month)
    is_seen = joined.seen_store.notnull() & joined.seen_month.notnull()
    unsold = is_seen.ifelse(0.0, ibis.null("float64"))
    return joined.mutate(actual=ibis.coalesce(joined.stated, joined.counted, unsold))


def _within_days(table: ir.Table, column: str, period: Period) -> ir.Table:
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    return table.filter(table[column] >= start, table[column] < end)
