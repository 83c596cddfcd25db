"""Members who join and leave groups, how long they stay, and what they buy after joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified
from diagnostics.metrics.recent import DAYS_A_WEEK

if TYPE_CHECKING:
    import ibis.expr.types as ir

WHOLE = "*"
STAY_DAYS = (7, 30, 90)
BUY_DAYS = 30


def sum_flows(rows: ir.Table, unit: str) -> ir.Table:
    """Weekly flows by unit over rows of `count_back`: one row a unit with moments of the weekly loss.

    The loss of a week is those who left less those who joined. Where leaving is not told, it is read off the stock:
    members at the end of the week before less those at its end; a week without a stock before it is left out.
    Dissolved groups take their members out of the stock, too. Columns: unit, weeks, loss, squares (of weekly losses),
    joined, left, members (largest stock), start (earliest stock of the window).
    """
    named = rows.mutate(whole=ibis.literal(WHOLE))
    mine = named.filter(named[unit].notnull())
    mine = mine.mutate(unit=mine[unit], week=(mine.back / DAYS_A_WEEK).floor().cast("int64"))
    days = mine.group_by("unit", "week", "back").agg(
        stock=mine.members_total.sum(), joined=mine.members_joined.sum(), left=mine.members_left.sum()
    )
    weeks = days.group_by("unit", "week").agg(
        stock=days.stock.argmin(days.back), joined=days.joined.sum(), left=days.left.sum()
    )
    before = ibis.window(group_by="unit", order_by="week")
    followed = weeks.mutate(stock_before=weeks.stock.lead().over(before), week_before=weeks.week.lead().over(before))
    is_next = followed.week_before == followed.week + 1
    by_stock = is_next.ifelse(followed.stock_before - followed.stock, ibis.null("int64"))
    loss = ibis.coalesce(followed.left - followed.joined, by_stock).cast("float64")
    known = followed.mutate(loss=loss).filter(lambda row: row.loss.notnull())
    return known.group_by("unit").agg(
        weeks=known.count(),
        loss=known.loss.sum(),
        squares=(known.loss * known.loss).sum(),
        joined=known.joined.sum(),
        left=known.left.sum(),
        members=known.stock.max(),
        start=known.stock.argmax(known.week),
    )


def sum_entrance_flows(rows: ir.Table, unit: str) -> ir.Table:
    """The same moments by `store` or for the `whole`, from statistics of store groups by day; there is no stock."""
    named = rows.mutate(whole=ibis.literal(WHOLE))
    mine = named.filter(named.store.notnull(), named.group_joined.notnull(), named.group_left.notnull())
    weeks = mine.group_by(unit=mine[unit], week=(mine.back / DAYS_A_WEEK).floor()).agg(
        joined=mine.group_joined.sum(), left=mine.group_left.sum()
    )
    loss = (weeks.left - weeks.joined).cast("float64")
    sums = weeks.group_by("unit").agg(
        weeks=weeks.count(),
        loss=loss.sum(),
        squares=(loss * loss).sum(),
        joined=weeks.joined.sum(),
        left=weeks.left.sum(),
    )
    return sums.mutate(members=ibis.null("int64"), start=ibis.null("int64"))


def follow_members(members: ir.Table) -> ir.Table:
    """One row a group and customer-side member over all exports: when joined, when gone, when last looked.

    Gone is told by the export, or lies between the last export that lists the member and the group's next one:
    the middle is not known, so the day of that next export is taken. `seen_on` empty counts as one export.
    Columns: group, contact, customer, joined_at, gone_at (empty if still there), looked_at and first_look (the group's
    last and first export), tells_left (whether the group's export tells times of leaving).
    """
    mine = members.filter(members.contact.notnull(), members.is_staff.fill_null(False).__invert__())  # noqa: FBT003
    looks = mine.filter(mine.seen_on.notnull()).select(their_group="group", look="seen_on").distinct()
    last = looks.group_by("their_group").agg(looked_at=looks.look.max(), first_look=looks.look.min())
    told = mine.group_by(telling="group").agg(tells_left=mine.left_at.count() > 0)
    each = mine.group_by("group", "contact").agg(
        customer=mine.customer.max(),
        joined_at=mine.joined_at.min(),
        left_at=mine.left_at.max(),
        seen=mine.seen_on.max(),
    )
    gone = (
        each.inner_join(looks, (each.group == looks.their_group) & (looks.look > each.seen))
        .group_by("group", "contact")
        .agg(gone=looks.look.min())
        .rename(g="group", c="contact")
    )
    joined = each.left_join(gone, (each.group == gone.g) & (each.contact == gone.c))
    joined = joined.left_join(last, joined.group == last.their_group)
    joined = joined.inner_join(told, joined.group == told.telling)
    return joined.select(
        "group",
        "contact",
        "customer",
        "joined_at",
        gone_at=ibis.coalesce(joined.left_at.date(), joined.gone),
        looked_at=joined.looked_at,
        first_look=joined.first_look,
        tells_left=joined.tells_left,
    )


def count_staying(followed: ir.Table) -> ir.Table:
    """One row a month of joining: joined, and for 7, 30 and 90 days those old enough and those of them still there.

    Where leaving is only told by exports that no longer list somebody, members who joined before the group's first
    export are left out: of these only those who had stayed were ever listed.
    """
    known = followed.filter(followed.joined_at.notnull(), followed.looked_at.notnull())
    known = known.filter(known.tells_left | (known.joined_at.date() >= known.first_look))
    joined_on = known.joined_at.date()
    lived = known.mutate(
        month=joined_on.truncate("M"),
        age=known.looked_at.delta(joined_on, unit="day"),
        stayed=known.gone_at.delta(joined_on, unit="day"),
    )
    counts = {
        name: expression
        for days in STAY_DAYS
        for name, expression in (
            (f"old_{days}", (lived.age >= days).sum()),
            (f"stay_{days}", ((lived.age >= days) & (lived.stayed.isnull() | (lived.stayed > days))).sum()),
        )
    }
    return lived.group_by("month").agg(joined=lived.count(), gone=lived.gone_at.count(), **counts)


def count_repeats(followed: ir.Table) -> ir.Table:
    """One row: persons in groups now, those in two groups or more, memberships, and persons who can be matched."""
    here = followed.filter(followed.gone_at.isnull())
    each = here.group_by("contact").agg(groups=here.group.nunique(), known=here.customer.count() > 0)
    return each.agg(
        persons=each.count(),
        repeated=(each.groups > 1).sum(),
        memberships=each.groups.sum(),
        known=each.known.sum(),
    )


def count_conversion(followed: ir.Table, lines: ir.Table, kinds: ir.Table | None) -> ir.Table:
    """One row a kind of group: members matched, buyers and spend in the 30 days after joining and in the 30 before.

    Only members whose 30 days lie within the orders on both sides. `lines` come from `value_lines`. Columns: kind,
    members, bought_after, bought_before, new_after (first purchase ever observed lies after joining), spend_after,
    spend_before.
    """
    span = lines.agg(first_order=lines.ordered_at.min().date(), last_order=lines.ordered_at.max().date())
    known = followed.filter(followed.customer.notnull(), followed.joined_at.notnull())
    dated = known.mutate(joined_on=known.joined_at.date()).cross_join(span)
    fits = (dated.last_order.delta(dated.joined_on, unit="day") >= BUY_DAYS) & (
        dated.joined_on.delta(dated.first_order, unit="day") >= BUY_DAYS
    )
    fair = dated.filter(fits).select("group", "customer", "joined_on")
    if kinds is None:
        fair = fair.mutate(kind=ibis.literal("-"))
    else:
        named = kinds.group_by(their_group="group").agg(kind=kinds.kind.max())
        fair = fair.left_join(named, fair.group == named.their_group).mutate(kind=lambda row: row.kind.fill_null("-"))
    people = fair.group_by("kind", "customer").agg(joined_on=fair.joined_on.min())
    sold = identified(lines)
    sold = sold.filter(~sold.is_return).select(buyer="customer", bought_on=sold.ordered_at.date(), gmv="gmv")
    opened = sold.group_by(opener="buyer").agg(first_on=sold.bought_on.min())
    joined = people.left_join(sold, people.customer == sold.buyer)
    joined = joined.left_join(opened, joined.customer == opened.opener)
    lived = joined.mutate(lived=joined.bought_on.delta(joined.joined_on, unit="day"))
    after = (lived.lived >= 0) & (lived.lived < BUY_DAYS)
    before = (lived.lived < 0) & (lived.lived >= -BUY_DAYS)
    each = lived.group_by("kind", "customer").agg(
        after=lived.gmv.sum(where=after).cast("float64").fill_null(0),
        before=lived.gmv.sum(where=before).cast("float64").fill_null(0),
        bought_after=after.sum().fill_null(0) > 0,
        bought_before=before.sum().fill_null(0) > 0,
        is_new=lived.first_on.max() >= lived.joined_on.max(),
    )
    return each.group_by("kind").agg(
        members=each.count(),
        bought_after=each.bought_after.sum(),
        bought_before=each.bought_before.sum(),
        new_after=(each.bought_after & each.is_new).sum(),
        spend_after=each.after.sum(),
        spend_before=each.before.sum(),
    )


def count_member_share(followed: ir.Table, customers: ir.Table) -> ir.Table:
    """One row a group: matched people now in it, and those who are members of the loyalty scheme."""
    here = followed.filter(followed.gone_at.isnull(), followed.customer.notnull())
    loyal = customers.group_by(person="customer").agg(is_member=customers.is_member.max())
    joined = here.left_join(loyal, here.customer == loyal.person)
    return joined.group_by("group").agg(
        people=joined.customer.nunique(), loyal=joined.customer.nunique(where=joined.is_member)
    )
