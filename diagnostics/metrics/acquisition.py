"""What is spent to win customers, how many are won, and what they earn back month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Horizon

MOST_COSTS = 5000
MONTH_DAYS = 30
AGES = (1, 2, 3, 4, 6, 9, 12)
CURRENT, PREVIOUS, OTHER = "current", "previous", "other"


def list_costs(campaigns: ir.Table, horizon: Horizon) -> ir.Table:
    """One row a campaign and channel (`""` if the calendar has none): starts_on, ends_on, cost; within the history.

    The 5,000 dearest; a campaign stated twice with the same days and channel is added up.
    """
    start, end = (ibis.date(day.isoformat()) for day in (horizon.history.start, horizon.history.end))
    paid = campaigns.filter(campaigns.cost > 0, campaigns.ends_on > start, campaigns.starts_on < end)
    totals = paid.group_by("campaign", "starts_on", "ends_on", channel=paid.channel.fill_null("")).agg(
        cost=paid.cost.sum()
    )
    place = ibis.row_number().over(order_by=[ibis.desc(totals.cost), totals.campaign, totals.channel])
    ranked = totals.mutate(place=place)
    return ranked.filter(ranked.place < MOST_COSTS).drop("place")


def count_newcomers(firsts: ir.Table) -> ir.Table:
    """One row a channel and month of first purchase: newcomers; `firsts` come from `pick_firsts`."""
    dated = firsts.mutate(month=firsts.day.truncate("M"))
    return dated.group_by("channel", "month").agg(newcomers=dated.count())


def value_newcomers(firsts: ir.Table, days: ir.Table, horizon: Horizon) -> ir.Table:
    """One row a channel and side (first bought in the current or previous period, or else), wide by age.

    For each age of 1, 2, 3, 4, 6, 9 and 12 months of 30 days: followed (newcomers observed for so long), and of them
    net, earned and uncosted in that time over all channels, and squares (of net, for its spread). `days` come from
    `spend_days`, `firsts` from `pick_firsts`.
    """
    opened = firsts.select("customer", "channel", first_day="day")
    spent = days.select("customer", "day", "net", "earned", "uncosted")
    joined = opened.inner_join(spent, "customer")
    lived = joined.mutate(lived=joined.day.delta(joined.first_day, unit="day"))
    lived = lived.filter(lived.lived >= 0, lived.lived < AGES[-1] * MONTH_DAYS)
    each = lived.group_by("customer", "channel", "first_day").agg(
        **{
            f"{name}_{age}": lived[name].sum(where=lived.lived < age * MONTH_DAYS).fill_null(0).cast("float64")
            for name in ("net", "earned", "uncosted")
            for age in AGES
        }
    )
    marked = each.mutate(side=_find_side(each.first_day, horizon))
    return marked.group_by("channel", "side").agg(**_sum_ages(marked, horizon.as_of))


def _find_side(first_day: ir.DateValue, horizon: Horizon) -> ir.StringValue:
    sides = [(CURRENT, horizon.current)] + ([(PREVIOUS, horizon.previous)] if horizon.previous else [])
    tests = [
        (
            (first_day >= ibis.date(period.start.isoformat())) & (first_day < ibis.date(period.end.isoformat())),
            name,
        )
        for name, period in sides
    ]
    return ibis.cases(*tests, else_=OTHER)


def _sum_ages(each: ir.Table, as_of: date) -> dict[str, ir.Value]:
    sums = {}
    for age in AGES:
        followed = each.first_day + ibis.interval(days=age * MONTH_DAYS) <= ibis.date(as_of.isoformat())
        net = each[f"net_{age}"]
        sums[f"followed_{age}"] = followed.sum()
        sums[f"squares_{age}"] = (net * net).sum(where=followed).fill_null(0)
        for name in ("net", "earned", "uncosted"):
            sums[f"{name}_{age}"] = each[f"{name}_{age}"].sum(where=followed).fill_null(0)
    return sums
