"""How many contacts each member of staff holds, and how many chats fall on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir


def count_held(contacts: ir.Table, as_of: date) -> ir.Table:
    """One row a member of staff: held, contacts who were added before `as_of` (or at an unknown time) and not lost.

    A contact held by several staff counts with each. Columns: unit, held, store (the largest code where several).
    """
    day = ibis.timestamp(as_of.isoformat())
    is_added = contacts.added_at.isnull() | (contacts.added_at < day)
    is_kept = contacts.lost_at.isnull() | (contacts.lost_at >= day)
    mine = contacts.filter(contacts.staff.notnull(), is_added, is_kept)
    return mine.group_by(unit="staff").agg(held=mine.contact.nunique(), store=mine.store.max())


def count_chats(rows: ir.Table) -> ir.Table:
    """One row a member of staff: days told, chats, messages and contacts added over rows of `count_back`."""
    mine = rows.filter(rows.staff.notnull())
    return mine.group_by(unit="staff").agg(
        days=mine.back.nunique(), chats=mine.chats.sum(), messages=mine.messages.sum(), added=mine.added.sum()
    )


def count_contacts(contacts: ir.Table) -> ir.Table:
    """One row: contacts in all, those of several staff, and those of nobody."""
    each = contacts.group_by("contact").agg(staff=contacts.staff.nunique())
    return each.agg(
        contacts=each.count(), shared=(each.staff > 1).sum().fill_null(0), unheld=(each.staff == 0).sum().fill_null(0)
    )
