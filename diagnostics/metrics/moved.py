"""Customers of one channel who take up another, and what becomes of their purchases in the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.identity import name_kind
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_CHANNELS = 6
NO = False


def list_places(lines: ir.Table, previous: Period, current: Period) -> ir.Table:
    """One row a known customer and channel, of the 6 channels that sell most in both: kind of key, before, now (gmv).

    Both periods rank channels, so one that is gone is still seen to lose its customers. `before` and `now` are what
    the customer bought there in each period, 0 for nothing. `lines` come from `value_lines`.
    """
    selling = sales(identified(lines))
    sides = {
        name: (selling.ordered_at >= ibis.timestamp(period.start.isoformat()))
        & (selling.ordered_at < ibis.timestamp(period.end.isoformat()))
        for name, period in (("before", previous), ("now", current))
    }
    totals = (
        selling.filter(sides["before"] | sides["now"])
        .group_by("customer", "channel")
        .agg(
            before=selling.gmv.sum(where=sides["before"]).fill_null(0).cast("float64"),
            now=selling.gmv.sum(where=sides["now"]).fill_null(0).cast("float64"),
            days_before=sides["before"].sum(),
            days_now=sides["now"].sum(),
        )
    )
    sums = totals.group_by("channel").agg(gmv=(totals.before + totals.now).sum())
    ranked = sums.mutate(place=ibis.row_number().over(order_by=[ibis.desc(sums.gmv), sums.channel]))
    kept = totals.semi_join(ranked.filter(ranked.place < MOST_CHANNELS), "channel")
    return kept.mutate(
        kind=name_kind(kept.customer), bought_before=kept.days_before > 0, bought_now=kept.days_now > 0
    ).drop("days_before", "days_now")


def count_sides(places: ir.Table) -> ir.Table:
    """One row a channel, kind of key and state: customers and gmv; states are lost (before only), new (now only), kept.

    `gmv` is that of before for lost, of now for the others. `places` come from `list_places`.
    """
    state = ibis.cases((~places.bought_now, "lost"), (~places.bought_before, "new"), else_="kept")
    marked = places.mutate(state=state)
    spent = ibis.ifelse(marked.state == "lost", marked.before, marked.now)
    valued = marked.mutate(spent=spent)
    return valued.group_by("channel", "kind", "state").agg(customers=valued.count(), gmv=valued.spent.sum())


def count_moves(places: ir.Table) -> ir.Table:
    """One row an ordered pair of channels and kind of key, over the buyers of `first` before who were none of `second`.

    Columns: took (those who took up `second` now), took_left (of these, who bought no more in `first`), left and others
    (of those who did not take it up: left, and how many there are), before_gmv (what took_left spent in `first` before)
    and second_gmv (what they spend in `second` now).
    """
    mine = places.filter(places.bought_before)
    mine = mine.select("customer", "kind", "before", first="channel", stayed="bought_now")
    targets = places.select("channel").distinct().select(second="channel")
    pairs = mine.cross_join(targets)
    pairs = pairs.filter(pairs["first"] != pairs["second"])
    there = places.select(
        whose="customer", place="channel", there_before="bought_before", there_now="bought_now", there_gmv="now"
    )
    joined = pairs.left_join(there, (pairs.customer == there.whose) & (pairs["second"] == there.place))
    fresh = joined.filter(~joined.there_before.fill_null(NO))
    took, left = fresh.there_now.fill_null(NO), ~fresh.stayed
    moved = took & left
    return fresh.group_by("first", "second", "kind").agg(
        took=took.sum(),
        took_left=moved.sum(),
        others=(~took).sum(),
        left=(~took & left).sum(),
        before_gmv=fresh.before.sum(where=moved).fill_null(0),
        second_gmv=fresh.there_gmv.sum(where=moved).fill_null(0),
    )
