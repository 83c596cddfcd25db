"""Results by city, host and staff account, among whom a reward is shared out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_RECIPIENTS = 500


def count_staff_adds(contacts: ir.Table, period: Period) -> ir.Table:
    """One row a staff account, most first: unit, added in the period, lost (of these), net; 500 at most."""
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    mine = contacts.filter(contacts.staff.notnull(), contacts.added_at >= start, contacts.added_at < end)
    each = mine.group_by(unit="staff").agg(added=mine.count(), lost=mine.lost_at.notnull().sum())
    ranked = each.mutate(net=each.added - each.lost)
    return ranked.order_by(ibis.desc("net"), "unit").limit(MOST_RECIPIENTS)


def count_city_adds(contacts: ir.Table, stores: ir.Table, period: Period) -> ir.Table:
    """One row a city, most first: unit and net, the contacts its stores added in the period and still hold."""
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    mine = contacts.filter(contacts.lost_at.isnull(), contacts.added_at >= start, contacts.added_at < end)
    cities = stores.filter(stores.city.notnull()).group_by(place="store").agg(city=stores.city.max())
    joined = mine.inner_join(cities, mine.store == cities.place)
    each = joined.group_by(unit="city").agg(net=joined.count())
    return each.order_by(ibis.desc("net"), "unit").limit(MOST_RECIPIENTS)


def total_anchor_sales(sessions: ir.Table, period: Period) -> ir.Table:
    """One row a host, most first: unit and net, what was paid in the host's sessions of the period."""
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    mine = sessions.filter(sessions.anchor.notnull(), sessions.starts_at >= start, sessions.starts_at < end)
    each = mine.group_by(unit="anchor").agg(net=mine.paid_amount.sum().cast("float64").fill_null(0))
    return each.order_by(ibis.desc("net"), "unit").limit(MOST_RECIPIENTS)
