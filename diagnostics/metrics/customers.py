"""Customers from order lines: what each spent in a period, and when each first bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_customers(lines: ir.Table) -> ir.Table:
    """One row a known customer: gmv, orders, units, first_day, last_day over the lines given.

    Refund lines reduce gmv; orders count only lines that sell, so an all-refund customer has 0 orders.
    `lines` come from `value_lines`.
    """
    known = identified(lines)
    selling = ~known.is_return
    return known.group_by("customer").agg(
        gmv=known.gmv.sum(),
        orders=known.order_id.nunique(where=selling),
        units=known.quantity.sum(),
        first_day=known.ordered_at.min(where=selling).date(),
        last_day=known.ordered_at.max(where=selling).date(),
    )


def buys_again(selling: ir.Table) -> ir.BooleanValue:
    """Whether the lines of a group, all of which sell, lie on two days or more: the first day is not the last."""
    return selling.ordered_at.min().date() < selling.ordered_at.max().date()


def first_purchases(lines: ir.Table) -> ir.Table:
    """One row a known customer: the day of the first purchase ever observed, over all channels."""
    selling = sales(identified(lines))
    return selling.group_by("customer").agg(first_day=selling.ordered_at.min().date())
