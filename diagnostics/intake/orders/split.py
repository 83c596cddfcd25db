"""Split an order that names several products in one cell into a line for each product."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import to_cents
from diagnostics.intake.orders.grain import share_out
from diagnostics.intake.working import column, count_within, filter_rows, floats, is_empty, put

_BETWEEN = r"[;；，]"
# 商品甲x2, 商品甲*2: a name and how many of it.
_NAME_AND_COUNT = r"^\s*(?P<name>.+?)\s*(?:[xX×*]\s*(?P<count>\d+)\s*(?:件)?)?\s*$"
_SHARED = ("paid_amount", "refund_amount", "list_amount")


def split_orders(lines: pa.Table, products: pa.Table) -> pa.Table:
    """Order lines in which a cell of several products became several lines, if the item master knows them all.

    Amounts are shared by list price, to the cent; a product without a count counts as one unit.
    """
    several = is_empty(lines, "product_id") & _match(column(lines, "product"), _BETWEEN)
    if not several.any():
        return lines
    joined = filter_rows(lines, several)
    cells = pc.split_pattern_regex(column(joined, "product"), _BETWEEN)
    parent = np.asarray(pc.list_parent_indices(cells)).astype(np.int64)
    parts = pc.extract_regex(pc.list_flatten(cells), _NAME_AND_COUNT)
    at = pc.index_in(pc.struct_field(parts, "name"), value_set=column(products, "product"))
    known = np.bincount(parent, np.asarray(pc.is_null(at)), joined.num_rows) == 0
    if not known.any():
        return lines
    chosen = known[parent]
    split = _make_lines(joined, parent[chosen], at.filter(pa.array(chosen)), parts.filter(pa.array(chosen)), products)
    left = several.copy()
    left[several] = known
    return pa.concat_tables([filter_rows(lines, ~left), split], promote_options="permissive").combine_chunks()


def _match(cells: pa.Array, pattern: str) -> np.ndarray:
    return np.asarray(pc.fill_null(pc.match_substring_regex(cells, pattern), False))  # noqa: FBT003 - an arrow scalar


def _make_lines(joined: pa.Table, parent: np.ndarray, at: pa.Array, parts: pa.Array, products: pa.Table) -> pa.Table:
    made = joined.take(pa.array(parent))
    text = pc.struct_field(parts, "count")
    counts = np.asarray(pc.cast(pc.if_else(pc.equal(text, ""), "1", text), pa.float64()))
    weights = counts * np.nan_to_num(floats(products, "list_price"), nan=0.0)[np.asarray(at)]
    for name in _SHARED:
        if name in made.column_names:
            shared = share_out(to_cents(made[name]), weights, parent) / 100
            made = put(made, name, pc.if_else(pc.is_valid(column(made, name)), pa.array(shared), None))
    place = pc.cast(pa.array(count_within(parent)), pa.string())
    made = put(made, "line_id", pc.binary_join_element_wise(column(made, "line_id"), place, "|"))
    made = put(made, "quantity", pa.array(np.where(floats(made, "quantity") == 0, 0.0, counts)))
    return put(made, "product", column(products, "product").take(at))
