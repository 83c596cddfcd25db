"""Segments of customers: all, by channel bought in, by channel and by category of the first purchase."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.picking import pick_first, pick_most
from diagnostics.metrics.profit import SUMS, add_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import ibis.expr.types as ir

ALL, CHANNEL, FIRST_CHANNEL, FIRST_CATEGORY = "all", "channel", "first_channel", "first_category"
# More segments of a kind than this can't be read side by side.
MOST_SEGMENTS = 8


def describe_customers(days: ir.Table, since: date, lines: ir.Table | None = None) -> ir.Table:
    """One row a customer who ever bought: first_day, first_channel, first_category and is_older (0 or 1).

    Older are those first seen before `since`: of unknown age. The first channel is that of the first line; the first
    category the one with most paid on the first day (of two alike the first by name), empty without `lines`.
    `days` come from `spend_days` and must hold the whole history.
    """
    sold = days.filter(days.orders > 0)
    opened = pick_first(sold, ("customer",), by="opened", name="channel")
    first = opened.select("customer", first_day=opened.opened.date(), first_channel="channel")
    first = first.mutate(is_older=ibis.ifelse(first.first_day < ibis.date(since.isoformat()), 1, 0))
    if lines is None:
        return first.mutate(first_category=ibis.null().cast("string"))
    entered = _pick_categories(first, lines)
    return first.left_join(entered, first.customer == entered.entrant).drop("entrant")


def _pick_categories(first: ir.Table, lines: ir.Table) -> ir.Table:
    selling = sales(identified(lines))
    selling = selling.filter(selling.category.notnull())
    selling = selling.select("category", "paid_amount", buyer="customer", bought_on=selling.ordered_at.date())
    opening = selling.inner_join(
        first.select("customer", "first_day"),
        [selling.buyer == first.customer, selling.bought_on == first.first_day],
    )
    paid = opening.group_by("customer", "category").agg(paid=opening.paid_amount.sum())
    return pick_most(paid, ("customer",), by="paid", name="category").rename(
        entrant="customer", first_category="category"
    )


def spread_segments(days: ir.Table, described: ir.Table, kinds: Sequence[str]) -> ir.Table:
    """Rows of `spend_days` once for each kind of segment asked for: with kind, segment, first_day and is_older.

    Of a kind the 8 segments with most spend are kept; a customer of several channels is in the segment of each.
    `described` come from `describe_customers`; rows of customers who never bought (only took back) are left out.
    """
    joined = days.inner_join(described, "customer")
    names = {ALL: ibis.literal(""), CHANNEL: joined.channel}
    names |= {FIRST_CHANNEL: joined.first_channel, FIRST_CATEGORY: joined.first_category}
    parts = [
        joined.select("customer", "day", "first_day", "is_older", *SUMS, kind=ibis.literal(kind), segment=names[kind])
        for kind in kinds
    ]
    rows: ir.Table = reduce(lambda one, other: one.union(other), parts)
    spent = rows.filter(rows.segment.notnull()).group_by("kind", "segment").agg(spend=rows.spend.sum())
    order = ibis.row_number().over(group_by=spent.kind, order_by=[ibis.desc(spent.spend), spent.segment])
    large = spent.mutate(place=order)
    large = large.filter(large.place < MOST_SEGMENTS).select("kind", "segment")
    return rows.semi_join(large, ["kind", "segment"])


def total_segments(rows: ir.Table) -> ir.Table:
    """One row a kind, segment and customer who bought: the sums of `spend_days`, from `spread_segments`."""
    totals = rows.group_by("kind", "segment", "customer").agg(**add_up(rows))
    return totals.filter(totals.orders > 0)
