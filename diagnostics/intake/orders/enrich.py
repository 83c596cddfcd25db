"""Fill order lines from what other tables know: products, stores, and the brief's rule for private sales."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import over_distinct
from diagnostics.intake.orders.split import split_orders
from diagnostics.intake.working import column, is_empty, put
from diagnostics.model.brief import Brief

_PRIVATE_CHANNELS = ("youzan", "weimob", "miniprogram")
_BY_STAFF_CHANNELS = ("wechat_shop",)
_STORE_TABLES = ("order_lines", "contacts", "groups", "staff_days", "entry_days", "store_months")
# 商品甲x2；商品乙 or 商品甲(红色)*1: the first product's bare name.
_FIRST_NAME = r"^\s*(?P<name>[^;；\n]+?)\s*(?:[xX×*]\s*\d+\s*(?:件)?)?\s*(?:[;；\n].*)?$"


def fill_products(lines: pa.Table, products: pa.Table) -> pa.Table:
    """Order lines with product id, name and category where they were empty and the item master knows them.

    A line without a product id is matched by the product's name; an order of several products is split first.
    """
    lines = split_orders(lines, products)
    ids, names = column(products, "product_id"), column(products, "product")
    name = column(lines, "product")
    by_name = pc.index_in(name, value_set=names)
    first = over_distinct(name, lambda texts: pc.struct_field(pc.extract_regex(texts, _FIRST_NAME), "name"))
    by_name = pc.coalesce(by_name, pc.index_in(first, value_set=names))
    has_name = pa.array(~is_empty(lines, "product"))
    product_id = pc.coalesce(column(lines, "product_id"), pc.if_else(has_name, ids.take(by_name), None))
    at = pc.if_else(pc.is_valid(product_id), pc.index_in(product_id, value_set=ids), None)
    lines = put(lines, "product_id", product_id)
    lines = put(lines, "product", pc.coalesce(name, names.take(at)))
    return put(lines, "category", pc.coalesce(column(lines, "category"), column(products, "category").take(at)))


def code_stores(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Tables whose stores are codes throughout: a store's name is replaced by its code in the store master."""
    stores = tables.get("stores")
    if stores is None or "store_name" not in stores.column_names:
        return dict(tables)
    names, codes = column(stores, "store_name"), column(stores, "store")
    return {name: _code(table, names, codes) if name in _STORE_TABLES else table for name, table in tables.items()}


def _code(table: pa.Table, names: pa.Array, codes: pa.Array) -> pa.Table:
    words = column(table, "store")
    if words.null_count == len(words):
        return table
    at = pc.if_else(pc.is_valid(words), pc.index_in(words, value_set=names), None)
    return put(table, "store", pc.coalesce(codes.take(at), words))


def judge_private(lines: pa.Table, brief: Brief) -> pa.Table:
    """Order lines with `is_private` by the sheet's attribution rule; empty where the rule does not decide.

    Sales of the brand's own mini-shops are private; in the WeChat shop those that a staff member shared.
    """
    channel = column(lines, "channel")
    own = np.asarray(pc.fill_null(pc.is_in(channel, value_set=pa.array(_PRIVATE_CHANNELS)), False))  # noqa: FBT003
    shared = np.asarray(pc.fill_null(pc.is_in(channel, value_set=pa.array(_BY_STAFF_CHANNELS)), False))  # noqa: FBT003
    rule = brief.text("attribution_rule")
    if rule == "none" or (rule is None and not (own | shared).any()):
        return put(lines, "is_private", pa.nulls(lines.num_rows, pa.bool_()))
    return put(lines, "is_private", own | (shared & ~is_empty(lines, "staff")))
