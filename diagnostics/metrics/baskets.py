"""Baskets: how many products an order holds, what goes along with a product, and which products go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import sales
from diagnostics.metrics.products import keep_itemised, name_products

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_PRODUCTS = 30
MOST_CHANNELS = 8
# Orders of five products and more are counted together.
LARGEST = 5
REST = ""


def list_baskets(lines: ir.Table) -> ir.Table:
    """One row an order and product: venue, channel, order_id, sku, name, category, gmv, units.

    Only channels that list products one by one are there. `venue` is the sales channel; `channel` keeps the 8
    with the most orders and is `""` for all others. `lines` come from `value_lines`.
    """
    selling = sales(keep_itemised(lines))
    baskets = selling.group_by("channel", "order_id", "sku").agg(
        category=selling.category.max(),
        gmv=selling.gmv.sum(),
        units=selling.quantity.sum(),
    )
    counted = baskets.group_by("channel").agg(orders=baskets.order_id.nunique())
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.orders), counted.channel]))
    large = ranked.filter(ranked.place < MOST_CHANNELS).select(large_channel="channel")
    named = baskets.inner_join(name_products(lines).select("sku", "name"), "sku")
    joined = named.left_join(large, named.channel == large.large_channel)
    # Order numbers are unique in their channel only; the venue keeps them apart.
    return joined.select(
        "order_id",
        "sku",
        "name",
        "category",
        "gmv",
        "units",
        venue="channel",
        channel=joined.large_channel.fill_null(REST),
    )


def count_sizes(baskets: ir.Table) -> ir.Table:
    """Channel, size (products in the order, 5 for five and more), orders, products, gmv, units."""
    orders = baskets.group_by("venue", "channel", "order_id").agg(
        products=baskets.count(), gmv=baskets.gmv.sum(), units=baskets.units.sum()
    )
    sized = orders.mutate(size=ibis.least(orders.products, LARGEST))
    return sized.group_by("channel", "size").agg(
        orders=sized.count(), products=sized.products.sum(), gmv=sized.gmv.sum(), units=sized.units.sum()
    )


def count_companions(baskets: ir.Table, *, by_category: bool) -> ir.Table:
    """Unit, name, channel, orders, attached, companion_gmv: what goes along with a category or a product.

    A unit is a category (lines without one are left out), or one of the 30 products in most orders. Attached
    are its orders that hold another category, or another product; `companion_gmv` is what those others bring.
    """
    keyed = _key_units(baskets, by_category=by_category)
    units = keyed.group_by("venue", "channel", "order_id", "unit").agg(gmv=keyed.gmv.sum(), name=keyed.name.max())
    whole = units.group_by("venue", "order_id").mutate(
        others=lambda order: order.count() - 1, others_gmv=lambda order: order.gmv.sum() - order.gmv
    )
    counted = whole.group_by("unit", "channel").agg(
        name=whole.name.max(),
        orders=whole.count(),
        attached=(whole.others > 0).sum(),
        companion_gmv=whole.others_gmv.sum(),
    )
    totals = counted.group_by("unit").agg(total=counted.orders.sum())
    ranked = totals.mutate(place=ibis.row_number().over(order_by=[ibis.desc(totals.total), totals.unit]))
    return counted.semi_join(ranked.filter(ranked.place < MOST_PRODUCTS), "unit")


def count_pairs(baskets: ir.Table, most: int) -> ir.Table:
    """The `most` pairs in most orders among the 30 products in most orders, with what a lift needs.

    Columns: sku, other, name, other_name, together, sku_orders, other_orders, orders (all orders).
    """
    counted = baskets.group_by("sku").agg(sku_orders=baskets.count(), name=baskets.name.max())
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.sku_orders), counted.sku]))
    top = ranked.filter(ranked.place < MOST_PRODUCTS).drop("place")
    inside = baskets.select("venue", "order_id", "sku").inner_join(top, "sku")
    other = inside.select("venue", "order_id", other="sku", other_orders="sku_orders", other_name="name")
    joined = inside.inner_join(other, ["venue", "order_id"])
    joined = joined.filter(joined.sku < joined.other)
    pairs = joined.group_by("sku", "other", "name", "other_name", "sku_orders", "other_orders").agg(
        together=joined.count()
    )
    order = [ibis.desc(pairs.together), pairs.sku, pairs.other]
    best = pairs.mutate(place=ibis.row_number().over(order_by=order))
    whole = baskets.select("venue", "order_id").distinct()
    return best.filter(best.place < most).drop("place").cross_join(whole.agg(orders=whole.count()))


def _key_units(baskets: ir.Table, *, by_category: bool) -> ir.Table:
    if by_category:
        return baskets.filter(baskets.category.notnull()).mutate(unit=lambda b: b.category, name=lambda b: b.category)
    return baskets.mutate(unit=baskets.sku)
