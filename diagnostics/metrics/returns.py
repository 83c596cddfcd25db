"""Time from a customer's first purchase to the next one, and what those who return go on to spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.days import number_days, purchase_days

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# More lines than this can't be told apart in a figure.
MOST_CHANNELS = 6
# A channel needs so many first buyers for a curve of its own.
LEAST_BUYERS = 300
REST = ""


def first_buys(lines: ir.Table, since: date) -> ir.Table:
    """One row a customer who first bought on or after `since`: channel, day, gmv, next_day.

    First and next are over all channels and over all lines given; `channel` is that of the first purchase.
    """
    numbered = number_days(purchase_days(lines))
    return numbered.filter(numbered.turn == 0, numbered.day >= ibis.date(since.isoformat()))


def times_to_return(firsts: ir.Table, as_of: date) -> ir.Table:
    """Channel, days, events, censored: days to the next purchase day, or observed without one.

    The channels with the most first buyers keep their name, at most 6 and with at least 300 each; all others
    go together as `""`. `firsts` come from `first_buys`; `as_of` is the first day that is no longer observed.
    """
    counted = firsts.group_by("channel").agg(buyers=firsts.count())
    order = ibis.row_number().over(order_by=[ibis.desc(counted.buyers), counted.channel])
    large = counted.mutate(place=order)
    large = large.filter(large.place < MOST_CHANNELS, large.buyers >= LEAST_BUYERS).select(large_channel="channel")
    joined = firsts.left_join(large, firsts.channel == large.large_channel)
    last = ibis.date(as_of.isoformat()) - ibis.interval(days=1)
    waited = joined.select(
        channel=joined.large_channel.fill_null(REST),
        days=ibis.coalesce(joined.next_day, last).delta(joined.day, unit="day"),
        came=joined.next_day.notnull(),
    )
    return waited.group_by("channel", "days").agg(
        events=waited.came.sum(),
        censored=(~waited.came).sum(),
    )


def count_newcomers(firsts: ir.Table, period: Period) -> ir.Table:
    """Channel and customers who first bought inside a period."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = firsts.filter(firsts.day >= start, firsts.day < end)
    return inside.group_by("channel").agg(customers=inside.count())


def value_after_first(lines: ir.Table, firsts: ir.Table, as_of: date, days: int) -> ir.Table:
    """One row: customers who returned within `days` and were followed so long, and the gmv of those days.

    The gmv leaves out the first purchase day itself. `lines` come from `value_lines`.
    """
    span = ibis.interval(days=days)
    followed = firsts.filter(
        firsts.day + span < ibis.date(as_of.isoformat()), firsts.next_day <= firsts.day + span
    ).select("customer", first_day="day")
    bought = purchase_days(lines)
    later = bought.join(followed, "customer")
    later = later.filter(later.day > later.first_day, later.day <= later.first_day + span)
    return followed.agg(customers=followed.count()).cross_join(later.agg(gmv=later.gmv.sum()))
