"""Who speaks in groups: the company, customers, and the one who speaks most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.recent import DAYS_A_WEEK, sum_weeks

if TYPE_CHECKING:
    import ibis.expr.types as ir


def weigh_company(rows: ir.Table, unit: str) -> ir.Table:
    """Weekly moments of the company's messages among all, by unit; rows of `count_back` that tell both.

    Owners' statistics are their rows without a group; `"whole"` is the rows given, as one unit `*`.
    """
    named = rows.mutate(whole=ibis.literal("*"))
    known = named.filter(named.messages.notnull(), named.staff_messages.notnull())
    return sum_weeks(known, unit, known.staff_messages, known.messages)


def total_voices(voices: ir.Table, window: int) -> ir.Table:
    """Days of groups as `group_days` has them, from counts by member: group, back, messages, staff_messages."""
    mine = voices.filter(voices.back < window)
    return mine.group_by("group", "back").agg(
        messages=mine.messages.sum(), staff_messages=mine.messages.sum(where=mine.is_staff).fill_null(0)
    )


def find_talkers(voices: ir.Table, window: int) -> ir.Table:
    """One row a group: the customer who says most, found in odd weeks and measured in even weeks.

    Who says most in some days says less in others by regression to the mean; looking for the talker and measuring
    the share on different weeks keeps chance out. Columns: unit, speakers (customers who spoke in the window), said
    (their messages), and of the even weeks: even_said, even_talker, even_days (days with a customer's word),
    even_days_without (such days without the talker), and weekly moments x, w, xx, xw, ww, weeks of the share.
    """
    mine = voices.filter(voices.back < window, ~voices.is_staff, voices.contact.notnull())
    week = (mine.back / DAYS_A_WEEK).floor().cast("int64")
    spoken = mine.select("group", "contact", "back", "messages", week=week)
    odd = spoken.filter(spoken.week % 2 == 1).group_by("group", "contact").agg(odd=lambda r: r.messages.sum())
    place = ibis.row_number().over(group_by="group", order_by=[ibis.desc(odd.odd), odd.contact])
    first = odd.mutate(place=place)
    first = first.filter(first.place == 0).select(their_group="group", talker="contact")
    joined = spoken.left_join(first, spoken.group == first.their_group)
    even = joined.filter(joined.week % 2 == 0)
    is_talker = (even.contact == even.talker).fill_null(False)  # noqa: FBT003 - Ibis takes it so
    days = (
        even.mutate(is_talker=is_talker)
        .group_by("group", "week", "back")
        .agg(
            said=lambda r: r.messages.sum(),
            talker=lambda r: r.messages.sum(where=r.is_talker).fill_null(0),
            others=lambda r: (~r.is_talker).sum() > 0,
        )
    )
    weeks = days.group_by("group", "week").agg(
        w=days.said.sum().cast("float64"),
        x=days.talker.sum().cast("float64"),
        days=days.count(),
        without=days.others.sum(),
    )
    sums = weeks.group_by("group").agg(
        weeks=weeks.count(),
        x=weeks.x.sum(),
        w=weeks.w.sum(),
        xx=(weeks.x * weeks.x).sum(),
        xw=(weeks.x * weeks.w).sum(),
        ww=(weeks.w * weeks.w).sum(),
        even_days=weeks.days.sum(),
        even_days_without=weeks.without.sum(),
    )
    whole = spoken.group_by("group").agg(
        speakers=spoken.contact.nunique(), said=spoken.messages.sum(), days=spoken.back.nunique()
    )
    return whole.inner_join(sums, "group").rename(unit="group")


def count_lone_days(rows: ir.Table, window: int) -> ir.Table:
    """One row a group, from its daily statistics: days on which customers spoke, and those with one speaker only.

    `members_active` counts staff where the source does: a day counts as lone where it is 1, or 2 on a day on which
    the company spoke, too. Columns: unit, days, lone, said, members.
    """
    own = rows.messages - rows.staff_messages
    mine = rows.filter(rows.group.notnull(), rows.back < window, rows.members_active.notnull(), own > 0)
    lone = (mine.members_active <= 1) | ((mine.members_active == 2) & (mine.staff_messages > 0))  # noqa: PLR2004
    return mine.group_by(unit="group").agg(
        days=mine.count(),
        lone=lone.sum(),
        said=(mine.messages - mine.staff_messages).sum(),
        members=mine.members_total.max(),
    )
