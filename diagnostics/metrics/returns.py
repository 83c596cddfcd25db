"""Time from a customer's first purchase to the next one, and what is spent after the first."""

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
WEEK = 7


def first_buys(lines: ir.Table, since: date) -> ir.Table:
    """One row a customer who first bought on or after `since`: channel, day, gmv, next_day.

    First and next are over all channels and over all lines given; `channel` is that of the first purchase.
    """
    return pick_firsts(purchase_days(lines), since)


def pick_firsts(days: ir.Table, since: date) -> ir.Table:
    """The same from `purchase_days`, for a check that asks more of them."""
    numbered = number_days(days)
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


def wait_by_quarter(firsts: ir.Table, as_of: date) -> ir.Table:
    """Quarter of the first purchase, days, events, censored, as `times_to_return` counts them."""
    last = ibis.date(as_of.isoformat()) - ibis.interval(days=1)
    waited = firsts.select(
        quarter=firsts.day.truncate("quarter"),
        days=ibis.coalesce(firsts.next_day, last).delta(firsts.day, unit="day"),
        came=firsts.next_day.notnull(),
    )
    return waited.group_by("quarter", "days").agg(events=waited.came.sum(), censored=(~waited.came).sum())


def wait_by_week(firsts: ir.Table, as_of: date) -> ir.Table:
    """Age (days since the middle of the week of the first purchase), days, events, censored.

    Counted as in `times_to_return`; weeks bound the rows, and move no first purchase by more than three days. Waits
    that are not over last as long as the age.
    """
    last = ibis.date(as_of.isoformat()) - ibis.interval(days=1)
    weeks = last.delta(firsts.day, unit="day") // WEEK
    waited = firsts.select(
        age=(weeks * WEEK + WEEK // 2).cast("float64"),
        days=firsts.next_day.delta(firsts.day, unit="day").cast("float64"),
        came=firsts.next_day.notnull(),
    )
    dated = waited.mutate(days=waited.days.coalesce(waited.age))
    return dated.group_by("age", "days").agg(events=dated.came.sum(), censored=(~dated.came).sum())


def value_later_days(days: ir.Table, period: Period) -> ir.Table:
    """Channel of the first purchase ever observed, and gmv and paid of all later purchase days inside a period.

    `days` come from `purchase_days` and must hold the whole history.
    """
    numbered = number_days(days)
    opened = numbered.filter(numbered.turn == 0).select(opener="customer", first_channel="channel")
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    later = numbered.filter(numbered.turn > 0, numbered.day >= start, numbered.day < end)
    joined = later.join(opened, later.customer == opened.opener)
    return joined.group_by(channel=joined.first_channel).agg(gmv=joined.gmv.sum(), paid=joined.paid.sum())
