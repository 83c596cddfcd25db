"""Groups by who hosts them: an anchor of live sessions or another, and whose owners take part in the brand's tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def total_owners(days: ir.Table, sessions: ir.Table, period: Period) -> ir.Table:
    """One row an owner of groups: days, members and speakers (added over the days), joined, and is_anchor.

    Only rows of owners or of single groups count, in the period; an anchor is who stands in any session's anchor.
    """
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = days.filter(days.day >= start, days.day < end, days.owner.notnull(), days.members_total > 0)
    sums = inside.group_by("owner").agg(
        days=inside.day.nunique(),
        members=inside.members_total.sum(),
        speakers=inside.members_active.sum(),
        joined=inside.members_joined.sum(),
    )
    hosts = sessions.filter(sessions.anchor.notnull()).select(who="anchor").distinct().mutate(met=ibis.literal(1))
    joined = sums.left_join(hosts, sums.owner == hosts.who).drop("who")
    return joined.mutate(is_anchor=joined.met.notnull()).drop("met")


def total_hosts(sessions: ir.Table, owners: ir.Table, period: Period) -> ir.Table:
    """One row an anchor: sessions, minutes, paid and has_group, of sessions in the period."""
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = sessions.filter(sessions.anchor.notnull(), sessions.starts_at >= start, sessions.starts_at < end)
    sums = inside.group_by("anchor").agg(
        sessions=inside.count(), minutes=inside.minutes.sum(), paid=inside.paid_amount.sum()
    )
    listed = owners.filter(owners.owner.notnull()).select(who="owner").distinct().mutate(met=ibis.literal(1))
    joined = sums.left_join(listed, sums.anchor == listed.who).drop("who")
    return joined.mutate(has_group=joined.met.notnull()).drop("met")


def total_tasks(tasks: ir.Table, groups: ir.Table, period: Period) -> ir.Table:
    """One row a task, kind and store: asked and done (owners of the store's groups), results.

    Owners of a group with a store are the store's; who owns groups of several stores counts for the first by name.
    Tasks without a day count.
    """
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    held = tasks.filter(tasks.day.isnull() | ((tasks.day >= start) & (tasks.day < end)))
    placed = groups.filter(groups.owner.notnull(), groups.store.notnull())
    owners = placed.group_by(who=placed.owner).agg(store=placed.store.min())
    joined = held.inner_join(owners, held.staff == owners.who)
    each = joined.group_by("task", "kind", "store", "staff").agg(
        done=joined.done.cast("int64").max().fill_null(0), results=joined.results.sum()
    )
    return each.group_by("task", "kind", "store").agg(
        asked=each.count(), done=each.done.sum(), results=each.results.sum()
    )
