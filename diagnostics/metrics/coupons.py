"""Orders with and without a coupon, what each gives away, and who returns without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir


def count_coupon_orders(lines: ir.Table) -> ir.Table:
    """One row a channel and kind of order (with_coupon): orders, gmv, and listed and paid where a list amount is known.

    Orders of which no line says whether a coupon was used are left out. `lines` come from `value_lines`.
    """
    selling = sales(lines)
    known = selling.filter(selling.used_coupon.notnull())
    priced = known.list_amount > 0
    orders = known.group_by("channel", "order_id").agg(
        with_coupon=ibis.ifelse(known.used_coupon, 1, 0).max() > 0,
        gmv=known.gmv.sum(),
        listed=known.list_amount.sum(where=priced),
        paid=known.paid_amount.sum(where=priced),
    )
    return orders.group_by("channel", "with_coupon").agg(
        orders=orders.count(), gmv=orders.gmv.sum(), listed=orders.listed.sum(), paid=orders.paid.sum()
    )


def count_coupon_returns(lines: ir.Table, firsts: ir.Table, as_of: date, days: int) -> ir.Table:
    """One row a channel, month and kind (with_coupon) of first purchase: followed, returned, returned_plain.

    Followed are newcomers observed for `days` after their first day; returned those who bought again in that time,
    returned_plain those whose next day held no coupon. Newcomers whose first day does not say are left out.
    `firsts` come from `pick_firsts`, `lines` hold the whole history.
    """
    told = _list_coupon_days(lines)
    span = ibis.interval(days=days)
    opened = firsts.filter(firsts.day + span < ibis.date(as_of.isoformat()))
    first = opened.inner_join(told, ["customer", "day"])
    again = told.select(again_customer="customer", again_day="day", again_coupon="with_coupon")
    joined = first.left_join(again, (first.customer == again.again_customer) & (first.next_day == again.again_day))
    returned = joined.next_day.notnull() & (joined.next_day <= joined.day + span)
    marked = joined.mutate(month=joined.day.truncate("M"), returned=ibis.ifelse(returned, 1, 0))
    plain = (marked.returned > 0) & (marked.again_coupon == ibis.literal(value=False))
    return marked.group_by("channel", "month", "with_coupon").agg(
        followed=marked.count(),
        returned=marked.returned.sum(),
        returned_plain=ibis.ifelse(plain, 1, 0).sum(),
    )


def _list_coupon_days(lines: ir.Table) -> ir.Table:
    """One row a known customer and day that says whether a coupon was used: with_coupon."""
    selling = sales(identified(lines))
    known = selling.filter(selling.used_coupon.notnull())
    dated = known.mutate(day=known.ordered_at.date())
    return dated.group_by("customer", "day").agg(with_coupon=ibis.ifelse(dated.used_coupon, 1, 0).max() > 0)


def total_coupons(coupons: ir.Table, start: date, end: date) -> ir.Table:
    """One row a channel: issued, used, paid_amount of the coupon reports that begin in a half-open period."""
    inside = coupons.filter(
        coupons.starts_on >= ibis.date(start.isoformat()), coupons.starts_on < ibis.date(end.isoformat())
    )
    return inside.group_by("channel").agg(
        issued=inside.issued.sum(), used=inside.used.sum(), paid_amount=inside.paid_amount.sum()
    )
