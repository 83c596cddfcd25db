"""Baskets: how many products an order holds, what goes along with a product, and which products go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_PRODUCTS = 30
MOST_CHANNELS = 8
# Orders of five products and more are counted together.
LARGEST = 5
REST = ""


def list_baskets(kept: ir.Table) -> ir.Table:
    """One row an order and product: venue (the sales channel), order_id, sku, category, gmv, units.

    `kept` are valued lines from `keep_itemised`. Order numbers are unique in their channel only; the venue keeps
    them apart.
    """
    selling = sales(kept)
    return selling.group_by("order_id", "sku", venue="channel").agg(
        category=selling.category.max(), gmv=selling.gmv.sum(), units=selling.quantity.sum()
    )


def list_orders(baskets: ir.Table) -> ir.Table:
    """One row an order: venue, order_id, products, gmv, units, and channel.

    `channel` keeps the 8 venues with the most orders and is `""` for all others.
    """
    orders = baskets.group_by("venue", "order_id").agg(
        products=baskets.count(), gmv=baskets.gmv.sum(), units=baskets.units.sum()
    )
    counted = orders.group_by("venue").agg(orders=orders.count())
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.orders), counted.venue]))
    large = ranked.filter(ranked.place < MOST_CHANNELS).select(large_venue="venue")
    joined = orders.left_join(large, orders.venue == large.large_venue)
    return joined.mutate(channel=joined.large_venue.fill_null(REST)).drop("large_venue")


def count_sizes(orders: ir.Table) -> ir.Table:
    """Channel, size (products in the order, 5 for five and more), orders, products, gmv, units."""
    sized = orders.mutate(size=ibis.least(orders.products, LARGEST))
    return sized.group_by("channel", "size").agg(
        orders=sized.count(), products=sized.products.sum(), gmv=sized.gmv.sum(), units=sized.units.sum()
    )


def count_companions(baskets: ir.Table, orders: ir.Table, names: ir.Table, *, by_category: bool) -> ir.Table:
    """Unit, name, channel, orders, attached, companion_gmv, companion_squares: what goes along with a unit.

    A unit is a category (lines without one are left out), or one of the 30 products in most orders. Attached
    are its orders that hold another category, or another product; `companion_gmv` is what those others bring,
    `companion_squares` the sum of its squares by order.
    `orders` come from `list_orders`, `names` from `name_products`.
    """
    units = _list_units(baskets) if by_category else baskets.select("venue", "order_id", "gmv", unit="sku")
    totals = units.group_by("unit").agg(total=units.count())
    ranked = totals.mutate(place=ibis.row_number().over(order_by=[ibis.desc(totals.total), totals.unit]))
    top = units.semi_join(ranked.filter(ranked.place < MOST_PRODUCTS), "unit")
    whole = units.group_by("venue", "order_id").agg(held=units.count(), order_gmv=units.gmv.sum())
    joined = top.inner_join(whole, ["venue", "order_id"])
    joined = joined.inner_join(orders.select("venue", "order_id", "channel"), ["venue", "order_id"])
    joined = joined.mutate(others=joined.order_gmv - joined.gmv)
    counted = joined.group_by("unit", "channel").agg(
        orders=joined.count(),
        attached=(joined.held > 1).sum(),
        companion_gmv=joined.others.sum(),
        companion_squares=(joined.others.cast("float64") ** 2).sum(),
    )
    if by_category:
        return counted.mutate(name=counted.unit)
    return counted.inner_join(names.select("name", unit="sku"), "unit")


def _list_units(baskets: ir.Table) -> ir.Table:
    filled = baskets.filter(baskets.category.notnull())
    return filled.group_by("venue", "order_id", unit="category").agg(gmv=filled.gmv.sum())


def count_pairs(baskets: ir.Table, orders: ir.Table, names: ir.Table, most: int) -> ir.Table:
    """The `most` pairs in most orders among the 30 products in most orders, with what a lift needs.

    Columns: sku, other, name, other_name, together, sku_orders, other_orders, orders (all orders).
    `orders` come from `list_orders`, `names` from `name_products`.
    """
    counted = baskets.group_by("sku").agg(sku_orders=baskets.count())
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.sku_orders), counted.sku]))
    top = ranked.filter(ranked.place < MOST_PRODUCTS).drop("place")
    inside = baskets.select("venue", "order_id", "sku").semi_join(top, "sku")
    joined = inside.inner_join(inside.select("venue", "order_id", other="sku"), ["venue", "order_id"])
    joined = joined.filter(joined.sku < joined.other)
    pairs = joined.group_by("sku", "other").agg(together=joined.count())
    order = [ibis.desc(pairs.together), pairs.sku, pairs.other]
    best = pairs.mutate(place=ibis.row_number().over(order_by=order))
    best = best.filter(best.place < most).drop("place")
    called = top.inner_join(names.select("sku", "name"), "sku")
    best = best.inner_join(called, "sku")
    best = best.inner_join(called.select(other="sku", other_orders="sku_orders", other_name="name"), "other")
    return best.cross_join(orders.agg(orders=orders.count()))
