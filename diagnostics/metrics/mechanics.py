"""What ways of growth brought in a period: contacts added, newcomers by referral, and how often people were touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def count_added(contacts: ir.Table, period: Period) -> ir.Table:
    """One row: contacts added in a period."""
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = contacts.filter(contacts.added_at >= start, contacts.added_at < end)
    return inside.agg(gained=inside.contact.nunique())


def count_referred(referrals: ir.Table) -> ir.Table:
    """One row over all campaigns: gained (new people) and cost (of rewards; empty where none is told)."""
    return referrals.agg(gained=referrals.joined.sum(), cost=referrals.reward_cost.sum())


def count_pushes(touches: ir.Table, period: Period, most: float) -> ir.Table:
    """One row: person-weeks with a touch in a period, and those with more than `most`."""
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = touches.filter(touches.touched_at >= start, touches.touched_at < end)
    weeks = inside.group_by("customer", week=inside.touched_at.truncate("W")).agg(n=lambda row: row.count())
    return weeks.agg(weeks=weeks.count(), over=(weeks.n > most).sum())
