"""Exact quantiles by counting equal values first: days and cents repeat, customers are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def count_up(rows: ir.Table, value: ir.Column, *keys: str) -> ir.Table:
    """One row a distinct value (of each value of `keys`): value, n, reached (rows up to it), whole (all rows).

    The smallest value whose `reached` is at least a share of `whole` is that quantile, the same as by the places of
    all rows in order (or by `cume_dist`, which ClickHouse lacks).
    """
    counted = rows.group_by(*(rows[key] for key in keys), value=value).agg(n=rows.count())
    return counted.mutate(
        reached=counted.n.sum().over(group_by=keys or None, order_by=counted["value"], rows=(None, 0)),
        whole=counted.n.sum().over(group_by=keys or None),
    )
