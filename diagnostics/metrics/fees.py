"""What platforms take of settled sales, and which sales go to people the private domain already knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

PARTS = ("platform_fee", "commission", "channel_fee", "promotion_fee", "other_fee")
NO = False


def total_fees(settlements: ir.Table, period: Period) -> ir.Table:
    """One row a channel: settled (rows), paid, fees and the five parts of them, of settlements in the period.

    A settlement without a date counts. `fees` are the bill's own total, else the sum of the parts that it states;
    lines that settle nothing paid (a fee booked alone) keep their fee.
    """
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    at = settlements.settled_at
    inside = settlements.filter(at.isnull() | ((at >= start) & (at < end)))
    stated = [inside[part].fill_null(0) for part in PARTS]
    total = stated[0]
    for part in stated[1:]:
        total = total + part
    valued = inside.mutate(taken=ibis.coalesce(inside.fees, total))
    return valued.group_by("channel").agg(
        settled=valued.count(),
        paid=valued.paid_amount.sum(),
        fees=valued.taken.sum(),
        **{part: valued[part].sum() for part in PARTS},
    )


def total_known(orders: ir.Table, added: ir.Table) -> ir.Table:
    """One row a channel: gmv of repeat orders, and of those whose customer was a contact by the day of the order.

    `orders` come from `list_venue_orders`, `added` from `find_added`.
    """
    mine = added.select("added_on", who="customer")
    joined = orders.left_join(mine, orders.customer == mine.who)
    is_repeat = (joined.day > joined.first_day).fill_null(NO)
    is_contact = (joined.added_on <= joined.day).fill_null(NO)
    return joined.group_by("channel").agg(
        gmv=joined.gmv.sum(),
        repeat_gmv=joined.gmv.sum(where=is_repeat).fill_null(0),
        known_gmv=joined.gmv.sum(where=is_repeat & is_contact).fill_null(0),
    )
