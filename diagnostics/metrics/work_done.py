"""What staff accounts did in a period: on how many days, how many chats and messages, how many contacts added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def total_work(staff_days: ir.Table, period: Period) -> ir.Table:
    """One row over named staff: days told, accounts, account_days, active_days (a chat or message sent) and three sums.

    The sums are chats, messages and contacts added. Rows of the whole company, without staff, are left out; empty
    where no row tells the measure.
    """
    start, end = (ibis.date(day.isoformat()) for day in (period.start, period.end))
    mine = staff_days.filter(staff_days.staff.notnull(), staff_days.day >= start, staff_days.day < end)
    is_active = (mine.chats.fill_null(0) > 0) | (mine.messages.fill_null(0) > 0)
    return mine.agg(
        days=mine.day.nunique(),
        accounts=mine.staff.nunique(),
        account_days=mine.count(),
        active_days=is_active.sum(),
        chats=mine.chats.sum(),
        messages=mine.messages.sum(),
        added=mine.added.sum(),
    )
