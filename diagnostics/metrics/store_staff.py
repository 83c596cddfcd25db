"""Staff of stores: who added or served anybody, store by store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def count_active(rows: ir.Table, window: int, least_days: int) -> ir.Table:
    """One row a store: staff told on `least_days` days of the window, those who did anything, adds and chats.

    Active is who added a contact or had a chat. `rows` come from `metrics.recent.count_back`. Columns: store, seen,
    active, adding (who added anybody), added, chats.
    """
    mine = rows.filter(rows.staff.notnull(), rows.store.notnull(), rows.back < window)
    each = mine.group_by("store", "staff").agg(
        days=mine.back.nunique(), added=mine.added.sum().fill_null(0), chats=mine.chats.sum().fill_null(0)
    )
    told = each.filter(each.days >= least_days)
    return told.group_by("store").agg(
        seen=told.count(),
        active=(told.added + told.chats > 0).sum(),
        adding=(told.added > 0).sum(),
        added=told.added.sum(),
        chats=told.chats.sum(),
    )


def describe_stores(stores: ir.Table) -> ir.Table:
    """One row a store of the master: store, city, region, ownership, staff_count."""
    return stores.group_by("store").agg(
        city=stores.city.max(),
        region=stores.region.max(),
        ownership=stores.ownership.max(),
        staff_count=stores.staff_count.max(),
    )
