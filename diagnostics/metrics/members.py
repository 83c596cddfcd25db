"""Who was a member when ordering, what members buy, and how the number of members moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.customers import buys_again
from diagnostics.metrics.identity import name_kind
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_SOURCES = 12
SUPER_FIFTH = 5
# A member who has not bought by then had time for a first campaign and a pay day or two.
PATIENCE = 90


def list_members(customers: ir.Table) -> ir.Table:
    """One row a member and channel: customer, channel, joined_on (empty if unknown), source."""
    joined = customers.filter(customers.joined_on.notnull() | customers.is_member.fill_null(False))  # noqa: FBT003 - Ibis takes the value by place
    return joined.group_by("customer", "channel").agg(joined_on=joined.joined_on.min(), source=joined.source.min())


def mark_members(lines: ir.Table, customers: ir.Table | None) -> ir.Table:
    """Lines of known customers with `by_member`: whether the buyer was a member of the channel on that day.

    Where the channel's list of members tells days of joining, these decide (a member without a day stays empty);
    elsewhere the order's own flag. Empty where nothing tells.
    """
    known = identified(lines)
    if customers is None:
        return known.mutate(by_member=known.is_member)
    members = list_members(customers)
    dated = members.filter(members.joined_on.notnull()).select(told="channel").distinct()
    listed = members.select(who="customer", at="channel", joined_on="joined_on")
    joined = known.left_join(dated, known.channel == dated.told)
    joined = joined.left_join(listed, [joined.customer == listed.who, joined.channel == listed.at])
    from_day = ibis.cases(
        (joined.joined_on.notnull(), joined.joined_on <= joined.ordered_at.date()),
        (joined.who.isnull(), ibis.literal(False)),  # noqa: FBT003 - Ibis takes the value by place
        else_=ibis.null("boolean"),
    )
    return joined.mutate(by_member=ibis.ifelse(joined.told.notnull(), from_day, joined.is_member)).drop(
        "told", "who", "at", "joined_on"
    )


def total_member_buckets(marked: ir.Table) -> ir.Table:
    """One row a channel, period and bucket: member, other (gmv of both kinds), gmv, orders, member_orders.

    `marked` come from `mark_compared` over `mark_members`, and hold gmv. Lines of which nothing tells are left out.
    """
    told = marked.filter(marked.by_member.notnull())
    placed = told.mutate(bucket=assign_bucket(told.customer))
    return _total(placed, "bucket")


def total_member_months(marked: ir.Table) -> ir.Table:
    """One row a channel, period and turn (month within it): the same sums."""
    return _total(marked.filter(marked.by_member.notnull()), "turn")


def _total(told: ir.Table, key: str) -> ir.Table:
    nothing = ibis.literal(0).cast("decimal(18,2)")
    is_member = told.by_member
    return told.group_by("channel", "is_current", key).agg(
        member=ibis.ifelse(is_member, told.gmv, nothing).sum(),
        other=ibis.ifelse(is_member, nothing, told.gmv).sum(),
        gmv=told.gmv.sum(),
        orders=told.order_id.nunique(where=~told.is_return),
        member_orders=told.order_id.nunique(where=~told.is_return & is_member),
    )


def count_flag_changes(marked: ir.Table) -> ir.Table:
    """One row a channel: regulars (customers with two purchase days and more), changed (both flags seen).

    A flag that never changes for anybody is the state on the day of the export, not of the order.
    """
    told = sales(marked.filter(marked.by_member.notnull()))
    each = told.group_by("channel", "customer").agg(
        comes_back=buys_again(told),
        least=told.by_member.cast("int64").min(),
        most=told.by_member.cast("int64").max(),
    )
    regulars = each.filter(each.comes_back)
    return regulars.group_by("channel").agg(regulars=regulars.count(), changed=(regulars.least < regulars.most).sum())


def list_dated_channels(customers: ir.Table) -> ir.Table:
    """One row a channel whose list of members tells days of joining."""
    return customers.filter(customers.joined_on.notnull()).select("channel").distinct()


def count_joins(members: ir.Table) -> ir.Table:
    """One row a channel and month: joined, members who joined; an empty month holds those without a day."""
    placed = members.mutate(month=members.joined_on.truncate("M"))
    return placed.group_by("channel", "month").agg(joined=placed.count())


def count_sources(members: ir.Table, firsts: ir.Table, window: Period) -> ir.Table:
    """One row a source of the members who joined in the window: joined, customers_before (bought before that day).

    `firsts` come from `first_purchases`. The 12 largest sources; an empty one holds those without.
    """
    start, end = (ibis.date(day.isoformat()) for day in (window.start, window.end))
    fresh = members.filter(members.joined_on >= start, members.joined_on < end)
    joined = fresh.left_join(firsts, fresh.customer == firsts.customer, rname="{name}_bought")
    is_old = joined.first_day.notnull() & (joined.first_day < joined.joined_on)
    counted = joined.group_by("source").agg(joined=joined.count(), customers_before=is_old.sum())
    place = ibis.row_number().over(order_by=[ibis.desc(counted.joined), counted.source])
    ranked = counted.mutate(place=place)
    return ranked.filter(ranked.place < MOST_SOURCES).drop("place")


def count_ladder(members: ir.Table, lines: ir.Table, window: Period) -> ir.Table:
    """One row over all channels: members, bought, repeated, supers, gmv (of known buyers), member_gmv, super_gmv.

    Members who joined before the end of the window; bought and repeated (two days and more) within it. Super members
    are members who repeated and belong to the fifth of known buyers who spend most. `lines` are valued and uncut.
    """
    start, end = (ibis.timestamp(day.isoformat()) for day in (window.start, window.end))
    selling = sales(identified(lines))
    inside = selling.filter(selling.ordered_at >= start, selling.ordered_at < end)
    buyers = inside.group_by("customer").agg(gmv=inside.gmv.sum(), comes_back=buys_again(inside))
    ranked = buyers.mutate(fifth=ibis.ntile(SUPER_FIFTH).over(order_by=[ibis.desc(buyers.gmv), buyers.customer]))
    here = members.filter(members.joined_on.isnull() | (members.joined_on < ibis.date(window.end.isoformat())))
    people = here.select(member="customer").distinct()
    joined = people.outer_join(ranked, people.member == ranked.customer)
    is_member, has_bought = joined.member.notnull(), joined.customer.notnull()
    is_repeat = is_member & has_bought & joined.comes_back
    is_super = is_repeat & (joined.fifth == 0)
    return joined.agg(
        members=is_member.sum(),
        buyers=has_bought.sum(),
        bought=(is_member & has_bought).sum(),
        repeated=is_repeat.sum(),
        supers=is_super.sum(),
        gmv=joined.gmv.sum(),
        member_gmv=joined.gmv.sum(where=is_member & has_bought),
        super_gmv=joined.gmv.sum(where=is_super),
    )


def follow_joins(members: ir.Table, firsts: ir.Table, history: Period) -> ir.Table:
    """One row a channel and number of days from joining to the first purchase: how many, and what became of them.

    Members who joined inside the history. `events` bought on or after the day of joining, `censored` have not by its
    end, `bought_before` had bought already (days 0). Of those who joined 90 days before the end or earlier, `bought`
    and `never` say the same without regard to days. `firsts` come from `first_purchases`.
    """
    start, end = (ibis.date(day.isoformat()) for day in (history.start, history.end))
    fresh = members.filter(members.joined_on >= start, members.joined_on < end)
    joined = fresh.left_join(firsts, fresh.customer == firsts.customer, rname="{name}_bought")
    waited = ibis.coalesce(joined.first_day, end - ibis.interval(days=1)).delta(joined.joined_on, unit="day")
    marked = joined.mutate(
        days=ibis.greatest(waited, 0),
        has_come=joined.first_day.notnull() & (waited >= 0),
        is_old=joined.first_day.notnull() & (waited < 0),
        is_followed=joined.joined_on + ibis.interval(days=PATIENCE) <= end,
    )
    is_waiting = marked.first_day.isnull()
    return marked.group_by("channel", "days").agg(
        events=marked.has_come.sum(),
        censored=is_waiting.sum(),
        bought_before=marked.is_old.sum(),
        bought=(marked.has_come & marked.is_followed).sum(),
        never=(is_waiting & marked.is_followed).sum(),
    )


def count_stock(members: ir.Table, lines: ir.Table, opens: date, look_back: int, days: int) -> ir.Table:
    """One row a channel: sleeping (joined before `opens`, no purchase in `look_back` days before), woken, spend.

    Woken bought within `days` from `opens`; `spend` is their gmv in that time. Purchases in any channel count.
    """
    start = ibis.date(opens.isoformat())
    day = lines.ordered_at.date()
    selling = sales(identified(lines.mutate(day=day)))
    near = selling.filter(
        selling.day >= start - ibis.interval(days=look_back), selling.day < start + ibis.interval(days=days)
    )
    each = near.group_by("customer").agg(
        before=(near.day < start).sum(), after=(near.day >= start).sum(), spend=near.gmv.sum(where=near.day >= start)
    )
    here = members.filter(members.joined_on < start)
    joined = here.left_join(each, here.customer == each.customer, rname="{name}_bought")
    sleeping = joined.filter(joined.before.fill_null(0) == 0)
    woken = sleeping.after.fill_null(0) > 0
    return sleeping.group_by("channel").agg(
        sleeping=sleeping.count(), woken=woken.sum(), spend=sleeping.spend.sum(where=woken)
    )


def count_listed_buyers(members: ir.Table, lines: ir.Table) -> ir.Table:
    """One row a channel and kind of key: members, buyers (known), listed (buyers found among the members).

    Whether the two lists can meet at all: members known by a kind of key that no buyer has can't be found.
    """
    buyers = sales(identified(lines)).select("channel", "customer").distinct()
    listed = members.select(who="customer", at="channel")
    joined = buyers.left_join(listed, [buyers.customer == listed.who, buyers.channel == listed.at])
    bought = joined.group_by("channel", kind=name_kind(joined.customer)).agg(
        members=ibis.literal(0), buyers=joined.count(), listed=joined.who.notnull().sum()
    )
    told = members.group_by("channel", kind=name_kind(members.customer)).agg(
        members=members.count(), buyers=ibis.literal(0), listed=ibis.literal(0)
    )
    columns = dict.fromkeys(("members", "buyers", "listed"), "int64")
    both = bought.cast(columns).union(told.cast(columns))
    return both.group_by("channel", "kind").agg(
        members=both.members.sum(), buyers=both.buyers.sum(), listed=both.listed.sum()
    )
