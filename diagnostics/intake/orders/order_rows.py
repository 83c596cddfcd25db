"""Settle the order rows of one file: status, amounts, lines that take back, and an id for every line."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import are_damaged_ids, over_distinct, to_text
from diagnostics.intake.orders.order_ids import build_order_ids
from diagnostics.intake.recognition.frame import Frame
from diagnostics.intake.recognition.recipe import Recipe, StatusRule
from diagnostics.intake.working import FATE, column, flags, floats, is_empty, put

FAMILY, ROLE, REFUNDED, GRAIN = "_family", "_role", "_refunded", "_grain"


def settle_orders(table: pa.Table, frame: Frame, recipe: Recipe) -> pa.Table:
    """Order rows with status, returns and prices worked out; fates are marked, nothing is dropped yet."""
    table = _mark_ids(build_order_ids(table, recipe))
    table = _read_status(table, frame, recipe)
    table = _read_returns(table, recipe)
    table = _price_lines(table)
    table = put(table, FAMILY, pa.repeat(recipe.family or None, table.num_rows).cast(pa.string()))
    table = put(table, ROLE, pa.repeat(recipe.role or None, table.num_rows).cast(pa.string()))
    return put(table, GRAIN, pa.repeat(recipe.grain, table.num_rows))


def seal(table: pa.Table, mask: np.ndarray, reason: str) -> pa.Table:
    """The table with a reason to reject on the rows of the mask that have none yet."""
    if not mask.any():
        return table
    return put(table, FATE, pc.coalesce(column(table, FATE), pc.if_else(pa.array(mask), reason, None)))


def _mark_ids(table: pa.Table) -> pa.Table:
    table = seal(table, is_empty(table, "order_id"), "no_order_id")
    return seal(table, np.asarray(are_damaged_ids(column(table, "order_id"))), "damaged_id")


def _contains(cells: pa.Array, words: Sequence[str]) -> np.ndarray:
    if not words:
        return np.zeros(len(cells), bool)
    pattern = "|".join(map(re.escape, words))
    hit = over_distinct(cells, lambda texts: pc.match_substring_regex(texts, pattern))
    return np.asarray(pc.fill_null(hit, False))  # noqa: FBT003 - an arrow scalar


def _read_status(table: pa.Table, frame: Frame, recipe: Recipe) -> pa.Table:
    refunded = returned = np.zeros(table.num_rows, bool)
    for rule in recipe.status:
        if rule.column in frame.table.column_names:
            cells = to_text(frame.table[rule.column].combine_chunks())
            table = _seal_unpaid(table, cells, rule)
            refunded = refunded | _contains(cells, rule.refunded)
            returned = returned | _contains(cells, rule.returned)
    return put(put(table, REFUNDED, refunded), "is_return", returned)


def _seal_unpaid(table: pa.Table, cells: pa.Array, rule: StatusRule) -> pa.Table:
    table = seal(table, _contains(cells, rule.unpaid), "unpaid")
    paid = np.fmax(floats(table, "order_paid"), floats(table, "paid_amount"))
    nothing_paid = ~(paid > 0)
    if "paid_at" in table.column_names:
        nothing_paid |= is_empty(table, "paid_at")
    return seal(table, _contains(cells, rule.unpaid_if_nothing_paid) & nothing_paid, "unpaid")


def _read_returns(table: pa.Table, recipe: Recipe) -> pa.Table:
    """A line takes back if its order id or its status says so, or if its paid amount is negative."""
    returned = flags(table, "is_return")
    if recipe.returns:
        ids = column(table, "order_id")
        returned |= np.asarray(pc.fill_null(pc.starts_with(ids, recipe.returns.order_id_prefix), False))  # noqa: FBT003
    returned |= np.fmin(floats(table, "paid_amount"), floats(table, "order_paid")) < 0
    return put(table, "is_return", returned)


def _price_lines(table: pa.Table) -> pa.Table:
    """Amounts from price and quantity where no paid amount came; lines that take back pay nothing."""
    returned, quantity, price = flags(table, "is_return"), floats(table, "quantity"), floats(table, "unit_price")
    quantity = np.where(np.isnan(quantity), 1.0, quantity)
    amount = _round_cents(quantity * price)
    if "paid_amount" not in table.column_names and "order_paid" not in table.column_names:
        table = seal(table, ~returned & (quantity <= 0), "stock_adjustment")
        table = seal(table, np.isnan(price) | (price <= 0), "no_price")
        table = put(table, "paid_amount", pa.array(amount))
    elif "list_amount" not in table.column_names:
        table = put(table, "list_amount", pa.array(amount, from_pandas=True))
    if "line_amount" not in table.column_names:
        table = put(table, "line_amount", pa.array(np.where(np.isnan(amount), floats(table, "list_amount"), amount)))
    table = seal(table, ~returned & (quantity < 0), "stock_adjustment")
    if not returned.any():
        return put(table, "quantity", quantity)
    taken = np.abs(
        np.where(np.isnan(floats(table, "paid_amount")), floats(table, "order_paid"), floats(table, "paid_amount"))
    )
    given = floats(table, "refund_amount")
    table = put(table, "refund_amount", np.where(returned & ~(given > 0), taken, given))
    # A line that takes back has no part in what its order paid: the order's amounts are not shared with it.
    table = put(table, "paid_amount", np.where(returned, 0.0, floats(table, "paid_amount")))
    for name in ("order_paid", "order_refund"):
        if name in table.column_names:
            table = put(table, name, np.where(returned, np.nan, floats(table, name)))
    return put(table, "quantity", np.where(returned, 0.0, quantity))


def _round_cents(amount: np.ndarray) -> np.ndarray:
    """Round half up on the decimal figure: a hair is added so that 2.675 counts as it reads."""
    rounded: np.ndarray = np.sign(amount) * np.floor(np.abs(amount) * 100 + 0.5 + 1e-6) / 100
    return rounded
