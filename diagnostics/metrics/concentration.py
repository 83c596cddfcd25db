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
    """Bucket and gmv of both periods (`_before`, `_now`) of top, peak, rest and all: who spent most then, and now.

    `before` and `now` come from `total_customers` for two periods. The top are the tenth of the former customers
    who spent most, and `top_now` is what they spend now; the peak are the tenth of the current customers who spend
    most, and `peak_before` is what they spent before; the rest are in neither. One row a bucket of customers drawn
    at random (`assign_bucket`), so that an interval can be had from the rows.
    """
    former = _mark_top(before).select("customer", gmv_before="gmv", is_top="is_first")
    current = _mark_top(now).select("customer", gmv_now="gmv", is_peak="is_first")
    joined = former.outer_join(current, "customer")
    both = joined.select(
        bucket=assign_bucket(ibis.coalesce(joined.customer, joined.customer_right)),
        gmv_before=joined.gmv_before.fill_null(0),
        gmv_now=joined.gmv_now.fill_null(0),
        is_top=joined.is_top.fill_null(False),  # noqa: FBT003 - Ibis takes the value by place
        is_peak=joined.is_peak.fill_null(False),  # noqa: FBT003 - Ibis takes the value by place
    )
    nothing = ibis.literal(0).cast(both.gmv_now.type())
    return both.group_by("bucket").agg(
        top_before=ibis.ifelse(both.is_top, both.gmv_before, nothing).sum(),
        top_now=ibis.ifelse(both.is_top, both.gmv_now, nothing).sum(),
        peak_before=ibis.ifelse(both.is_peak, both.gmv_before, nothing).sum(),
        peak_now=ibis.ifelse(both.is_peak, both.gmv_now, nothing).sum(),
        rest_before=ibis.ifelse(both.is_top | both.is_peak, nothing, both.gmv_before).sum(),
        rest_now=ibis.ifelse(both.is_top | both.is_peak, nothing, both.gmv_now).sum(),
        all_before=both.gmv_before.sum(),
        all_now=both.gmv_now.sum(),
    )


def _mark_top(customers: ir.Table) -> ir.Table:
    ranked = customers.mutate(
        place=ibis.row_number().over(order_by=[ibis.desc(customers.gmv), customers.customer]),
        whole=customers.count().over(),
    )
    return ranked.mutate(is_first=ranked.place < ranked.whole * TOP)
