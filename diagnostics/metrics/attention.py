"""New contacts and whether anybody spoke to them: by touches where they are logged, else by silent days of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified
from diagnostics.metrics.recent import sum_weeks

if TYPE_CHECKING:
    import ibis.expr.types as ir

DAY_HOURS = 24
WEEK_DAYS = 7
SPEND_DAYS = 90
SHORT_DAYS = 30


def follow_adds(contacts: ir.Table, touches: ir.Table, window: int) -> ir.Table:
    """One row a contact and staff: who was added in the last `window` days of touches that leave a week to follow.

    Columns: staff, store, way, customer, added_at, hours (to the first touch within 7 days; empty if none), back
    (days from the adding to the last touch logged). Contacts without a known customer can't be followed and are left
    out, as are those added before touches were logged.
    """
    logged = touches.filter(touches.touched_at.notnull())
    span = logged.agg(first_touch=logged.touched_at.min(), last_touch=logged.touched_at.max())
    held = contacts.filter(contacts.customer.notnull(), contacts.staff.notnull(), contacts.added_at.notnull())
    dated = held.cross_join(span)
    back = dated.last_touch.cast("date").delta(dated.added_at.cast("date"), unit="day")
    dated = dated.mutate(back=back).filter(dated.added_at >= dated.first_touch)
    mine = dated.filter(dated.back >= WEEK_DAYS, dated.back < window + WEEK_DAYS)
    mine = mine.select("contact", "staff", "store", "way", "customer", "added_at", "back")
    said = logged.select(touched="customer", touched_at="touched_at")
    joined = mine.left_join(said, (mine.customer == said.touched) & (said.touched_at >= mine.added_at))
    hours = joined.touched_at.delta(joined.added_at, unit="second") / 3600
    timed = joined.mutate(hours=(hours < WEEK_DAYS * DAY_HOURS).ifelse(hours, ibis.null("float64")))
    return timed.group_by("contact", "staff").agg(
        store=timed.store.max(),
        way=timed.way.max(),
        customer=timed.customer.max(),
        added_at=timed.added_at.max(),
        back=timed.back.max(),
        hours=timed.hours.min(),
    )


def weigh_unattended(followed: ir.Table, unit: str) -> ir.Table:
    """Weekly moments by unit of contacts whom nobody spoke to in 7 days; `"whole"` is one unit, `*`."""
    rows = followed.mutate(whole=ibis.literal("*"))
    return sum_weeks(rows, unit, rows.hours.isnull().cast("int64"), ibis.literal(1))


def count_waits(followed: ir.Table) -> ir.Table:
    """One row a wait: `wait` (0: within 1 hour, 1: a day, 2: 3 days, 3: 7 days, 4: never in 7 days) and contacts."""
    wait = ibis.cases(
        (followed.hours.isnull(), 4),
        (followed.hours <= 1, 0),
        (followed.hours <= DAY_HOURS, 1),
        (followed.hours <= 3 * DAY_HOURS, 2),
        else_=3,
    )
    return followed.group_by(wait=wait).agg(contacts=followed.count())


def compare_spend(followed: ir.Table, lines: ir.Table) -> ir.Table:
    """One row a stratum and kind: spend from day 8 to day 97 after the adding, of those attended and those not.

    A customer added by several staff counts once, at the first, and as attended if anybody spoke to them. Strata are
    the way of adding and whether the customer had bought in the 90 days before. Only customers whose 97 days lie
    within the orders. `lines` come from `value_lines`. Columns: way, bought, attended, n, spend, squares.
    """
    end = lines.agg(last_order=lines.ordered_at.max())
    people = followed.group_by("customer").agg(
        added_at=followed.added_at.min(), way=followed.way.min(), attended=followed.hours.count() > 0
    )
    dated = people.cross_join(end)
    whole = dated.last_order.cast("date").delta(dated.added_at.cast("date"), unit="day") >= WEEK_DAYS + SPEND_DAYS
    people = dated.filter(whole).drop("last_order")
    bought = identified(lines).select(buyer="customer", ordered_at="ordered_at", gmv="gmv")
    joined = people.left_join(bought, people.customer == bought.buyer)
    lived = joined.ordered_at.cast("date").delta(joined.added_at.cast("date"), unit="day")
    rows = joined.mutate(lived=lived)
    after = (rows.lived > WEEK_DAYS) & (rows.lived <= WEEK_DAYS + SPEND_DAYS)
    before = (rows.lived < 0) & (rows.lived >= -SPEND_DAYS)
    each = rows.group_by("customer", "way", "attended").agg(
        gmv=rows.gmv.sum(where=after).cast("float64").fill_null(0),
        bought=rows.gmv.count(where=before) > 0,
    )
    return each.group_by("way", "bought", "attended").agg(
        n=each.count(), spend=each.gmv.sum(), squares=(each.gmv * each.gmv).sum()
    )


def weigh_silent(rows: ir.Table, unit: str) -> ir.Table:
    """Weekly moments by unit of contacts added on days when the staff spoke to nobody, nor on the day after.

    That many were certainly not spoken to in the first day: the least that can be said without touches. `rows` come
    from `count_back`; a day whose next day is not told is left out.
    """
    mine = rows.filter(rows.staff.notnull(), rows.added.notnull(), rows.chats.notnull())
    later = ibis.window(group_by="staff", order_by=ibis.desc("back"))
    followed = mine.mutate(
        next_chats=mine.chats.lead().over(later), next_back=mine.back.lead().over(later), whole=ibis.literal("*")
    )
    known = followed.filter(followed.next_back == followed.back - 1)
    silent = (known.chats == 0) & (known.next_chats == 0)
    return sum_weeks(known, unit, silent.ifelse(known.added, 0), known.added)
