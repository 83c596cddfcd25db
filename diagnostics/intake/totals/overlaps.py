"""Say which exports hold the same rows, and how many of them told a later state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np
import pandas as pd
import pyarrow as pa

from diagnostics.intake.working import FATE, FILE, code_groups, column, filter_rows, floats, is_empty
from diagnostics.model.account import Overlap

COLUMNS = ("file", "other", "channel", "rows", "orders", "changed", "first_day", "last_day")
_SAME = ("channel", "line_id", "_role")
_TOLD = ("paid_amount", "refund_amount", "order_paid", "order_refund", "quantity")
_FLAGS = ("_refunded", "is_return")


def find_overlaps(pile: pa.Table) -> pd.DataFrame:
    """Pairs of files that hold the same rows of one pile, before `drop_repeated` merges them.

    `file` and `other` are file numbers (the row of `other` wins: it comes last); rows, orders and changed are
    counts, first_day and last_day the days of the rows that gave way. Rows that are rejected for another reason
    stay out, as in `drop_repeated`. Orders do not spread over piles, so the frames of piles add up.
    """
    alive = filter_rows(pile, is_empty(pile, FATE))
    if alive.num_rows == 0:
        return _empty()
    groups = np.unique(code_groups(alive, _SAME), return_inverse=True)[1]
    last = np.full(groups.max() + 1, -1, np.int64)
    np.maximum.at(last, groups, np.arange(len(groups)))
    winner = last[groups]
    gone = np.flatnonzero(winner != np.arange(len(groups)))
    if not len(gone):
        return _empty()
    lost, won = alive.take(pa.array(gone)), alive.take(pa.array(winner[gone]))
    rows = pd.DataFrame(
        {
            "file": np.asarray(lost[FILE]),
            "other": np.asarray(won[FILE]),
            "channel": column(lost, "channel").fill_null("").to_pylist(),
            "order": column(lost, "order_id").to_pylist(),
            "changed": _differ(lost, won),
            "day": pd.Series(column(lost, "ordered_at", pa.timestamp("us")).to_numpy(zero_copy_only=False)),
        }
    )
    counted = rows.groupby(["file", "other", "channel"], as_index=False).agg(
        rows=("order", "size"),
        orders=("order", "nunique"),
        changed=("changed", "sum"),
        first_day=("day", "min"),
        last_day=("day", "max"),
    )
    return counted.loc[:, list(COLUMNS)]


def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})


def _differ(lost: pa.Table, won: pa.Table) -> np.ndarray:
    """Whether the earlier row told another amount or status."""
    differs = np.zeros(lost.num_rows, bool)
    for name in _TOLD:
        before, after = floats(lost, name), floats(won, name)
        differs |= ~np.isclose(before, after, rtol=0, atol=0.005, equal_nan=True)
    for name in _FLAGS:
        before, after = (column(side, name, pa.bool_()).fill_null(False) for side in (lost, won))  # noqa: FBT003
        differs |= np.asarray(before) != np.asarray(after)
    return differs


def add_overlaps(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The overlaps of several piles as one frame."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return _empty()
    whole = pd.concat(filled, ignore_index=True)
    return whole.groupby(["file", "other", "channel"], as_index=False).agg(
        rows=("rows", "sum"),
        orders=("orders", "sum"),
        changed=("changed", "sum"),
        first_day=("first_day", "min"),
        last_day=("last_day", "max"),
    )


def name_overlaps(frame: pd.DataFrame, paths: Mapping[int, str]) -> tuple[Overlap, ...]:
    """The records of the account, most rows first; `paths` are the files by number."""
    ordered = frame.sort_values(["rows", "file", "other"], ascending=[False, True, True], kind="stable")
    return tuple(
        Overlap(
            file=paths[int(row["file"])],
            other=paths[int(row["other"])],
            channel=str(row["channel"]),
            rows=int(row["rows"]),
            orders=int(row["orders"]),
            changed=int(row["changed"]),
            period=None
            if pd.isna(row["first_day"])
            else (row["first_day"].date(), row["last_day"].date() + timedelta(days=1)),
        )
        for row in ordered.to_dict("records")
    )
