"""Read CSV and other delimited text: every cell as text, no row lost."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from diagnostics.intake.decode import decode
from diagnostics.intake.grid import Grid, UnreadableError, make_grid

_DELIMITERS = ",\t;|"
_LOOKED_AT = 60
_LOOKED_AT_BYTES = 1 << 18
# A cell with more line breaks than this is a quote that nobody closed.
_MOST_LINES_IN_CELL = 30
_BLOCK = 1 << 24
# Damaged text may hold a few zero bytes; a binary file is full of them.
_MOST_ZERO_SHARE = 0.02


def read_delimited(data: bytes) -> Grid:
    """A grid from the bytes of a CSV, TSV or similar file; `UnreadableError` if it holds no text."""
    decoded = decode(data)
    head = decoded.data[:_LOOKED_AT_BYTES]
    if head.count(0) > _MOST_ZERO_SHARE * len(head):
        raise UnreadableError(
            reason="not_text", advice="The file is neither a table nor text; export it again as CSV or XLSX."
        )
    text = decoded.data.replace(b"\x00", b"")
    broken = tuple((number, "undecodable") for number in decoded.undecodable)
    delimiter, width, first = _sniff(text)
    if width == 0:
        return Grid(cells=pa.table({}), rows=np.empty(0, np.int64), encoding=decoded.encoding, broken=broken)
    grid = _parse(text, delimiter, width, first, quoted=True)
    if _has_open_quote(grid.cells):
        grid = _parse(text, delimiter, width, first, quoted=False)
    return Grid(cells=grid.cells, rows=grid.rows, encoding=decoded.encoding, broken=(*grid.broken, *broken))


def _sniff(data: bytes) -> tuple[str, int, int]:
    """Delimiter, usual number of cells, and how many records come before the first record of that width."""
    text = data[:_LOOKED_AT_BYTES].decode("utf-8", "ignore")
    best = (0.0, ",", 0, 0)
    for delimiter in _DELIMITERS:
        widths = [len(record) for record in _first_records(text, delimiter)]
        if not widths:
            continue
        width, times = max(Counter(widths).items(), key=lambda item: (item[1] * (item[0] > 1), item[1]))
        best = max(best, (times / len(widths) * (width - 1) + 0.01, delimiter, width, widths.index(width)))
    return best[1:]


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [record for record in islice(reader, _LOOKED_AT) if record]
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines()[:_LOOKED_AT] if line]


def _parse(data: bytes, delimiter: str, width: int, first: int, *, quoted: bool) -> Grid:
    odd: list[tuple[int, str]] = []

    def keep_odd(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip"

    names = [str(at) for at in range(width)]
    try:
        cells = arrow_csv.read_csv(
            io.BytesIO(data),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=keep_odd,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise UnreadableError(
            reason="damaged_text", advice=f"The file can't be taken apart ({error}); export it again."
        ) from error
    every = np.arange(1, cells.num_rows + len(odd) + 1, dtype=np.int64)
    rows = np.setdiff1d(every, np.fromiter((number for number, _ in odd), np.int64, len(odd)), assume_unique=True)
    return _take_in_odd(Grid(cells=cells, rows=rows), odd, delimiter, width, first)


def _take_in_odd(grid: Grid, odd: list[tuple[int, str]], delimiter: str, width: int, first: int) -> Grid:
    """Rows of another width: short ones are filled up, empty extra cells cut off, others named as broken."""
    repaired: list[list[str]] = []
    numbers: list[int] = []
    broken: list[tuple[int, str]] = []
    for number, text in odd:
        record = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[width:]) and number > first:
            broken.append((number, "too_many_cells"))
            continue
        repaired.append((record + [""] * width)[:width])
        numbers.append(number)
    if not repaired:
        return Grid(cells=grid.cells, rows=grid.rows, broken=tuple(broken))
    added = make_grid(repaired, numbers)
    cells = pa.concat_tables([grid.cells, added.cells])
    rows = np.concatenate([grid.rows, added.rows])
    order = np.argsort(rows, kind="stable")
    return Grid(cells=cells.take(pa.array(order)), rows=rows[order], broken=tuple(broken))


def _has_open_quote(cells: pa.Table) -> bool:
    return any(
        (pc.max(pc.count_substring(column, "\n")).as_py() or 0) > _MOST_LINES_IN_CELL for column in cells.columns
    )
