"""People added by way and code: how many, how many left at once, and what they buy after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales, within
from diagnostics.metrics.orders import count_orders

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_CODES = 2000
EARLY_DAYS, VALUE_DAYS = 7, 90
DAY_SECONDS = 24 * 60 * 60
ENTRY = ("way", "source", "in_store")


def count_entries(contacts: ir.Table, period: Period, as_of: date) -> ir.Table:
    """One row a way, code and whether a store is named: adds, followed, left.

    Contacts added in the period; `followed` those of them added a week and more before `as_of`, `left` those who
    left within seven days. Codes beyond the 2,000 with most adds have no name.
    """
    held = _add_entry(contacts.filter(contacts.added_at.notnull()))
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    inside = held.filter(held.added_at >= start, held.added_at < end)
    stays = inside.lost_at.epoch_seconds() - inside.added_at.epoch_seconds()
    is_followed = inside.added_at < ibis.timestamp(as_of.isoformat()) - ibis.interval(days=EARLY_DAYS)
    marked = inside.mutate(
        followed=is_followed.cast("int64"),
        left=(is_followed & (stays < EARLY_DAYS * DAY_SECONDS).fill_null(False)).cast("int64"),  # noqa: FBT003 - of ibis
    )
    counted = marked.group_by(*ENTRY).agg(adds=marked.count(), followed=marked.followed.sum(), left=marked.left.sum())
    place = ibis.row_number().over(order_by=[ibis.desc(counted.adds), counted.way, counted.source, counted.in_store])
    ranked = counted.mutate(place=place)
    named = ranked.mutate(source=ibis.ifelse(ranked.place < MOST_CODES, ranked.source, ibis.null("string")))
    return named.group_by(*ENTRY).agg(adds=named.adds.sum(), followed=named.followed.sum(), left=named.left.sum())


def value_entries(contacts: ir.Table, lines: ir.Table, observed: Period) -> ir.Table:
    """One row a way, code and whether a store is named: people, gmv in the 90 days after being added.

    People are customers by their first add, of those added since the data began and 90 days before they end. `lines`
    come from `value_lines`.
    """
    known = contacts.filter(contacts.customer.notnull(), contacts.added_at.notnull())
    firsts = known.group_by("customer").agg(first_at=known.added_at.min())
    start, end = ibis.timestamp(observed.start.isoformat()), ibis.timestamp(observed.end.isoformat())
    firsts = firsts.filter(firsts.first_at >= start, firsts.first_at < end - ibis.interval(days=VALUE_DAYS))
    joined = known.inner_join(firsts, "customer").filter(lambda table: table.added_at == table.first_at)
    entered = joined.group_by("customer", "first_at").agg(
        way=joined.way.min(), source=joined.source.min(), store=joined.store.min()
    )
    selling = sales(identified(lines)).select("customer", "ordered_at", "gmv")
    followed = entered.inner_join(selling, "customer")
    after = followed.ordered_at.epoch_seconds() - followed.first_at.epoch_seconds()
    counted = followed.filter(after >= 0, after < VALUE_DAYS * DAY_SECONDS)
    spent = counted.group_by(who=counted.customer).agg(gmv=counted.gmv.sum())
    valued = entered.left_join(spent, entered.customer == spent.who)
    placed = _add_entry(valued)
    return placed.group_by(*ENTRY).agg(people=placed.count(), gmv=placed.gmv.sum().fill_null(0))


def count_passing(lines: ir.Table, reachable: ir.Table, period: Period) -> ir.Table:
    """One row a channel: orders, buyers and reached (buyers among `reachable`) of the period."""
    inside = within(lines, period)
    orders = count_orders(inside)
    counted = orders.group_by("channel").agg(orders=orders.count())
    people = sales(identified(inside)).select("channel", "customer").distinct()
    marked = people.left_join(reachable.mutate(met=ibis.literal(1)), "customer")
    buyers = marked.group_by(at=marked.channel).agg(buyers=marked.count(), reached=marked.met.sum().fill_null(0))
    return counted.left_join(buyers, counted.channel == buyers["at"]).drop("at").fill_null({"buyers": 0, "reached": 0})


def count_scans(entries: ir.Table, period: Period) -> ir.Table:
    """One row a kind of entrance: scans, and added and group_joined of the rows that report scans beside them."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = entries.filter(entries.day >= start, entries.day < end, entries.scans.notnull())
    told = inside.filter(inside.added.notnull() | inside.group_joined.notnull())
    return told.group_by("kind").agg(
        scans=told.scans.sum(), added=told.added.sum(), group_joined=told.group_joined.sum()
    )


def _add_entry(contacts: ir.Table) -> ir.Table:
    return contacts.mutate(in_store=contacts.store.notnull())
