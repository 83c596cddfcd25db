"""How spend is spread over customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket

if TYPE_CHECKING:
    import ibis.expr.types as ir

SLICES = 100
TOP = 0.1


def spend_percentiles(customers: ir.Table) -> ir.Table:
    """Percentile (0 is the top), customers and gmv, over customers who bought; at most 100 rows.

    `customers` come from `total_customers`; a customer whose refunds exceed the purchases keeps the negative gmv.
    """
    bought = customers.filter(customers.first_day.notnull())
    # Those who spent the same are alike here: sorted by their names, too, it takes twice the time.
    ranked = bought.mutate(percentile=ibis.ntile(SLICES).over(order_by=ibis.desc(bought.gmv)))
    return ranked.group_by("percentile").agg(customers=ranked.count(), gmv=ranked.gmv.sum())


def measure_squares(customers: ir.Table) -> ir.Table:
    """One row: concentration, the Herfindahl-Hirschman index (sum of squared shares) of customers with gmv above 0.

    `customers` come from `total_customers`.
    """
    bought = customers.filter(customers.first_day.notnull(), customers.gmv > 0)
    share = bought.gmv.cast("float64") / bought.gmv.sum().over().cast("float64")
    shares = bought.select(square=share * share)
    return shares.agg(concentration=shares.square.sum())


def follow_top(before: ir.Table, now: ir.Table) -> ir.Table:
    """Bucket and gmv of both periods (`_before`, `_now`) of top, second, peak, under and all: who spent most, and when.

    `before` and `now` come from `total_customers` for two periods. The top are the tenth of the former customers
    who spent most, and `top_now` is what they spend now; the second are the tenth below them. The peak are the tenth
    of the current customers who spend most, and `peak_before` is what they spent before; under them is the next tenth.
    One row a bucket of customers drawn at random (`assign_bucket`), so that an interval can be had from the rows.
    """
    former = _mark_tenths(before).select("customer", gmv_before="gmv", tenth_before="tenth")
    current = _mark_tenths(now).select("customer", gmv_now="gmv", tenth_now="tenth")
    joined = former.outer_join(current, "customer")
    both = joined.select(
        "tenth_before",
        "tenth_now",
        bucket=assign_bucket(ibis.coalesce(joined.customer, joined.customer_right)),
        gmv_before=joined.gmv_before.fill_null(0),
        gmv_now=joined.gmv_now.fill_null(0),
    )
    tenths = {
        "top": both.tenth_before == 0,
        "second": both.tenth_before == 1,
        "peak": both.tenth_now == 0,
        "under": both.tenth_now == 1,
    }
    nothing = ibis.literal(0).cast(both.gmv_now.type())
    sums = {
        f"{name}_{period}": ibis.ifelse(is_in, both[f"gmv_{period}"], nothing).sum()
        for name, is_in in tenths.items()
        for period in ("before", "now")
    }
    return both.group_by("bucket").agg(**sums, all_before=both.gmv_before.sum(), all_now=both.gmv_now.sum())


def _mark_tenths(customers: ir.Table) -> ir.Table:
    """Tenth 0 for those who spent most, 1 for the tenth below them, 2 for all others."""
    ranked = customers.mutate(
        place=ibis.row_number().over(order_by=[ibis.desc(customers.gmv), customers.customer]),
        whole=customers.count().over(),
    )
    is_top, is_second = ranked.place < ranked.whole * TOP, ranked.place < ranked.whole * 2 * TOP
    return ranked.mutate(tenth=ibis.ifelse(is_top, 0, ibis.ifelse(is_second, 1, 2)))
