"""Where customers are at home: how many channels and shops they buy in, and where they buy before and after an add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales, within
from diagnostics.metrics.picking import pick_most

if TYPE_CHECKING:
    from collections.abc import Collection

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST = 3
MOST_ORDERS = 6
ASSIST_DAYS = 7
DAY_SECONDS = 24 * 60 * 60
BEFORE, AFTER = "before", "after"
STORE, ONLINE = "store", "online"
NO = False


def list_purchases(lines: ir.Table) -> ir.Table:
    """One row an order of a known customer: customer, channel, outlet, at, gmv. `lines` come from `value_lines`."""
    selling = sales(identified(lines))
    outlet = selling.channel.concat("/", selling.shop.fill_null(""), "/", selling.store.fill_null(""))
    placed = selling.mutate(outlet=outlet)
    return placed.group_by("customer", "channel", "order_id").agg(
        outlet=placed.outlet.max(), at=placed.ordered_at.min(), gmv=placed.gmv.sum()
    )


def count_widths(orders: ir.Table) -> ir.Table:
    """One row a number of channels, of outlets (3 stands for more) and of orders (6 for more).

    Columns: channels, outlets, orders, customers, gmv, squares; `squares` is of each customer's gmv, for its spread.
    """
    each = orders.group_by("customer").agg(
        channels=ibis.least(orders.channel.nunique(), MOST),
        outlets=ibis.least(orders.outlet.nunique(), MOST),
        orders=ibis.least(orders.count(), MOST_ORDERS),
        gmv=orders.gmv.sum().cast("float64"),
    )
    squared = each.mutate(square=each.gmv * each.gmv)
    return squared.group_by("channels", "outlets", "orders").agg(
        customers=squared.count(), gmv=squared.gmv.sum(), squares=squared.square.sum()
    )


def find_homes(orders: ir.Table) -> ir.Table:
    """One row a home channel: customers (of two orders and more), orders, home_orders, gmv.

    Home is the channel with most orders of the customer; of several the first by name.
    """
    counted = orders.group_by("customer", "channel").agg(orders=orders.count(), gmv=orders.gmv.sum())
    homes = pick_most(counted, ("customer",), by="orders", name="channel")
    sums = counted.group_by("customer").agg(all_orders=counted.orders.sum(), gmv=counted.gmv.sum())
    # The picked row's own count is told by the join below, for `pick_most` keeps the name alone.
    joined = homes.select("customer", home="channel").inner_join(sums, "customer")
    several = joined.filter(joined.all_orders > 1)
    mine = counted.select("customer", "channel", home_orders="orders")
    at_home = several.inner_join(mine, [several.customer == mine.customer, several.home == mine.channel])
    return at_home.group_by("home").agg(
        customers=at_home.count(),
        orders=at_home.all_orders.sum(),
        home_orders=at_home.home_orders.sum(),
        gmv=at_home.gmv.sum(),
    )


def follow_contacts(orders: ir.Table, contacts: ir.Table) -> ir.Table:
    """One row an order of a contact: the columns of `list_purchases`, added_at and side (before or after the add)."""
    known = contacts.filter(contacts.customer.notnull(), contacts.added_at.notnull())
    added = known.group_by("customer").agg(added_at=known.added_at.min())
    joined = orders.inner_join(added, "customer")
    return joined.mutate(side=ibis.ifelse(joined["at"] >= joined.added_at, AFTER, BEFORE))


def move_homes(followed: ir.Table) -> ir.Table:
    """One row a home before and home after the add: customers, of those with orders on both sides."""
    counted = followed.group_by("customer", "side", "channel").agg(orders=followed.count())
    homes = pick_most(counted, ("customer", "side"), by="orders", name="channel")
    before = homes.filter(homes.side == BEFORE).select("customer", home_before="channel")
    after = homes.filter(homes.side == AFTER).select("customer", home_after="channel")
    both = before.inner_join(after, "customer")
    return both.group_by("home_before", "home_after").agg(customers=both.count())


def total_after(followed: ir.Table, period: Period) -> ir.Table:
    """One row a channel: orders and gmv of contacts in the period, after they were added."""
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = followed.filter(followed["at"] >= start, followed["at"] < end, followed.side == AFTER)
    return inside.group_by("channel").agg(
        orders=inside.count(), gmv=inside.gmv.sum(), customers=inside.customer.nunique()
    )


def total_assisted(orders: ir.Table, touches: ir.Table, period: Period) -> ir.Table:
    """One row a channel: orders and gmv of the period in the week after a touch of the same customer."""
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = orders.filter(orders["at"] >= start, orders["at"] < end)
    said = touches.select("touched_at", who="customer")
    pairs = inside.inner_join(said, inside.customer == said.who)
    lag = pairs["at"].epoch_seconds() - pairs.touched_at.epoch_seconds()
    near = pairs.filter(lag >= 0, lag < ASSIST_DAYS * DAY_SECONDS)
    once = near.group_by("customer", "channel", "order_id").agg(gmv=near.gmv.max())
    return once.group_by("channel").agg(orders=once.count(), gmv=once.gmv.sum())


def flow_sides(orders: ir.Table, stores: Collection[str], period: Period) -> ir.Table:
    """One row a side of the first purchase (store or online): customers, again, to_store, to_online, and gmv of both.

    Customers are those who bought in the period; `again` came back after their first day ever observed, in the
    period; `to_store` and `to_online` did so there (a customer can do both).
    """
    is_store = orders.channel.isin(sorted(stores))
    sided = orders.mutate(side=ibis.ifelse(is_store, STORE, ONLINE), in_store=is_store.cast("int64"))
    firsts = sided.group_by("customer").agg(first_at=sided["at"].min())
    joined = sided.inner_join(firsts, "customer")
    opened = (
        joined.filter(joined["at"] == joined.first_at)
        .group_by("customer")
        .agg(first_in_store=lambda table: table.in_store.max())
    )
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = joined.filter(joined["at"] >= start, joined["at"] < end)
    is_later = inside["at"].date() > inside.first_at.date()
    marked = inside.mutate(
        store_later=(is_later & (inside.in_store > 0)).cast("int64"),
        online_later=(is_later & (inside.in_store == 0)).cast("int64"),
    )
    marked = marked.mutate(
        store_gmv=ibis.ifelse(marked.store_later > 0, marked.gmv, 0),
        online_gmv=ibis.ifelse(marked.online_later > 0, marked.gmv, 0),
    )
    each = marked.group_by("customer").agg(
        to_store=marked.store_later.max(),
        to_online=marked.online_later.max(),
        store_gmv=marked.store_gmv.sum(),
        online_gmv=marked.online_gmv.sum(),
    )
    told = each.inner_join(opened, "customer")
    told = told.mutate(again=ibis.greatest(told.to_store, told.to_online))
    return told.group_by(first=ibis.ifelse(told.first_in_store > 0, STORE, ONLINE)).agg(
        customers=told.count(),
        again=told.again.sum(),
        to_store=told.to_store.sum(),
        to_online=told.to_online.sum(),
        store_gmv=told.store_gmv.sum(),
        online_gmv=told.online_gmv.sum(),
    )


def cut_orders(orders: ir.Table, period: Period) -> ir.Table:
    """The orders of a period."""
    return within(orders.rename(ordered_at="at"), period).rename(at="ordered_at")
