"""Tie the order file and the item file of one platform together by the order id."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.orders.order_rows import FAMILY, REFUNDED, ROLE
from diagnostics.intake.working import FATE, column, filter_rows, flags, is_empty, put

# What the order file knows better than the item file.
_FROM_ORDER = (
    "ordered_at",
    "order_paid",
    "order_refund",
    "_own_key",
    "_phone_key",
    "shop",
    "store",
    "staff",
    "region",
    "source",
    "promoter",
    "is_member",
    "used_coupon",
    FATE,
)


def tie_items_to_orders(table: pa.Table) -> pa.Table:
    """Items take buyer, time, status and amounts from their order; an order whose items came leaves the lines.

    Items and orders without a partner stay as they are.
    """
    role = column(table, ROLE)
    is_item = np.asarray(pc.fill_null(pc.equal(role, "items"), False))  # noqa: FBT003 - an arrow scalar
    is_order = np.asarray(pc.fill_null(pc.equal(role, "orders"), False))  # noqa: FBT003 - an arrow scalar
    if not is_item.any() or not is_order.any():
        return table
    table, is_item, is_order = _fated_last(table, is_item, is_order)
    keys = pc.binary_join_element_wise(column(table, FAMILY), column(table, "order_id"), "|")
    orders, items = filter_rows(table, is_order), filter_rows(table, is_item)
    order_keys, item_keys = keys.filter(pa.array(is_order)), keys.filter(pa.array(is_item))
    at = pc.index_in(item_keys, value_set=order_keys)
    items = _take_from_orders(items, orders, at)
    has_items = np.asarray(pc.is_in(order_keys, value_set=item_keys))
    rest = filter_rows(table, ~is_item & ~is_order)
    left = filter_rows(orders, ~has_items | ~is_empty(orders, FATE))
    return pa.concat_tables([rest, left, items], promote_options="default")


def _fated_last(table: pa.Table, *masks: np.ndarray) -> tuple[pa.Table, np.ndarray, np.ndarray]:
    """An order that was first unpaid and then paid is tied by its paid row: that one must come first."""
    order = np.argsort(~is_empty(table, FATE), kind="stable")
    is_item, is_order = (mask[order] for mask in masks)
    return table.take(pa.array(order)), is_item, is_order


def _take_from_orders(items: pa.Table, orders: pa.Table, at: pa.Array) -> pa.Table:
    for name in _FROM_ORDER:
        if name in orders.column_names:
            items = put(
                items, name, pc.coalesce(orders[name].combine_chunks().take(at), column(items, name, orders[name].type))
            )
    tied = np.asarray(pc.is_valid(at))
    refunded = np.where(tied, flags(orders.take(pc.fill_null(at, 0)), REFUNDED), flags(items, REFUNDED))
    return put(items, REFUNDED, refunded | flags(items, REFUNDED))
