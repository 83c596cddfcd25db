"""Customers of stores and the guides they are bound to; customers who belong to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, within
from diagnostics.metrics.picking import pick_most

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


NO = ibis.literal(value=False)


def list_idle_staff(rows: ir.Table, window: int) -> ir.Table:
    """Staff who had statistics once and did nothing in the last `window` days; rows of `metrics.recent.count_back`."""
    mine = rows.filter(rows.staff.notnull())
    each = mine.group_by("staff").agg(
        done=(mine.added.fill_null(0) + mine.chats.fill_null(0)).sum(where=mine.back < window).fill_null(0)
    )
    return each.filter(each.done == 0).select(idle="staff")


def list_store_buyers(lines: ir.Table, period: Period) -> ir.Table:
    """One row a known customer who bought in stores in the period: customer, store (of most orders), gmv."""
    mine = within(identified(lines), period)
    mine = mine.filter(mine.store.notnull(), ~mine.is_return)
    each = mine.group_by("customer", "store").agg(orders=mine.order_id.nunique(), gmv=mine.gmv.sum())
    first = pick_most(each, ("customer",), by="orders", name="store")
    totals = each.group_by(buyer="customer").agg(total=each.gmv.sum())
    return first.inner_join(totals, first.customer == totals.buyer).select("customer", "store", gmv="total")


def count_bound(buyers: ir.Table, contacts: ir.Table, idle: ir.Table | None) -> ir.Table:
    """One row a store: buyers, bound to a guide, to a guide of this store, to idle staff only, orphans, and spend.

    Bound is who is a contact, not lost, of a named member of staff; an orphan is bound to nobody, or only to staff
    who did nothing lately (`orphans` counts both, `idle_only` the latter). Columns: store, buyers, bound, here,
    idle_only, orphans, gmv, gmv_bound.
    """
    held = contacts.filter(contacts.customer.notnull(), contacts.staff.notnull(), contacts.lost_at.isnull())
    if idle is None:
        held = held.mutate(is_idle=NO)
    else:
        held = held.left_join(idle, held.staff == idle.idle).mutate(is_idle=lambda row: row.idle.notnull())
    each = held.group_by(held="customer").agg(idle_only=held.is_idle.min())
    places = held.filter(held.store.notnull()).select(placed="customer", their_store="store").distinct()
    joined = buyers.left_join(each, buyers.customer == each.held)
    joined = joined.left_join(places, (joined.customer == places.placed) & (joined.store == places.their_store))
    rows = joined.mutate(
        is_bound=joined.held.notnull(), is_idle=ibis.coalesce(joined.idle_only, NO), is_here=joined.placed.notnull()
    )
    return rows.group_by("store").agg(
        buyers=rows.count(),
        bound=rows.is_bound.sum(),
        here=rows.is_here.sum(),
        idle_only=rows.is_idle.sum(),
        orphans=(~rows.is_bound | rows.is_idle).sum(),
        gmv=rows.gmv.sum(),
        gmv_bound=rows.gmv.sum(where=rows.is_bound & ~rows.is_idle).fill_null(0),
    )


def count_local(customers: ir.Table, stores: ir.Table) -> ir.Table:
    """One row a region with stores: stores, and members who live there (the region named as the stores' city).

    A member's region matches if it contains the city's name. Columns: city, stores, members.
    """
    cities = stores.filter(stores.city.notnull()).group_by("city").agg(stores=stores.store.nunique())
    homes = customers.filter(customers.region.notnull(), ibis.coalesce(customers.is_member, ~NO))
    people = homes.group_by("region").agg(members=homes.customer.nunique())
    joined = cities.left_join(people, people.region.contains(cities.city))
    return joined.group_by("city").agg(stores=joined.stores.max(), members=joined.members.sum().fill_null(0))
