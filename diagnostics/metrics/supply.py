"""What items sold and kept after refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_supply(lines: ir.Table) -> ir.Table:
    """One row a product: product (a name), orders, paid, refunded, gmv; `lines` are valued and cut to a period."""
    mine = lines.filter(lines.product_id.notnull())
    return mine.group_by("product_id").agg(
        product=mine["product"].max(),
        orders=mine.order_id.nunique(where=~mine.is_return),
        paid=mine.paid_amount.sum().cast("float64"),
        refunded=mine.refund_amount.sum().cast("float64"),
        gmv=mine.gmv.sum().cast("float64"),
    )
