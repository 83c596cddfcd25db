"""Gates before referral: who buys twice, and which new contacts were written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

ANSWER_DAYS = 3


def count_repeat(days: ir.Table) -> ir.Table:
    """One row: people who bought, and passed (on two days or more); `days` come from `purchase_days`."""
    people = days.group_by("customer").agg(bought=days.count())
    return people.agg(people=people.count(), passed=(people.bought > 1).sum())


def count_attended(contacts: ir.Table, touches: ir.Table, period: Period) -> ir.Table:
    """One row: people added in the period who are known as customers, and passed (a touch within 3 days).

    Those added in the last 3 days are still open and left out.
    """
    start = ibis.date(period.start.isoformat())
    last = ibis.date(period.end.isoformat()) - ibis.interval(days=ANSWER_DAYS)
    added = contacts.filter(contacts.customer.notnull(), contacts.added_at.notnull())
    people = added.group_by("customer").agg(day=added.added_at.min().date())
    people = people.filter(people.day >= start, people.day < last)
    written = touches.select(written_to="customer", written_on=touches.touched_at.date()).distinct()
    joined = people.left_join(
        written,
        [
            people.customer == written.written_to,
            written.written_on >= people.day,
            written.written_on <= people.day + ibis.interval(days=ANSWER_DAYS),
        ],
    )
    each = joined.group_by("customer").agg(is_written=joined.written_to.notnull().any())
    return each.agg(people=each.count(), passed=each.is_written.sum())
