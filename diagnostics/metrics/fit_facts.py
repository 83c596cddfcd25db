"""What the orders of a year tell of a business's fit: repeat buying, loyalty, ticket, margin, discount, refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.profit import cost_lines

if TYPE_CHECKING:
    import ibis.expr.types as ir

LOYAL_ORDERS = 3


def total_facts(lines: ir.Table, products: ir.Table | None) -> ir.Table:
    """One row: gmv, paid, refund, orders, net and earned of lines with a cost, listed and listed_paid.

    `earned` is what lines with a known cost earn and `net` their sales; `listed` and `listed_paid` are the amounts
    before discounts and paid of lines that state both. `lines` come from `value_lines`, cut to a period.
    """
    costed = cost_lines(lines, products)
    is_listed = ~costed.is_return & (costed.list_amount > 0)
    return costed.agg(
        gmv=costed.gmv.sum(),
        paid=costed.paid_amount.sum(),
        refund=costed.refund_amount.sum(),
        orders=costed.order_id.nunique(where=~costed.is_return),
        net=(costed.net - costed.uncosted).sum(),
        earned=costed.earned.sum(),
        listed=costed.list_amount.sum(where=is_listed),
        listed_paid=costed.paid_amount.sum(where=is_listed),
    )


def total_loyalty(lines: ir.Table) -> ir.Table:
    """One row over known customers: buyers, repeat (two orders or more), gmv, loyal_gmv (three orders or more)."""
    selling = sales(identified(lines))
    each = selling.group_by("customer").agg(orders=selling.order_id.nunique(), gmv=selling.gmv.sum())
    return each.agg(
        buyers=each.count(),
        repeat=(each.orders > 1).sum(),
        gmv=each.gmv.sum(),
        loyal_gmv=each.gmv.sum(where=each.orders >= LOYAL_ORDERS),
    )


def total_venues(lines: ir.Table) -> ir.Table:
    """One row a channel: gmv."""
    return lines.group_by("channel").agg(gmv=lines.gmv.sum())
