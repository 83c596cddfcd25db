"""Find the quotes that nobody closed, so that they cost one row and not all that follow."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

# Stands in place of a row with an open quote; like `decode.LOST`, no character of any language.
OPEN = "\U0010fffe"
# A cell with more line breaks than this is a quote that nobody closed.
_MOST_LINES_IN_CELL = 30
# In a narrower table a sentence with commas looks like a row.
_NARROWEST = 4


def has_swallowed(cells: pa.Table, delimiter: str) -> bool:
    """Whether a cell holds other rows: far too many lines, or a line with as many delimiters as a row has."""
    for column in cells.columns:
        breaks = pc.count_substring(column, "\n")
        most = pc.max(breaks).as_py() or 0
        if most > _MOST_LINES_IN_CELL:
            return True
        if most:
            broken = column.filter(pc.greater(breaks, 0)).to_pylist()
            if any(_looks_like_rows(cell, delimiter, cells.num_columns) for cell in broken):
                return True
    return False


def mark_open_quotes(text: str, delimiter: str, width: int) -> str:
    r'''The text in which each line that opens a quote without closing it stands for itself.

    Where its delimiters alone tell its cells it is kept, quote and all; else `OPEN` takes its place.

    >>> mark_open_quotes('a,b\n1,"x\n2,y\n3,"two\nlines"\n', ",", 2)
    'a,b\n1,"""x"\n2,y\n3,"two\nlines"\n'
    >>> mark_open_quotes('a,b\n1,"x,y\n2,y\n', ",", 2) == f'a,b\n{OPEN}\n2,y\n'
    True
    '''
    at = re.escape(delimiter)
    marks = _Marks(
        loose=re.compile(rf'(^|{at})"(?:[^"]|"")*"'),
        closed=re.compile(rf'(^|{at})"(?:[^"]|"")*"(?=\r?\n|{at}|$)'),
        opened=re.compile(rf'(?:^|{at})"'),
    )
    lines = text.splitlines(keepends=True) if "\r" in text else text.split("\n")
    join = "" if "\r" in text else "\n"
    done: list[str] = []
    start = 0
    while start < len(lines):
        end = _find_end(lines, start, join, marks)
        record = join.join(lines[start:end])
        if end - start > 1 and _has_swallowed(record, delimiter, width):
            end = 0
        if end:
            done.append(record)
            start = end
        else:
            ending = lines[start][len(lines[start].rstrip("\r\n")) :]
            done.append(_mend(lines[start].rstrip("\r\n"), delimiter, width) + ending)
            start += 1
    return join.join(done)


@dataclass(frozen=True, kw_only=True)
class _Marks:
    """A quoted cell of one line, whatever follows it; one of several lines, which ends with its cell; an open quote."""

    loose: re.Pattern[str]
    closed: re.Pattern[str]
    opened: re.Pattern[str]


def _find_end(lines: list[str], start: int, join: str, marks: _Marks) -> int:
    """Behind the last line of a record; 0 if its quote is not closed within reach."""
    if '"' not in lines[start] or not marks.opened.search(marks.loose.sub(r"\1", lines[start])):
        return start + 1
    for end in range(start + 2, min(len(lines), start + 1 + _MOST_LINES_IN_CELL) + 1):
        if not marks.opened.search(marks.closed.sub(r"\1", join.join(lines[start:end]))):
            return end
    return 0


def _mend(line: str, delimiter: str, width: int) -> str:
    cells = line.split(delimiter)
    if len(cells) != width:
        return OPEN
    bare = (cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells)
    return delimiter.join('"' + cell.replace('"', '""') + '"' if '"' in cell else cell for cell in bare)


def _has_swallowed(record: str, delimiter: str, width: int) -> bool:
    try:
        cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return True
    return len(cells) > width or any("\n" in cell and _looks_like_rows(cell, delimiter, width) for cell in cells)


def _looks_like_rows(cell: str, delimiter: str, width: int) -> bool:
    return width >= _NARROWEST and any(line.count(delimiter) >= width - 1 for line in cell.split("\n"))
