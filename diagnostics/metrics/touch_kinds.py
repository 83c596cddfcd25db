"""Which kinds of touch are answered, by whom, and after which customers leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.picking import pick_most

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_answers(marked: ir.Table, *keys: str) -> ir.Table:
    """One row a kind (`segment`) and value of `keys`: n customers, the moments of answers, and followed and lost.

    x, w, xx, xw, ww are sums over customers of answered touches and touches, for a rate with customers as draws.
    `marked` come from `metrics.touch_load.mark_loads`.
    """
    each = marked.group_by("segment", *keys, "customer").agg(
        x=marked.answered.sum().cast("float64"),
        w=marked.count().cast("float64"),
        followed=marked.followed.sum(),
        lost=marked.lost.sum(),
    )
    return each.group_by("segment", *keys).agg(
        n=each.count(),
        x=each.x.sum(),
        w=each.w.sum(),
        xx=(each.x * each.x).sum(),
        xw=(each.x * each.w).sum(),
        ww=(each.w * each.w).sum(),
        followed=each.followed.sum(),
        lost=each.lost.sum(),
    )


def find_sources(customers: ir.Table) -> ir.Table:
    """One row a customer whose source is known: labelled, label (of several sources the first by name)."""
    known = customers.filter(customers.customer.notnull(), customers.source.notnull())
    return known.group_by(labelled="customer").agg(label=known.source.min())


def find_ways(contacts: ir.Table) -> ir.Table:
    """The same by the way in which a contact was added."""
    known = contacts.filter(contacts.customer.notnull(), contacts.way.notnull())
    return known.group_by(labelled="customer").agg(label=known.way.min())


def find_interests(lines: ir.Table) -> ir.Table:
    """One row a customer: labelled, label, the category of most purchases; `lines` hold a category."""
    bought = sales(identified(lines))
    bought = bought.filter(bought.category.notnull())
    counted = bought.group_by("customer", "category").agg(times=bought.count())
    return pick_most(counted, ("customer",), by="times", name="category").rename(labelled="customer", label="category")


def label_touches(marked: ir.Table, labels: ir.Table) -> ir.Table:
    """Marked touches of customers with a label."""
    return marked.inner_join(labels, marked.customer == labels.labelled)
