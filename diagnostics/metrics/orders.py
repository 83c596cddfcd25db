"""Orders from order lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.profit import MONEY

if TYPE_CHECKING:
    import ibis.expr.types as ir


def count_orders(lines: ir.Table) -> ir.Table:
    """One row an order: channel, order_id, customer, day, gmv, paid, refund, units.

    Lines that only take back (cancellations) carry their own order ids and are no orders; their money stays
    in the sums over lines. `lines` come from `value_lines`.
    """
    selling = lines.filter(~lines.is_return)
    return selling.group_by("channel", "order_id").agg(
        customer=selling.customer.max(),
        day=selling.ordered_at.min().date(),
        gmv=selling.gmv.sum().cast(MONEY),
        paid=selling.paid_amount.sum().cast(MONEY),
        refund=selling.refund_amount.sum().cast(MONEY),
        units=selling.quantity.sum(),
    )
