"""The ledger of rejected rows: which row of which file, and why, without what it said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.working import FATE, FILE, ROW, column, filter_rows


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

    def _note(self, files: np.ndarray, rows: np.ndarray, reason: str) -> None:
        if len(rows):
            self._files.append(files)
            self._rows.append(rows)
            self._reasons.append(reason)

    def table(self) -> pa.Table:
        """All rejected rows: file number, row number, reason; each row once."""
        sizes = [len(rows) for rows in self._rows]
        files = np.concatenate([*self._files, np.empty(0, np.int64)])
        rows = np.concatenate([*self._rows, np.empty(0, np.int64)])
        codes = np.repeat(np.arange(len(sizes)), sizes)
        _, first = np.unique(np.stack([files, rows]), axis=1, return_index=True)
        kept = np.sort(first)
        reasons = pa.DictionaryArray.from_arrays(
            pa.array(codes[kept], pa.int32()), pa.array(self._reasons, pa.string())
        )
        return pa.table({FILE: pa.array(files[kept]), ROW: pa.array(rows[kept]), "reason": reasons.cast(pa.string())})

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
