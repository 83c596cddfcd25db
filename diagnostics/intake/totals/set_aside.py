"""Count what was set aside among the order rows: by file, channel, day and reason, with what it would have added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.reasons import REASONS
from diagnostics.intake.working import FILE, ROW, column, floats
from diagnostics.model.account import SetAside
from diagnostics.model.wording import name_verbatim

COLUMNS = ("file", "channel", "day", "reason", "rows", "orders", "amount")
# Rows whose order number can't be trusted are orders of their own.
_WITHOUT_ORDER = ("damaged_id", "no_order_id")
_REPEATED, _UNPAID = "duplicate", "unpaid"
# Such an amount is no money that anybody misses.
_ABSURD = "absurd_amount"


def empty_set_aside() -> pd.DataFrame:
    """The frame without rows."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})


def sum_set_aside(pile: pa.Table, noted: pa.Table, kept: pa.Table) -> pd.DataFrame:
    """What one pile of order rows lost: file (its number), channel, day, reason, rows, orders, amount.

    `pile` are the settled rows with their line ids, before anything is merged or dropped; `noted` the ledger's rows
    (file, row, reason; rows of other piles are passed over); `kept` the order lines made of the pile. A pile holds
    all rows of its orders. Amounts in currency: what the buyer paid, else the price that the row names; what is said
    of a whole order counts once (a duplicate once for each file), and then its items do not count beside it.
    An unpaid order that another file holds as paid adds nothing. `amount` is NaN where no row names one, `day` NaT
    without a date.
    """
    at, reasons = _find_noted(pile, noted)
    if not len(at):
        return empty_set_aside()
    rows = _describe(pile.take(pa.array(at)), reasons)
    rows["amount"] = rows["amount"].where(_counts(rows), 0.0)
    unpaid = rows["reason"].eq(_UNPAID)
    if unpaid.any():
        paid_later = pc.is_in(pa.array(rows["key"], pa.string()), value_set=_name_orders(kept))
        rows.loc[unpaid & np.asarray(paid_later), "amount"] = 0.0
    groups = rows.groupby(["file", "channel", "day", "reason"], dropna=False, sort=True)
    counted = groups.agg(rows=("key", "size"), orders=("key", "nunique")).reset_index()
    counted["amount"] = groups["amount"].sum(min_count=1).to_numpy()
    return counted.loc[:, list(COLUMNS)]


def _find_noted(pile: pa.Table, noted: pa.Table) -> tuple[np.ndarray, list[str]]:
    """Where the rows that were noted lie in the pile, and the reason of each."""
    width = np.int64(1) << 40
    numbers = np.asarray(pile[FILE]) * width + np.asarray(pile[ROW])
    wanted = np.asarray(noted[FILE]) * width + np.asarray(noted[ROW])
    order = np.argsort(wanted, kind="stable")
    place = np.searchsorted(wanted, numbers, sorter=order)
    inside = place < len(wanted)
    hit = np.zeros(len(numbers), bool)
    hit[inside] = wanted[order[place[inside]]] == numbers[inside]
    at = np.flatnonzero(hit)
    return at, noted["reason"].take(pa.array(order[place[at]])).to_pylist()


def _describe(dropped: pa.Table, reasons: Sequence[str]) -> pd.DataFrame:
    told = floats(dropped, "order_paid")
    whole = (told > 0) | (np.asarray(column(dropped, "_grain").to_pylist(), dtype=object) == "order")
    price = np.where(floats(dropped, "line_amount") > 0, floats(dropped, "line_amount"), floats(dropped, "list_amount"))
    own = np.where(whole, told, floats(dropped, "paid_amount"))
    days = column(dropped, "ordered_at", pa.timestamp("us")).to_numpy(zero_copy_only=False)
    rows = pd.DataFrame(
        {
            "file": np.asarray(dropped[FILE]),
            "channel": column(dropped, "channel").fill_null("").to_pylist(),
            "day": pd.Series(days.astype("datetime64[us]")).dt.floor("D"),
            "reason": list(reasons),
            "key": _name_orders(dropped).to_pylist(),
            "line": column(dropped, "line_id").fill_null("").to_pylist(),
            "whole": whole,
            "amount": np.where(own > 0, own, price),
        }
    )
    lost = rows["reason"].isin(_WITHOUT_ORDER)
    rows.loc[rows["reason"].eq(_ABSURD), "amount"] = np.nan
    rows.loc[lost, "key"] = [f"row {number}" for number in np.flatnonzero(lost)]
    return rows


def _name_orders(table: pa.Table) -> pa.Array:
    return pc.binary_join_element_wise(
        pc.fill_null(column(table, "channel"), ""), pc.fill_null(column(table, "order_id"), ""), "|"
    )


def _counts(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether a row's amount counts: of an order once, of its items only where the order itself is not among them."""
    of_order = rows.groupby(["key", "reason"])["whole"].transform("any")
    repeated = rows["reason"].eq(_REPEATED)
    # A whole order told on several lines of one file, or by several files unless each is one too many.
    once = rows["key"].where(~repeated, rows["key"] + "|" + rows["file"].astype(str))
    last = ~rows.assign(once=once)[["once", "reason", "whole"]].duplicated(keep="last")
    last_line = ~rows[["key", "reason", "whole", "line"]].duplicated(keep="last") | repeated
    return (rows["whole"] & last) | (~rows["whole"] & ~of_order & last_line)


def add_set_aside(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """What several piles lost, as one frame."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty_set_aside()
    groups = pd.concat(filled, ignore_index=True).groupby(list(COLUMNS[:4]), dropna=False, sort=True)
    summed = groups[["rows", "orders"]].sum().reset_index()
    summed["amount"] = groups["amount"].sum(min_count=1).to_numpy()
    return summed


def name_set_aside(frame: pd.DataFrame, paths: Mapping[int, str]) -> tuple[SetAside, ...]:
    """The records of the account, by file, channel, month and reason; `paths` are the files by number."""
    if frame.empty:
        return ()
    months = pd.to_datetime(frame["day"]).dt.strftime("%Y-%m").fillna("")
    groups = frame.assign(month=months).groupby(["file", "channel", "month", "reason"], sort=True)
    summed = groups[["rows", "orders"]].sum()
    amounts: Mapping[object, float] = groups["amount"].sum(min_count=1).to_dict()
    return tuple(
        SetAside(
            file=paths[int(key[0])],
            channel=str(key[1]),
            month=str(key[2]),
            reason=str(key[3]),
            words=REASONS.get(str(key[3])) or name_verbatim(str(key[3]).replace("_", " ")),
            rows=int(rows),
            orders=int(orders),
            amount=None if np.isnan(amounts[key]) else round(float(amounts[key]), 2),
        )
        for key, rows, orders in zip(summed.index, summed["rows"], summed["orders"], strict=True)
    )
