"""What products earn on what buyers paid, in the two compared periods, where their cost is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.lines import sales
from diagnostics.metrics.profit import MONEY

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_UNITS = 40
MOST_PRODUCTS = 300
NAMES = ("sold", "cost", "units")


def list_margin_lines(marked: ir.Table) -> ir.Table:
    """One row a selling line with a known cost: unit (its category, `""` where it has none), sku, sold, cost, units.

    Sold is what buyers paid, refunds not taken off. `marked` are lines of `cost_lines` with is_current, turn, and sku
    and category.
    """
    selling = sales(marked)
    known = selling.filter(selling.no_cost == 0)
    return known.select(
        "is_current",
        "turn",
        "sku",
        "order_id",
        unit=known.category.fill_null(""),
        bucket=assign_bucket(ibis.coalesce(known.customer, known.order_id)),
        sold=known.paid_amount.cast(MONEY),
        cost=(known.net - known.earned).cast(MONEY),
        units=known.quantity,
    )


def total_margin_months(lines: ir.Table, key: str) -> ir.Table:
    """One row a unit, period and turn: sold, cost; the 40 units that sell most. `key` is `unit` or `sku`."""
    keyed = lines.mutate(unit=lines[key])
    return _keep_best(keyed.group_by("unit", "is_current", "turn").agg(sold=keyed.sold.sum(), cost=keyed.cost.sum()))


def total_margin_buckets(lines: ir.Table, key: str) -> ir.Table:
    """One row a unit, period and bucket of customers: sold, cost, orders; the same units."""
    keyed = lines.mutate(unit=lines[key])
    return _keep_best(
        keyed.group_by("unit", "is_current", "bucket").agg(
            sold=keyed.sold.sum(), cost=keyed.cost.sum(), orders=keyed.order_id.nunique()
        )
    )


def total_margin_products(lines: ir.Table) -> ir.Table:
    """One row a product (the 300 that sell most) with its unit: sold, cost and units of both periods."""
    sides = {"": lines.is_current, "_before": ~lines.is_current}
    totals = lines.group_by("sku").agg(
        unit=lines.unit.max(),
        all_sold=lines.sold.sum(),
        **{f"{name}{side}": lines[name].sum(where=test) for side, test in sides.items() for name in NAMES},
    )
    place = ibis.row_number().over(order_by=[ibis.desc(totals.all_sold), totals.sku])
    ranked = totals.mutate(place=place)
    return ranked.filter(ranked.place < MOST_PRODUCTS).drop("place", "all_sold")


def _keep_best(totals: ir.Table) -> ir.Table:
    """The rows of the 40 units that sell most."""
    summed = totals.mutate(all_sold=totals.sold.sum().over(group_by="unit"))
    ranked = summed.mutate(place=ibis.dense_rank().over(order_by=[ibis.desc(summed.all_sold), summed.unit]))
    return ranked.filter(ranked.place < MOST_UNITS).drop("place", "all_sold")
