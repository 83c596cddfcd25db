"""How many contacts each source code of the private domain brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_CODES = 500


def count_codes(contacts: ir.Table, period: Period) -> ir.Table:
    """One row a source code: added, the contacts added in the period; the 500 largest."""
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    inside = contacts.filter(contacts.source.notnull(), contacts.added_at >= start, contacts.added_at < end)
    counted = inside.group_by(code="source").agg(added=inside.contact.nunique())
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.added), counted.code]))
    return ranked.filter(ranked.place < MOST_CODES).drop("place")
