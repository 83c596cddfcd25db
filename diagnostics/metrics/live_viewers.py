"""Viewers of live sessions: who comes back to the next, joins a group, buys, and who was invited by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# A return counts up to this many sessions later; later ones are too far to be the work of this one.
SOON = 3
JOIN_DAYS = 14
# Whoever watches buys that evening or the day after; later orders have other causes.
BUY_DAYS = 1
UNNAMED = ""


def list_appearances(viewers: ir.Table, as_of: date) -> ir.Table:
    """One row a channel, session and known viewer: day, turn (the session's number), customer, inviter.

    A viewer is known by the customer, else by the contact. A session is a name on a day, for the same title is used
    again and again, and the day alone where there is no name. Rows without a day, or after `as_of`, are left out.
    """
    dated = viewers.filter(viewers.day.notnull(), viewers.day < ibis.date(as_of.isoformat()))
    named = dated.mutate(
        channel=dated.channel.fill_null(UNNAMED),
        session=ibis.coalesce(dated.session + " ", "") + dated.day.cast("string"),
        viewer=ibis.coalesce(dated.customer, dated.contact),
    )
    sessions = named.group_by("channel", "session").agg(held_on=named.day.min())
    turns = sessions.mutate(
        turn=ibis.row_number().over(group_by="channel", order_by=[sessions.held_on, sessions.session])
    )
    known = named.filter(named.viewer.notnull())
    people = known.group_by("channel", "session", "viewer").agg(
        customer=known.customer.max(), contact=known.contact.max(), inviter=known.inviter.max()
    )
    return people.inner_join(turns, ["channel", "session"]).select(
        "channel", "session", "viewer", "customer", "contact", "inviter", "held_on", "turn"
    )


def count_rows(viewers: ir.Table) -> ir.Table:
    """One row: rows, and those whose viewer is known."""
    known = viewers.customer.notnull() | viewers.contact.notnull()
    return viewers.agg(rows=viewers.count(), known=known.sum())


def count_returns(appearances: ir.Table) -> ir.Table:
    """One row a channel and session: turn, held_on, viewers, again (seen in an earlier one), next, soon.

    `next` were seen in the following session, `soon` in one of the following three. What lies beyond the last
    session is open: the caller leaves out sessions that are followed by fewer.
    """
    window = ibis.window(group_by=["channel", "viewer"], order_by="turn")
    followed = appearances.mutate(
        ahead=appearances.turn.lead().over(window) - appearances.turn,
        behind=appearances.turn.lag().over(window),
    )
    return followed.group_by("channel", "session", "turn", "held_on").agg(
        viewers=followed.count(),
        again=followed.behind.notnull().sum(),
        next=ibis.ifelse(followed.ahead == 1, 1, 0).sum(),
        soon=ibis.ifelse(followed.ahead <= SOON, 1, 0).sum(),
    )


def count_joins(appearances: ir.Table, members: ir.Table) -> ir.Table:
    """One row a channel and session: outside (viewers in no group on the day), joined (a group within 14 days).

    Members are matched by customer, else by contact; whoever joined at an unknown time counts as inside.
    """
    told = members.filter(~members.is_staff.fill_null(False))  # noqa: FBT003 - Ibis takes the value by place
    told = told.mutate(member=ibis.coalesce(told.customer, told.contact)).filter(lambda table: table.member.notnull())
    first = told.group_by("member").agg(first_join=told.joined_at.min().date(), undated=told.joined_at.isnull().any())
    paired = appearances.left_join(first, appearances.viewer == first.member)
    waited = paired.first_join.delta(paired.held_on, unit="day")
    is_outside = paired.member.isnull() | (~paired.undated & (waited >= 0))
    return paired.group_by("channel", "session").agg(
        outside=is_outside.sum(),
        joined=ibis.ifelse(is_outside & waited.between(0, JOIN_DAYS), 1, 0).sum(),
    )


def count_buyers(appearances: ir.Table, lines: ir.Table) -> ir.Table:
    """One row a channel and session: customers (viewers known as such), buyers, gmv as in `buy_after`.

    An association with having watched, not its effect. `lines` come from `value_lines`.
    """
    bought = buy_after(appearances, lines)
    return bought.group_by("channel", "session").agg(
        customers=bought.count(), buyers=bought.bought.sum(), gmv=bought.gmv.sum()
    )


def count_inviters(appearances: ir.Table, lines: ir.Table | None) -> ir.Table:
    """One row an inviter (`""` for none): sessions, viewers, customers, buyers, gmv as in `buy_after`.

    Without order lines the last three are empty. An association with having watched, not its effect.
    """
    invited = appearances.mutate(inviter=appearances.inviter.fill_null(UNNAMED))
    counted = invited.group_by("inviter").agg(sessions=invited.session.nunique(), viewers=invited.count())
    if lines is None:
        return counted.mutate(customers=ibis.null("int64"), buyers=ibis.null("int64"), gmv=ibis.null("decimal(18,2)"))
    bought = buy_after(appearances, lines)
    named = bought.mutate(inviter=bought.inviter.fill_null(UNNAMED))
    spent = named.group_by("inviter").agg(customers=named.count(), buyers=named.bought.sum(), gmv=named.gmv.sum())
    return counted.left_join(spent, "inviter").drop("inviter_right")


def count_forwards(tasks: ir.Table, period: Period) -> ir.Table:
    """One row a member of staff with a task of sharing in the period: asked, done, results."""
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    shared = tasks.filter(
        tasks.kind.re_search("转发|分享|扩散|直播|forward|share|live"), tasks.day >= start, tasks.day < end
    )
    return shared.group_by("staff").agg(asked=shared.done.count(), done=shared.done.sum(), results=shared.results.sum())


def locate_staff(staff_days: ir.Table) -> ir.Table:
    """Staff and store: of several stores the last by name, for a person stands in one at a time."""
    placed = staff_days.filter(staff_days.staff.notnull(), staff_days.store.notnull())
    return placed.group_by("staff").agg(store=placed.store.max())


def buy_after(appearances: ir.Table, lines: ir.Table) -> ir.Table:
    """One row a channel, session and viewer known as a customer: inviter, bought (0, 1), gmv of that day and next.

    A day's orders belong to the latest session that the customer watched on that day or the one before, and to it
    alone, so that sums over sessions count no order twice; of several on one day to the last by channel and turn.
    """
    selling = sales(identified(lines))
    days = selling.group_by("customer", day=selling.ordered_at.date()).agg(gmv=selling.gmv.sum())
    watching = appearances.filter(appearances.customer.notnull())
    pairs = watching.join(days, "customer")
    waited = pairs.day.delta(pairs.held_on, unit="day")
    inside = pairs.filter(waited >= 0, waited <= BUY_DAYS)
    latest = ibis.row_number().over(
        group_by=[inside.customer, inside.day],
        order_by=[inside.held_on.desc(), inside.channel.desc(), inside.turn.desc(), inside.session.desc()],
    )
    owned = inside.mutate(place=latest).filter(lambda table: table.place == 0)
    spent = owned.group_by("channel", "session", "customer").agg(gmv=owned.gmv.sum())
    spent = spent.rename(spent_channel="channel", spent_session="session", spent_customer="customer")
    joined = watching.left_join(
        spent,
        [
            watching.channel == spent.spent_channel,
            watching.session == spent.spent_session,
            watching.customer == spent.spent_customer,
        ],
    )
    nothing = ibis.literal(0).cast(joined.gmv.type())
    return joined.select(
        "channel",
        "session",
        "customer",
        "inviter",
        "held_on",
        bought=joined.spent_customer.notnull().cast("int64"),
        gmv=ibis.coalesce(joined.gmv, nothing),
    )
