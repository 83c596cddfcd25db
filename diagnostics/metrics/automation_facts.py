"""Facts on automation that tables tell: tagged people, kinds of touches, answers recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def count_touch_facts(touches: ir.Table, period: Period) -> ir.Table:
    """One row over the touches of the period: touches, kinds, people, answers (told whether answered), campaigns."""
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = touches.filter(touches.touched_at >= start, touches.touched_at < end)
    return inside.agg(
        touches=inside.count(),
        kinds=inside.kind.nunique(),
        people=inside.customer.nunique(),
        answers=inside.answered.count(),
        campaigns=inside.campaign.nunique(),
    )


def count_profiles(contacts: ir.Table) -> ir.Table:
    """One row: contacts, tagged (with any tag), matched (known as a customer)."""
    people = contacts.group_by("contact").agg(
        is_tagged=ibis.ifelse(contacts.tags.length() > 0, 1, 0).max().fill_null(0),
        is_matched=ibis.ifelse(contacts.customer.notnull(), 1, 0).max(),
    )
    return people.agg(contacts=people.count(), tagged=people.is_tagged.sum(), matched=people.is_matched.sum())
