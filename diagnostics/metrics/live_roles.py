"""What the roles of a live session are measured by: viewers who comment or were invited, and the first reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def rate_viewers(viewers: ir.Table, period: Period) -> ir.Table:
    """One row: viewers of the period, answered (commenting is reported), commented, invited (by a member of staff)."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = viewers.filter(viewers.day >= start, viewers.day < end)
    return inside.agg(
        viewers=inside.count(),
        answered=inside.commented.count(),
        commented=inside.commented.sum(),
        invited=inside.inviter.count(),
    )


def rate_service(periods: ir.Table, period: Period) -> ir.Table:
    """One row: minutes to the first reply in the period, weighted by chats (by rows where chats are not told)."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = periods.filter(periods.starts_on >= start, periods.starts_on < end, periods.reply_minutes.notnull())
    weight = inside.sessions.fill_null(1)
    return inside.agg(minutes=(inside.reply_minutes * weight).sum() / weight.sum().nullif(0))
