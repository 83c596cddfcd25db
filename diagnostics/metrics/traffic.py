"""Visitors of whole shops by channel and month, as the platforms deliver them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.compared import count_months

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

LONGEST_DAYS = 31
# How a month is told: in one part, or by day however many days it has.
WHOLE_MONTH, BY_DAY = 1, LONGEST_DAYS


def shop_traffic(traffic: ir.Table) -> ir.Table:
    """Rows of whole shops over at most a month; where a channel has rows by source, only those.

    Rows of single products are left out, for their visitors are also the shop's.
    """
    short = traffic.filter(
        traffic.product_id.isnull(), traffic.ends_on.delta(traffic.starts_on, unit="day") <= LONGEST_DAYS
    )
    by_source = short.source.notnull()
    sourced = short.mutate(has_sources=by_source.cast("int64").max().over(group_by="channel") > 0)
    return sourced.filter(sourced.source.notnull() == sourced.has_sources).drop("has_sources")


def total_months(traffic: ir.Table) -> ir.Table:
    """One row a channel and month: visitors, buyers (empty if the platform gives none), paid_amount.

    Sums as delivered: who comes by two sources, on two days of daily rows or in two months counts twice.
    """
    whole = shop_traffic(traffic)
    whole = whole.mutate(month=whole.starts_on.truncate("M"))
    return whole.group_by("channel", "month").agg(
        visitors=whole.visitors.sum().cast("int64"),
        buyers=whole.buyers.sum().cast("int64"),
        paid_amount=whole.paid_amount.sum(),
    )


def describe_months(traffic: ir.Table) -> ir.Table:
    """The rows of `total_months` with coarsest and finest: how the channel's shops cut the month.

    Both are `WHOLE_MONTH`, `BY_DAY` or the number of parts, and empty where a shop doesn't tell the month in full and
    once.
    """
    months = total_months(traffic)
    whole = _find_whole_months(traffic)
    return months.left_join(whole, ["channel", "month"]).select(*months.columns, "coarsest", "finest")


def total_sources(traffic: ir.Table, period: Period) -> ir.Table:
    """One row a channel and first-level source over a period: visitors, buyers, only of rows that state buyers."""
    whole = shop_traffic(traffic)
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = whole.filter(
        whole.starts_on >= start, whole.starts_on < end, whole.source.notnull(), whole.buyers.notnull()
    )
    return inside.group_by("channel", "source").agg(
        visitors=inside.visitors.sum().cast("int64"), buyers=inside.buyers.sum().cast("int64")
    )


def pair_months(traffic: ir.Table, previous: Period, current: Period) -> ir.Table:
    """One row a channel and turn whose two months can be compared: visitors and buyers (or empty), before and after.

    Both months are told from their first day to their last, and cut alike, into one month, say, or into days: distinct
    visitors of a month are fewer than the sum of those of its days.
    """
    months = total_months(traffic)
    months = months.filter(months.visitors > 0).inner_join(_find_whole_months(traffic), ["channel", "month"])
    keys = ["channel", "turn", "coarsest", "finest"]
    before = _within_months(months, previous).select(*keys, visitors_before="visitors", buyers_before="buyers")
    after = _within_months(months, current).select(*keys, visitors_after="visitors", buyers_after="buyers")
    return before.inner_join(after, keys).drop("coarsest", "finest")


def _find_whole_months(traffic: ir.Table) -> ir.Table:
    """One row a channel and month that all of its shops tell in full and once: coarsest, finest (of its shops)."""
    spans = shop_traffic(traffic).select("channel", "shop", "starts_on", "ends_on").distinct()
    spans = spans.mutate(month=spans.starts_on.truncate("M"), days=spans.ends_on.delta(spans.starts_on, unit="day"))
    shops = spans.group_by("channel", "shop", "month").agg(
        begins=spans.starts_on.min(), ends=spans.ends_on.max(), days=spans.days.sum(), parts=spans.count()
    )
    length = shops.ends.delta(shops.begins, unit="day")
    is_month = (shops.begins.day() == 1) & (shops.ends.day() == 1) & length.between(1, LONGEST_DAYS)
    shops = shops.mutate(
        is_whole=is_month & (shops.days == length),
        cut=ibis.cases((shops.parts == 1, WHOLE_MONTH), (shops.parts == length, BY_DAY), else_=shops.parts),
    )
    months = shops.group_by("channel", "month").agg(
        wholly=shops.is_whole.cast("int64").min(), coarsest=shops.cut.min(), finest=shops.cut.max()
    )
    return months.filter(months.wholly == 1).drop("wholly")


def _within_months(months: ir.Table, period: Period) -> ir.Table:
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = months.filter(months.month >= start, months.month < end)
    return inside.mutate(turn=count_months(inside.month, period.start))
