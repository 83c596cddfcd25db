"""What the item master holds: how many items each category has, and between which list prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def count_range(products: ir.Table) -> ir.Table:
    """One row a category: products, low and high (list price; empty where none is stated), most items first."""
    named = products.filter(products.category.notnull())
    counted = named.group_by("category").agg(
        products=named.product_id.nunique(), low=named.list_price.min(), high=named.list_price.max()
    )
    return counted.order_by(counted.products.desc(), counted.category)
