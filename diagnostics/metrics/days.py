"""Purchase days of customers, and orders per channel and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.picking import pick_first
from diagnostics.metrics.profit import MONEY

if TYPE_CHECKING:
    import ibis.expr.types as ir


def purchase_days(lines: ir.Table, *keys: str) -> ir.Table:
    """One row a known customer and day with a purchase (and a value of each of `keys`): gmv, paid, the day's channel.

    Several orders of one day count once; the channel is that of the day's first line (of two at the same moment,
    the first by name). Days on which a customer only took back are left out. `lines` come from `value_lines`.
    """
    selling = sales(identified(lines)).mutate(day=lambda line: line.ordered_at.date())
    opened = pick_first(
        selling, ("customer", "day", *keys), by="ordered_at", name="channel", gmv="gmv", paid="paid_amount"
    )
    return opened.mutate(gmv=opened.gmv.cast(MONEY), paid=opened.paid.cast(MONEY)).drop("ordered_at")


def number_days(days: ir.Table, *keys: str) -> ir.Table:
    """Purchase days with `turn` (0 is the first), the customer's `first_day`, and `next_day` (or none).

    Days that are numbered already stay as they are, so several questions can share them.
    """
    if "next_day" in days.columns:
        return days
    window = ibis.window(group_by=["customer", *keys], order_by="day")
    return days.mutate(
        turn=ibis.row_number().over(window),
        first_day=days.day.first().over(window),
        next_day=days.day.lead().over(window),
    )


def follow_purchases(lines: ir.Table) -> ir.Table:
    """The numbered purchase days of all lines given: what most questions about coming back build on."""
    return number_days(purchase_days(lines))


def count_daily_orders(lines: ir.Table) -> ir.Table:
    """Channel, day and orders: one row a channel and day with at least one order; canceling lines are no orders."""
    selling = sales(lines).mutate(day=lambda line: line.ordered_at.date())
    return selling.group_by("channel", "day").agg(orders=selling.order_id.nunique())
