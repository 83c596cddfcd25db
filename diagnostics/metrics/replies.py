"""How soon and how often customers get an answer, by staff, store and week, from one-to-one and service statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.recent import sum_weeks

if TYPE_CHECKING:
    import ibis.expr.types as ir

WHOLE = "*"


def weigh_replies(rows: ir.Table, unit: str, column: str) -> ir.Table:
    """Moments by unit (`metrics.recent.sum_weeks`) of `column`, weighted by the chats of each row, 1 where not told.

    `unit` is a column of `rows`, or `"whole"` for all of them as one unit named `*`. `rows` come from `count_back`.
    """
    named = rows.mutate(whole=ibis.literal(WHOLE))
    chats = ibis.coalesce(named.chats, 1).cast("float64")
    known = named.mutate(weight=chats).filter(lambda row: row.weight > 0, named[column].notnull())
    return sum_weeks(known, unit, known[column] * known.weight, known.weight)


def follow_replies(rows: ir.Table) -> ir.Table:
    """One row a week back from the last: week, chats, reply_minutes and reply_share, weighted by chats."""
    weeks = rows.mutate(week=(rows.back / 7).floor().cast("int64"), weight=ibis.coalesce(rows.chats, 1).cast("float64"))
    minutes, share = weeks.reply_minutes.notnull(), weeks.reply_share.notnull()
    totals = weeks.group_by("week").agg(
        chats=weeks.weight.sum(),
        minutes=(weeks.reply_minutes * weeks.weight).sum(where=minutes),
        minutes_of=weeks.weight.sum(where=minutes),
        share=(weeks.reply_share * weeks.weight).sum(where=share),
        share_of=weeks.weight.sum(where=share),
    )
    return totals.select(
        "week",
        "chats",
        reply_minutes=totals.minutes / totals.minutes_of.nullif(0),
        reply_share=totals.share / totals.share_of.nullif(0),
    )


def total_service(periods: ir.Table) -> ir.Table:
    """One row a servicer (staff empty: the whole company): what the service desk did over all periods.

    Shares and minutes are weighted by the customers who asked (by sessions, else 1 a period, where that is not told).
    Company rows are never added to those of servicers. Columns: staff, periods, customers, reply_share,
    reply_minutes, satisfied_share, timeout_share; empty where no period tells.
    """
    weight = ibis.coalesce(periods.customers, periods.customers_received, periods.sessions, 1).cast("float64")
    rows = periods.mutate(weight=weight)
    columns = ("reply_share", "reply_minutes", "satisfied_share", "timeout_share")
    return rows.group_by("staff").agg(
        periods=rows.count(),
        customers=rows.customers.sum(),
        **{
            name: (rows[name] * rows.weight).sum(where=rows[name].notnull())
            / rows.weight.sum(where=rows[name].notnull()).nullif(0)
            for name in columns
        },
    )
