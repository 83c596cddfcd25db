"""What products brought to the change between two periods: which came, which went, units and prices of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.lines import value_lines

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.tables import Tables

ENTERED, LEFT, STAYED, UNCODED = "entered", "left", "stayed", "uncoded"


def ask_products(tables: Tables, most: int) -> dict[str, ir.Table]:
    """The queries `products` and `largest` (the products whose paid amount moved most); none without two periods."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    marked = mark_compared(lines, horizon.previous, horizon.current)
    changes = tables.share(compare_products(marked))
    moved = (changes.paid_now - changes.paid_before).abs()
    return {
        "products": sum_products(marked, changes),
        "counts": changes.group_by("kind").agg(products=changes.count()),
        "largest": changes.order_by(moved.desc(), changes.product_id).limit(most),
    }


def compare_products(marked: ir.Table) -> ir.Table:
    """One row a product code: product, kind, units and paid before and now, and the mean of its two prices.

    Sold means units: a product is `entered` if sold only now, `left` if sold only before, else `stayed`; one without
    units in either period is `uncoded`, as are lines without a product. `price` is empty unless it stayed. `marked`
    come from `mark_compared` on `value_lines`.
    """
    coded = marked.filter(marked.product_id.notnull())
    sums = coded.group_by("product_id").agg(
        product=coded["product"].max(),
        units_before=coded.quantity.sum(where=~coded.is_current).fill_null(0.0),
        units_now=coded.quantity.sum(where=coded.is_current).fill_null(0.0),
        paid_before=coded.paid_amount.sum(where=~coded.is_current).cast("float64").fill_null(0.0),
        paid_now=coded.paid_amount.sum(where=coded.is_current).cast("float64").fill_null(0.0),
    )
    before, now = sums.units_before > 0, sums.units_now > 0
    return sums.mutate(
        kind=ibis.cases((before & now, STAYED), (now, ENTERED), (before, LEFT), else_=UNCODED),
        price=ibis.ifelse(
            before & now,
            (sums.paid_before / sums.units_before.nullif(0) + sums.paid_now / sums.units_now.nullif(0)) / 2,
            ibis.null("float64"),
        ),
    )


def sum_products(marked: ir.Table, changes: ir.Table) -> ir.Table:
    """One row a kind, period and bucket of customers: units, paid, gmv, and value (units at the product's mean price).

    `changes` come from `compare_products`.
    """
    kinds = changes.select(code="product_id", kind="kind", price="price")
    joined = marked.left_join(kinds, marked.product_id == kinds.code)
    placed = joined.mutate(
        kind=ibis.coalesce(joined.kind, UNCODED),
        bucket=assign_bucket(ibis.coalesce(joined.customer, joined.order_id)),
    )
    return placed.group_by("kind", "is_current", "bucket").agg(
        units=placed.quantity.sum(),
        paid=placed.paid_amount.sum(),
        gmv=placed.gmv.sum(),
        value=(placed.quantity * placed.price).sum().fill_null(0.0),
    )
