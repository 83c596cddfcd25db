"""Repeat purchases inside, beside and outside the private domain, before and after an add, and the ladder of fans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

SOLD, ASSISTED, OUTSIDE = "sold", "assisted", "outside"
MONTH_DAYS, MONTHS = 30, 6
NO = False


def find_added(contacts: ir.Table) -> ir.Table:
    """One row a customer who was ever a contact: customer, added_on (the first time)."""
    known = contacts.filter(contacts.customer.notnull(), contacts.added_at.notnull())
    return known.group_by("customer").agg(added_on=known.added_at.min().date())


def split_repeats(orders: ir.Table, added: ir.Table) -> ir.Table:
    """One row a kind: orders, gmv and customers of repeat orders; `orders` come from `list_venue_orders`.

    Kinds, the first that fits: sold (given to the private domain by the sheet's rule), assisted (the customer was a
    contact by the day of the order, which was placed elsewhere), outside.
    """
    repeat = orders.filter((orders.day > orders.first_day).fill_null(NO))
    mine = added.select("added_on", who="customer")
    joined = repeat.left_join(mine, repeat.customer == mine.who)
    is_contact = (joined.added_on <= joined.day).fill_null(NO)
    kind = ibis.cases((joined.is_private.fill_null(NO), SOLD), (is_contact, ASSISTED), else_=OUTSIDE)
    marked = joined.mutate(kind=kind)
    return marked.group_by("kind").agg(orders=marked.count(), gmv=marked.gmv.sum(), customers=marked.customer.nunique())


def follow_joiners(days: ir.Table, added: ir.Table, history: Period) -> ir.Table:
    """One row a month of 30 days from the add (-6 to 5): people, buyers (who bought in that month).

    People are contacts who had bought six months and more before they were added, and were followed for six months
    after. `days` come from `purchase_days`, over all that is observed.
    """
    span = ibis.interval(days=MONTH_DAYS * MONTHS)
    firsts = days.group_by("customer").agg(first_day=days.day.min())
    known = added.inner_join(firsts, "customer")
    followed = known.filter(
        known.first_day <= known.added_on - span,
        known.added_on + span <= ibis.date(history.end.isoformat()),
    ).select("customer", "added_on")
    people = followed.agg(people=followed.count())
    joined = followed.inner_join(days.select("customer", "day"), "customer")
    lived = joined.mutate(lived=joined.day.delta(joined.added_on, unit="day"))
    inside = lived.filter(lived.lived >= -MONTH_DAYS * MONTHS, lived.lived < MONTH_DAYS * MONTHS)
    placed = inside.mutate(month=((inside.lived + MONTH_DAYS * MONTHS) // MONTH_DAYS - MONTHS).cast("int64"))
    return placed.group_by("month").agg(buyers=placed.customer.nunique()).cross_join(people)


def count_ladder(
    orders: ir.Table,
    reachable: ir.Table,
    members: ir.Table | None,
    referrals: ir.Table | None,
) -> ir.Table:
    """One row: buyers, repeat, contact, grouped and inviting, each of those on the rung before.

    Buyers are known customers of `orders` (of `list_venue_orders`), repeat those with an order after their first day,
    contact those of them reachable now, grouped those ever seen in a group, inviting those who invited somebody.
    Without member list or referrals a rung is empty, and the next is counted of the last that is told.
    """
    known = orders.filter(orders.customer.notnull())
    each = known.group_by("customer").agg(again=(known.day > known.first_day).cast("int64").max().fill_null(0))
    each = _flag(each, reachable, "customer", "reached")
    rung = each.again * each.reached
    each = each.mutate(contact=rung)
    if members is not None:
        each = _flag(each, members.filter(members.customer.notnull()), "customer", "in_group")
        each = each.mutate(grouped=each.contact * each.in_group)
    else:
        each = each.mutate(grouped=ibis.null("int64"))
    if referrals is not None:
        each = _flag(each, referrals.filter(referrals.invited > 0), "referrer", "invites")
        each = each.mutate(inviting=ibis.coalesce(each.grouped, each.contact) * each.invites)
    else:
        each = each.mutate(inviting=ibis.null("int64"))
    return each.agg(
        buyers=each.count(),
        repeat=each.again.sum(),
        contact=each.contact.sum(),
        grouped=each.grouped.sum(),
        inviting=each.inviting.sum(),
    )


def _flag(rows: ir.Table, people: ir.Table, key: str, name: str) -> ir.Table:
    listed = people.select(who=people[key]).distinct().mutate(**{name: ibis.literal(1, "int64")})
    joined = rows.left_join(listed, rows.customer == listed.who).drop("who")
    return joined.mutate(**{name: joined[name].fill_null(0)})
