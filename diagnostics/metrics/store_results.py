"""What stores sold and added before and after a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir


def total_around(rows: ir.Table, day: date, window: int) -> ir.Table:
    """One row a store: `amount` in the `window` days before a day, from it on, and in the window before the first.

    `rows` have store, day and amount. Columns: store, earlier, before, after; stores without any are left out.
    """
    start, first, end = day - timedelta(days=window), day - timedelta(days=2 * window), day + timedelta(days=window)
    marks = [ibis.date(one.isoformat()) for one in (first, start, day, end)]
    mine = rows.filter(rows.store.notnull(), rows.day >= marks[0], rows.day < marks[3])
    return mine.group_by("store").agg(
        earlier=mine.amount.sum(where=mine.day < marks[1]).cast("float64").fill_null(0),
        before=mine.amount.sum(where=(mine.day >= marks[1]) & (mine.day < marks[2])).cast("float64").fill_null(0),
        after=mine.amount.sum(where=mine.day >= marks[2]).cast("float64").fill_null(0),
    )


def date_sales(lines: ir.Table) -> ir.Table:
    """Order lines of stores as store, day and amount; `lines` come from `value_lines`."""
    return lines.select("store", day=lines.ordered_at.date(), amount=lines.gmv)


def date_adds(entries: ir.Table) -> ir.Table:
    """Statistics of entrances as store, day and amount (contacts added)."""
    known = entries.filter(entries.added.notnull())
    return known.select("store", "day", amount=known.added)


def span_days(rows: ir.Table) -> ir.Table:
    """One row: first and last day of rows of stores."""
    mine = rows.filter(rows.store.notnull())
    return mine.agg(first_day=mine.day.min(), last_day=mine.day.max())
