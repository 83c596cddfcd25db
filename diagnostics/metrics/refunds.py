"""Refunds against what was paid, by channel, month and bucket of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_refund_months(marked: ir.Table) -> ir.Table:
    """One row a channel, period and turn: paid, refund. Cancelling lines count in the month they carry.

    `marked` come from `mark_compared`.
    """
    return marked.group_by("channel", "is_current", "turn").agg(
        paid=marked.paid_amount.sum(), refund=marked.refund_amount.sum()
    )


def total_refund_buckets(marked: ir.Table) -> ir.Table:
    """One row a channel, period and bucket: paid, refund, orders. An order without a customer has its own bucket."""
    placed = marked.mutate(bucket=assign_bucket(ibis.coalesce(marked.customer, marked.order_id)))
    return placed.group_by("channel", "is_current", "bucket").agg(
        paid=placed.paid_amount.sum(),
        refund=placed.refund_amount.sum(),
        orders=placed.order_id.nunique(where=~placed.is_return),
    )
