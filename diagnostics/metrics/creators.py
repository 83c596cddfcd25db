"""What promoters sell, which customers begin with them, and which share tasks and material are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import identified, sales, within

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Horizon, Period

# Words in the name or kind of a group that say it is one of promoters.
GROUP_WORDS = "达人|主播|博主|团长|分销|推广|推荐官|种草官|合伙人|koc|kol|creator|influencer|reseller|promoter"
FOLLOWED_DAYS = 90
MOST = 200


def total_promoters(lines: ir.Table) -> ir.Table:
    """One row a promoter, the most GMV first (at most `MOST`): gmv, orders, buyers; `lines` come from `value_lines`.

    Lines that take back lower gmv and are no orders; buyers are known customers.
    """
    promoted = lines.filter(lines.promoter.notnull())
    selling = ~promoted.is_return
    totals = promoted.group_by("promoter").agg(
        gmv=promoted.gmv.sum(),
        orders=promoted.order_id.nunique(where=selling),
        buyers=promoted.customer.nunique(where=selling),
    )
    return totals.order_by(totals.gmv.desc(), totals.promoter).limit(MOST)


def total_promotion(lines: ir.Table) -> ir.Table:
    """One row: gmv of all lines, and promoters, gmv, orders and buyers of promoted ones (prefix promoted_)."""
    is_promoted = lines.promoter.notnull()
    selling = is_promoted & ~lines.is_return
    return lines.agg(
        gmv=lines.gmv.sum(),
        promoters=lines.promoter.nunique(),
        promoted_gmv=lines.gmv.sum(where=is_promoted),
        promoted_orders=lines.order_id.nunique(where=selling),
        promoted_buyers=lines.customer.nunique(where=selling),
    )


def start_customers(lines: ir.Table, horizon: Horizon) -> ir.Table:
    """One row a known customer of the period in channels with promoters: promoter, is_new, followed, again.

    `promoter` is that of the customer's first day of the period there, empty for none; `is_new` (0 or 1) says that no
    channel saw the customer before that day; `followed` that `FOLLOWED_DAYS` after it are observed, `again` that the
    customer then bought on another day of these, in any channel.
    """
    known = sales(identified(lines))
    mine = within(known, horizon.current)
    mine = mine.semi_join(mine.filter(mine.promoter.notnull()).select("channel").distinct(), "channel")
    dated = mine.mutate(day=mine.ordered_at.date())
    started = dated.group_by("customer").agg(started_on=dated.day.min())
    opening = dated.join(started, "customer")
    opening = opening.filter(opening.day == opening.started_on)
    starts = opening.group_by("customer", "started_on").agg(promoter=opening.promoter.min())
    later = known.select("customer", day=known.ordered_at.date()).distinct().join(starts, "customer")
    within_reach = later.day <= later.started_on + ibis.interval(days=FOLLOWED_DAYS)
    later = later.filter(later.day > later.started_on, within_reach).select(returned="customer").distinct()
    aged = starts.join(
        first_purchases(known).select(known_as="customer", first_day="first_day"), [("customer", "known_as")]
    )
    marked = aged.left_join(later, [("customer", "returned")])
    last = ibis.date(horizon.as_of.isoformat()) - ibis.interval(days=FOLLOWED_DAYS)
    followed = marked.started_on < last
    return marked.select(
        "promoter",
        is_new=(marked.first_day == marked.started_on).cast("int64"),
        followed=followed.cast("int64"),
        again=(followed & marked.returned.notnull()).cast("int64"),
    )


def total_starts(starts: ir.Table) -> ir.Table:
    """One row a promoter (empty for none): started, new, followed, again; `starts` come from `start_customers`."""
    return starts.group_by("promoter").agg(
        started=starts.count(), new=starts.is_new.sum(), followed=starts.followed.sum(), again=starts.again.sum()
    )


def list_seats(*people: ir.Column) -> ir.Table:
    """One row a code of somebody who owns a group or sits in one, as `promoter`."""
    listed = [person.name("promoter").as_table() for person in people]
    seats = ibis.union(*listed, distinct=True) if len(listed) > 1 else listed[0].distinct()
    return seats.filter(seats.promoter.notnull())


def list_promoter_groups(groups: ir.Table, name: str) -> ir.Table:
    """The groups, each once, whose `name` column (kind or title) holds a word of `GROUP_WORDS`."""
    return groups.filter(groups[name].lower().re_search(GROUP_WORDS)).select("group").distinct()


def total_tasks(staff_tasks: ir.Table, period: Period) -> ir.Table:
    """One row a kind of task of the period (or undated): given, told, done, people, results, the most given first."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    mine = staff_tasks.filter(
        staff_tasks.day.isnull() | ((staff_tasks.day >= start) & (staff_tasks.day < end)),
    )
    totals = mine.group_by("kind").agg(
        given=mine.count(),
        told=mine.done.count(),
        done=mine.done.sum(),
        people=mine.staff.nunique(),
        results=mine.results.sum(),
    )
    return totals.order_by(totals.given.desc(), totals.kind).limit(15)


def total_shared(referrals: ir.Table, period: Period) -> ir.Table:
    """One row, of customers' share tasks of the period (or undated): given, told, done, people, results."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    mine = referrals.filter(referrals.day.isnull() | ((referrals.day >= start) & (referrals.day < end)))
    return mine.agg(
        given=mine.count(),
        told=mine.completed.count(),
        done=mine.completed.sum(),
        people=mine.referrer.nunique(),
        results=mine.joined.sum(),
    )


def list_material(posts: ir.Table, period: Period) -> ir.Table:
    """The posts of the period with most readers, at most ten: title, readers, sharers (the last count)."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    dated = posts.filter(posts.published_on >= start, posts.published_on < end)
    each = dated.group_by("channel", "post").agg(
        title=dated.title.max(), readers=dated.readers.max(), sharers=dated.sharers.max()
    )
    return each.order_by(each.readers.desc(nulls_first=False), each.post).limit(10)
