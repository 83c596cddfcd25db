"""The way from an order into the private domain: who was spoken to, who was added, who joined a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales, within

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

STEPS = ("contacted", "added", "grouped")
WARMTH_DAYS = 7
DAY_SECONDS = 24 * 60 * 60


def follow_buyers(
    lines: ir.Table,
    period: Period,
    contacts: ir.Table,
    touches: ir.Table | None,
    members: ir.Table | None,
) -> ir.Table:
    """One row a channel: buyers of the period, contacted, added, grouped, added_silent and grouped_added.

    `contacted` were touched on or after their first order of the period, `added` were contacts at any time up to the
    end of the data, `grouped` were ever seen in a group. `added_silent` are added without a touch, `grouped_added` are
    both. Without a log the column is empty. `lines` come from `value_lines`.
    """
    inside = sales(identified(within(lines, period)))
    buyers = inside.group_by("channel", "customer").agg(bought_at=inside.ordered_at.min())
    marked = _mark(buyers, contacts.filter(contacts.customer.notnull()).select("customer").distinct(), "added")
    if touches is not None:
        last = touches.group_by(who=touches.customer).agg(touched_at=touches.touched_at.max())
        joined = marked.left_join(last, marked.customer == last.who)
        spoken = (joined.touched_at >= joined.bought_at).fill_null(False)  # noqa: FBT003 - of ibis
        marked = joined.mutate(contacted=spoken.cast("int64")).drop("who", "touched_at")
    else:
        marked = marked.mutate(contacted=ibis.null("int64"))
    if members is not None:
        seen = members.filter(members.customer.notnull()).select("customer").distinct()
        marked = _mark(marked, seen, "grouped")
    else:
        marked = marked.mutate(grouped=ibis.null("int64"))
    return marked.group_by("channel").agg(
        buyers=marked.count(),
        contacted=marked.contacted.sum(),
        added=marked.added.sum(),
        grouped=marked.grouped.sum(),
        added_silent=(marked.added * (1 - marked.contacted)).sum(),
        grouped_added=(marked.added * marked.grouped).sum(),
    )


def _mark(rows: ir.Table, people: ir.Table, name: str) -> ir.Table:
    flagged = people.select(who="customer").mutate(**{name: ibis.literal(1, "int64")})
    joined = rows.left_join(flagged, rows.customer == flagged.who).drop("who")
    return joined.mutate(**{name: joined[name].fill_null(0)})


def count_warmth(contacts: ir.Table, period: Period) -> ir.Table:
    """One row a way: adds of the period, followed (a week and more before the period's end), left within the week.

    Who is lost at an unknown time counts as kept.
    """
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = contacts.filter(contacts.added_at >= start, contacts.added_at < end)
    is_followed = inside.added_at < end - ibis.interval(days=WARMTH_DAYS)
    stays = inside.lost_at.epoch_seconds() - inside.added_at.epoch_seconds()
    left = is_followed & (stays < WARMTH_DAYS * DAY_SECONDS).fill_null(False)  # noqa: FBT003 - of ibis
    marked = inside.mutate(followed=is_followed.cast("int64"), left=left.cast("int64"))
    return marked.group_by("way").agg(adds=marked.count(), followed=marked.followed.sum(), left=marked.left.sum())


def count_requests(days: ir.Table, period: Period) -> ir.Table:
    """One row: requests sent by staff, contacts added, over the days of the period that tell both."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = days.filter(days.day >= start, days.day < end, days.staff.notnull())
    told = inside.filter(inside.applied.notnull(), inside.added.notnull())
    return told.agg(
        requests=told.applied.sum(), added=told.added.sum(), first_day=told.day.min(), last_day=told.day.max()
    )


def count_joins(days: ir.Table, period: Period) -> ir.Table:
    """One row: people who joined a group in the period; days of all groups and of owners are never added together."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = days.filter(days.day >= start, days.day < end, days.members_joined.notnull())
    is_whole = inside.owner.isnull() & inside.group.isnull()
    joined = inside.members_joined
    whole, parts = joined.sum(where=is_whole), joined.sum(where=~is_whole)
    return inside.agg(joined=ibis.coalesce(whole, parts))
