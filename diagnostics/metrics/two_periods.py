"""Two periods of the customer base: who stayed, left, came, what that is worth, and who moved up or down."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.profit import SUMS, add_up, between
from diagnostics.metrics.quantiles import count_up
from diagnostics.metrics.segments import ALL

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

DECILES = 10
# Who bought in neither period but took back in one.
RETURNS = "returns"
ABSENT = 0


def pair_periods(rows: ir.Table, previous: Period, current: Period) -> ir.Table:
    """One row a kind, segment and customer seen in either period: sums of `spend_days` with _before and _now, group.

    Groups: lost (bought before only), new (first purchase ever in the current period), back (bought now only, and
    earlier than the previous period or between), up (bought in both, spends at least as much), down (less), and
    returns (no purchase in either, only refunds). `rows` come from `spread_segments`.
    """
    earlier, later = between(rows, previous), between(rows, current)
    seen = rows.filter(earlier | later)
    sums = {
        **add_up(seen, where=between(seen, previous), suffix="_before"),
        **add_up(seen, where=between(seen, current), suffix="_now"),
    }
    pairs = seen.group_by("kind", "segment", "customer").agg(first_day=seen.first_day.max(), **sums)
    before, now = pairs.orders_before > 0, pairs.orders_now > 0
    group = ibis.cases(
        (before & now & (pairs.spend_now >= pairs.spend_before), "up"),
        (before & now, "down"),
        (before, "lost"),
        (now & (pairs.first_day >= ibis.date(current.start.isoformat())), "new"),
        (now, "back"),
        else_=RETURNS,
    )
    return pairs.mutate(group=group)


def group_by_profit(pairs: ir.Table) -> ir.Table:
    """The same customers, but those of both periods are up if they earn at least as much, down if less.

    A profit is bridged by these groups, for who spends more may earn less. `pairs` come from `pair_periods`.
    """
    earns = ibis.ifelse(pairs.earned_now >= pairs.earned_before, "up", "down")
    return pairs.mutate(group=ibis.ifelse(pairs.group.isin(["up", "down"]), earns, pairs.group))


def bridge_groups(pairs: ir.Table) -> ir.Table:
    """One row a kind, segment and group: customers and all sums of both periods; they add up to the whole base.

    `pairs` come from `pair_periods` or `group_by_profit`.
    """
    names = [f"{name}_{side}" for name in SUMS for side in ("before", "now")]
    return pairs.group_by("kind", "segment", "group").agg(
        customers=pairs.count(), **{name: pairs[name].sum() for name in names}
    )


def bridge_buckets(pairs: ir.Table) -> ir.Table:
    """One row a group and bucket of customers drawn at random, of all: orders, spend and earned, before and now."""
    all_ = pairs.filter(pairs.kind == ALL)
    placed = all_.mutate(bucket=assign_bucket(all_.customer))
    names = [f"{name}_{side}" for name in ("orders", "spend", "earned") for side in ("before", "now")]
    return placed.group_by("group", "bucket").agg(customers=placed.count(), **{n: placed[n].sum() for n in names})


def count_up_down(pairs: ir.Table) -> ir.Table:
    """One row a combination of up (1) and down (0) in orders, order_value and margin: customers and their money.

    Over customers who bought in both periods, of all kinds. Up means at least as much; the margin's is empty where it
    is not known in both periods (a line without cost, or nothing left after refunds). Compared without dividing, so
    exactly. Columns: kind, segment, orders_up, value_up, margin_up, customers, spend_before, spend_now, earned_before,
    earned_now.
    """
    both = pairs.filter(pairs.orders_before > 0, pairs.orders_now > 0)
    known = (both.uncosted_lines_before + both.uncosted_lines_now == 0) & (both.net_before > 0) & (both.net_now > 0)
    profit_before, profit_now = both.earned_before + both.uncosted_before, both.earned_now + both.uncosted_now
    margin_up = profit_now * both.net_before >= profit_before * both.net_now
    marked = both.mutate(
        orders_up=ibis.ifelse(both.orders_now >= both.orders_before, 1, 0),
        value_up=ibis.ifelse(both.spend_now * both.orders_before >= both.spend_before * both.orders_now, 1, 0),
        margin_up=ibis.ifelse(known, ibis.ifelse(margin_up, 1, 0), ibis.null()),
    )
    names = ("spend_before", "spend_now", "earned_before", "earned_now")
    return marked.group_by("kind", "segment", "orders_up", "value_up", "margin_up").agg(
        customers=marked.count(), **{name: marked[name].sum() for name in names}
    )


def migrate_deciles(pairs: ir.Table, measure: str) -> ir.Table:
    """One row a decile before and now (1 the lowest, 0 absent): customers, before and now (sums of the measure).

    The cut-offs are those of the customers of the previous period and serve both, so the base can rise or fall as a
    whole; equal values share a decile, so a decile need not hold a tenth. `measure` is spend or earned. `pairs` come
    from `pair_periods` and must hold one kind and segment.
    """
    cuts = cut_deciles(pairs.filter(pairs.orders_before > 0), f"{measure}_before")
    placed = pairs.cross_join(cuts)
    moved = placed.mutate(
        decile_before=_place(placed, f"{measure}_before", placed.orders_before > 0),
        decile_now=_place(placed, f"{measure}_now", placed.orders_now > 0),
    )
    return moved.group_by("decile_before", "decile_now").agg(
        customers=moved.count(), before=moved[f"{measure}_before"].sum(), now=moved[f"{measure}_now"].sum()
    )


def cut_deciles(customers: ir.Table, column: str) -> ir.Table:
    """One row with cut_1 to cut_9: the smallest value with at least that many tenths of customers at or below it."""
    counted, parts = count_up(customers, customers[column]), range(1, DECILES)
    return counted.agg(
        **{
            f"cut_{part}": counted["value"].min(where=counted.reached * DECILES >= counted.whole * part)
            for part in parts
        }
    )


def _place(placed: ir.Table, column: str, bought: ir.BooleanValue) -> ir.IntegerValue:
    above = [ibis.ifelse(placed[column] > placed[f"cut_{part}"], 1, 0) for part in range(1, DECILES)]
    return ibis.ifelse(bought, 1 + reduce(add, above), ABSENT)
