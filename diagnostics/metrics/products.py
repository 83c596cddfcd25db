"""Products as they are sold: one key and one name for each, whatever the exports hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


def key_products(lines: ir.Table) -> ir.Table:
    """Lines with `sku`: the product code, or the product's name where there is no code; others are left out."""
    keyed = lines.mutate(sku=ibis.coalesce(lines.product_id, lines.product))
    return keyed.filter(keyed.sku.notnull())


def name_products(lines: ir.Table) -> ir.Table:
    """One row a sku: name and category, the alphabetically last of those given; the code where there is no name."""
    keyed = key_products(lines)
    return keyed.group_by("sku").agg(
        name=ibis.coalesce(keyed["product"].max(), keyed.sku.max()), category=keyed.category.max()
    )
