"""The ledger of rejected rows: which row of which file, and why, without what it said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.working import FATE, FILE, ROW, column, filter_rows

# A file has fewer rows than this many bits can number.
_ROW_BITS = 40
_FIRST_ROWS = 5


class Ledger:
    """Collects rejected rows while a client's files are taken in; a row has one reason, the first."""

    def __init__(self) -> None:
        self._files: list[np.ndarray] = []
        self._rows: list[np.ndarray] = []
        self._reasons: list[str] = []

    def note(self, file: int, rows: Iterable[int] | np.ndarray, reason: str) -> None:
        """Rows of one file that are rejected for a reason."""
        numbers = rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.int64)
        self._note(np.full(len(numbers), file, np.int64), numbers, reason)

    def drop(self, table: pa.Table, mask: np.ndarray, reason: str) -> pa.Table:
        """The table without the rows of the mask, which are noted."""
        if not mask.any():
            return table
        gone = filter_rows(table.select([FILE, ROW]), mask)
        self._note(np.asarray(gone[FILE]), np.asarray(gone[ROW]), reason)
        return filter_rows(table, ~mask)

    def drop_fated(self, table: pa.Table) -> pa.Table:
        """The table without the rows whose fate was sealed while they were read."""
        for reason in column(table, FATE).unique().drop_null().to_pylist():
            fated = pc.fill_null(pc.equal(column(table, FATE), reason), False)  # noqa: FBT003 - an arrow scalar
            table = self.drop(table, np.asarray(fated), reason)
        return table

    def forget(self, file: int) -> None:
        """Take back what was noted of a file."""
        kept = [at for at, files in enumerate(self._files) if not (len(files) and (files == file).all())]
        self._files = [self._files[at] for at in kept]
        self._rows = [self._rows[at] for at in kept]
        self._reasons = [self._reasons[at] for at in kept]

    def _note(self, files: np.ndarray, rows: np.ndarray, reason: str) -> None:
        if len(rows):
            self._files.append(files)
            self._rows.append(rows)
            self._reasons.append(reason)

    def mark(self) -> int:
        """How much was noted so far; `table` gives what came after."""
        return len(self._rows)

    def table(self, since: int = 0) -> pa.Table:
        """Rejected rows noted since a mark: file number, row number, reason; each row once."""
        sizes = [len(rows) for rows in self._rows[since:]]
        files = np.concatenate([*self._files[since:], np.empty(0, np.int64)])
        rows = np.concatenate([*self._rows[since:], np.empty(0, np.int64)])
        codes = np.repeat(np.arange(len(sizes)), sizes)
        _, first = np.unique(files << _ROW_BITS | rows, return_index=True)
        kept = np.sort(first)
        reasons = pa.DictionaryArray.from_arrays(
            pa.array(codes[kept], pa.int32()), pa.array(self._reasons[since:], pa.string())
        )
        return pa.table({FILE: pa.array(files[kept]), ROW: pa.array(rows[kept]), "reason": reasons.cast(pa.string())})

    def first_rows(self, reasons: Iterable[str]) -> dict[int, dict[str, list[int]]]:
        """The numbers of the first rows rejected for these reasons, by file and reason; at most five each."""
        table = self.table()
        meant = pc.is_in(table["reason"], value_set=pa.array(list(reasons), pa.string()))
        first: dict[int, dict[str, list[int]]] = defaultdict(dict)
        rows = table.filter(meant).sort_by([(FILE, "ascending"), (ROW, "ascending")]).to_pandas()
        for (file, reason), found in rows.groupby([FILE, "reason"], sort=True)[ROW]:
            first[int(file)][str(reason)] = [int(row) for row in found.head(_FIRST_ROWS)]
        return first

    def counts(self) -> dict[int, Counter[str]]:
        """Rejected rows by file and reason."""
        table = self.table()
        counted: dict[int, Counter[str]] = defaultdict(Counter)
        totals = table.group_by([FILE, "reason"]).aggregate([([], "count_all")])
        for file, reason, count in zip(
            *(totals[name].to_pylist() for name in (FILE, "reason", "count_all")), strict=True
        ):
            counted[file][reason] = count
        return counted
