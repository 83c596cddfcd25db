"""Referral: what each campaign's referrers brought, how fast the loop turns, and what referred people are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

UNNAMED = ""
# How sources and ways of adding name somebody who was brought by a customer.
REFERRED = "裂变|老带新|转介绍|推荐有礼|邀请有礼|荐客|拼团|任务宝|fission|refer|invite|mgm"


def count_brought(referrals: ir.Table, as_of: date) -> ir.Table:
    """One row a campaign and number of people brought: rows, completed, invited, cost, first_day, last_day.

    A row of the export is one referrer in one campaign; rows after `as_of` are left out, those without a day are
    kept, and who brought an unknown number is left out. Few rows, for numbers repeat.
    """
    end = ibis.date(as_of.isoformat())
    told = referrals.filter(referrals.joined.notnull(), referrals.day.isnull() | (referrals.day < end))
    told = told.mutate(campaign=told.campaign.fill_null(UNNAMED))
    return told.group_by("campaign", "joined").agg(
        rows=told.count(),
        completed=told.completed.sum(),
        answered=told.completed.count(),
        invited=told.invited.sum(),
        cost=told.reward_cost.sum(),
        costed=told.joined.sum(where=told.reward_cost.notnull()),
        first_day=told.day.min(),
        last_day=told.day.max(),
    )


def list_turns(referrals: ir.Table, contacts: ir.Table, as_of: date) -> ir.Table:
    """Days from being added to the first referral, or to the end: days, came (0 or 1), referred (0 or 1), contacts.

    One row a number of days, outcome and kind of contact: how fast, and how many, contacts become referrers.
    `referred` are those who were brought by a customer themselves: their referrals are a second generation.
    """
    end = ibis.date(as_of.isoformat())
    added = contacts.filter(contacts.added_at.notnull(), contacts.added_at.date() < end)
    added = added.mutate(person=ibis.coalesce(added.customer, added.contact), is_referred=mark_referred(added))
    people = added.group_by("person").agg(added_on=added.added_at.min().date(), referred=added.is_referred.max())
    made = referrals.filter(referrals.referrer.notnull(), referrals.day.notnull(), referrals.day < end)
    first = made.group_by("referrer").agg(referred_on=made.day.min())
    paired = people.left_join(first, people.person == first.referrer)
    # Who was a referrer before the contact list begins has no turn that could be seen.
    seen = paired.filter(paired.referred_on.isnull() | (paired.referred_on >= paired.added_on))
    last = ibis.coalesce(seen.referred_on, end)
    turns = seen.mutate(days=last.delta(seen.added_on, unit="day"), came=seen.referred_on.notnull().cast("int64"))
    return turns.group_by("days", "came", "referred").agg(contacts=turns.count())


def mark_referred(contacts: ir.Table) -> ir.IntegerValue:
    """1 where the source code or the way of adding says that a customer brought the contact, else 0."""
    words = ibis.coalesce(contacts.source, "") + " " + ibis.coalesce(contacts.way, "")
    return words.lower().re_search(REFERRED).cast("int64")


def count_new_contacts(contacts: ir.Table, start: date, end: date) -> ir.Table:
    """One row: added (distinct contacts of the period) and referred (those whom a customer brought)."""
    inside = contacts.filter(
        contacts.added_at >= ibis.timestamp(start.isoformat()), contacts.added_at < ibis.timestamp(end.isoformat())
    )
    marked = inside.mutate(is_referred=mark_referred(inside))
    people = marked.group_by("contact").agg(is_referred=marked.is_referred.max())
    return people.agg(added=people.count(), referred=people.is_referred.sum())


def total_rewards(referrals: ir.Table, start: date, end: date) -> ir.Table:
    """One row a campaign: cost and joined over the rows that tell a cost, those of them in the period, and rows.

    A row without a day counts as one of the period, for the export doesn't say otherwise.
    """
    told = referrals.filter(referrals.reward_cost.notnull())
    told = told.mutate(
        campaign=told.campaign.fill_null(UNNAMED),
        inside=told.day.isnull()
        | ((told.day >= ibis.date(start.isoformat())) & (told.day < ibis.date(end.isoformat()))),
    )
    return told.group_by("campaign").agg(
        rows=told.count(),
        cost=told.reward_cost.sum(),
        joined=told.joined.sum(),
        current=told.joined.sum(where=told.inside),
    )


def value_contacts(contacts: ir.Table, lines: ir.Table, as_of: date, horizon_days: int) -> ir.Table:
    """What new contacts buy within `horizon_days` of being added, by source and kind.

    One row a source, referred (0 or 1): contacts (added `horizon_days` or more before `as_of`), matched (known as a
    customer), buyers, gmv, squares (of gmv a matched contact), bought_before (customers who had bought before being
    added: no gain of the referral; their spend is left out). `lines` come from `value_lines`.
    """
    last = ibis.timestamp(as_of.isoformat()) - ibis.interval(days=horizon_days)
    marked = contacts.mutate(is_referred=mark_referred(contacts), source=contacts.source.fill_null(UNNAMED))
    aged = marked.filter(marked.added_at.notnull(), marked.added_at <= last)
    people = aged.group_by("contact").agg(
        customer=aged.customer.max(),
        added_on=aged.added_at.min().date(),
        referred=aged.is_referred.max(),
        source=aged.source.min(),
    )
    selling = sales(identified(lines))
    days = selling.group_by("customer", day=selling.ordered_at.date()).agg(gmv=selling.gmv.sum())
    pairs = people.filter(people.customer.notnull()).join(days, "customer")
    waited = pairs.day.delta(pairs.added_on, unit="day")
    nothing = ibis.literal(0).cast(pairs.gmv.type())
    spent = (
        pairs.mutate(waited=waited)
        .group_by("contact")
        .agg(
            gmv=ibis.ifelse(waited.between(0, horizon_days), pairs.gmv, nothing).sum(),
            bought=ibis.ifelse(waited.between(0, horizon_days), 1, 0).max(),
            before=ibis.ifelse(waited < 0, 1, 0).max(),
        )
    )
    spent = spent.rename(spender="contact")
    joined = people.left_join(spent, people.contact == spent.spender)
    is_new = joined.before.fill_null(0) == 0
    gmv = ibis.ifelse(is_new, joined.gmv, None).cast("float64").fill_null(0.0)
    is_known = joined.customer.notnull().cast("int64")
    return joined.group_by("source", "referred").agg(
        contacts=joined.count(),
        matched=is_known.sum(),
        buyers=ibis.ifelse(is_new & (joined.bought == 1), 1, 0).sum(),
        gmv=gmv.sum(),
        squares=(gmv * gmv).sum(),
        bought_before=ibis.ifelse(is_new, 0, 1).sum(),
    )
