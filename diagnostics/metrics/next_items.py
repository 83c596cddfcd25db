"""What customers buy next after a product, and what would be expected from what others of their kind buy next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.days import number_days
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_PRODUCTS = 20
# Fewer customers of a channel and quarter say nothing of what is usual there.
LEAST_CELL = 5
# Second baskets of 1, 2, 4, 8, 16 and 32 products end a class of size.
SIZES = 6


def count_next(pairs: ir.Table) -> ir.Table:
    """One row a pair of products: sku (on the first day), other (on the next), customers, together, expected, variance.

    Over customers of whom the first and the next purchase day are seen and name products. `customers` bought sku
    first, whether or not other was to be had where they bought next; `together` of them other next. `expected` and
    `variance` are those of no association within channel, quarter and size of the next basket (hypergeometric), so
    that none of these makes a pair. The 20 products of most customers on each side. `pairs` come from `list_turns`,
    worked out once.
    """
    first, second = _keep_best(pairs.filter(pairs.turn == 0)), _keep_best(pairs.filter(pairs.turn == 1))
    cells = _size_cells(pairs)
    one = first.group_by("cell", "sku").agg(n_first=first.count())
    other = second.group_by("cell", other=second.sku).agg(n_second=second.count())
    both = first.select("customer", "cell", "sku").inner_join(second.select("customer", other="sku"), "customer")
    counted = both.group_by("cell", "sku", "other").agg(together=both.count())
    grid = one.inner_join(other, "cell").inner_join(cells, "cell")
    joined = grid.left_join(counted, ["cell", "sku", "other"]).drop("cell_right", "sku_right", "other_right")
    a, b, n = (joined[name].cast("float64") for name in ("n_first", "n_second", "size"))
    sized = joined.mutate(
        expected=a * b / n,
        variance=a * b * (n - a) * (n - b) / (n * n * (n - 1)),
        together=joined.together.fill_null(0),
    )
    totals = sized.group_by("sku", "other").agg(
        together=sized.together.sum(),
        expected=sized.expected.sum(),
        variance=sized.variance.sum(),
    )
    told = one.semi_join(cells, "cell")
    began = told.group_by("sku").agg(customers=told.n_first.sum())
    return totals.inner_join(began, "sku").cross_join(cells.agg(everybody=cells["size"].sum()))


def list_turns(kept: ir.Table, days: ir.Table) -> ir.Table:
    """One row a customer, turn (0 or 1) and product, of customers whose both days name one; cell is that of turn 1.

    `kept` are valued lines from `keep_itemised`, `days` come from `purchase_days`.
    """
    numbered = number_days(days)
    early = numbered.filter(numbered.turn <= 1).select("customer", "day", "turn", at="channel")
    bought = sales(identified(kept))
    bought = bought.select("customer", "sku", day=bought.ordered_at.date())
    named = bought.inner_join(early, ["customer", "day"]).distinct()
    seen = named.group_by("customer").agg(
        turns=named.turn.max() - named.turn.min(),
        held=(named.turn == 1).sum(),
        second=named.day.max(where=named.turn == 1),
        at_second=named["at"].max(where=named.turn == 1),
    )
    whole = seen.filter(seen.turns > 0)
    # Who fills a large basket buys more of everything: like is compared with like in size, too.
    size = sum((ibis.ifelse(whole.held > 2**power, 1, 0) for power in range(SIZES)), ibis.literal(0))
    placed = whole.select(
        "customer",
        cell=whole.at_second.concat("|", whole.second.truncate("Q").cast("string"), "|", size.cast("string")),
    )
    return named.inner_join(placed, "customer").select("customer", "turn", "sku", "cell")


def _keep_best(pairs: ir.Table) -> ir.Table:
    counted = pairs.group_by("sku").agg(n=pairs.count())
    ranked = counted.mutate(place=ibis.row_number().over(order_by=[ibis.desc(counted.n), counted.sku]))
    return pairs.semi_join(ranked.filter(ranked.place < MOST_PRODUCTS), "sku")


def _size_cells(pairs: ir.Table) -> ir.Table:
    sizes = pairs.group_by("cell").agg(size=pairs.customer.nunique())
    return sizes.filter(sizes["size"] >= LEAST_CELL)
