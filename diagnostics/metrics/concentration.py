"""How spend is spread over customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

SLICES = 100


def spend_percentiles(customers: ir.Table) -> ir.Table:
    """Percentile (0 is the top), customers and gmv, over customers who bought; at most 100 rows.

    `customers` come from `total_customers`; a customer whose refunds exceed the purchases keeps the negative gmv.
    """
    bought = customers.filter(customers.orders > 0)
    ranked = bought.mutate(percentile=ibis.ntile(SLICES).over(order_by=[ibis.desc(bought.gmv), bought.customer]))
    return ranked.group_by("percentile").agg(customers=ranked.count(), gmv=ranked.gmv.sum())
