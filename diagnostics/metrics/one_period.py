"""One period of the customer base: how spend, profit, orders, spend per order and margin differ between customers."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.profit import MONEY
from diagnostics.metrics.quantiles import count_up
from diagnostics.metrics.segments import ALL, CHANNEL

if TYPE_CHECKING:
    import ibis.expr.types as ir

PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
DECILES = 10
# Customers with more orders are counted together.
MOST_ORDERS = 10
MEASURES = ("spend", "orders", "order_value", "profit", "margin")


def value_customers(totals: ir.Table) -> ir.Table:
    """Customers of `total_segments` with order_value, profit and margin, float or decimal; empty where unknown.

    The profit of a customer is known where the cost of every line is; the margin (profit / net) where net is above 0.
    """
    profit = ibis.ifelse(totals.uncosted_lines == 0, totals.earned + totals.uncosted, ibis.null())
    valued = totals.mutate(
        profit=profit, order_value=totals.spend.cast("float64") / totals.orders, is_known=totals.uncosted_lines == 0
    )
    margin = valued.profit.cast("float64") / valued.net.cast("float64")
    return valued.mutate(margin=ibis.ifelse(valued.net > 0, margin, ibis.null()))


def sum_up(valued: ir.Table) -> ir.Table:
    """One row a kind and segment: sums, unweighted means and loss-makers.

    customers, orders, spend, net, earned, uncosted; order_value_mean and margin_mean (each customer counts once);
    known (customers whose profit is known), known_net, known_spend, profit; priced (with a margin);
    losers and loss (profit below 0), refund_losers and refund_loss (of those, who would have earned money
    before refunds). `valued` come from `value_customers`.
    """
    loses = valued.profit < 0
    by_refund = loses & (valued.profit + valued.refund >= 0)
    return valued.group_by("kind", "segment").agg(
        customers=valued.count(),
        orders=valued.orders.sum(),
        spend=valued.spend.sum(),
        net=valued.net.sum(),
        earned=valued.earned.sum(),
        uncosted=valued.uncosted.sum(),
        order_value_mean=valued.order_value.mean(),
        margin_mean=valued.margin.mean(),
        known=valued.is_known.sum(),
        known_net=valued.net.sum(where=valued.is_known),
        known_spend=valued.spend.sum(where=valued.is_known),
        profit=valued.profit.sum(),
        priced=valued.margin.count(),
        losers=loses.sum().fill_null(0),
        loss=valued.profit.sum(where=loses),
        refund_losers=by_refund.sum().fill_null(0),
        refund_loss=valued.profit.sum(where=by_refund),
    )


def spread_measures(valued: ir.Table) -> ir.Table:
    """One row a kind (all, channel), segment and measure: n, mean, and p1 to p99.

    A percentile is the smallest value with at least that share of customers at or below it; measures are spend,
    orders, order_value, profit and margin, over customers for whom they are known.
    """
    shown = valued.filter(valued.kind.isin([ALL, CHANNEL]))
    parts = [
        shown.select("kind", "segment", measure=ibis.literal(measure), value=shown[measure].cast("float64"))
        for measure in MEASURES
    ]
    stacked = reduce(lambda one, other: one.union(other), parts)
    stacked = stacked.filter(stacked.value.notnull())
    keys = ["kind", "segment", "measure"]
    counted = count_up(stacked, stacked["value"], *keys)
    return counted.group_by(keys).agg(
        n=counted.n.sum(),
        mean=(counted["value"] * counted.n).sum() / counted.n.sum(),
        **{
            f"p{part}": counted["value"].min(where=counted.reached * 100 >= counted.whole * part)
            for part in PERCENTILES
        },
    )


def total_deciles(valued: ir.Table) -> ir.Table:
    """One row a kind (all, channel), segment, ranking (spend, profit) and decile, 1 the highest.

    customers, orders, spend, net, profit, losers; the ranking by profit holds customers whose profit is known, and
    in the ranking by spend profit adds up those. Of equal values the order of the pseudonyms decides.
    """
    shown = valued.filter(valued.kind.isin([ALL, CHANNEL]))
    return _rank(shown, "spend").union(_rank(shown.filter(shown.is_known), "profit"))


def _rank(customers: ir.Table, ranking: str) -> ir.Table:
    order = [ibis.desc(customers[ranking]), customers.customer]
    tile = ibis.ntile(DECILES).over(group_by=["kind", "segment"], order_by=order)
    ranked = customers.mutate(decile=tile + 1, ranking=ibis.literal(ranking))
    return ranked.group_by("kind", "segment", "ranking", "decile").agg(
        customers=ranked.count(),
        orders=ranked.orders.sum(),
        spend=ranked.spend.sum(),
        net=ranked.net.sum(),
        profit=ranked.profit.sum(),
        losers=(ranked.profit < 0).sum().fill_null(0),
    )


def total_tenths(valued: ir.Table) -> ir.Table:
    """One row a kind (all, channel), segment, ranking (spend, profit) and tenth of what the customers brought.

    Customers stand by value, highest first; tenth 1 to 10 is the one of the sum of all values above 0 in which a
    customer's own begins, so each holds about a tenth of the value and as many customers as it takes. Tenth 0 is who
    brought nothing or less. Columns: customers, value. `valued` come from `value_customers`; in the ranking by profit
    customers whose profit is known.
    """
    shown = valued.filter(valued.kind.isin([ALL, CHANNEL]))
    return _cut_tenths(shown, "spend").union(_cut_tenths(shown.filter(shown.is_known), "profit"))


def _cut_tenths(customers: ir.Table, ranking: str) -> ir.Table:
    keys = ["kind", "segment"]
    each = customers.select(*keys, "customer", value=customers[ranking].cast(MONEY), ranking=ibis.literal(ranking))
    worth = ibis.ifelse(each.value > 0, each.value, ibis.literal(0).cast(MONEY))
    ranked = each.mutate(worth=worth)
    order = [ibis.desc(ranked.value), ranked.customer]
    before = ranked.worth.sum().over(group_by=keys, order_by=order, rows=(None, -1)).fill_null(0)
    placed = ranked.mutate(before=before, whole=ranked.worth.sum().over(group_by=keys))
    begun = [ibis.ifelse(placed.before * DECILES >= placed.whole * part, 1, 0) for part in range(1, DECILES)]
    cut = placed.mutate(tenth=ibis.ifelse(placed.value > 0, 1 + reduce(add, begun), 0))
    return cut.group_by(*keys, "ranking", "tenth").agg(customers=cut.count(), value=cut.value.sum())


def count_orders_each(valued: ir.Table) -> ir.Table:
    """One row a kind (all, channel), segment and number of orders (10 stands for 10 and more): customers, spend."""
    shown = valued.filter(valued.kind.isin([ALL, CHANNEL]))
    counted = shown.mutate(times=ibis.least(shown.orders, MOST_ORDERS))
    return counted.group_by("kind", "segment", "times").agg(customers=counted.count(), spend=counted.spend.sum())
