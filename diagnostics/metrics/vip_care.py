"""Who of the best customers has a person of their own, and when that person last wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

FIFTHS = 5
# Days since the last talk up to which a customer counts as looked after, and as not yet forgotten.
RECENT, LATE = 30, 90
NO = ibis.literal(value=False)


def rank_buyers(lines: ir.Table) -> ir.Table:
    """One row a known buyer of the lines given: customer, gmv, is_top (of the fifth that spends most)."""
    selling = sales(identified(lines))
    buyers = selling.group_by("customer").agg(gmv=selling.gmv.sum())
    fifth = ibis.ntile(FIFTHS).over(order_by=[ibis.desc(buyers.gmv), buyers.customer])
    return buyers.mutate(is_top=fifth == 0)


def list_keepers(contacts: ir.Table, as_of: date) -> ir.Table:
    """One row a customer who is a contact on the last day: keeper (the staff account that added them last, if named).

    Of two added at the same time, the last by name.
    """
    day = ibis.timestamp(as_of.isoformat())
    held = contacts.filter(
        contacts.customer.notnull(),
        contacts.added_at.isnull() | (contacts.added_at < day),
        contacts.lost_at.isnull() | (contacts.lost_at >= day),
    )
    added = held.added_at.fill_null(ibis.timestamp("1900-01-01"))
    untied = held.group_by("customer", added=added).agg(staff=held.staff.max())
    return untied.group_by(kept="customer").agg(keeper=untied.staff.argmax(untied.added))


def mark_care(ranked: ir.Table, keepers: ir.Table, touches: ir.Table | None, as_of: date) -> ir.Table:
    """Ranked buyers with is_contact, keeper and `since`: days from the last touch logged (empty if none is)."""
    joined = ranked.left_join(keepers, ranked.customer == keepers.kept).mutate(
        is_contact=lambda row: row.kept.notnull()
    )
    if touches is None:
        return joined.mutate(since=ibis.null("int64"))
    end = ibis.date(as_of.isoformat())
    written = touches.filter(touches.touched_at.date() < end)
    last = written.group_by(written_to="customer").agg(last_day=written.touched_at.date().max())
    told = joined.left_join(last, joined.customer == last.written_to)
    return told.mutate(since=end.delta(told.last_day, unit="day").cast("int64"))


def count_care(marked: ir.Table) -> ir.Table:
    """One row for the top fifth and one for the others.

    Columns: is_top, buyers, gmv, contacts, kept (with a named keeper), kept_gmv, recent (kept and written to in the
    last 30 days), late (31 to 90 days ago), silent (kept and not written to in 90 days).
    """
    is_kept = marked.keeper.notnull()
    recent = (marked.since <= RECENT).fill_null(NO)
    late = ((marked.since > RECENT) & (marked.since <= LATE)).fill_null(NO)
    return marked.group_by("is_top").agg(
        buyers=marked.count(),
        gmv=marked.gmv.sum(),
        contacts=marked.is_contact.sum(),
        kept=is_kept.sum(),
        kept_gmv=marked.gmv.sum(where=is_kept),
        recent=(is_kept & recent).sum(),
        late=(is_kept & late).sum(),
        silent=(is_kept & ~recent & ~late).sum(),
    )


def count_keepers(marked: ir.Table) -> ir.Table:
    """One row a keeper of top customers: keeper, tops, gmv, and recent (written to in the last 30 days)."""
    tops = marked.filter(marked.is_top, marked.keeper.notnull())
    recent = (tops.since <= RECENT).fill_null(NO)
    return tops.group_by("keeper").agg(tops=tops.count(), gmv=tops.gmv.sum(), recent=recent.sum())
