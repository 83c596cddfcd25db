"""What customers do before they order: looking, carting, booking, asking; and whether the next step follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

# Words by which exports name an action, in the order in which they are tried. Reactions to moments are none of them.
STAGES = {
    "order": "下单|支付|付款|购买|成交|order|pay|purchase|buy",
    "cart": "加购|购物车|cart|checkout",
    "book": "预约|订座|试驾|量房|book|appoint|reserv",
    "ask": "咨询|询价|留资|inquir|consult|lead",
    "save": "收藏|心愿|favou?rite|wish|save",
    "view": "浏览|访问|查看|详情|view|visit|browse|page",
}
NEXT = {
    "view": ("cart", "book", "ask", "order"),
    "save": ("order",),
    "ask": ("order",),
    "book": ("order",),
    "cart": ("order",),
}
ANY = ""


def mark_stages(events: ir.Table) -> ir.Table:
    """Customer, channel, day and stage (`STAGES`) of what known customers did; other actions are left out.

    The first pattern that fits counts; one row a customer, channel, stage and day.
    """
    kind = events.kind.lower()
    known = events.mutate(stage=ibis.cases(*((kind.re_search(words), stage) for stage, words in STAGES.items())))
    known = known.filter(known.customer.notnull(), known.stage.notnull())
    return known.select(
        "customer", "stage", channel=known.channel.fill_null(ANY), day=known.happened_at.date()
    ).distinct()


def list_orders(marked: ir.Table, lines: ir.Table | None) -> ir.Table:
    """Customer and day of every order: from order lines, else from the events that name one."""
    if lines is None:
        ordered = marked.filter(marked.stage == "order")
        return ordered.select("customer", "day").distinct()
    selling = sales(identified(lines))
    return selling.select("customer", day=selling.ordered_at.date()).distinct()


def follow_stages(marked: ir.Table, orders: ir.Table, as_of: date, days: int) -> ir.Table:
    """One row a step, channel and week: entered, passed. A customer enters a step once a week, on the first day.

    The step is passed if the next stage follows within `days`, from the same day on: any next stage after looking,
    an order after the others. Entries less than `days` before `as_of` are still open and left out. The week is its
    first day.
    """
    last = ibis.date(as_of.isoformat()) - ibis.interval(days=days)
    placed = orders.mutate(stage=ibis.literal("order")).select("customer", "stage", "day")
    later = ibis.union(marked.filter(marked.stage != "order").select("customer", "stage", "day"), placed)
    parts = []
    for stage, following in NEXT.items():
        own = marked.filter(marked.stage == stage, marked.day <= last)
        entries = own.group_by("customer", "channel", week=own.day.truncate("week")).agg(day=own.day.min())
        after = later.filter(later.stage.isin(following)).select(next_customer="customer", next_day="day").distinct()
        joined = entries.left_join(
            after,
            [
                entries.customer == after.next_customer,
                after.next_day >= entries.day,
                after.next_day <= entries.day + ibis.interval(days=days),
            ],
        )
        passed = joined.group_by("customer", "channel", "week").agg(
            passed=joined.next_customer.notnull().any().cast("int64")
        )
        parts.append(
            passed.group_by("channel", "week")
            .agg(entered=passed.count(), passed=passed.passed.sum())
            .mutate(step=ibis.literal(stage))
        )
    return ibis.union(*parts)
