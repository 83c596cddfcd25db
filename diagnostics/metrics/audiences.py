"""Who waits for an automatic follow-up: episodes of waiting by scenario, who is in one today, who was written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.days import number_days

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# Days after being added, and after showing intent, in which somebody may still order without a push.
WELCOME_DAYS = 7
INTENT_DAYS = 1
# Days after entering by which an automatic follow-up would have come, and in which a return counts.
FOLLOW_DAYS = 3
BACK_DAYS = 30
# Beyond any age: somebody without a next order may be written to up to the end.
MOST_AGE = 1_000_000
INTENTS = {"intent_no_order": ("cart", "save"), "long_cycle": ("ask", "book")}

# Days are counted backwards from the end of the data (an age of 1 is the last day observed), so that a wait that
# differs between clients can be subtracted on every engine.


def wait_second(days: ir.Table, gaps: ir.Table, as_of: date) -> ir.Table:
    """Episodes of first buyers who were not back at the median gap; a touch counts from half of it on.

    Columns of all episodes: scenario, customer, opens (age from which a touch counts), entry (age at which the wait
    begins), stay (days for which it lasts), next (age of the next order, empty if none), gmv (of that day).
    `days` come from `purchase_days`, `gaps` from `metrics.stages.measure_gaps`.
    """
    numbered = _age(number_days(days), as_of)
    first = numbered.filter(numbered.turn == 0).cross_join(gaps.select("median_gap", "lapse_line"))
    waiting = first.select(
        scenario=ibis.literal("second_purchase"),
        customer=first.customer,
        opens=first.age - (first.median_gap / 2).floor().cast("int64"),
        entry=first.age - first.median_gap,
        stay=first.lapse_line - first.median_gap,
        next=first.next_age,
        gmv=first.next_gmv,
    )
    return _keep_waiting(waiting)


def wait_lapsed(days: ir.Table, gaps: ir.Table, as_of: date) -> ir.Table:
    """Episodes of repeat buyers silent beyond the lapse line, for as long again; columns of `wait_second`."""
    numbered = _age(number_days(days), as_of)
    repeat = numbered.filter(numbered.turn > 0).cross_join(gaps.select("lapse_line"))
    waiting = repeat.select(
        scenario=ibis.literal("lapse"),
        customer=repeat.customer,
        opens=repeat.age - repeat.lapse_line,
        entry=repeat.age - repeat.lapse_line,
        stay=repeat.lapse_line,
        next=repeat.next_age,
        gmv=repeat.next_gmv,
    )
    return _keep_waiting(waiting)


def wait_added(contacts: ir.Table, days: ir.Table, as_of: date) -> ir.Table:
    """Episodes of contacts who had never bought and did not within 7 days of being added; columns of `wait_second`."""
    end = ibis.date(as_of.isoformat())
    known = contacts.filter(contacts.customer.notnull(), contacts.added_at.notnull(), contacts.added_at.date() < end)
    added = known.group_by("customer").agg(age=end.delta(known.added_at.date().min(), unit="day"))
    return _keep_waiting(_follow(added, days, as_of, ("welcome", WELCOME_DAYS, BACK_DAYS), only_new=True))


def wait_intent(marked: ir.Table, days: ir.Table, as_of: date, scenario: str) -> ir.Table:
    """Episodes of customers who showed intent and did not order by the next day; columns of `wait_second`.

    One episode a customer and week, from its first day. `marked` come from `metrics.intent.mark_stages`.
    """
    own = marked.filter(marked.stage.isin(INTENTS[scenario]), marked.day < ibis.date(as_of.isoformat()))
    first = own.group_by("customer", week=own.day.truncate("week")).agg(day=own.day.min())
    shown = first.select("customer", age=ibis.date(as_of.isoformat()).delta(first.day, unit="day"))
    return _keep_waiting(_follow(shown, days, as_of, (scenario, INTENT_DAYS, BACK_DAYS), only_new=False))


def count_waits(waits: ir.Table, touches: ir.Table | None, period: Period, as_of: date) -> ir.Table:
    """One row a scenario: what came in, who is in it today, who came back by themselves, who was written to.

    Columns: scenario, inflow (episodes that began in the period), audience (customers in one on the last day), closed
    (episodes begun 30 days or more ago), came (back within 30 days), gmv (of the day they came back), logged (closed
    ones since the first touch known), touched (with a touch by 3 days after the entry).
    """
    starts, ends = (as_of - period.start).days, (as_of - period.end).days
    episodes = waits.mutate(
        is_inside=(waits.entry <= starts) & (waits.entry > ends),
        is_open=waits.next.isnull() & (waits.entry <= waits.stay),
        is_closed=waits.entry > BACK_DAYS,
        is_back=(waits.next.notnull() & (waits.entry - waits.next <= BACK_DAYS)),
    )
    marked = _mark_touched(episodes, touches, as_of)
    back = marked.is_closed & marked.is_back
    return marked.group_by("scenario").agg(
        inflow=marked.is_inside.sum(),
        audience=marked.customer.nunique(where=marked.is_open),
        closed=marked.is_closed.sum(),
        came=back.sum(),
        gmv=marked.gmv.sum(where=back),
        logged=marked.is_logged.sum(),
        touched=(marked.is_logged & marked.is_touched).sum(),
    )


def count_cadence(marked: ir.Table, touches: ir.Table, as_of: date) -> ir.Table:
    """One row: intents (customers and days, 3 days and more ago, since the first touch known), same_day, day_1, day_3.

    How many of those who showed intent got a touch on the same day, the next, and by the third. `marked` come from
    `metrics.intent.mark_stages`.
    """
    end = ibis.date(as_of.isoformat())
    stages = tuple(stage for group in INTENTS.values() for stage in group)
    shown = marked.filter(marked.stage.isin(stages), marked.day < end - ibis.interval(days=FOLLOW_DAYS))
    shown = shown.select("customer", "day").distinct()
    written = touches.select(written_to="customer", written_on=touches.touched_at.date()).distinct()
    since = written.agg(log_day=written.written_on.min())
    joined = shown.left_join(written, [shown.customer == written.written_to, written.written_on >= shown.day])
    waited = joined.written_on.delta(joined.day, unit="day")
    intents = joined.group_by("customer", "day").agg(
        same=ibis.ifelse(waited == 0, 1, 0).max(),
        first=ibis.ifelse(waited == 1, 1, 0).max(),
        third=ibis.ifelse(waited.between(2, FOLLOW_DAYS), 1, 0).max(),
    )
    logged = intents.cross_join(since).filter(lambda table: table.day >= table.log_day)
    return logged.agg(
        intents=logged.count(), same_day=logged.same.sum(), day_1=logged["first"].sum(), day_3=logged.third.sum()
    )


def _age(days: ir.Table, as_of: date) -> ir.Table:
    """Numbered purchase days with their age, the next one's, and what was spent on it."""
    end = ibis.date(as_of.isoformat())
    window = ibis.window(group_by="customer", order_by="day")
    return days.mutate(
        age=end.delta(days.day, unit="day"),
        next_age=end.delta(days.next_day, unit="day"),
        next_gmv=days.gmv.lead().over(window),
    )


def _follow(shown: ir.Table, days: ir.Table, as_of: date, named: tuple[str, int, int], *, only_new: bool) -> ir.Table:
    """Episodes of customers at an age, with their first order from that day on (of all time if `only_new`)."""
    scenario, wait, stay = named
    end = ibis.date(as_of.isoformat())
    orders = days.select(buyer="customer", order_age=end.delta(days.day, unit="day"), spent=days.gmv)
    # Two plain comparisons: an "or" in a left join is worked out pair by pair.
    if not only_new:
        joined = shown.left_join(orders, [shown.customer == orders.buyer, orders.order_age <= shown.age])
    else:
        joined = shown.left_join(orders, shown.customer == orders.buyer)
    first = joined.group_by("customer", "age").agg(
        next=joined.order_age.max(), gmv=joined.spent.argmax(joined.order_age)
    )
    return first.select(
        scenario=ibis.literal(scenario),
        customer=first.customer,
        opens=first.age,
        entry=first.age - wait,
        stay=ibis.literal(stay, type="int64"),
        next=first.next,
        gmv=first.gmv,
    )


def _keep_waiting(waits: ir.Table) -> ir.Table:
    """Episodes that began before the end of the data, and before the next order."""
    return waits.filter(waits.entry >= 1, waits.next.isnull() | (waits.next < waits.entry)).mutate(
        entry=waits.entry.cast("int64"), opens=waits.opens.cast("int64"), stay=waits.stay.cast("int64")
    )


def _mark_touched(episodes: ir.Table, touches: ir.Table | None, as_of: date) -> ir.Table:
    if touches is None:
        return episodes.mutate(is_logged=ibis.literal(value=False), is_touched=ibis.literal(value=False))
    end = ibis.date(as_of.isoformat())
    written = touches.filter(touches.touched_at.date() < end)
    written = written.select(
        written_to="customer", touch_age=end.delta(written.touched_at.date(), unit="day")
    ).distinct()
    since = written.agg(log_age=written.touch_age.max())
    joined = episodes.left_join(
        written,
        [
            episodes.customer == written.written_to,
            written.touch_age <= episodes.opens,
            written.touch_age >= episodes.entry - FOLLOW_DAYS,
            written.touch_age >= ibis.coalesce(episodes.next, -MOST_AGE),
        ],
    )
    keys = ["scenario", "customer", "entry", "opens", "gmv", "next", "is_inside", "is_open", "is_closed", "is_back"]
    marked = joined.group_by(keys).agg(is_touched=joined.written_to.notnull().any()).cross_join(since)
    return marked.mutate(is_logged=marked.is_closed & (marked.opens <= marked.log_age))
