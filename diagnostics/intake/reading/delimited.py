"""Take delimited text apart, in blocks: the delimiter is found, odd rows are repaired or named."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from diagnostics.intake.reading.blocks import Recoded, Stream, count_byte, cut_blocks
from diagnostics.intake.reading.decode import LOST, Decoder
from diagnostics.intake.reading.grid import Grid, UnreadableError, make_grid
from diagnostics.intake.reading.quotes import OPEN, has_swallowed, mark_open_quotes

_DELIMITERS = ",\t;|"
_LOOKED_AT = 60
_LOOKED_AT_BYTES = 1 << 18
_FIRST_BYTES = 4
_MOST_COLUMNS = 4096
# Damaged text may hold a few zero bytes; a binary file is full of them.
_MOST_ZERO_SHARE = 0.02
_MARKS = ((LOST, "undecodable"), (OPEN, "open_quote"))
# The byte with which both marks begin: one byte is sought ten times faster than four.
_MARKED = LOST.encode()[:1]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How records look: delimiter, usual number of cells, and how many records come before the first such one."""

    delimiter: str
    width: int
    first: int


def read_delimited(stream: Stream) -> Iterator[Grid]:
    """Grids from a stream of CSV, TSV or similar text, one a block; `UnreadableError` if it holds no text."""
    decoder = Decoder()
    start, wide = decoder.take_mark(stream.read(_FIRST_BYTES))
    blocks = cut_blocks(Recoded(stream, wide, start)) if wide else cut_blocks(stream, start)
    shape: Shape | None = None
    above = 0
    for block in blocks:
        text = decoder.decode(block)
        begins = shape is None
        if shape is None:
            _refuse_binary(text)
            shape = find_shape(text)
        if shape.width == 0:
            continue
        grid, records = _read_block(text.replace(b"\x00", b""), shape if begins else replace(shape, first=-1))
        yield Grid(
            cells=grid.cells,
            rows=grid.rows + above,
            encoding=decoder.encoding,
            broken=tuple((number + above, reason) for number, reason in grid.broken),
            begins=begins,
        )
        above += records


def _refuse_binary(text: bytes) -> None:
    head = text[:_LOOKED_AT_BYTES]
    if head.count(0) > _MOST_ZERO_SHARE * len(head):
        raise UnreadableError(
            reason="not_text", advice="The file is neither a table nor text; export it again as CSV or XLSX."
        )


def find_shape(text: bytes) -> Shape:
    """The shape of the records at the start of a text; `UnreadableError` for an absurd number of columns."""
    head = text[:_LOOKED_AT_BYTES].decode("utf-8", "ignore")
    best = (0.0, ",", 0, 0)
    for delimiter in _DELIMITERS:
        widths = [len(record) for record in _first_records(head, delimiter)]
        if not widths:
            continue
        width, times = max(Counter(widths).items(), key=lambda item: (item[1] * (item[0] > 1), item[1]))
        best = max(best, (times / len(widths) * (width - 1) + 0.01, delimiter, width, widths.index(width)))
    if best[2] > _MOST_COLUMNS:
        raise UnreadableError(
            reason="too_many_columns", advice=f"The file has {best[2]:,} columns; export only the table itself."
        )
    return Shape(delimiter=best[1], width=best[2], first=best[3])


def _first_records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [record for record in islice(reader, _LOOKED_AT) if record]
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines()[:_LOOKED_AT] if line]


def _read_block(text: bytes, shape: Shape) -> tuple[Grid, int]:
    """The rows of a block, numbered from 1, and how many records it holds."""
    quoted = b'"' in text
    grid, odd = _parse(text, shape, quoted=quoted)
    # Where no row has a line break of its own, no quote can have taken in another.
    has_breaks = count_byte(text, b"\n") > grid.cells.num_rows + len(odd)
    if quoted and (count_byte(text, b'"') % 2 or (has_breaks and _are_tangled(grid, odd, shape))):
        text = mark_open_quotes(text.decode(), shape.delimiter, shape.width).encode()
        grid, odd = _parse(text, shape, quoted=True)
    records = grid.cells.num_rows + len(odd)
    cut_at = 0 if text.endswith((b"\n", b"\r")) else records
    return _name_marked(_take_in_odd(grid, odd, shape, cut_at), text), records


def _are_tangled(grid: Grid, odd: list[tuple[int, str]], shape: Shape) -> bool:
    """Whether a quote that nobody closed seems to have taken rows into a cell."""
    return any("\n" in text.strip() for _, text in odd) or has_swallowed(grid.cells, shape.delimiter)


def _name_marked(grid: Grid, text: bytes) -> Grid:
    """Without the rows that hold a mark for what could not be read; they are named as broken."""
    for mark, reason in _MARKS if _MARKED in text else ():
        if mark.encode() not in text:
            continue
        hit = np.zeros(grid.cells.num_rows, bool)
        for column in grid.cells.columns:
            hit |= np.asarray(pc.match_substring(column, mark))
        named = tuple((int(row), reason) for row in grid.rows[hit])
        kept = grid.cells.filter(pa.array(~hit))
        grid = replace(grid, cells=kept, rows=grid.rows[~hit], broken=(*grid.broken, *named))
    return grid


def _parse(text: bytes, shape: Shape, *, quoted: bool) -> tuple[Grid, list[tuple[int, str]]]:
    """The rows of the usual width, and the number and text of the others."""
    odd: list[tuple[int, str]] = []

    def keep_odd(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip"

    names = [str(at) for at in range(shape.width)]
    try:
        cells = arrow_csv.read_csv(
            pa.BufferReader(text),
            # One block is one piece: the text was cut where a record ends.
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(text) + 1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=shape.delimiter,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=keep_odd,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise UnreadableError(
            reason="damaged_text", advice="The rows of the file can't be told apart; export it again."
        ) from error
    every = np.arange(1, cells.num_rows + len(odd) + 1, dtype=np.int64)
    rows = np.setdiff1d(every, np.fromiter((number for number, _ in odd), np.int64, len(odd)), assume_unique=True)
    return Grid(cells=cells, rows=rows), odd


def _take_in_odd(grid: Grid, odd: list[tuple[int, str]], shape: Shape, cut_at: int) -> Grid:
    """Rows of another width: short ones are filled up, empty extra cells cut off, others named as broken.

    A short row at `cut_at`, the end of a file without a line break, was cut off: its last amount can't be trusted.
    """
    repaired: list[list[str]] = []
    numbers: list[int] = []
    broken: list[tuple[int, str]] = []
    for number, text in odd:
        record = _split(text, shape.delimiter)
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[shape.width :]) and number > shape.first:
            broken.append((number, "too_many_cells"))
        elif number == cut_at and 1 < len(record) < shape.width and number > shape.first:
            broken.append((number, "cut_off"))
        else:
            repaired.append((record + [""] * shape.width)[: shape.width])
            numbers.append(number)
    if not repaired:
        return Grid(cells=grid.cells, rows=grid.rows, broken=tuple(broken))
    added = make_grid(repaired, numbers)
    cells = pa.concat_tables([grid.cells, added.cells])
    rows = np.concatenate([grid.rows, added.rows])
    order = np.argsort(rows, kind="stable")
    return Grid(cells=cells.take(pa.array(order)), rows=rows[order], broken=tuple(broken))


def _split(text: str, delimiter: str) -> list[str]:
    """The cells of one record; of one with an absurdly long cell, quotes and all."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)
