"""The sums behind the figures that a goal may name, by period and bucket of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

MONEY = "decimal(18,2)"
LINE_SUMS = (
    "gmv",
    "paid",
    "refund",
    "units",
    "listed",
    "listed_paid",
    "private",
    "private_told",
    "member",
    "member_told",
    "orders",
)
CUSTOMER_SUMS = ("buyers", "repeat", "orders_known", "gmv_known")


def total_goal_lines(marked: ir.Table) -> ir.Table:
    """One row a period and bucket: the sums of `LINE_SUMS`.

    `private` and `member` are gmv of lines so marked, `private_told` and `member_told` of lines that tell at all.
    Lines come from `mark_compared` and hold gmv; those without a customer go by their order.
    """
    placed = marked.mutate(bucket=assign_bucket(ibis.coalesce(marked.customer, marked.order_id)))
    nothing = ibis.literal(0).cast(MONEY)

    def value(test: ir.BooleanValue) -> ir.DecimalValue:
        return ibis.ifelse(test.fill_null(False), placed.gmv, nothing).sum()  # noqa: FBT003 - Ibis takes the value by place

    is_listed = ~placed.is_return & (placed.list_amount > 0).fill_null(False)  # noqa: FBT003 - as above
    return placed.group_by("is_current", "bucket").agg(
        gmv=placed.gmv.sum(),
        paid=placed.paid_amount.sum(),
        refund=placed.refund_amount.sum(),
        units=placed.quantity.sum(),
        listed=ibis.ifelse(is_listed, placed.list_amount, nothing).sum(),
        listed_paid=ibis.ifelse(is_listed, placed.paid_amount, nothing).sum(),
        private=value(placed.is_private),
        private_told=value(placed.is_private.notnull()),
        member=value(placed.is_member),
        member_told=value(placed.is_member.notnull()),
        orders=placed.order_id.nunique(where=~placed.is_return),
    )


def total_goal_customers(marked: ir.Table) -> ir.Table:
    """One row a period and bucket of known customers: buyers, repeat (two orders and more), orders_known, gmv_known."""
    selling = sales(identified(marked))
    each = selling.group_by("is_current", "customer").agg(orders=selling.order_id.nunique(), gmv=selling.gmv.sum())
    placed = each.mutate(bucket=assign_bucket(each.customer))
    return placed.group_by("is_current", "bucket").agg(
        buyers=placed.count(),
        repeat=(placed.orders > 1).sum(),
        orders_known=placed.orders.sum(),
        gmv_known=placed.gmv.sum(),
    )
