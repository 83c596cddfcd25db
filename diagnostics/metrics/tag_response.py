"""What carriers of tags buy, and how they answer to touches; what became of leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def mark_carriers(tagged: ir.Table, patterns: Mapping[str, str]) -> ir.Table:
    """One row a known customer with any tag: customer, and 0 or 1 by name for each pattern that a tag of it meets.

    `tagged` come from `metrics.tags.list_tagged`.
    """
    known = tagged.filter(tagged.customer.notnull(), tagged.tags.length() > 0)
    marks = {name: ibis.ifelse(known.tags.lower().re_search(pattern), 1, 0).max() for name, pattern in patterns.items()}
    return known.group_by("customer").agg(**marks)


def count_category_buyers(lines: ir.Table, carriers: ir.Table, names: tuple[str, ...]) -> ir.Table:
    """One row a category, and one without: buyers of it who carry any tag, and of these the carriers by name.

    The row without a category counts buyers of anything. `lines` come from `value_lines`, cut to a period.
    """
    selling = sales(identified(lines))
    bought = selling.select("customer", "category").distinct()
    anything = bought.select("customer").distinct().mutate(category=ibis.null("string"))
    rows = ibis.union(bought.filter(bought.category.notnull()), anything.select("customer", "category"))
    marked = rows.inner_join(carriers, "customer")
    return marked.group_by("category").agg(buyers=marked.count(), **{name: marked[name].sum() for name in names})


def count_responses(
    touches: ir.Table, lines: ir.Table, carriers: ir.Table, names: tuple[str, ...], days: int
) -> ir.Table:
    """One row: touches of tagged customers, answered and ordered (within `days` after), and the same by name.

    Columns: touched, told (touches that say whether they were answered), answered, ordered, and each with the name
    before it. `touches` are cut to a period that ends `days` before the data do.
    """
    selling = sales(identified(lines))
    orders = selling.select(buyer="customer", bought_at="ordered_at").distinct()
    inside = touches.inner_join(carriers, "customer").mutate(place=ibis.row_number())
    after = inside.left_join(
        orders,
        [
            inside.customer == orders.buyer,
            orders.bought_at > inside.touched_at,
            orders.bought_at <= inside.touched_at + ibis.interval(days=days),
        ],
    )
    flags = {name: after[name].max() for name in names}
    each = after.group_by("place").agg(
        told=after.answered.notnull().cast("int64").max(),
        answered=after.answered.cast("int64").max().fill_null(0),
        ordered=after.buyer.notnull().cast("int64").max(),
        **flags,
    )
    sums = {
        "touched": each.count(),
        "told": each.told.sum(),
        "answered": each.answered.sum(),
        "ordered": each.ordered.sum(),
    }
    for name in names:
        mine = each[name] == 1
        sums |= {
            f"{name}_touched": mine.sum(),
            f"{name}_told": each.told.sum(where=mine).fill_null(0),
            f"{name}_answered": each.answered.sum(where=mine).fill_null(0),
            f"{name}_ordered": each.ordered.sum(where=mine).fill_null(0),
        }
    return each.agg(**sums)


def total_leads(leads: ir.Table) -> ir.Table:
    """One row a staff account: followed, added, and converted and returned (shares, mean over its periods)."""
    return leads.group_by("staff").agg(
        followed=leads.followed.sum(),
        added=leads.added.sum(),
        converted=leads.converted_share.mean(),
        returned=leads.returned_share.mean(),
    )


def cut_touches(touches: ir.Table, period: Period, days: int) -> ir.Table:
    """Touches of a period that are at least `days` old at its end."""
    start = ibis.timestamp(period.start.isoformat())
    end = ibis.timestamp(period.end.isoformat()) - ibis.interval(days=days)
    return touches.filter(touches.touched_at >= start, touches.touched_at < end)
