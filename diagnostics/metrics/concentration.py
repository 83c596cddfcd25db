"""How spend is spread over customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

SLICES = 100
TOP = 0.1


def spend_percentiles(customers: ir.Table) -> ir.Table:
    """Percentile (0 is the top), customers and gmv, over customers who bought; at most 100 rows.

    `customers` come from `total_customers`; a customer whose refunds exceed the purchases keeps the negative gmv.
    """
    bought = customers.filter(customers.orders > 0)
    ranked = bought.mutate(percentile=ibis.ntile(SLICES).over(order_by=[ibis.desc(bought.gmv), bought.customer]))
    return ranked.group_by("percentile").agg(customers=ranked.count(), gmv=ranked.gmv.sum())


def follow_top(before: ir.Table, now: ir.Table) -> ir.Table:
    """One row: top_before, top_now, all_before, all_now: spend of last period's top tenth, and of everybody.

    `before` and `now` come from `total_customers` for two periods. The top are the tenth of the former customers
    who spent most; `top_now` is what the same customers spend now.
    """
    ranked = before.mutate(
        place=ibis.row_number().over(order_by=[ibis.desc(before.gmv), before.customer]),
        whole=before.count().over(),
    )
    joined = ranked.left_join(now, ranked.customer == now.customer, rname="{name}_now")
    is_top = joined.place < joined.whole * TOP
    return joined.agg(
        top_before=joined.gmv.sum(where=is_top),
        top_now=joined.gmv_now.sum(where=is_top),
        all_before=joined.gmv.sum(),
    ).cross_join(now.agg(all_now=now.gmv.sum()))
