"""What each venue sells, how evenly over time, to whom again, and who goes from one venue to the private domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import identified, sales, within

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

LIVE_WORDS = ("直播", "live")
# Orders that somebody took in a chat, on the phone or on paper, before a shop recorded them.
CHAT_WORDS = ("电话", "接龙", "手工", "代下单", "私聊", "群内", "phone", "chat", "manual")
CHAT_CHANNEL = "wecom"
NO = False


def list_venue_orders(lines: ir.Table, period: Period) -> ir.Table:
    """One row an order of the period: channel, is_live, is_chat, customer, day, gmv, is_private, first_day.

    Live is an order whose traffic source speaks of a live show; chat one whose source speaks of a chat, a call or
    hand-work, or which came by the WeCom channel itself. `first_day` is the customer's first day ever observed, in
    any channel. `lines` come from `value_lines`, over all that is observed.
    """
    selling = sales(within(lines, period))
    source = selling.source.fill_null("").lower()
    marked = selling.mutate(
        live=_speaks_of(source, LIVE_WORDS).cast("int64"),
        chat=(_speaks_of(source, CHAT_WORDS) | (selling.channel == CHAT_CHANNEL)).cast("int64"),
        private=selling.is_private.cast("int64"),
    )
    orders = marked.group_by("channel", "order_id").agg(
        is_live=marked.live.max() > 0,
        is_chat=marked.chat.max() > 0,
        is_private=marked.private.max() > 0,
        customer=marked.customer.max(),
        day=marked.ordered_at.min().date(),
        gmv=marked.gmv.sum(),
    )
    firsts = first_purchases(lines).select("first_day", who="customer")
    return orders.left_join(firsts, orders.customer == firsts.who).drop("who")


def _speaks_of(source: ir.StringValue, words: tuple[str, ...]) -> ir.BooleanValue:
    found = source.contains(words[0])
    for word in words[1:]:
        found |= source.contains(word)
    return found


def total_venues(orders: ir.Table) -> ir.Table:
    """One row a channel and whether live: gmv, orders, known, repeat, first, repeat_gmv, chat, private, buyers.

    `known` orders have a customer, `repeat` ones were placed after the customer's first day, `first` on it. `private`
    counts orders that the sheet's rule gives to the private domain, `chat` those not taken by a shop.
    """
    is_repeat = (orders.day > orders.first_day).fill_null(NO)
    is_first = (orders.day == orders.first_day).fill_null(NO)
    return orders.group_by("channel", "is_live").agg(
        gmv=orders.gmv.sum(),
        orders=orders.count(),
        known=orders.customer.count(),
        repeat=is_repeat.sum(),
        first=is_first.sum(),
        repeat_gmv=orders.gmv.sum(where=is_repeat).fill_null(0),
        chat=orders.is_chat.sum(),
        private=orders.is_private.fill_null(NO).sum(),
        private_gmv=orders.gmv.sum(where=orders.is_private.fill_null(NO)).fill_null(0),
        buyers=orders.customer.nunique(),
    )


def total_venue_days(orders: ir.Table) -> ir.Table:
    """One row a channel and whether live: days with an order, orders, squares (of orders a day), top.

    `top` are the orders of the tenth part of the days with an order that has most of them, at least one day.
    """
    days = orders.group_by("channel", "is_live", "day").agg(orders=orders.count())
    tenth = ibis.ntile(10).over(group_by=["channel", "is_live"], order_by=[ibis.desc(days.orders), days.day])
    ranked = days.mutate(tenth=tenth, square=days.orders * days.orders)
    return ranked.group_by("channel", "is_live").agg(
        days=ranked.count(),
        orders=ranked.orders.sum(),
        squares=ranked.square.sum(),
        top=ranked.orders.sum(where=ranked.tenth == 0).fill_null(0),
    )


def count_handoffs(lines: ir.Table, contacts: ir.Table, period: Period) -> ir.Table:
    """One row a channel: to_private, from_private, people.

    `people` are known buyers of the channel in the period. `to_private` were first added in the period, on or after
    the day on which they first bought there; `from_private` first bought there in the period, after the day on which
    they were added. Who did both on one day is counted as led to the private domain.
    """
    bought = sales(identified(lines))
    firsts = bought.group_by("channel", "customer").agg(
        first_at=bought.ordered_at.min(), last_at=bought.ordered_at.max()
    )
    known = contacts.filter(contacts.customer.notnull(), contacts.added_at.notnull())
    added = known.group_by(who=known.customer).agg(added_at=known.added_at.min())
    joined = firsts.left_join(added, firsts.customer == added.who)
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    added_now = (joined.added_at >= start) & (joined.added_at < end)
    bought_now = (joined.first_at >= start) & (joined.first_at < end)
    is_after = joined.added_at.date() >= joined.first_at.date()
    return joined.group_by("channel").agg(
        people=((joined.last_at >= start) & (joined.first_at < end)).sum(),
        to_private=(added_now & is_after).fill_null(NO).sum(),
        from_private=(bought_now & ~is_after).fill_null(NO).sum(),
    )
