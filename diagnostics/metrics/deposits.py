"""Deposits and what becomes of them, and customers who hold stored value beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales, within

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

DEPOSIT_WORDS = ("定金", "订金", "预约金", "预售", "deposit")
FOLLOWED_DAYS = 60
# Who was touched by then and who was not are told apart among those who had not ordered by then.
LANDMARK_DAYS = 3
DAY_SECONDS = 24 * 60 * 60
NO = False


def count_deposits(events: ir.Table, lines: ir.Table, touches: ir.Table | None, as_of: date) -> ir.Table:
    """One row whether touched: deposits, converted, days (summed over those converted), waiting, converted_later.

    A deposit is a customer's first action whose kind speaks of one; converted where the customer ordered within 60
    days after it. Only deposits of 60 days and more before `as_of` count. Touched means: by anybody of the company
    within three days after the deposit; without a log of touches it is empty. `waiting` are those who had not ordered
    by the end of these days and `converted_later` those of them who then did: only they may be set side by side, for
    who orders soon leaves no time to be touched (a landmark; J. R. Anderson et al. (1983), J Clin Oncol 1:710-719).
    """
    kind = events.kind.lower()
    speaks = kind.contains(DEPOSIT_WORDS[0])
    for word in DEPOSIT_WORDS[1:]:
        speaks |= kind.contains(word)
    paid = events.filter(speaks, events.customer.notnull())
    firsts = paid.group_by("customer").agg(paid_at=paid.happened_at.min())
    firsts = firsts.filter(firsts.paid_at < ibis.timestamp(as_of.isoformat()) - ibis.interval(days=FOLLOWED_DAYS))
    selling = sales(identified(lines)).select("ordered_at", who="customer")
    joined = firsts.left_join(selling, firsts.customer == selling.who)
    lag = joined.ordered_at.epoch_seconds() - joined.paid_at.epoch_seconds()
    inside = ((lag > 0) & (lag <= FOLLOWED_DAYS * DAY_SECONDS)).fill_null(NO)
    bought = joined.group_by("customer", "paid_at").agg(bought_at=joined.ordered_at.min(where=inside))
    if touches is None:
        marked = bought.mutate(is_touched=ibis.null("boolean"))
    else:
        said = touches.select("touched_at", who="customer")
        paired = bought.left_join(said, bought.customer == said.who)
        after = paired.touched_at.epoch_seconds() - paired.paid_at.epoch_seconds()
        near = ((after > 0) & (after <= LANDMARK_DAYS * DAY_SECONDS)).fill_null(NO)
        marked = paired.group_by("customer", "paid_at", "bought_at").agg(is_touched=near.cast("int64").max() > 0)
    waited = (marked.bought_at.epoch_seconds() - marked.paid_at.epoch_seconds()) / DAY_SECONDS
    waits = (waited > LANDMARK_DAYS) | waited.isnull()
    return marked.group_by("is_touched").agg(
        deposits=marked.count(),
        converted=marked.bought_at.count(),
        days=waited.sum(),
        waiting=marked.count(where=waits),
        converted_later=marked.bought_at.count(where=waits),
    )


def compare_holders(customers: ir.Table, lines: ir.Table, period: Period) -> ir.Table:
    """One row whether stored value is held: customers, balance, buyers, days (of purchase) and gmv of the period.

    Customers are those of the list whose balance is stated, one row each whatever the number of channels; days and gmv
    are over all channels. `lines` come from `value_lines`.
    """
    stated = customers.filter(customers.stored_value.notnull())
    held = stated.group_by("customer").agg(balance=stated.stored_value.sum())
    inside = sales(identified(within(lines, period)))
    spent = inside.group_by(who=inside.customer).agg(days=inside.ordered_at.date().nunique(), gmv=inside.gmv.sum())
    joined = held.left_join(spent, held.customer == spent.who)
    marked = joined.mutate(holds=joined.balance > 0)
    return marked.group_by("holds").agg(
        customers=marked.count(),
        balance=marked.balance.sum(),
        buyers=marked.days.count(),
        days=marked.days.sum().fill_null(0),
        gmv=marked.gmv.sum().fill_null(0),
    )
