"""Sum rows by order without naming every order in Python: orders as numbers, sums as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.working import column

_NO_MONTH = np.iinfo(np.int64).min


def number_orders(tables: Sequence[pa.Table], names: Sequence[str]) -> tuple[list[np.ndarray], int]:
    """A number for each order, the same in all tables; orders are told apart by the columns named. And how many."""
    keys = [
        pc.binary_join_element_wise(*(pc.fill_null(column(table, name), "") for name in names), "|") for table in tables
    ]
    coded = pa.chunked_array(keys, pa.string()).combine_chunks().dictionary_encode()
    numbers = np.asarray(coded.indices).astype(np.int64)
    ends = np.cumsum([table.num_rows for table in tables])
    return np.split(numbers, ends[:-1]), len(coded.dictionary)


def sum_by(numbers: np.ndarray, amounts: np.ndarray, count: int) -> np.ndarray:
    """The sum of each order, nothing counted as 0."""
    sums: np.ndarray = np.bincount(numbers, np.nan_to_num(amounts), count)
    return sums


def hold_last(numbers: np.ndarray, values: np.ndarray, held: np.ndarray) -> np.ndarray:
    """The last value of each order; orders without rows keep what is held.

    >>> hold_last(np.array([0, 2, 0]), np.array([5, 6, 7]), np.array([1, 1, 1])).tolist()
    [7, 1, 6]
    """
    kept = held.copy()
    last, at = np.unique(numbers[::-1], return_index=True)
    kept[last] = values[::-1][at]
    return kept


def hold_latest(numbers: np.ndarray, values: np.ndarray, held: np.ndarray) -> np.ndarray:
    """The greatest value of each order, in whatever order its rows lie; orders without rows keep what is held.

    >>> hold_latest(np.array([0, 2, 0]), np.array([7, 6, 5]), np.array([1, 1, 1])).tolist()
    [7, 1, 6]
    """
    known = np.unique(numbers)
    kept = held.copy()
    kept[known] = _NO_MONTH
    np.maximum.at(kept, numbers, values)
    return kept


def count_months(table: pa.Table, times: Sequence[str]) -> np.ndarray:
    """The month of each row as a number, by the first of the times that is there."""
    moments = pc.coalesce(*(column(table, name, pa.timestamp("us")) for name in times))
    months = moments.to_numpy(zero_copy_only=False).astype("datetime64[M]").astype(np.int64)
    numbers: np.ndarray = months
    return numbers


def no_months(count: int) -> np.ndarray:
    """As many months that are not known."""
    return np.full(count, _NO_MONTH)


def code_channels(tables: Sequence[pa.Table]) -> tuple[list[np.ndarray], list[str]]:
    """The channel of each row as a number, and the names by number; "" comes first and stands for none."""
    whole = pa.chunked_array([pc.fill_null(column(table, "channel"), "") for table in tables], pa.string())
    coded = pa.chunked_array([pa.array([""]), *whole.chunks]).combine_chunks().dictionary_encode()
    numbers = np.asarray(coded.indices).astype(np.int64)[1:]
    ends = np.cumsum([table.num_rows for table in tables])
    return np.split(numbers, ends[:-1]), coded.dictionary.to_pylist()


def total_months(
    channels: np.ndarray, months: np.ndarray, names: Sequence[str], sums: dict[str, np.ndarray]
) -> pd.DataFrame:
    """Orders added up by channel and month (`2024-03`, "" where it is not known)."""
    rows = pd.DataFrame({"channel": channels, "month": months, **sums})
    summed = rows.groupby(["channel", "month"], as_index=False)[list(sums)].sum()
    known = summed["month"].to_numpy() != _NO_MONTH
    words = np.where(known, summed["month"], 0).astype("datetime64[M]").astype(str)
    return summed.assign(
        channel=[names[number] for number in summed["channel"]],
        month=pd.Series(np.where(known, words, ""), dtype=object),
    )
