"""Members who joined day by day and what they bought first, and who of those told of new items bought them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

FIRST_DAYS = 30
# New is what was launched within this many days before a push; its sale is followed from the day of the push.
NEW_DAYS, FOLLOW_DAYS = 60, 14
MOST_PUSHES = 12
FIFTHS = 5
PUSH = "上新|新品|首发|new.?item|new.?arrival|launch"


def count_joins(customers: ir.Table, lines: ir.Table) -> ir.Table:
    """One row a day of joining: joins, known (had bought before), bought (first purchase within 30 days of joining)."""
    joined = customers.filter(customers.joined_on.notnull()).select("customer", day="joined_on")
    first = first_purchases(lines).select("first_day", buyer="customer")
    told = joined.left_join(first, joined.customer == first.buyer)
    known = ibis.ifelse(told.first_day < told.day, 1, 0)
    soon = (told.first_day >= told.day) & (told.first_day < told.day + ibis.interval(days=FIRST_DAYS))
    return told.group_by("day").agg(joins=told.count(), known=known.sum(), bought=ibis.ifelse(soon, 1, 0).sum())


def list_pushes(touches: ir.Table, until: date) -> tuple[ir.Table, ir.Table]:
    """Touches that name new items (customer, day), and the 12 latest of their days that were followed to the end."""
    said = ibis.coalesce(touches.campaign, "") + " " + ibis.coalesce(touches.kind, "")
    named = touches.filter(said.lower().re_search(PUSH)).select("customer", day=touches.touched_at.date()).distinct()
    days = named.filter(named.day + ibis.interval(days=FOLLOW_DAYS) <= ibis.date(until.isoformat()))
    days = days.select(push="day").distinct()
    return named, days.order_by(ibis.desc("push")).limit(MOST_PUSHES)


def rank_customers(lines: ir.Table, pushes: ir.Table) -> ir.Table:
    """One row a customer who bought before the first push: whether among the fifth that had spent most by then."""
    first = pushes.agg(since=pushes.push.min())
    bought = sales(identified(lines)).select("customer", "gmv", day=lambda line: line.ordered_at.date())
    earlier = bought.inner_join(first, bought.day < first.since)
    spent = earlier.group_by("customer").agg(spent=earlier.gmv.sum())
    order = [ibis.desc(spent.spent), spent.customer]
    return spent.select("customer", is_high=ibis.ntile(FIFTHS).over(order_by=order) == 0)


def count_groups(people: ir.Table) -> ir.Table:
    """One row a group (`is_high`): n, its customers."""
    return people.group_by("is_high").agg(n=people.count())


def count_told(named: ir.Table, pushes: ir.Table, people: ir.Table) -> ir.Table:
    """One row a push and group: told on the day of the push, and near, told on it or in the 14 days that follow."""
    near = _list_near(named, pushes).inner_join(people, "customer")
    return near.group_by("push", "is_high").agg(told=near.is_told.sum(), near=near.count())


def count_new_buyers(
    named: ir.Table, pushes: ir.Table, people: ir.Table, lines: ir.Table, products: ir.Table
) -> ir.Table:
    """One row a push and group: buyers of new items within 14 days of it, and of these told and near."""
    launched = products.filter(products.launched_on.notnull()).select(item="product_id", launched_on="launched_on")
    line = sales(identified(lines))
    line = line.select("customer", "product_id", bought_on=line.ordered_at.date())
    items = line.inner_join(launched, line.product_id == launched.item)
    bought = items.inner_join(
        pushes,
        [
            items.bought_on >= pushes.push,
            items.bought_on < pushes.push + ibis.interval(days=FOLLOW_DAYS),
            items.launched_on > pushes.push - ibis.interval(days=NEW_DAYS),
            items.launched_on <= pushes.push,
        ],
    )
    buyers = bought.select("push", "customer").distinct().inner_join(people, "customer")
    near = _list_near(named, pushes).rename(told_push="push", reader="customer")
    joined = buyers.left_join(near, [buyers.push == near.told_push, buyers.customer == near.reader])
    return joined.group_by("push", "is_high").agg(
        bought=joined.count(), told_bought=joined.is_told.sum().fill_null(0), near_bought=joined.reader.count()
    )


def _list_near(named: ir.Table, pushes: ir.Table) -> ir.Table:
    near = named.inner_join(
        pushes, [named.day >= pushes.push, named.day < pushes.push + ibis.interval(days=FOLLOW_DAYS)]
    )
    return near.group_by("push", "customer").agg(is_told=(near.day == near.push).cast("int64").max())
