"""What each campaign's window brought: orders, buyers, newcomers; and how far those it wrote to came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.campaign_days import WHOLE
from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

# Who was written to on the last day still has these days to come.
AFTER_DAYS = 7
VISITS = "到店|核销|签到|进店|报到|visit|check.?in|redeem"
STORE = "store"


def count_windows(lines: ir.Table, campaigns: ir.Table, known_from: date) -> ir.Table:
    """One row a campaign, channel and window: orders, gmv, buyers, new_buyers (first purchase ever in the window).

    `lines` come from `value_lines` and hold the whole history, `campaigns` from `list_campaigns`; a campaign without a
    channel counts all channels. Windows of two campaigns may share an order. Of a window that starts before
    `known_from` who is new can't be told, and new_buyers is empty.
    """
    dated = sales(lines).mutate(day=lambda line: line.ordered_at.date())
    opened = first_purchases(lines).select(newcomer="customer", first_day="first_day")
    dated = dated.left_join(opened, dated.customer == opened.newcomer)
    spans = _list_days(dated, campaigns)
    inside = dated.inner_join(spans, dated.day == spans.held_on)
    inside = inside.filter((inside.own == WHOLE) | (inside.own == inside.channel))
    fresh = (inside.first_day >= inside.starts_on) & (inside.first_day < inside.ends_on)
    orders = inside.group_by("campaign", "own", "starts_on", "ends_on", "channel").agg(
        orders=inside.order_id.nunique(), gmv=inside.gmv.sum()
    )
    money = orders.group_by("campaign", "own", "starts_on", "ends_on").agg(
        orders=orders.orders.sum(), gmv=orders.gmv.sum()
    )
    people = inside.group_by("campaign", "own", "starts_on", "ends_on").agg(
        buyers=inside.customer.nunique(), newcomers=inside.customer.nunique(where=fresh)
    )
    is_known = people.starts_on >= ibis.date(known_from.isoformat())
    new_buyers = ibis.ifelse(is_known, people.newcomers, ibis.null("int64"))
    people = people.mutate(new_buyers=new_buyers).drop("newcomers")
    joined = money.inner_join(people, ["campaign", "own", "starts_on", "ends_on"])
    return joined.rename(channel="own")


def _list_days(dated: ir.Table, campaigns: ir.Table) -> ir.Table:
    """One row a campaign and day with a sale, so that lines are matched by their day alone."""
    days = dated.select(held_on="day").distinct()
    spans = campaigns.select("campaign", "starts_on", "ends_on", own="channel")
    return spans.inner_join(days, [days.held_on >= spans.starts_on, days.held_on < spans.ends_on])


def follow_touched(touches: ir.Table, campaigns: ir.Table, lines: ir.Table | None, events: ir.Table | None) -> ir.Table:
    """One row a campaign: touched and answered customers, and those who visited and who bought, in a store or anywhere.

    A customer counts from the first touch of the campaign to 7 days after its last day (of several windows, the last).
    `visited` is told by events that name a visit, or an order in a store. Columns: campaign, touched, answered,
    visited, bought, bought_store, gmv.
    """
    spans = campaigns.group_by("campaign").agg(until=campaigns.ends_on.max() + ibis.interval(days=AFTER_DAYS))
    named = touches.filter(touches.campaign.notnull(), touches.touched_at.notnull())
    first = named.group_by("campaign", "customer").agg(
        since=named.touched_at.min().date(),
        answered=ibis.ifelse(named.answered, 1, 0).max().fill_null(0),
    )
    people = first.inner_join(spans, "campaign")
    steps = [_empty_steps(people)]
    if lines is not None:
        steps.append(_follow_orders(people, lines))
    if events is not None:
        steps.append(_follow_visits(people, events))
    told = steps[0] if len(steps) == 1 else ibis.union(*steps)
    each = told.group_by("campaign", "customer").agg(
        answered=told.answered.max(),
        visited=told.visited.max(),
        bought=told.bought.max(),
        bought_store=told.bought_store.max(),
        gmv=told.gmv.sum(),
    )
    return each.group_by("campaign").agg(
        touched=each.count(),
        answered=each.answered.sum(),
        visited=each.visited.sum(),
        bought=each.bought.sum(),
        bought_store=each.bought_store.sum(),
        gmv=each.gmv.sum(),
    )


def _empty_steps(people: ir.Table) -> ir.Table:
    zero = ibis.literal(0, type="int64")
    return people.select(
        "campaign",
        "customer",
        answered=people.answered.cast("int64"),
        visited=zero,
        bought=zero,
        bought_store=zero,
        gmv=ibis.literal(0.0),
    )


def _follow_orders(people: ir.Table, lines: ir.Table) -> ir.Table:
    bought = sales(identified(lines))
    bought = bought.select(
        buyer="customer",
        day=bought.ordered_at.date(),
        gmv=bought.gmv.cast("float64"),
        is_store=((bought.channel == STORE) | bought.store.notnull()).cast("int64"),
    )
    joined = people.inner_join(
        bought, [people.customer == bought.buyer, bought.day >= people.since, bought.day < people.until]
    )
    return joined.select(
        "campaign",
        "customer",
        answered=ibis.literal(0, type="int64"),
        visited=joined.is_store,
        bought=ibis.literal(1, type="int64"),
        bought_store=joined.is_store,
        gmv=joined.gmv,
    )


def _follow_visits(people: ir.Table, events: ir.Table) -> ir.Table:
    came = events.filter(events.customer.notnull(), events.kind.lower().re_search(VISITS))
    came = came.select(visitor="customer", day=came.happened_at.date())
    joined = people.inner_join(
        came, [people.customer == came.visitor, came.day >= people.since, came.day < people.until]
    )
    zero = ibis.literal(0, type="int64")
    return joined.select(
        "campaign",
        "customer",
        answered=zero,
        visited=ibis.literal(1, type="int64"),
        bought=zero,
        bought_store=zero,
        gmv=ibis.literal(0.0),
    )
