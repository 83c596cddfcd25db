"""Buyers who are contacts of the private domain, by channel, and what both kinds spend after their first purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.orders import count_orders

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir


def list_reachable(contacts: ir.Table, as_of: date) -> ir.Table:
    """One row a customer who is a contact on the day before `as_of`: added by then (or at an unknown time), not lost.

    Somebody added by several staff accounts is reachable as long as one of them still is.
    """
    day = ibis.timestamp(as_of.isoformat())
    is_added = contacts.added_at.isnull() | (contacts.added_at < day)
    is_kept = contacts.lost_at.isnull() | (contacts.lost_at >= day)
    return contacts.filter(contacts.customer.notnull(), is_added, is_kept).select("customer").distinct()


def count_reached(lines: ir.Table, reachable: ir.Table) -> ir.Table:
    """One row a channel: buyers and reached; repeat spend of both kinds: mean and sample deviation, and orders.

    A buyer's repeat spend is the gmv of the channel's selling lines on days after the buyer's first day there,
    within the lines given. Columns: channel, orders, orders_known, buyers, reached, reached_mean, reached_sd,
    unreached_mean, unreached_sd. `lines` come from `value_lines`, cut to the window.
    """
    buyers = _total_repeat_spend(lines)
    marked = buyers.left_join(reachable, buyers.customer == reachable.customer, rname="{name}_reachable")
    is_reached = marked.customer_reachable.notnull()
    spend = marked.repeat_gmv.cast("float64")
    counted = marked.group_by("channel").agg(
        buyers=marked.count(),
        reached=is_reached.sum(),
        reached_mean=spend.mean(where=is_reached),
        reached_sd=spend.std(where=is_reached, how="sample"),
        unreached_mean=spend.mean(where=~is_reached),
        unreached_sd=spend.std(where=~is_reached, how="sample"),
    )
    orders = count_orders(lines)
    known = orders.group_by("channel").agg(orders=orders.count(), orders_known=orders.customer.count())
    return known.left_join(counted, "channel").drop("channel_right")


def _total_repeat_spend(lines: ir.Table) -> ir.Table:
    """One row a channel and buyer: repeat_gmv."""
    selling = sales(identified(lines))
    dated = selling.mutate(day=selling.ordered_at.date())
    days = dated.group_by("channel", "customer", "day").agg(gmv=dated.gmv.sum())
    first = days.group_by("channel", "customer").mutate(first_day=days.day.min())
    return first.group_by("channel", "customer").agg(
        repeat_gmv=first.gmv.sum(where=first.day > first.first_day).fill_null(0)
    )


def count_assets(lines: ir.Table, reachable: ir.Table) -> ir.Table:
    """One row over all channels: buyers, reached, reached_repeat (two days or more), top and reached_top.

    `top` are the fifth of the buyers who spend most within the lines given.
    """
    selling = sales(identified(lines))
    buyers = selling.group_by("customer").agg(gmv=selling.gmv.sum(), days=selling.ordered_at.date().nunique())
    ranked = buyers.mutate(fifth=ibis.ntile(5).over(order_by=[ibis.desc(buyers.gmv), buyers.customer]))
    marked = ranked.left_join(reachable, ranked.customer == reachable.customer, rname="{name}_reachable")
    is_reached = marked.customer_reachable.notnull()
    return marked.agg(
        buyers=marked.count(),
        reached=is_reached.sum(),
        reached_repeat=(is_reached & (marked.days > 1)).sum(),
        top=(marked.fifth == 0).sum(),
        reached_top=(is_reached & (marked.fifth == 0)).sum(),
    )


def count_matched(contacts: ir.Table) -> ir.Table:
    """One row: contacts, and those of them that are matched to a customer."""
    return contacts.agg(
        contacts=contacts.contact.nunique(), matched=contacts.contact.nunique(where=contacts.customer.notnull())
    )
