"""Products that customers buy first, how many of those customers buy again, and what they spend later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.products import key_products, name_products

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_PRODUCTS = 30
# Fewer other newcomers of the same channel and month are no yardstick.
LEAST_OTHERS = 5


def count_gateways(
    lines: ir.Table, days: ir.Table, firsts: ir.Table, *, current: Period, as_of: date, followed_days: int
) -> ir.Table:
    """One row a product among the 30 that most newcomers bought on their first day, against all other newcomers.

    Newcomers are those of `firsts` (from `first_buys`) whose first day names a product; followed are those
    observed for `followed_days` after it, returned those who bought again on another day within that time.
    `expected` is how many would have returned at the rate of the other newcomers of the same channel and month of
    first purchase; months without 5 such others are left out of `followed`, `returned` and `expected`.

    Money: `later` is what the `customers` spent in the current period after their first day, all cohorts together;
    `later_expected` what they would have spent at the mean of the others of their channel and month, and
    `later_variance` the variance of the difference, from the spread within channel and month. `days` come from
    `purchase_days`. Columns further: sku, name, category, others (other newcomers of those channels and months),
    others_returned, new_now (newcomers of the current period, followed or not), share (of all newcomers),
    known_share (newcomers whose first day names a product, of all in `firsts`), and seen_share (later spend of
    those newcomers, of all spend of the current period that is not a newcomer's first day).
    """
    later = _total_later(days, firsts, current)
    everybody = _mark(firsts, later, current, as_of, followed_days)
    baskets = _list_first_baskets(lines, everybody)
    marked = everybody.semi_join(baskets.select("customer"), "customer")
    counted = _set_against_others(baskets, _total_cells(marked))
    totals = marked.agg(all_customers=marked.count(), seen=marked.later.sum())
    totals = totals.cross_join(everybody.agg(everybody=everybody.count()))
    totals = totals.cross_join(_total_repeat(days, firsts, current))
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.bought), counted.sku]))
    top = ranked.filter(ranked.place < MOST_PRODUCTS).cross_join(totals)
    named = top.left_join(name_products(lines), "sku").drop("sku_right", "place")
    return named.mutate(
        share=named.bought / named.all_customers,
        known_share=named.all_customers / named.everybody,
        seen_share=named.seen / named.repeat_gmv.nullif(0),
    ).drop("bought", "all_customers", "everybody", "seen", "repeat_gmv")


def _total_cells(marked: ir.Table) -> ir.Table:
    return marked.group_by("channel", "month").agg(
        cell=marked.followed.sum(),
        cell_returned=marked.returned.sum(),
        cell_customers=marked.count(),
        cell_later=marked.later.sum(),
        cell_squares=(marked.later * marked.later).sum(),
    )


def _set_against_others(baskets: ir.Table, cells: ir.Table) -> ir.Table:
    """One row a sku: its newcomers' returns and later spend, and those of the others, over channels and months."""
    mine = baskets.group_by("sku", "channel", "month").agg(
        customers=baskets.count(),
        followed=baskets.followed.sum(),
        returned=baskets.returned.sum(),
        later=baskets.later.sum(),
        new=baskets.is_new.sum(),
    )
    joined = mine.inner_join(cells, ["channel", "month"])
    others, rest = joined.cell - joined.followed, joined.cell_customers - joined.customers
    fair, priced = others >= LEAST_OTHERS, rest >= LEAST_OTHERS
    others_returned = joined.cell_returned - joined.returned
    mean = (joined.cell_later - joined.later) / rest.nullif(0)
    spread = (joined.cell_squares - joined.cell_later * joined.cell_later / joined.cell_customers) / (
        joined.cell_customers - 1
    ).nullif(0)
    return joined.group_by("sku").agg(
        bought=joined.customers.sum(),
        followed=joined.followed.sum(where=fair),
        returned=joined.returned.sum(where=fair),
        expected=(joined.followed * others_returned / others.nullif(0)).sum(where=fair),
        others=others.sum(where=fair),
        others_returned=others_returned.sum(where=fair),
        new_now=joined.new.sum(),
        customers=joined.customers.sum(where=priced),
        later=joined.later.sum(where=priced),
        later_expected=(joined.customers * mean).sum(where=priced),
        later_variance=(spread * joined.customers * (1 + joined.customers / rest.nullif(0))).sum(where=priced),
    )


def _mark(firsts: ir.Table, later: ir.Table, current: Period, as_of: date, days: int) -> ir.Table:
    """Newcomers with month of first purchase, followed, returned, later and is_new (first bought in `current`)."""
    span = ibis.interval(days=days)
    joined = firsts.left_join(later, "customer").drop("customer_right")
    followed = joined.day + span < ibis.date(as_of.isoformat())
    start, end = ibis.date(current.start.isoformat()), ibis.date(current.end.isoformat())
    return joined.select(
        "customer",
        "channel",
        "day",
        month=joined.day.truncate("month"),
        followed=ibis.ifelse(followed, 1, 0),
        returned=ibis.ifelse(followed & (joined.next_day <= joined.day + span), 1, 0),
        later=joined.later.fill_null(0.0),
        is_new=ibis.ifelse((joined.day >= start) & (joined.day < end), 1, 0),
    )


def _list_first_baskets(lines: ir.Table, marked: ir.Table) -> ir.Table:
    """One row a newcomer and product bought on the first day."""
    bought = key_products(sales(identified(lines)))
    bought = bought.select("customer", "sku", day=bought.ordered_at.date()).distinct()
    return bought.inner_join(marked, ["customer", "day"])


def _within_days(days: ir.Table, period: Period) -> ir.Table:
    return days.filter(
        days.day >= ibis.date(period.start.isoformat()), days.day < ibis.date(period.end.isoformat())
    ).select("customer", "day", gmv=lambda table: table.gmv.cast("float64"))


def _total_later(days: ir.Table, firsts: ir.Table, current: Period) -> ir.Table:
    """One row a newcomer who bought in the current period after the first day: later."""
    joined = _within_days(days, current).inner_join(firsts.select("customer", first_day="day"), "customer")
    after = joined.filter(joined.day > joined.first_day)
    return after.group_by("customer").agg(later=after.gmv.sum())


def _total_repeat(days: ir.Table, firsts: ir.Table, current: Period) -> ir.Table:
    """One row: repeat_gmv, the spend of the current period on days that are no newcomer's first."""
    spent = _within_days(days, current)
    repeat = spent.anti_join(firsts.select("customer", "day"), ["customer", "day"])
    return repeat.agg(repeat_gmv=repeat.gmv.sum())
