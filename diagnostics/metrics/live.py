"""Live sessions: one row a session with its funnel, and what was spent on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

COUNTS = ("exposed", "viewers", "product_exposed", "product_clicked", "buyers")
TEXTS = ("session", "channel", "anchor", "department", "starts_at")
NUMBERS = ("minutes", "views", "product_added", "paid_amount", "new_fans")


def list_sessions(sessions: ir.Table, as_of: date) -> ir.Table:
    """One row a session that began before `as_of`: its funnel counts, minutes, views, money and new fans.

    Columns: session, channel, anchor, department, starts_at, the five counts of `COUNTS`, minutes, views,
    product_added, paid_amount, new_fans. What a platform doesn't report is empty, never 0.
    """
    held = sessions.filter(sessions.starts_at < ibis.timestamp(as_of.isoformat()))
    return held.select(*TEXTS, *COUNTS, *NUMBERS)


def match_shifts(sessions: ir.Table, shifts: ir.Table, as_of: date) -> ir.Table:
    """One row a session that a shift overlaps: session, channel, shifts, cost.

    A shift belongs to the session of its channel (of any, where the roster names none) that was on air when it
    began or that began while it ran. A shift that meets several sessions counts for the first of them only.
    """
    held = sessions.filter(sessions.starts_at < ibis.timestamp(as_of.isoformat()), sessions.minutes.notnull())
    on_air = held.select(
        "session",
        "channel",
        opens=held.starts_at.epoch_seconds(),
        closes=held.starts_at.epoch_seconds() + held.minutes * 60,
    )
    rostered = shifts.mutate(
        shift_channel=shifts.channel,
        begins=shifts.starts_at.epoch_seconds(),
        ends=ibis.coalesce(shifts.ends_at, shifts.starts_at).epoch_seconds(),
    ).select("shift_channel", "begins", "ends", "cost", shift_anchor="anchor")
    pairs = rostered.join(
        on_air,
        [
            rostered.shift_channel.isnull() | (rostered.shift_channel == on_air.channel),
            rostered.begins < on_air.closes,
            rostered.ends >= on_air.opens,
        ],
    )
    keys = ["shift_channel", "shift_anchor", "begins", "ends", "cost"]
    first = pairs.mutate(place=ibis.row_number().over(group_by=keys, order_by=[pairs.opens, pairs.session]))
    kept = first.filter(first.place == 0)
    return kept.group_by("channel", "session").agg(shifts=kept.count(), cost=kept.cost.sum())
