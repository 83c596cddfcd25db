"""Read Parquet, whose columns have types of their own; what Arrow did not check is checked here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from diagnostics.intake.reading.grid import Grid, UnreadableError

ROWS_OF_BLOCK = 100_000
_MOST_COLUMNS = 4096
# One value over and over packs to almost nothing: more rows than this a byte mean a file made to fill the disk.
_MOST_ROWS_A_BYTE = 100
_FEW_ROWS = 1_000_000
_PLAIN = (
    *(pa.types.is_integer, pa.types.is_float32, pa.types.is_float64, pa.types.is_boolean),
    *(pa.types.is_date, pa.types.is_timestamp, pa.types.is_string),
)
_TEXT = (pa.types.is_large_string, pa.types.is_string_view, pa.types.is_decimal)


def read_parquet(stream: IO[bytes]) -> Iterator[Grid]:
    """The rows of a Parquet file, block by block; `UnreadableError` for a damaged or absurd one."""
    size = stream.seek(0, 2)
    stream.seek(0)
    try:
        file = parquet.ParquetFile(pa.PythonFile(stream, mode="r"))
        _refuse_absurd(file.metadata, size)
        names = tuple(file.schema_arrow.names)
        columns = [str(at) for at in range(len(names))]
        above = 0
        for batch in file.iter_batches(batch_size=ROWS_OF_BLOCK):
            cells = pa.table([_make_plain(column) for column in batch.columns], names=columns)
            rows = np.arange(above + 1, above + cells.num_rows + 1)
            yield Grid(cells=cells, rows=rows, encoding="parquet", names=names, begins=above == 0)
            above += cells.num_rows
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(
            reason="damaged_parquet", advice="The Parquet file is damaged; export it again."
        ) from error


def _refuse_absurd(stated: parquet.FileMetaData, size: int) -> None:
    if stated.num_columns > _MOST_COLUMNS:
        raise UnreadableError(
            reason="too_many_columns", advice=f"The file has {stated.num_columns:,} columns; export the table itself."
        )
    if stated.num_rows > max(_FEW_ROWS, size * _MOST_ROWS_A_BYTE):
        raise UnreadableError(
            reason="zip_bomb", advice="The file unpacks to an absurd size; export it again, by month."
        )


def _make_plain(column: pa.Array) -> pa.Array:
    """Numbers, days, yes and no as they are, all else as text; text that is no UTF-8 is refused."""
    column.validate(full=True)
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _make_plain(column.dictionary_decode())
    if any(is_kind(kind) for is_kind in _PLAIN):
        return column
    if pa.types.is_float16(kind):
        return pc.cast(column, pa.float64())
    if any(is_kind(kind) for is_kind in _TEXT):
        return pc.cast(column, pa.string())
    return pa.array([None if value is None else _spell(value) for value in column.to_pylist()], pa.string())


def _spell(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
