"""What products do for the business: who buys them first, at which price, with which margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir


def count_first_orders(kept: ir.Table, firsts: ir.Table) -> ir.Table:
    """One row a sku: first and later (orders that hold it), all_first and all_later (all orders of both kinds).

    A first order is one of a newcomer (`firsts`, from `first_buys`) on the first purchase day; later orders are
    all others of known customers, in channels that itemise. Customers repeat themselves, so for the spread of the
    later share: later_squares and later_cross, the sums over the customers of its later orders of their number
    squared and times all later orders of the customer, and all_squares, the sum of the latter squared over all
    customers. `kept` are valued lines from `keep_itemised`.
    """
    bought = sales(identified(kept))
    bought = bought.select("sku", "customer", "channel", "order_id", day=bought.ordered_at.date()).distinct()
    opening = firsts.select(newcomer="customer", first_day="day")
    joined = bought.left_join(opening, (bought.customer == opening.newcomer) & (bought.day == opening.first_day))
    marked = joined.mutate(is_first=joined.newcomer.notnull())
    orders = marked.select("customer", "channel", "order_id", "is_first").distinct()
    people = orders.group_by("customer", "is_first").agg(orders=orders.count())
    held = marked.group_by("sku", "customer", "is_first").agg(held=marked.count())
    each = held.inner_join(people, ["customer", "is_first"])
    counted = each.group_by("sku").agg(
        first=each.held.sum(where=each.is_first).fill_null(0),
        later=each.held.sum(where=~each.is_first).fill_null(0),
        later_squares=(each.held * each.held).sum(where=~each.is_first).fill_null(0),
        later_cross=(each.held * each.orders).sum(where=~each.is_first).fill_null(0),
    )
    whole = people.agg(
        all_first=people.orders.sum(where=people.is_first).fill_null(0),
        all_later=people.orders.sum(where=~people.is_first).fill_null(0),
        all_squares=(people.orders * people.orders).sum(where=~people.is_first).fill_null(0),
    )
    return counted.cross_join(whole)


def measure_margins(kept: ir.Table, products: ir.Table) -> ir.Table:
    """One row a sku with a known cost: sold (paid by buyers) and cost of the units sold; refunds are left out.

    The cost of a code given more than once is its mean.
    """
    costs = products.filter(products.unit_cost.notnull())
    costs = costs.group_by("product_id").agg(unit_cost=costs.unit_cost.cast("float64").mean())
    selling = sales(kept)
    joined = selling.inner_join(costs, selling.sku == costs.product_id, rname="{name}_cost")
    return joined.group_by("sku").agg(
        sold=joined.paid_amount.sum(), cost=(joined.quantity.cast("float64") * joined.unit_cost).sum()
    )


def list_products(totals: ir.Table, names: ir.Table, firsts: ir.Table, margins: ir.Table | None, most: int) -> ir.Table:
    """The `most` products with the highest gmv, with place, gmv_before (of better ones) and all_gmv.

    The columns of all tables given are kept. `totals` come from `total_products`, `names` from `name_products`,
    `firsts` from `count_first_orders`, `margins` from `measure_margins`; without margins, sold and cost are empty.
    """
    order = [ibis.desc(totals.gmv), totals.sku]
    placed = totals.mutate(
        place=ibis.row_number().over(order_by=order),
        gmv_before=totals.gmv.sum().over(order_by=order, rows=(None, -1)).fill_null(0),
        all_gmv=totals.gmv.sum().over(),
    )
    best = placed.filter(placed.place < most)
    joined = best.left_join(names, "sku").drop("sku_right").left_join(firsts, "sku").drop("sku_right")
    if margins is None:
        nothing = ibis.null().cast("float64")
        return joined.mutate(sold=nothing, cost=nothing)
    return joined.left_join(margins, "sku").drop("sku_right")
