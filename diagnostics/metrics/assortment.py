"""The assortment: what each product sells, and how GMV is spread over products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

HALF, MOST = 0.5, 0.8
TOP = 10
TENTHS = 10


def total_products(kept: ir.Table) -> ir.Table:
    """One row a sku: gmv, units, orders over the itemised lines, refunds taken off as in `gmv`.

    Lines that only take back reduce gmv and count as no order. `kept` are valued lines from `keep_itemised`.
    """
    baskets = sales(kept).select("sku", "channel", "order_id").distinct()
    orders = baskets.group_by("sku").agg(orders=baskets.count())
    totals = kept.group_by("sku").agg(gmv=kept.gmv.sum(), units=kept.quantity.sum())
    return totals.inner_join(orders, "sku")


def spread_products(totals: ir.Table) -> ir.Table:
    """One row: products, gmv, top_gmv, top10_gmv, concentration, for_half, for_most.

    Over products with gmv above 0. `concentration` is the Herfindahl-Hirschman index, the sum of squared shares
    (0 to 1); `for_half` and `for_most` are how many products make 50 % and 80 % of gmv, best first.
    `totals` come from `total_products`.
    """
    sold = totals.filter(totals.gmv > 0)
    order = [ibis.desc(sold.gmv), sold.sku]
    ranked = sold.mutate(
        place=ibis.row_number().over(order_by=order),
        before=sold.gmv.sum().over(order_by=order, rows=(None, -1)).fill_null(0),
        whole=sold.gmv.sum().over(),
    )
    share = ranked.gmv.cast("float64") / ranked.whole.cast("float64")
    before = ranked.before.cast("float64") / ranked.whole.cast("float64")
    return ranked.agg(
        products=ranked.count(),
        gmv=ranked.gmv.sum(),
        top_gmv=ranked.gmv.max(),
        top10_gmv=ranked.gmv.sum(where=ranked.place < TOP),
        concentration=(share * share).sum(),
        for_half=(before < HALF).sum(),
        for_most=(before < MOST).sum(),
    )


def total_tenths(totals: ir.Table) -> ir.Table:
    """Tenth (0 holds the best), products and gmv over products with gmv above 0; `totals` as of `total_products`."""
    sold = totals.filter(totals.gmv > 0)
    ranked = sold.mutate(tenth=ibis.ntile(TENTHS).over(order_by=[ibis.desc(sold.gmv), sold.sku]))
    return ranked.group_by("tenth").agg(products=ranked.count(), gmv=ranked.gmv.sum())


def list_best(totals: ir.Table, count: int) -> ir.Table:
    """The `count` products with the highest gmv, with the columns of `totals` and `place` (0 is the best)."""
    placed = totals.mutate(place=ibis.row_number().over(order_by=[ibis.desc(totals.gmv), totals.sku]))
    return placed.filter(placed.place < count)
