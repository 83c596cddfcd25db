"""Buyers who are contacts of the private domain, by channel, and what both kinds spend again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import buys_again
from diagnostics.metrics.lines import identified, sales, within
from diagnostics.metrics.orders import count_orders

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# A spread needs two.
LEAST_OF_BOTH = 2


def list_reachable(contacts: ir.Table, as_of: date) -> ir.Table:
    """One row a customer who is a contact on the day before `as_of`: added by then (or at an unknown time), not lost.

    Somebody added by several staff accounts is reachable as long as one of them still is.
    """
    day = ibis.timestamp(as_of.isoformat())
    is_added = contacts.added_at.isnull() | (contacts.added_at < day)
    is_kept = contacts.lost_at.isnull() | (contacts.lost_at >= day)
    return contacts.filter(contacts.customer.notnull(), is_added, is_kept).select("customer").distinct()


def count_reached(lines: ir.Table, reachable: ir.Table, window: Period) -> ir.Table:
    """One row a channel: buyers and reached of the window, and the repeat spend of both kinds, like with like.

    `lines` come from `value_lines` and hold the whole history. A buyer's repeat spend is the gmv of the channel's
    selling lines in the window on days after the first day ever observed of the buyer in any channel.
    `reached_mean` is that of the buyers who are contacts, `matched_mean` that of the others, weighted to the months
    of first purchase of those reached, for who has been there longer has had more time both to be added and to buy;
    `difference_error` is the standard error of their difference. The three are over months that hold 2 and more of
    both kinds, and empty where no month does. `unreached_mean` is that of all others, `unreached` how many.
    Columns: channel, orders, orders_known and those named.
    """
    buyers = _total_repeat_spend(lines, window)
    marked = buyers.left_join(reachable, buyers.customer == reachable.customer, rname="{name}_reachable")
    marked = marked.mutate(is_reached=marked.customer_reachable.notnull())
    counted = marked.group_by("channel").agg(
        buyers=marked.count(),
        reached=marked.is_reached.sum(),
        unreached=(~marked.is_reached).sum(),
        unreached_mean=marked.repeat_gmv.mean(where=~marked.is_reached),
    )
    matched = _match_months(marked)
    orders = count_orders(within(lines, window))
    known = orders.group_by("channel").agg(orders=orders.count(), orders_known=orders.customer.count())
    joined = known.left_join(counted, "channel").drop("channel_right")
    return joined.left_join(matched, "channel").drop("channel_right")


def _match_months(marked: ir.Table) -> ir.Table:
    """One row a channel: reached_mean, matched_mean, difference_error, over months with 2 and more of both kinds."""
    spend, is_reached = marked.repeat_gmv, marked.is_reached
    cells = marked.group_by("channel", month=marked.first_day.truncate("month")).agg(
        n=is_reached.sum(),
        others=(~is_reached).sum(),
        total=spend.sum(where=is_reached),
        mean=spend.mean(where=~is_reached),
        variance=spend.var(where=is_reached, how="sample"),
        others_variance=spend.var(where=~is_reached, how="sample"),
    )
    fair = cells.filter(cells.n >= LEAST_OF_BOTH, cells.others >= LEAST_OF_BOTH)
    count = fair.n.sum()
    variance = (fair.n * fair.variance + fair.n * fair.n * fair.others_variance / fair.others).sum()
    return fair.group_by("channel").agg(
        reached_mean=fair.total.sum() / count,
        matched_mean=(fair.n * fair["mean"]).sum() / count,
        difference_error=variance.sqrt() / count,
    )


def _total_repeat_spend(lines: ir.Table, window: Period) -> ir.Table:
    """One row a channel and buyer of the window: first_day (ever, in any channel) and repeat_gmv."""
    selling = sales(identified(lines))
    dated = selling.mutate(day=selling.ordered_at.date())
    opened = dated.group_by("customer").agg(first_day=dated.day.min())
    inside = within(dated, window)
    joined = inside.inner_join(opened, "customer")
    return joined.group_by("channel", "customer").agg(
        first_day=joined.first_day.min(),
        repeat_gmv=joined.gmv.sum(where=joined.day > joined.first_day).fill_null(0).cast("float64"),
    )


def count_assets(lines: ir.Table, reachable: ir.Table) -> ir.Table:
    """One row over all channels: buyers, reached, reached_repeat (two days or more), top and reached_top.

    `top` are the fifth of the buyers who spend most within the lines given.
    """
    selling = sales(identified(lines))
    buyers = selling.group_by("customer").agg(gmv=selling.gmv.sum(), comes_back=buys_again(selling))
    ranked = buyers.mutate(fifth=ibis.ntile(5).over(order_by=[ibis.desc(buyers.gmv), buyers.customer]))
    marked = ranked.left_join(reachable, ranked.customer == reachable.customer, rname="{name}_reachable")
    is_reached = marked.customer_reachable.notnull()
    return marked.agg(
        buyers=marked.count(),
        reached=is_reached.sum(),
        reached_repeat=(is_reached & marked.comes_back).sum(),
        top=(marked.fifth == 0).sum(),
        reached_top=(is_reached & (marked.fifth == 0)).sum(),
    )


def count_matched(contacts: ir.Table) -> ir.Table:
    """One row: contacts, and those of them that are matched to a customer."""
    return contacts.agg(
        contacts=contacts.contact.nunique(), matched=contacts.contact.nunique(where=contacts.customer.notnull())
    )
