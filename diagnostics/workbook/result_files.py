"""Reads the result file of one statement into a frame, or tells every fault with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.formats.pandas import PandasData

from diagnostics.intake.privacy.columns import choose_search, count_column
from diagnostics.model.errors import Fault
from diagnostics.workbook.result_cells import EXPECTED, Cell, WrongCellError, convert, name_kind
from diagnostics.workbook.statements import SEAL

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.schema as sch

FORMATS = (".csv", ".parquet")
# Aggregates are small: more than this is something else.
MOST_BYTES = 200_000_000
MOST_ROWS = 1_000_000
LONGEST_FOUND = 40
HEADER_ROWS = 1


@dataclass(frozen=True, kw_only=True)
class RawResult:
    """A result file as it lies there: its columns, and its rows of cells not yet converted."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def first(self, column: str) -> Cell:
        """The first row's cell of a column; `None` without the column or without rows."""
        return self.rows[0][self.columns.index(column)] if self.rows and column in self.columns else None


class WrongResultError(Exception):
    """A result file that can't be used, with its faults."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


def find_result(folder: Path, name: str) -> Path | None:
    """The result file of a statement; `None` if there is none, `WrongResultError` if there are two."""
    found = [path for ending in FORMATS if (path := folder / f"{name}{ending}").is_file()]
    if len(found) > 1:
        expected = "one file: delete the other, so that nobody has to guess which is right"
        raise WrongResultError(Fault(file=found[0].name, found=f"{found[1].name} beside it", expected=expected))
    return found[0] if found else None


def open_result(path: Path) -> RawResult:
    """The columns and cells of a CSV or Parquet file; `WrongResultError` if it can't be read."""
    if path.stat().st_size > MOST_BYTES:
        expected = f"at most {MOST_BYTES:,} bytes: the statement's result is far smaller"
        raise WrongResultError(Fault(file=path.name, found=f"{path.stat().st_size:,} bytes", expected=expected))
    return _open_parquet(path) if path.suffix == ".parquet" else _open_csv(path)


def type_result(raw: RawResult, schema: sch.Schema) -> pd.DataFrame:
    """The rows as the statement's types, decimals as float64 and days as datetime64, like a direct answer.

    `WrongResultError` lists wrong columns, cells of another type, text that hides something or holds somebody's
    number, and rows that stand there twice.
    """
    _match_columns(raw, schema)
    kinds = [name_kind(schema[name]) for name in raw.columns]
    columns: list[list[Cell]] = []
    faults: list[Fault] = []
    for place, (name, kind) in enumerate(zip(raw.columns, kinds, strict=True)):
        cells, fault = _convert_column(raw, place, kind)
        columns.append(cells)
        faults += [fault] if fault else _search_column(raw.name, name, kind, cells)
    if not faults:
        faults += _find_twice(raw.name, columns)
    if faults:
        raise WrongResultError(*faults)
    by_name = dict(zip(raw.columns, columns, strict=True))
    return _frame(by_name, schema)


def _open_csv(path: Path) -> RawResult:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongResultError(
            Fault(file=path.name, found="another encoding", expected="CSV saved as UTF-8")
        ) from error
    if "\0" in text:
        raise WrongResultError(Fault(file=path.name, found="zero bytes", expected="CSV as text"))
    rows: list[Sequence[Cell]] = []
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = tuple(name.strip() for name in next(lines, []))
        for cells in lines:
            if len(cells) != len(columns):
                found = f"{len(cells)} cells, where the header has {len(columns)}"
                expected = "as many cells as columns: commas inside texts need quotes"
                raise WrongResultError(Fault(file=path.name, row=lines.line_num, found=found, expected=expected))
            rows.append(cells)
    except csv.Error as error:
        expected = "CSV with a comma between cells and double quotes around texts"
        raise WrongResultError(
            Fault(file=path.name, row=lines.line_num, found=str(error), expected=expected)
        ) from error
    return RawResult(name=path.name, columns=columns, rows=_limit(path.name, rows))


def _open_parquet(path: Path) -> RawResult:
    try:
        with pq.ParquetFile(path) as file:
            held = sum(file.metadata.row_group(part).total_byte_size for part in range(file.metadata.num_row_groups))
            if held > MOST_BYTES or file.metadata.num_rows > MOST_ROWS:
                found = f"{file.metadata.num_rows:,} rows, {held:,} bytes"
                expected = f"at most {MOST_ROWS:,} rows and {MOST_BYTES:,} bytes"
                raise WrongResultError(Fault(file=path.name, found=found, expected=expected))
            table = file.read()
        cells = [column.to_pylist() for column in table.columns]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise WrongResultError(
            Fault(file=path.name, found="no readable Parquet", expected="the file as the warehouse wrote it")
        ) from error
    rows = list(zip(*cells, strict=True))
    return RawResult(name=path.name, columns=tuple(table.column_names), rows=rows)


def _limit(name: str, rows: list[Sequence[Cell]]) -> list[Sequence[Cell]]:
    if len(rows) > MOST_ROWS:
        raise WrongResultError(Fault(file=name, found=f"{len(rows):,} rows", expected=f"at most {MOST_ROWS:,} rows"))
    return rows


def _match_columns(raw: RawResult, schema: sch.Schema) -> None:
    given, wanted = list(raw.columns), list(schema.names)
    faults = [
        Fault(file=raw.name, column=name, found="no such column", expected="the columns of the statement, unchanged")
        for name in wanted
        if name not in given
    ]
    faults += [
        Fault(
            file=raw.name,
            column=_shorten(name),
            found="twice" if name in wanted else "a column that the statement does not give",
            expected="the columns of the statement, each once",
        )
        for place, name in enumerate(given)
        if name not in wanted or name in given[:place]
    ]
    if faults:
        raise WrongResultError(*faults)


def _convert_column(raw: RawResult, place: int, kind: str) -> tuple[list[Cell], Fault | None]:
    """The converted cells, and the first that can't be; how many more there are is told with it."""
    cells: list[Cell] = []
    wrong: list[int] = []
    for number, row in enumerate(raw.rows):
        try:
            cells.append(convert(kind, row[place]))
        except WrongCellError:
            wrong.append(number)
    if not wrong:
        return cells, None
    found = _shorten(repr(raw.rows[wrong[0]][place])) + (f" and {len(wrong) - 1:,} more" if len(wrong) > 1 else "")
    place_told = wrong[0] + 1 + HEADER_ROWS
    return cells, Fault(file=raw.name, row=place_told, column=raw.columns[place], found=found, expected=EXPECTED[kind])


def _search_column(file: str, name: str, kind: str, cells: list[Cell]) -> list[Fault]:
    """Whether a column of text holds somebody's number or address; it is told without repeating it."""
    # Eleven digits of a seal may read like a mobile number.
    if kind != "string" or name == SEAL:
        return []
    # Codes of things (`sku`, `unit`) hold digits by nature: only what is surely somebody's number counts there.
    searched = name if choose_search(name).told_apart else "product_id"
    held = count_column(searched, pa.array(cells, pa.string()))
    return [
        Fault(
            file=file,
            column=name,
            found=f"{count:,} cells that hold somebody's {identifier.replace('_', ' ')}",
            expected="text without it: mask it in the view that the statement reads, and run the statement again",
        )
        for identifier, count in held.items()
    ]


def _find_twice(file: str, columns: list[list[Cell]]) -> list[Fault]:
    seen: dict[tuple[Cell, ...], int] = {}
    for number, row in enumerate(zip(*columns, strict=True)):
        first = seen.setdefault(row, number)
        if first != number:
            found = f"the same as row {first + 1 + HEADER_ROWS}"
            expected = "each row once: the file was written or joined twice"
            return [Fault(file=file, row=number + 1 + HEADER_ROWS, found=found, expected=expected)]
    return []


def _frame(columns: Mapping[str, list[Cell]], schema: sch.Schema) -> pd.DataFrame:
    """The cells as the frame that the embedded engine would have answered with."""
    typed = ibis.schema(
        {
            name: "float64" if kind.is_decimal() else "timestamp(6)" if kind.is_date() else kind
            for name, kind in schema.items()
        }
    )
    arrow = typed.to_pyarrow()
    cells = {
        # Like the engine: a column without gaps by its type, one with gaps cell by cell.
        name: columns[name] if None in columns[name] else _fill(columns[name], arrow.field(name).type)
        for name in typed
    }
    frame: pd.DataFrame = PandasData.convert_table(pd.DataFrame(cells), typed)
    return frame


def _fill(cells: list[Cell], kind: pa.DataType) -> pd.Series:
    days = any(isinstance(cell, date) and not isinstance(cell, datetime) for cell in cells)
    array = pa.array(cells, pa.date32()).cast(kind) if days else pa.array(cells, kind)
    filled: pd.Series = array.to_pandas()
    return filled


def _shorten(found: str) -> str:
    return found if len(found) <= LONGEST_FOUND else f"{found[:LONGEST_FOUND]}…"
