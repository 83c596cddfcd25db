"""What the orders say of the market that a client describes: size, prices and how often people buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import sales, within
from diagnostics.metrics.orders import count_orders
from diagnostics.metrics.quantiles import count_up

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

QUARTERS = {"low": 0.25, "middle": 0.5, "high": 0.75}


def total_period(lines: ir.Table, period: Period) -> ir.Table:
    """One row: gmv, orders that sell, and known_orders and buyers of known customers, in the period."""
    inside = within(lines, period)
    orders = count_orders(inside)
    people = orders.agg(orders=orders.count(), known_orders=orders.customer.count(), buyers=orders.customer.nunique())
    return inside.agg(gmv=inside.gmv.sum()).cross_join(people)


def spread_unit_prices(lines: ir.Table, period: Period) -> ir.Table:
    """One row: n selling lines with a price, and the quarters low, middle, high of the paid price of one unit."""
    inside = sales(within(lines, period))
    priced = inside.filter(inside.quantity > 0, inside.paid_amount > 0)
    price = (priced.paid_amount.cast("float64") / priced.quantity.cast("float64")).round(2)
    counted = count_up(priced, price)
    reached = counted.reached.cast("float64") / counted.whole.cast("float64")
    value = counted["value"].cast("float64")
    return counted.agg(
        n=counted.whole.max(), **{name: value.min(where=reached >= share) for name, share in QUARTERS.items()}
    )
