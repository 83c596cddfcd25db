"""Votes for products before they were sold, and what the products then sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import sales
from diagnostics.metrics.products import key_products

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

MOST_PRODUCTS = 300


def count_votes(feedback: ir.Table, lines: ir.Table, as_of: date, days: int) -> ir.Table:
    """One row a product voted on before its first sale: votes, first_sold, units and gmv of its first `days` days.

    A vote is an answer on a product dated before the product's first sale; where answers hold a score, only those with
    a score above 0 count. Products sold for fewer than `days` days, or not at all, are left out. `lines` come from
    `value_lines` and hold the whole history.
    """
    sold = key_products(sales(lines))
    dated = sold.mutate(day=sold.ordered_at.date())
    opened = dated.group_by("sku").agg(first_sold=dated.day.min())
    answers = feedback.filter(feedback.product_id.notnull(), feedback.day.notnull())
    answers = answers.filter(answers.score.isnull() | (answers.score > 0))
    joined = answers.inner_join(opened, answers.product_id == opened.sku)
    early = joined.filter(joined.day < joined.first_sold)
    votes = early.group_by("sku").agg(votes=early.count(), first_sold=early.first_sold.max())
    span = ibis.interval(days=days)
    told = votes.filter(votes.first_sold + span <= ibis.date(as_of.isoformat()))
    ranked = told.mutate(place=ibis.row_number().over(order_by=[ibis.desc(told.votes), told.sku]))
    best = ranked.filter(ranked.place < MOST_PRODUCTS).drop("place")
    early_sales = dated.inner_join(best, "sku")
    early_sales = early_sales.filter(early_sales.day < early_sales.first_sold + span)
    return early_sales.group_by("sku").agg(
        votes=early_sales.votes.max(),
        first_sold=early_sales.first_sold.max(),
        units=early_sales.quantity.sum(),
        gmv=early_sales.gmv.sum(),
    )
