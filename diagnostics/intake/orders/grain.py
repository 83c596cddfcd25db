"""Bring amounts to the grain of a line: what is said of an order once is shared out over its lines to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.intake.working import code_groups, flags, floats, put

if TYPE_CHECKING:
    import pyarrow as pa


def share_out(totals: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Share a total in cents (repeated on each row of a group) by weight; the largest remainders get the odd cents.

    Groups without weight share evenly; where rows disagree on the total, the first row's counts.
    The parts of a group sum to its total exactly.

    >>> share_out(np.array([100, 100, 100]), np.array([1.0, 1.0, 1.0]), np.array([4, 4, 4])).tolist()
    [34, 33, 33]
    """
    if len(totals) == 0:
        return np.empty(0, np.int64)
    _, code = np.unique(groups, return_inverse=True)
    weights = np.where(np.isfinite(weights) & (weights > 0), weights, 0.0)
    sums = np.bincount(code, weights)
    size = np.bincount(code)
    weights = np.where(sums[code] > 0, weights, 1.0)
    sums = np.where(sums > 0, sums, size)
    first = np.zeros(len(sums), np.int64)
    first[code[::-1]] = totals[::-1]
    exact = first[code] * (weights / sums[code])
    parts = np.floor(exact).astype(np.int64)
    left = first - np.bincount(code, parts).astype(np.int64)
    order = np.lexsort((np.arange(len(code)), -(exact - parts), code))
    starts = np.r_[0, np.cumsum(size)[:-1]]
    place = np.arange(len(code)) - starts[code[order]]
    parts[order] += place < left[code[order]]
    return parts


def allocate_orders(table: pa.Table) -> pa.Table:
    """Order rows with `paid_amount` and `refund_amount` of lines, where the export told them of whole orders.

    A total told on one row of an order (the first, as some shops do) counts for all its rows but those that take
    back. `order_paid` is shared by the line's own paid amount, else by its price; `order_refund` by the line's own
    refund, else by what the line paid.
    """
    paid_of_order, refund_of_order = floats(table, "order_paid"), floats(table, "order_refund")
    told = ~np.isnan(paid_of_order)
    if not told.any() and np.isnan(refund_of_order).all():
        return table
    groups = code_groups(table, ("channel", "order_id"))
    takes_part = ~flags(table, "is_return")
    paid_of_order = _spread(paid_of_order, groups, takes_part)
    refund_of_order = _spread(refund_of_order, groups, takes_part)
    paid, own = floats(table, "paid_amount"), floats(table, "refund_amount")
    weights = np.where(np.isnan(paid), floats(table, "line_amount"), paid)
    paid = _share(paid_of_order, weights, groups, paid)
    refund = _share(refund_of_order, np.where(_has_any(own, groups), own, paid), groups, own)
    return put(put(table, "paid_amount", paid), "refund_amount", refund)


def _spread(totals: np.ndarray, groups: np.ndarray, takes_part: np.ndarray) -> np.ndarray:
    """The first total told of each group, on those of its rows that take part and have none."""
    code = np.unique(groups, return_inverse=True)[1]
    of_group = np.full(len(totals), np.nan)
    at = np.flatnonzero(~np.isnan(totals))[::-1]
    of_group[code[at]] = totals[at]
    return np.where(np.isnan(totals) & takes_part, of_group[code], totals)


def _share(totals: np.ndarray, weights: np.ndarray, groups: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    told = ~np.isnan(totals)
    shared = otherwise.copy()
    cents = np.rint(totals[told] * 100).astype(np.int64)
    shared[told] = share_out(cents, weights[told], groups[told]) / 100
    return shared


def _has_any(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Whether any row of the group holds a positive value."""
    code = np.unique(groups, return_inverse=True)[1]
    return np.bincount(code, np.nan_to_num(values) > 0)[code] > 0 if len(values) else np.empty(0, bool)
