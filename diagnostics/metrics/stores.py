"""What each store was to reach and what it reached, month by month, summed over a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

SALES = "sales"
ADDS = "adds"


def sum_store_sales(lines: ir.Table) -> ir.Table:
    """Store, month, metric, reached: GMV of the lines that name a store. `lines` come from `value_lines`."""
    named = lines.filter(lines.store.notnull())
    named = named.mutate(month=named.ordered_at.date().truncate("M"))
    sums = named.group_by("store", "month").agg(reached=named.gmv.sum().cast("float64"))
    return sums.mutate(metric=ibis.literal(SALES))


def sum_store_adds(entries: ir.Table) -> ir.Table:
    """Store, month, metric, reached: contacts added at entrances that name a store and count them."""
    named = entries.filter(entries.store.notnull(), entries.added.notnull())
    named = named.mutate(month=named.day.truncate("M"))
    sums = named.group_by("store", "month").agg(reached=named.added.sum().cast("float64"))
    return sums.mutate(metric=ibis.literal(ADDS))


def compare_targets(targets: ir.Table, reached: ir.Table | None, period: Period) -> ir.Table:
    """One row a store and metric over the months of a period: months, target, actual.

    Actual is what the target sheet states, else what orders or entrances show; a month without any sale or add
    of a store that has others is 0. Where a store never shows up, actual is empty: not observed.
    `targets` are `store_months`; `reached` come from `sum_store_sales` and `sum_store_adds`, united.
    """
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = targets.filter(targets.month >= start, targets.month < end, targets.target > 0)
    inside = inside.mutate(month=inside.month.truncate("M"))
    if reached is None:
        joined = inside.mutate(reached=ibis.null("float64"))
    else:
        shown = reached.select(reached_store="store", reached_month="month", reached_metric="metric", reached="reached")
        joined = inside.left_join(
            shown,
            (inside.store == shown.reached_store)
            & (inside.month == shown.reached_month)
            & (inside.metric == shown.reached_metric),
        )
    filled = joined.mutate(known=ibis.coalesce(joined.actual, joined.reached))
    return filled.group_by("store", "metric").agg(
        months=filled.month.nunique(), target=filled.target.sum(), actual=filled.known.sum()
    )
