"""Customers as they stood at a cut, counted by equal history, with what they bought in the time after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.picking import pick_first

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# Histories are told apart on a grid of so many steps: days in a history of some months, weeks in one of two years.
# That bounds the rows whatever the number of customers, and moves no date by more than half a step.
STEPS = 100
# Spends that differ by less than a twentieth are one.
SPEND_STEPS = 20.0
FLOAT = "float64"


def follow_days(days: ir.Table) -> ir.Table:
    """One row a customer and day: bought (0 or 1), net, earned, uncosted, first_day and channel of the first purchase.

    Days on which a customer only took back have bought 0 and their money; customers who never bought are left out.
    `days` come from `spend_days`.
    """
    merged = days.group_by("customer", "day").agg(
        bought=ibis.ifelse(days.orders > 0, 1, 0).max(),
        **{name: days[name].sum().cast(FLOAT) for name in ("net", "earned", "uncosted")},
    )
    selling = days.filter(days.orders > 0)
    first = pick_first(selling, ("customer",), by="opened", name="channel")
    opened = first.select(opener="customer", first_day=first.opened.date(), channel="channel")
    return merged.join(opened, merged.customer == opened.opener).drop("opener")


def choose_grid(history: Period) -> int:
    """How many days are told apart as one.

    >>> from datetime import date
    >>> from diagnostics.model.period import Period
    >>> choose_grid(Period(start=date(2024, 1, 1), end=date(2026, 1, 1)))
    7
    """
    return max(1, history.days // STEPS)


def stand_at(followed: ir.Table, since: date, cut: date, until: date) -> ir.Table:
    """One row a customer who bought before `cut`, as known then, and what followed up to `until` (not included).

    group (`older` than the data, for a first purchase before `since`, else `newer`), channel and cohort (first of the
    quarter) of the first purchase, repeats (purchase days after the first), last and age (days since the first
    purchase), spend (net a repeat, 0 at least, 0 without one), kept (repeats whose net is above 0), sold (net of all
    purchase days so far, each 0 at least), net (the same less what was taken back on other days), later (purchase days)
    and later_net. What other days took back can't be told by purchase, so spend leaves it in. `followed` come from
    `follow_days`.
    """
    start, end = ibis.date(cut.isoformat()), ibis.date(until.isoformat())
    known = followed.filter(followed.first_day < start, followed.day < end)
    before, after = known.day < start, known.day >= start
    repeat = before & (known.day > known.first_day)
    kept = (known.bought == 1) & (known.net > 0)
    customers = known.group_by("customer", "first_day", "channel").agg(
        repeats=ibis.ifelse(repeat, known.bought, 0).sum(),
        last_day=known.day.max(where=before & (known.bought == 1)),
        repeat_net=ibis.ifelse(repeat & kept, known.net, 0.0).sum(),
        kept=ibis.ifelse(repeat & kept, 1, 0).sum(),
        sold=ibis.ifelse(before & kept, known.net, 0.0).sum(),
        net=ibis.ifelse(before & (known.day >= known.first_day), known.net, 0.0).sum(),
        later=ibis.ifelse(after, known.bought, 0).sum(),
        later_net=ibis.ifelse(after, known.net, 0.0).sum(),
    )
    return customers.select(
        "customer",
        "channel",
        "repeats",
        "kept",
        "sold",
        "net",
        "later",
        "later_net",
        group=ibis.ifelse(customers.first_day < ibis.date(since.isoformat()), "older", "newer"),
        cohort=customers.first_day.truncate("quarter"),
        last=customers.last_day.delta(customers.first_day, unit="day"),
        age=start.delta(customers.first_day, unit="day"),
        spend=ibis.ifelse(customers.repeats > 0, customers.repeat_net / customers.repeats.cast(FLOAT), 0.0),
    )


def count_histories(standing: ir.Table, grid: int, *keys: str) -> ir.Table:
    """One row a value of `keys` and a history: repeats, last, age, later, customers and sums over customers.

    last and age are the middles of their step of the `grid`, so that totals are not shifted. The sums are spend, square
    (of spend), kept, sold, net and later_net. `standing` come from `stand_at`.
    """
    placed = standing.mutate(
        last=ibis.ifelse(standing.repeats > 0, _round(standing["last"], grid), 0.0), age=_round(standing.age, grid)
    )
    grouped = placed.group_by(*keys, "repeats", "last", "age", "later")
    return grouped.agg(
        customers=placed.count(),
        spend=placed.spend.sum(),
        square=(placed.spend * placed.spend).sum(),
        **{name: placed[name].sum() for name in ("kept", "sold", "net", "later_net")},
    )


def count_spending(standing: ir.Table, *keys: str) -> ir.Table:
    """One row a value of `keys`, number of repeats kept and mean spend on those (to a twentieth): customers.

    Without customers who kept none: how much that is, `count_histories` tells. `standing` come from `stand_at`.
    """
    paying = standing.filter(standing.kept > 0)
    spend = paying.spend * paying.repeats.cast(FLOAT) / paying.kept.cast(FLOAT)
    placed = paying.mutate(step=(spend.ln() * SPEND_STEPS).floor())
    counted = placed.group_by(*keys, "kept", "step").agg(customers=placed.count())
    return counted.mutate(spend=((counted.step + 0.5) / SPEND_STEPS).exp()).drop("step")


def total_costing(followed: ir.Table, since: date, period: Period) -> ir.Table:
    """One row a group and channel of the first purchase: net, earned and uncosted within a period."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = followed.filter(followed.day >= start, followed.day < end)
    group = ibis.ifelse(inside.first_day < ibis.date(since.isoformat()), "older", "newer")
    return inside.group_by(group=group, channel=inside.channel).agg(
        net=inside.net.sum(), earned=inside.earned.sum(), uncosted=inside.uncosted.sum()
    )


def _round(days: ir.IntegerValue, grid: int) -> ir.FloatingValue:
    return (days // grid).cast(FLOAT) * grid + (grid - 1) / 2
