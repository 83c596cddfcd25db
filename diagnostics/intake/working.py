"""Columns of a table on its way from a file to the vault: read them, replace them, keep a part of the rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

FILE, ROW, FATE = "_file", "_row", "_fate"


def column(table: pa.Table, name: str, kind: pa.DataType | None = None) -> pa.Array:
    """A column as one array; nulls (of `kind`, text if not said) where the table lacks it."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, kind or pa.string())
    found = table[name].combine_chunks()
    return found if kind is None or found.type == kind else pc.cast(found, kind)


def put(table: pa.Table, name: str, values: pa.Array | np.ndarray) -> pa.Table:
    """The table with a column added or replaced."""
    array = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values)
    at = table.schema.get_field_index(name)
    return table.append_column(name, array) if at < 0 else table.set_column(at, name, array)


def floats(table: pa.Table, name: str) -> np.ndarray:
    """A column as numpy floats, NaN where empty."""
    return np.asarray(pc.fill_null(column(table, name, pa.float64()), np.nan))


def flags(table: pa.Table, name: str) -> np.ndarray:
    """A column as numpy booleans, false where empty."""
    return np.asarray(pc.fill_null(column(table, name, pa.bool_()), False))  # noqa: FBT003 - an arrow scalar


def is_empty(table: pa.Table, name: str) -> np.ndarray:
    """Whether a column holds nothing, by row."""
    return np.asarray(pc.is_null(column(table, name)))


def filter_rows(table: pa.Table, mask: np.ndarray) -> pa.Table:
    """The rows where the mask is true."""
    return table if mask.all() else table.filter(pa.array(mask))


def code_groups(table: pa.Table, names: Sequence[str]) -> np.ndarray:
    """A number for each distinct combination of columns; empty cells are a value of their own."""
    codes = np.zeros(table.num_rows, dtype=np.int64)
    for name in names:
        coded = column(table, name).dictionary_encode()
        one = np.asarray(pc.fill_null(coded.indices, -1)).astype(np.int64) + 1
        codes = codes * (len(coded.dictionary) + 1) + one
        codes = np.unique(codes, return_inverse=True)[1] if len(names) > 1 else codes
    return codes


def count_within(groups: np.ndarray) -> np.ndarray:
    """The number of each row within its group, from 0, in the order of the rows.

    >>> count_within(np.array([7, 7, 3, 7])).tolist()
    [0, 1, 0, 2]
    """
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(groups) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(groups)])
    within = np.empty(len(groups), dtype=np.int64)
    within[order] = np.arange(len(groups)) - np.repeat(starts, sizes)
    return within
