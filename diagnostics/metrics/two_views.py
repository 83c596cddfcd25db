"""A period as a hall with visitors and as people who are an asset, and what shows that the private domain is alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import buys_again
from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.traffic import total_months

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def total_views(lines: ir.Table) -> ir.Table:
    """One row: gmv and orders of all lines; buyers, repeat (two days or more) and known_gmv of known customers.

    `lines` come from `value_lines`, cut to a period.
    """
    selling = sales(identified(lines))
    people = selling.group_by("customer").agg(comes_back=buys_again(selling), gmv=selling.gmv.sum())
    known = people.agg(buyers=people.count(), repeat=people.comes_back.sum(), known_gmv=people.gmv.sum())
    whole = lines.agg(gmv=lines.gmv.sum(), orders=lines.order_id.nunique(where=~lines.is_return))
    return whole.cross_join(known)


def total_visits(traffic: ir.Table, period: Period) -> ir.Table:
    """One row a channel: visitors, and buyers with their visitors (`visitors_told`; only of months that state buyers).

    Visitors are the sum of months as delivered: who comes in two months counts twice.
    """
    months = total_months(traffic)
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = months.filter(months.month >= start, months.month < end)
    return inside.group_by("channel").agg(
        visitors=inside.visitors.sum(),
        buyers=inside.buyers.sum(),
        visitors_told=inside.visitors.sum(where=inside.buyers.notnull()),
    )


def compare_visits(paired: ir.Table) -> ir.Table:
    """One row a channel: the columns of `total_visits`, each with `_before` and `_now`, over months of `pair_months`.

    Buyers and their visitors are those of turns that state buyers in both periods.
    """
    told = paired.buyers_before.notnull() & paired.buyers_after.notnull()
    return paired.group_by("channel").agg(
        visitors_before=paired.visitors_before.sum(),
        visitors_now=paired.visitors_after.sum(),
        buyers_before=paired.buyers_before.sum(where=told),
        buyers_now=paired.buyers_after.sum(where=told),
        visitors_told_before=paired.visitors_before.sum(where=told),
        visitors_told_now=paired.visitors_after.sum(where=told),
    )


def total_talk(group_days: ir.Table, period: Period) -> ir.Table:
    """One row: groups_active and groups_total, summed over the days of a period and rows that state both."""
    rows = _on_days(group_days, period)
    rows = rows.filter(rows.group.isnull(), rows.groups_active.notnull(), rows.groups_total.notnull())
    return rows.agg(groups_active=rows.groups_active.sum(), groups_total=rows.groups_total.sum())


def total_answered(staff_days: ir.Table, period: Period) -> ir.Table:
    """One row: share of chats answered the same day, weighted by chats, over the days of a period."""
    rows = _on_days(staff_days, period)
    rows = rows.filter(rows.staff.notnull(), rows.reply_share.notnull(), rows.chats > 0)
    weight = rows.chats.cast("float64")
    return rows.agg(share=(rows.reply_share * weight).sum() / weight.sum().nullif(0))


def count_campaigns(campaigns: ir.Table, period: Period) -> ir.Table:
    """One row: campaigns with a cost that begin in a period."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = campaigns.filter(campaigns.starts_on >= start, campaigns.starts_on < end, campaigns.cost.notnull())
    return inside.agg(campaigns=inside.campaign.nunique())


def _on_days(rows: ir.Table, period: Period) -> ir.Table:
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    return rows.filter(rows.day >= start, rows.day < end)
