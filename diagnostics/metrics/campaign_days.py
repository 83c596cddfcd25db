"""Campaigns, and the daily sales that they are set against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.profit import MONEY

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_CAMPAIGNS = 200
WHOLE = ""


def list_campaigns(campaigns: ir.Table, history: Period) -> ir.Table:
    """One row a campaign, channel (`""` for all) and window: kind, starts_on, ends_on, cost (empty if none is given).

    Campaigns that begin within the history, the 200 latest.
    """
    start, end = ibis.date(history.start.isoformat()), ibis.date(history.end.isoformat())
    inside = campaigns.filter(campaigns.starts_on >= start, campaigns.starts_on < end)
    totals = inside.group_by("campaign", "starts_on", "ends_on", channel=inside.channel.fill_null(WHOLE)).agg(
        kind=inside.kind.max(), cost=inside.cost.sum()
    )
    order = [ibis.desc(totals.starts_on), totals.campaign, totals.channel]
    ranked = totals.mutate(place=ibis.row_number().over(order_by=order))
    return ranked.filter(ranked.place < MOST_CAMPAIGNS).drop("place")


def total_daily_sales(lines: ir.Table, campaigns: ir.Table) -> ir.Table:
    """One row a channel with a campaign, or all together (`""`), and day: gmv; days without sales have no row.

    `lines` come from `value_lines`, `campaigns` from `list_campaigns`.
    """
    dated = lines.mutate(day=lines.ordered_at.date())
    named = dated.semi_join(campaigns, "channel")
    by_channel = named.group_by("channel", "day").agg(gmv=named.gmv.sum().cast(MONEY))
    whole = dated.group_by("day").agg(gmv=dated.gmv.sum().cast(MONEY))
    return by_channel.union(whole.select("day", "gmv", channel=ibis.literal(WHOLE)).select("channel", "day", "gmv"))


def total_margin(costed: ir.Table) -> ir.Table:
    """One row: net, earned and uncosted over the lines given, which come from `cost_lines`."""
    return costed.agg(net=costed.net.sum(), earned=costed.earned.sum(), uncosted=costed.uncosted.sum())
