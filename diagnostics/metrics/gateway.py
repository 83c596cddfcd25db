"""Products that customers buy first, and how many of those customers buy again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.products import key_products, name_products

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_PRODUCTS = 30
# Fewer other newcomers of the same channel and month are no yardstick.
LEAST_OTHERS = 5


def count_gateways(lines: ir.Table, firsts: ir.Table, current: Period, as_of: date, days: int) -> ir.Table:
    """One row a product among the 30 that most newcomers bought on their first day, against all other newcomers.

    Newcomers are those of `firsts` (from `first_buys`) whose first day names a product; followed are those
    observed for `days` after it, returned those who bought again on another day within that time. `expected` is
    how many would have returned at the rate of the other newcomers of the same channel and month of first
    purchase; months without 5 such others are left out of `followed`, `returned` and `expected`. Columns: sku,
    name, category, followed, returned, expected, others (other newcomers of those channels and months),
    others_returned, new_now (newcomers of the current period, followed or not), share (of all newcomers), and
    known_share (newcomers whose first day names a product, of all in `firsts`).
    """
    everybody = _mark(firsts, current, as_of, days)
    baskets = _list_first_baskets(lines, everybody)
    marked = everybody.semi_join(baskets.select("customer"), "customer")
    cells = marked.group_by("channel", "month").agg(cell=marked.followed.sum(), cell_returned=marked.returned.sum())
    mine = baskets.group_by("sku", "channel", "month").agg(
        customers=baskets.count(),
        followed=baskets.followed.sum(),
        returned=baskets.returned.sum(),
        new=baskets.is_new.sum(),
    )
    joined = mine.inner_join(cells, ["channel", "month"])
    others = joined.cell - joined.followed
    fair = others >= LEAST_OTHERS
    others_returned = joined.cell_returned - joined.returned
    expected = joined.followed * others_returned / others.nullif(0)
    counted = joined.group_by("sku").agg(
        customers=joined.customers.sum(),
        followed=joined.followed.sum(where=fair),
        returned=joined.returned.sum(where=fair),
        expected=expected.sum(where=fair),
        others=others.sum(where=fair),
        others_returned=others_returned.sum(where=fair),
        new_now=joined.new.sum(),
    )
    totals = marked.agg(all_customers=marked.count()).cross_join(everybody.agg(everybody=everybody.count()))
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.customers), counted.sku]))
    top = ranked.filter(ranked.place < MOST_PRODUCTS).cross_join(totals)
    named = top.left_join(name_products(lines), "sku").drop("sku_right", "place")
    return named.mutate(
        share=named.customers / named.all_customers, known_share=named.all_customers / named.everybody
    ).drop("customers", "all_customers", "everybody")


def _mark(firsts: ir.Table, current: Period, as_of: date, days: int) -> ir.Table:
    """Newcomers with month of first purchase, followed, returned and is_new (first bought in the current period)."""
    span = ibis.interval(days=days)
    followed = firsts.day + span < ibis.date(as_of.isoformat())
    start, end = ibis.date(current.start.isoformat()), ibis.date(current.end.isoformat())
    return firsts.select(
        "customer",
        "channel",
        "day",
        month=firsts.day.truncate("month"),
        followed=ibis.ifelse(followed, 1, 0),
        returned=ibis.ifelse(followed & (firsts.next_day <= firsts.day + span), 1, 0),
        is_new=ibis.ifelse((firsts.day >= start) & (firsts.day < end), 1, 0),
    )


def _list_first_baskets(lines: ir.Table, marked: ir.Table) -> ir.Table:
    """One row a newcomer and product bought on the first day."""
    bought = key_products(sales(identified(lines)))
    bought = bought.select("customer", "sku", day=bought.ordered_at.date()).distinct()
    return bought.inner_join(marked, ["customer", "day"])


def value_newcomers(lines: ir.Table, firsts: ir.Table, as_of: date, days: int, span: int) -> ir.Table:
    """One row: newcomers observed for `span` days, those of them who returned within `days`, and the gmv after.

    The gmv is what all of them spent after the first purchase day and within `span` days of it. `lines` come
    from `value_lines`, `firsts` from `first_buys`.
    """
    end = ibis.date(as_of.isoformat())
    followed = firsts.filter(firsts.day + ibis.interval(days=span) < end)
    counted = followed.agg(
        newcomers=followed.count(), returned=(followed.next_day <= followed.day + ibis.interval(days=days)).sum()
    )
    bought = purchase_days(lines)
    later = bought.inner_join(followed.select("customer", first_day="day"), "customer")
    later = later.filter(later.day > later.first_day, later.day <= later.first_day + ibis.interval(days=span))
    return counted.cross_join(later.agg(gmv=later.gmv.sum()))
