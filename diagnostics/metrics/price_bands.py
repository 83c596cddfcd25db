"""What is sold at which price a unit, and to whom for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

# Edges that read well in any currency; 1.5 and 7 keep bands from being too wide.
STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
BAND_COLUMNS = ("band", "channel", "order_id", "customer", "ordered_at", "product_id", "product", "gmv", "quantity")
EDGES = tuple(round(step * 10**power, 2) for power in range(-1, 6) for step in STEPS)


def mark_bands(lines: ir.Table, edges: Sequence[float]) -> ir.Table:
    """Selling lines with units and a price above 0, with `band`: how many edges lie at or below the paid unit price."""
    selling = sales(lines)
    priced = selling.filter(selling.quantity > 0, selling.paid_amount > 0)
    price = priced.paid_amount.cast("float64") / priced.quantity.cast("float64")
    band = ibis.cases(*((price < edge, place) for place, edge in enumerate(edges)), else_=len(edges))
    return priced.mutate(band=band)


def total_bands(marked: ir.Table) -> ir.Table:
    """One row a band: gmv, units, orders, products (distinct sku where there is one); `marked` from `mark_bands`."""
    keyed = marked.mutate(sku=ibis.coalesce(marked.product_id, marked["product"]))
    orders = keyed.select("band", "channel", "order_id").distinct()
    counted = orders.group_by("band").agg(orders=orders.count())
    totals = keyed.group_by("band").agg(gmv=keyed.gmv.sum(), units=keyed.quantity.sum(), products=keyed.sku.nunique())
    return totals.inner_join(counted, "band")


def count_band_lines(marked: ir.Table, firsts: ir.Table) -> ir.Table:
    """One row a band and bucket of customers: first and later, lines of known customers.

    First are lines of a newcomer's first purchase day (`firsts`, from `pick_firsts`). Lines, not orders, so that bands
    can be put together and large baskets do not count in several.
    """
    bought = identified(marked)
    bought = bought.select("band", "customer", day=bought.ordered_at.date())
    opening = firsts.select(newcomer="customer", first_day="day")
    joined = bought.left_join(opening, (bought.customer == opening.newcomer) & (bought.day == opening.first_day))
    told = joined.mutate(is_first=ibis.ifelse(joined.newcomer.notnull(), 1, 0), bucket=assign_bucket(joined.customer))
    return told.group_by("band", "bucket").agg(first=told.is_first.sum(), later=(1 - told.is_first).sum())


def total_band_costs(costed: ir.Table) -> ir.Table:
    """One row a band: sold and cost of the lines whose cost is known; `costed` lines of `cost_lines` with `band`."""
    known = costed.filter(costed.no_cost == 0)
    return known.group_by("band").agg(sold=known.paid_amount.sum(), cost=(known.net - known.earned).sum())
