"""What customers buy: how many buy a category, which others they also buy, and what they enter with."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified
from diagnostics.metrics.picking import pick_most
from diagnostics.metrics.profit import MONEY

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_PARTS = 10
MONEY_SUMS = ("gmv", "net", "earned", "uncosted")


def name_parts(lines: ir.Table, *, by_category: bool) -> ir.Table:
    """Lines with `part`: the category, or the product's code or name where the client has no categories.

    Lines without one are left out.
    """
    named = lines.category if by_category else ibis.coalesce(lines.product_id, lines["product"])
    parted = lines.mutate(part=named)
    return parted.filter(parted.part.notnull())


def total_parts(parted: ir.Table, previous: Period | None, current: Period) -> ir.Table:
    """One row a known customer and part: times (lines that sell) and gmv, net, earned, uncosted, by period.

    Columns end in _now, and in _before where there is a previous period. `parted` come from `name_parts`.
    """
    sides = {"now": current} if previous is None else {"before": previous, "now": current}
    known = identified(parted)
    inside = known.filter(reduce(or_, (_between(known, period) for period in sides.values())))
    nothing = ibis.literal(0).cast(MONEY)
    sums = {
        f"{name}_{side}": inside[name].sum(where=_between(inside, period)).cast(MONEY).fill_null(nothing)
        for side, period in sides.items()
        for name in MONEY_SUMS
    }
    sold = {
        f"times_{side}": (_between(inside, period) & ~inside.is_return).sum().fill_null(0)
        for side, period in sides.items()
    }
    return inside.group_by("customer", "part").agg(**sold, **sums)


def _between(lines: ir.Table, period: Period) -> ir.BooleanValue:
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    return (lines.ordered_at >= start) & (lines.ordered_at < end)


def count_penetration(totals: ir.Table) -> ir.Table:
    """One row a part, the 10 with most buyers in the current period: buyers, gmv, net, earned, uncosted by period.

    A part that nobody bought in the current period has no row and does not count among `parts`. `totals` come from
    `total_parts`.
    """
    sides = [name.removeprefix("times_") for name in totals.columns if name.startswith("times_")]
    sums = [name for name in totals.columns if name.startswith(MONEY_SUMS)]
    parts = totals.group_by("part").agg(
        **{f"buyers_{side}": (totals[f"times_{side}"] > 0).sum() for side in sides},
        **{name: totals[name].sum() for name in sums},
    )
    bought = parts.filter(parts.buyers_now > 0)
    place = ibis.row_number().over(order_by=[ibis.desc(bought.buyers_now), ibis.desc(bought.gmv_now), bought.part])
    top = bought.mutate(place=place, parts=bought.count().over())
    return top.filter(top.place < MOST_PARTS)


def count_buyers(totals: ir.Table) -> ir.Table:
    """One row a number of parts (10 stands for more too) that customers bought in the current period: customers, gmv.

    `totals` come from `total_parts`.
    """
    bought = totals.filter(totals.times_now > 0)
    each = bought.group_by("customer").agg(parts=bought.count(), gmv=bought.gmv_now.sum())
    counted = each.mutate(parts=ibis.least(each.parts, MOST_PARTS))
    return counted.group_by("parts").agg(customers=counted.count(), gmv=counted.gmv.sum())


def count_former_buyers(totals: ir.Table) -> ir.Table:
    """One row: customers who bought any part in the previous period; `totals` come from `total_parts`."""
    bought = totals.filter(totals.times_before > 0)
    return bought.agg(customers=bought.customer.nunique())


def count_duplication(totals: ir.Table) -> ir.Table:
    """One row a pair of the 10 parts with most buyers: a, b, both (customers who bought both now); a = b is there too.

    `totals` come from `total_parts`.
    """
    bought = totals.filter(totals.times_now > 0)
    counted = bought.group_by("part").agg(buyers=bought.count(), gmv=bought.gmv_now.sum())
    place = ibis.row_number().over(order_by=[ibis.desc(counted.buyers), ibis.desc(counted.gmv), counted.part])
    top = counted.mutate(place=place)
    kept = bought.semi_join(top.filter(top.place < MOST_PARTS), "part")
    one, other = kept.select("customer", a="part"), kept.select(whose="customer", b="part")
    pairs = one.inner_join(other, one.customer == other.whose)
    return pairs.group_by("a", "b").agg(both=pairs.count())


def follow_entries(parted: ir.Table, described: ir.Table, since: date, until: date, days: int) -> ir.Table:
    """One row an entry part: customers, again, crossed, and gmv, net, earned, uncosted of their first `days` days.

    Customers are those who first bought in `since` to `until` (exclusive), so all were observed; the entry part has
    most paid on the first day. `again` bought on a later day, `crossed` another part on a later day; sums end in
    _first for the day of the first purchase and _later after it. `described` come from `describe_customers`.
    """
    new = described.filter(
        described.first_day >= ibis.date(since.isoformat()), described.first_day < ibis.date(until.isoformat())
    ).select(entrant="customer", first_day="first_day")
    known = identified(parted)
    known = known.mutate(day=known.ordered_at.date())
    joined = known.inner_join(new, known.customer == new.entrant)
    lived = joined.mutate(lived=joined.day.delta(joined.first_day, unit="day"))
    early = lived.filter(lived.lived >= 0, lived.lived < days)
    opened = early.filter(early.lived == 0, ~early.is_return)
    paid = opened.group_by("customer", "part").agg(paid=opened.paid_amount.sum())
    entries = pick_most(paid, ("customer",), by="paid", name="part").rename(opener="customer", entry="part")
    marked = early.inner_join(entries, early.customer == entries.opener)
    late = (marked.lived > 0) & ~marked.is_return
    nothing = ibis.literal(0).cast(MONEY)
    each = marked.group_by("entry", "customer").agg(
        again=ibis.ifelse(late, 1, 0).max(),
        crossed=ibis.ifelse(late & (marked.part != marked.entry), 1, 0).max(),
        **{
            f"{name}_{side}": marked[name].sum(where=test).cast(MONEY).fill_null(nothing)
            for side, test in (("first", marked.lived == 0), ("later", marked.lived > 0))
            for name in MONEY_SUMS
        },
    )
    counted = each.group_by("entry").agg(
        customers=each.count(),
        again=each.again.sum(),
        crossed=each.crossed.sum(),
        spread=(each.gmv_first + each.gmv_later).cast("float64").std(how="sample"),
        **{name: each[name].sum() for name in each.columns if name.startswith(MONEY_SUMS)},
    )
    order = ibis.row_number().over(order_by=[ibis.desc(counted.customers), counted.entry])
    top = counted.mutate(place=order)
    return top.filter(top.place < MOST_PARTS)
