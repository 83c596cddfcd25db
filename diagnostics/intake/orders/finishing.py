"""Finish settled piles, once persons are known: the order lines as the vault holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from diagnostics.intake.files import Piles
from diagnostics.intake.orders.enrich import code_stores, fill_products, judge_private
from diagnostics.intake.reception import ORDER_LINES
from diagnostics.intake.vault import shape
from diagnostics.model.brief import Brief

if TYPE_CHECKING:
    import pyarrow as pa


def finish_piles(
    settled: Piles, fill: Callable[[pa.Table], pa.Table], tables: Mapping[str, pa.Table], brief: Brief
) -> Iterator[tuple[int, pa.Table]]:
    """The order lines of each pile, also of an empty one, with persons, stores, products and the rule of private sales.

    `fill` puts the person on each row; `tables` are the client's other tables, `stores` not yet shaped.
    """
    for at in range(settled.count):
        yield at, shape(ORDER_LINES, _enrich(fill(settled.take(at)), tables, brief))


def _enrich(lines: pa.Table, tables: Mapping[str, pa.Table], brief: Brief) -> pa.Table:
    if "stores" in tables:
        lines = code_stores({ORDER_LINES: lines, "stores": tables["stores"]})[ORDER_LINES]
    lines = judge_private(lines, brief)
    return fill_products(lines, tables["products"]) if "products" in tables else lines
