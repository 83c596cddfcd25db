"""Buyers: how many bought by month and in a period, and how many of them for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import buys_again, first_purchases
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir


def count_monthly_buyers(lines: ir.Table, since: date) -> ir.Table:
    """One row a month: buyers, first_time, returning and older, with the gmv of each.

    `older` are customers first seen before `since`, in whatever month they buy; the others are
    `first_time` in the month of their first purchase and `returning` later. A month's refunds reduce the gmv
    of the customer's kind; who only takes back in a month is no buyer of it. `lines` come from `value_lines`.
    """
    known = identified(lines)
    known = known.mutate(month=known.ordered_at.date().truncate("M"))
    totals = known.group_by("month", "customer").agg(
        gmv=known.gmv.sum(), sells=ibis.ifelse(known.is_return, 0, 1).max()
    )
    dated = totals.inner_join(first_purchases(lines), "customer")
    bought, is_older = dated.sells > 0, dated.first_day < ibis.date(since.isoformat())
    newcomer = ~is_older & (dated.first_day.truncate("M") == dated.month)
    returning = ~is_older & (dated.first_day.truncate("M") < dated.month)
    return dated.group_by("month").agg(
        buyers=bought.sum(),
        first_time=(bought & newcomer).sum(),
        returning=(bought & returning).sum(),
        older=(bought & is_older).sum(),
        first_time_gmv=dated.gmv.sum(where=newcomer),
        returning_gmv=dated.gmv.sum(where=returning),
        older_gmv=dated.gmv.sum(where=is_older),
    )


def count_monthly_orders(orders: ir.Table) -> ir.Table:
    """One row a month: orders, orders_known (those whose customer is known); `orders` come from `count_orders`."""
    orders = orders.mutate(month=orders.day.truncate("M"))
    return orders.group_by("month").agg(orders=orders.count(), orders_known=orders.customer.count())


def total_period(lines: ir.Table, orders: ir.Table) -> ir.Table:
    """One row: gmv, gmv_known, orders, orders_known, buyers, repeat_buyers (bought on two days or more).

    `orders` are those of the lines, from `count_orders`.
    """
    selling = sales(identified(lines))
    customers = selling.group_by("customer").agg(comes_back=buys_again(selling))
    buyers = customers.agg(buyers=customers.count(), repeat_buyers=customers.comes_back.sum())
    counted = orders.agg(orders=orders.count(), orders_known=orders.customer.count())
    money = lines.agg(gmv=lines.gmv.sum(), gmv_known=lines.gmv.sum(where=lines.customer.notnull()))
    return money.cross_join(counted).cross_join(buyers)
