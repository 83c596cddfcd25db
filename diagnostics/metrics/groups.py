"""Groups by whether customers still speak in them: single groups, owners of groups, and the course by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

MONTH_DAYS = 30
# A month of a group's life is told if most of its days are.
LEAST_MONTH_ROWS = 20
# Days since the last purchase at which a band ends.
BAND_ENDS = (30, 90, 180, 365)


def mark_talk(rows: ir.Table) -> ir.Table:
    """Group days with `said`, messages of customers, and `talked`, whether there was one.

    Messages of the company are taken off where they are told; else every message counts, and without messages the
    members who spoke. Empty where none of them is told.
    """
    own = rows.messages - rows.staff_messages
    said = ibis.coalesce(own, rows.messages, rows.members_active).cast("int64")
    return rows.mutate(said=said, talked=said > 0)


def state_groups(rows: ir.Table, window: int) -> ir.Table:
    """One row a group of `mark_talk` over `count_back`: when customers last spoke, and how often before the window.

    Columns: unit, owner, rows_now (days told in the window), last_talk (days back, empty if never), rows_before,
    talks_before, quiet (days told without talk), members, messages, staff_messages (both in the window).
    """
    mine = rows.filter(rows.group.notnull(), rows.talked.notnull())
    now = mine.back < window
    return mine.group_by(unit="group").agg(
        owner=mine.owner.max(),
        rows_now=now.sum(),
        last_talk=mine.back.min(where=mine.talked),
        first_row=mine.back.max(),
        rows_before=(~now).sum(),
        talks_before=(mine.talked & ~now).sum(),
        quiet=(~mine.talked).sum(),
        members=mine.members_total.max(where=now),
        messages=mine.messages.sum(where=now),
        staff_messages=mine.staff_messages.sum(where=now),
    )


def describe_groups(groups: ir.Table, rows: ir.Table) -> ir.Table:
    """One row a group of the list: unit, kind, store, created (days before the last day of `rows`), listed members."""
    last = rows.agg(last_day=rows.day.max())
    joined = groups.cross_join(last)
    aged = joined.mutate(created=joined.last_day.delta(joined.created_on, unit="day"))
    return aged.group_by(unit="group").agg(
        kind=aged.kind.max(),
        store=aged.store.max(),
        created=aged.created.max(),
        listed=aged.members.max(),
        holder=aged.owner.max(),
    )


def state_owners(rows: ir.Table, window: int) -> ir.Table:
    """One row an owner, from rows by owner: groups and those with a message in the window, day by day.

    `active_sum` adds the groups active over the days: fewer than `groups` groups can have been active if it is less.
    Columns: unit, days, groups, active_sum, active_most, group_days, members, speakers (mean a day).
    """
    mine = rows.filter(rows.group.isnull(), rows.owner.notnull(), rows.groups_active.notnull(), rows.back < window)
    return mine.group_by(unit="owner").agg(
        days=mine.back.nunique(),
        groups=mine.groups_total.max(),
        active_sum=mine.groups_active.sum(),
        active_most=mine.groups_active.max(),
        group_days=mine.groups_total.sum(),
        members=mine.members_total.max(),
        speakers=mine.members_active.mean(),
    )


def pick_finest(rows: ir.Table, grain: str) -> ir.Table:
    """The rows of one grain: `group`, `owner` or `whole`; the grains overlap and are never added."""
    if grain == "group":
        return rows.filter(rows.group.notnull())
    if grain == "owner":
        return rows.filter(rows.group.isnull(), rows.owner.notnull())
    return rows.filter(rows.group.isnull(), rows.owner.isnull())


def follow_groups(rows: ir.Table) -> ir.Table:
    """One row a week back: shares of groups with a message and of members who spoke, and messages, of one grain.

    A row of a single group is a group with a message if it was talked in. `rows` come from `mark_talk`.
    """
    total = ibis.coalesce(rows.groups_total, rows.group.notnull().cast("int64"))
    active = ibis.coalesce(rows.groups_active, (rows.group.notnull() & rows.talked).cast("int64"))
    named = rows.mutate(week=(rows.back / 7).floor().cast("int64"), total=total, active=active)
    known, members = named.talked.notnull(), named.members_total.notnull() & named.members_active.notnull()
    sums = named.group_by("week").agg(
        active=named.active.sum(where=known),
        total=named.total.sum(where=known),
        spoke=named.members_active.sum(where=members),
        members=named.members_total.sum(where=members),
        messages=named.messages.sum(),
    )
    return sums.select(
        "week",
        "messages",
        group_share=sums.active / sums.total.nullif(0),
        member_share=sums.spoke / sums.members.nullif(0),
    )


def age_groups(rows: ir.Table, groups: ir.Table) -> ir.Table:
    """One row a month of age: groups observed at that age, and those in which a customer spoke in that month.

    Only months of which 20 days are told. Columns: age (0 is the first month), groups, alive.
    """
    born = (
        groups.filter(groups.created_on.notnull()).group_by(born="group").agg(created_on=lambda g: g.created_on.min())
    )
    mine = rows.filter(rows.group.notnull(), rows.talked.notnull())
    joined = mine.inner_join(born, mine.group == born.born)
    aged = joined.mutate(lived=joined.day.delta(joined.created_on, unit="day")).filter(lambda row: row.lived >= 0)
    months = aged.group_by("group", age=(aged.lived / MONTH_DAYS).floor().cast("int64")).agg(
        told=aged.count(), talked=aged.talked.sum()
    )
    whole = months.filter(months.told >= LEAST_MONTH_ROWS)
    return whole.group_by("age").agg(groups=whole.count(), alive=(whole.talked > 0).sum())


def count_recency(lines: ir.Table, reachable: ir.Table) -> ir.Table:
    """Contacts by days since their last purchase, counted from the last day of orders: band (0 to 4), customers.

    Bands: 0 up to 30 days, 1 up to 90, 2 up to 180, 3 up to 365, 4 longer ago or never.
    """
    selling = lines.filter(lines.customer.notnull(), ~lines.is_return)
    last = selling.group_by(buyer="customer").agg(bought=selling.ordered_at.max().date())
    end = lines.agg(last_order=lines.ordered_at.max().date())
    joined = reachable.left_join(last, reachable.customer == last.buyer).cross_join(end)
    ago = joined.last_order.delta(joined.bought, unit="day")
    never = (ago.isnull(), len(BAND_ENDS))
    band = ibis.cases(never, *((ago <= end, place) for place, end in enumerate(BAND_ENDS)), else_=len(BAND_ENDS))
    return joined.group_by(band=band).agg(customers=joined.count())
