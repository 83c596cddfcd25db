"""Customers who deleted or blocked staff: now and before, by staff and store, and week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

WHOLE = "*"


def count_blocks(rows: ir.Table, unit: str, window: int) -> ir.Table:
    """One row a unit: what happened in the last `window` days and in as many before.

    `rows` come from `metrics.recent.count_back` and tell `blocked`; `unit` is a column, or `"whole"` for all as `*`.
    Columns: unit, now, before (blocks), days_now, days_before (staff days told), added_now, added_before, and of the
    weeks before: weeks_before, total_before and squares_before (sum of weekly counts and of their squares).
    """
    named = rows.mutate(whole=ibis.literal(WHOLE))
    known = named.filter(named[unit].notnull(), named.blocked.notnull(), named.back < 2 * window)
    known = known.select(unit=known[unit], back=known.back, blocked=known.blocked, added=known.added.fill_null(0))
    weeks = known.group_by("unit", week=(known.back / 7).floor()).agg(
        is_before=known.back.min() >= window,
        now=known.blocked.sum(where=known.back < window).fill_null(0),
        before=known.blocked.sum(where=known.back >= window).fill_null(0),
        days_now=(known.back < window).sum(),
        days_before=(known.back >= window).sum(),
        added_now=known.added.sum(where=known.back < window).fill_null(0),
        added_before=known.added.sum(where=known.back >= window).fill_null(0),
    )
    count = weeks.before.cast("float64")
    sums = ("now", "before", "days_now", "days_before", "added_now", "added_before")
    return weeks.group_by("unit").agg(
        **{name: weeks[name].sum() for name in sums},
        weeks_before=weeks.is_before.sum(),
        total_before=count.sum(where=weeks.is_before).fill_null(0),
        squares_before=(count * count).sum(where=weeks.is_before).fill_null(0),
    )


def follow_blocks(rows: ir.Table) -> ir.Table:
    """One row a week back from the last: week, blocked, added and staff days told."""
    known = rows.filter(rows.blocked.notnull())
    return known.group_by(week=(known.back / 7).floor().cast("int64")).agg(
        blocked=known.blocked.sum(), added=known.added.sum(), days=known.count()
    )
