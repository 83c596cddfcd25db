"""How often customers look in and what they spend; those who play against those who do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales, within

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

PLAYS = "游戏|抽奖|签到|打卡|转盘|盲盒|种树|答题|任务|game|play|lottery|draw|quiz|check.?in"
# Coming once may be an accident; two days are a habit beginning.
OFTEN = 2
FIGURES = {
    "days": "int64",
    "actions": "int64",
    "played": "int64",
    "gmv": "float64",
    "orders": "int64",
    "was_buyer": "int64",
}


def total_people(events: ir.Table, lines: ir.Table, period: Period) -> ir.Table:
    """One row a known customer with an action or a purchase in the period.

    Columns: customer, days (days with an action), actions, played (0 or 1), gmv and orders of the period, was_buyer
    (0 or 1: bought before the period). `lines` come from `value_lines` and hold the whole history.
    """
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    acted = events.mutate(day=events.happened_at.date())
    acted = acted.filter(acted.customer.notnull(), acted.day >= start, acted.day < end)
    selling = sales(identified(lines))
    spent = within(selling, period)
    earlier = selling.filter(selling.ordered_at.date() < start)
    played = ibis.ifelse(acted.kind.lower().re_search(PLAYS), 1, 0)
    parts = (
        acted.group_by("customer").agg(days=acted.day.nunique(), actions=acted.count(), played=played.max()),
        spent.group_by("customer").agg(gmv=spent.gmv.sum().cast("float64"), orders=spent.order_id.nunique()),
        earlier.group_by("customer").agg(was_buyer=(earlier.count() > 0).cast("int64")),
    )
    each = ibis.union(*(_fill_columns(part) for part in parts))
    people = each.group_by("customer").agg(**{name: each[name].max() for name in FIGURES})
    return people.filter((people.days > 0) | (people.orders > 0))


def _fill_columns(part: ir.Table) -> ir.Table:
    """The part with every figure, 0 where it does not tell one."""
    given = {name: part[name] if name in part.columns else ibis.literal(0) for name in FIGURES}
    return part.select("customer", **{name: value.cast(FIGURES[name]) for name, value in given.items()})


def count_quadrants(people: ir.Table, spend: ir.Table) -> ir.Table:
    """One row a cell of often (two days and more) and much (no less than the middle buyer spends): people, gmv, days.

    `spend` is one row with `middle`.
    """
    joined = people.cross_join(spend)
    cells = joined.mutate(often=joined.days >= OFTEN, much=(joined.gmv >= joined.middle).fill_null(NO))
    return cells.group_by("often", "much").agg(people=cells.count(), gmv=cells.gmv.sum(), days=cells.days.sum())


def find_middle_spend(people: ir.Table) -> ir.Table:
    """One row: middle, the spend of the middle buyer of the period."""
    buyers = people.filter(people.gmv > 0)
    ranked = buyers.mutate(half=ibis.ntile(2).over(order_by=[buyers.gmv, buyers.customer]))
    return ranked.agg(middle=ranked.gmv.max(where=ranked.half == 0))


def compare_players(people: ir.Table) -> ir.Table:
    """One row of those with an action, by played and was_buyer: people, bought, gmv, and moments of days.

    days and squares are sums over people of days with an action.
    """
    seen = people.filter(people.days > 0)
    days = seen.days.cast("float64")
    return seen.group_by("played", "was_buyer").agg(
        people=seen.count(),
        bought=(seen.orders > 0).sum(),
        gmv=seen.gmv.sum(),
        days=days.sum(),
        squares=(days * days).sum(),
    )


NO = ibis.literal(value=False)
