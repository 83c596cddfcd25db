"""Prices before discounts against what was paid, by channel, month and bucket of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.lines import sales

if TYPE_CHECKING:
    import ibis.expr.types as ir


def priced(marked: ir.Table) -> ir.Table:
    """Selling lines that state an amount before discounts."""
    selling = sales(marked)
    return selling.filter(selling.list_amount > 0)


def total_discount_months(marked: ir.Table) -> ir.Table:
    """One row a channel, period and turn, over `priced` lines: listed, paid."""
    lines = priced(marked)
    return lines.group_by("channel", "is_current", "turn").agg(
        listed=lines.list_amount.sum(), paid=lines.paid_amount.sum()
    )


def total_discount_buckets(marked: ir.Table) -> ir.Table:
    """One row a channel, period and bucket, over `priced` lines: listed, paid, units, orders."""
    lines = priced(marked)
    placed = lines.mutate(bucket=assign_bucket(ibis.coalesce(lines.customer, lines.order_id)))
    return placed.group_by("channel", "is_current", "bucket").agg(
        listed=placed.list_amount.sum(),
        paid=placed.paid_amount.sum(),
        units=placed.quantity.sum(),
        orders=placed.order_id.nunique(),
    )
