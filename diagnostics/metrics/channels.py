"""What each channel sells in a period, to how many buyers, and how many of them are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import identified, sales, within

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def total_channels(lines: ir.Table, period: Period, known_from: date) -> ir.Table:
    """One row a channel: gmv, orders, buyers, new_buyers, gmv_known.

    A buyer is a known customer with a sale; who buys in two channels is a buyer of both. New is who first bought
    in the period, in any channel; where the period starts before `known_from` that can't be told, and new_buyers
    is empty. `lines` come from `value_lines`, over all that is observed.
    """
    inside = within(lines, period)
    money = inside.group_by("channel").agg(
        gmv=inside.gmv.sum(),
        gmv_known=inside.gmv.sum(where=inside.customer.notnull()),
        orders=inside.order_id.nunique(where=~inside.is_return),
    )
    people = sales(identified(inside)).select("channel", "customer").distinct()
    dated = people.inner_join(first_purchases(lines), "customer")
    newcomer = dated.first_day >= ibis.date(period.start.isoformat())
    counted = dated.group_by(buyer_channel=dated.channel).agg(
        buyers=dated.count(),
        new_buyers=newcomer.cast("int64").sum().cast("int64") if period.start >= known_from else ibis.null("int64"),
    )
    return money.left_join(counted, money.channel == counted.buyer_channel).drop("buyer_channel")


def count_channel_months(lines: ir.Table) -> ir.Table:
    """One row a channel and month: buyers (known customers with a sale), orders."""
    selling = sales(lines)
    selling = selling.mutate(month=selling.ordered_at.date().truncate("M"))
    return selling.group_by("channel", "month").agg(
        buyers=selling.customer.nunique(), orders=selling.order_id.nunique()
    )
