"""What every reader gives: the cells of a sheet, untouched, in blocks of rows, with the number of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

HEAD_ROWS = 16


class UnreadableError(Exception):
    """A file that can't be read: `reason` is a word for the ledger, `advice` what a person can do."""

    def __init__(self, *, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Cells of a block of rows of one sheet: columns `0`, `1`, … of text (other types where the file has types).

    `rows` numbers the rows from 1; `broken` names rows that could not be taken apart, with the reason;
    `names` are headers where the format itself has them, else the header is among the rows of the first block,
    the one that `begins` the sheet.
    """

    cells: pa.Table
    rows: np.ndarray
    sheet: str = ""
    encoding: str = ""
    names: tuple[str, ...] = ()
    broken: tuple[tuple[int, str], ...] = ()
    begins: bool = True

    def head(self) -> list[list[str]]:
        """The first rows as text."""
        first = self.cells.slice(0, HEAD_ROWS)
        return [["" if cell is None else str(cell) for cell in row.values()] for row in first.to_pylist()]


def make_grid(
    records: Sequence[Sequence[str]], rows: Sequence[int] | None = None, *, sheet: str = "", encoding: str = ""
) -> Grid:
    """A grid of text from records of any width; short ones are filled with empty cells."""
    width = max((len(record) for record in records), default=0)
    columns = [[record[at] if at < len(record) else "" for record in records] for at in range(width)]
    cells = pa.table([pa.array(column, pa.string()) for column in columns], [str(at) for at in range(width)])
    numbers = np.arange(1, len(records) + 1) if rows is None else np.asarray(rows, dtype=np.int64)
    return Grid(cells=cells, rows=numbers, sheet=sheet, encoding=encoding)
