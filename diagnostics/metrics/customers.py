"""Customers from order lines: what each spent in a period, and when each first bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.profit import MONEY

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_customers(days: ir.Table) -> ir.Table:
    """One row a customer: gmv and first_day (of a purchase; empty for who only took back), over the days given.

    `days` come from `spend_days`: refunds reduce gmv.
    """
    return days.group_by("customer").agg(gmv=days.spend.sum().cast(MONEY), first_day=days.opened.min().date())


def buys_again(selling: ir.Table) -> ir.BooleanValue:
    """Whether the lines of a group, all of which sell, lie on two days or more: the first day is not the last."""
    return selling.ordered_at.min().date() < selling.ordered_at.max().date()


def first_purchases(lines: ir.Table) -> ir.Table:
    """One row a known customer: the day of the first purchase ever observed, over all channels."""
    selling = sales(identified(lines))
    return selling.group_by("customer").agg(first_day=selling.ordered_at.min().date())
