"""Receive every file that a client sent, block by block: order rows go on piles, other rows to their tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.account_files import Opened
from diagnostics.intake.feed import PHONE_KEY, TAIL_KEY, feed
from diagnostics.intake.files import ExportFile, Piles
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.orders.deal import deal
from diagnostics.intake.orders.order_lines import stage
from diagnostics.intake.orders.order_rows import settle_orders
from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.privacy.handled import Counts, count_handled
from diagnostics.intake.reading.child import Reading
from diagnostics.intake.reading.grid import Grid, UnreadableError
from diagnostics.intake.recognition.frame import Frame, continue_frame, open_frame
from diagnostics.intake.recognition.layouts import Layout
from diagnostics.intake.recognition.mapping import FileMapping
from diagnostics.intake.recognition.recipe import Recipe
from diagnostics.intake.vault import find_days
from diagnostics.intake.working import FILE, ROW, filter_rows

ORDER_LINES = "order_lines"
# Rows of a file that stay in memory: an unknown file's suggested mapping is made from them.
_SAMPLED_ROWS = 200
NO_EXPORT = "Not an export; left out."
SKIPPED = {
    "link_outside": "The link leads out of the exports folder and was not followed; put the file itself there.",
    "link_broken": "The link leads nowhere; put the file itself into the exports folder.",
    "link_folder": "The link leads to a folder and was not followed; put the files themselves there.",
    "no_file": "This is a pipe or a device, no file; put the export itself there.",
    "not_readable": "It can't be opened; check its permissions.",
}
Days = tuple[date, date]


class Reception:
    """Takes files in; what came of a file that turns out to be unreadable midway counts for nothing.

    `opened` holds every sheet under its number, `ledger` the rows that were set aside, `piles` the order rows;
    `has_masked` says whether orders hold masked numbers.
    """

    def __init__(
        self, *, layouts: Sequence[Layout], mappings: Sequence[FileMapping], keys: Pseudonyms, piles: Piles
    ) -> None:
        self._layouts, self._mappings, self._keys = layouts, mappings, keys
        self._parts: dict[str, list[pa.Table]] = defaultdict(list)
        self._next = 0
        self.opened: dict[int, Opened] = {}
        self.ledger = Ledger()
        self.piles = piles
        self.has_masked = False

    def receive(self, file: ExportFile, reading: Reading) -> None:
        """Read one file to its end."""
        if file.skipped:
            self._note(Opened(path=file.name, reason=file.skipped, advice=SKIPPED.get(file.skipped, NO_EXPORT)))
            return
        first = self._next
        try:
            for blocks in _part_sheets(reading.read(file.path)):
                self._note(self._take_sheet(file.name, blocks))
        except UnreadableError as error:
            for number in range(first, self._next + 1):
                self.opened.pop(number, None)
                self.ledger.forget(number)
            self._next += 1
            self._note(Opened(path=file.name, reason=error.reason, advice=error.advice))
        if self._next == first:
            advice = "The file holds no rows; export it again."
            self._note(Opened(path=file.name, reason="empty_file", advice=advice))

    def take_parts(self) -> dict[str, list[pa.Table]]:
        """Rows by table, without order lines; in the order in which they came."""
        parts = {
            name: [part for part in of if part[FILE][0].as_py() in self.opened] for name, of in self._parts.items()
        }
        return {name: of for name, of in parts.items() if of}

    def take_pile(self, at: int) -> pa.Table:
        """The order rows of a pile."""
        table = self.piles.take(at)
        return filter_rows(table, np.isin(np.asarray(table[FILE]), list(self.opened)))

    def _note(self, opened: Opened) -> None:
        self.opened[self._next] = opened
        self._next += 1

    def _take_sheet(self, path: str, blocks: Iterable[Grid]) -> Opened:
        """Feed the rows of a sheet to their table; rows that go nowhere are noted."""
        first: Frame | None = None
        held: list[Frame] = []
        days: list[Days | None] = []
        handled: Counts = Counter()
        read = 0
        for grid in blocks:
            frame = continue_frame(first, grid) if first else open_frame(grid, path, self._layouts, self._mappings)
            first = first or replace(frame, table=_sample(frame.table), rows=frame.rows[:0], rejected=())
            handled.update(count_handled(frame))
            read += len(frame.rows) + len(frame.rejected)
            for row, reason in frame.rejected:
                self.ledger.note(self._next, [row], reason)
            if frame.recipe is None:
                self.ledger.note(self._next, frame.rows, "not_used" if frame.layout else "unknown_layout")
            elif frame.recipe.sees_whole_columns:
                held.append(frame)
            else:
                days.append(self._feed(frame, frame.recipe))
        if held and held[0].recipe:
            days.append(self._feed(_join(held), held[0].recipe))
        if first and first.recipe:
            first = replace(first, table=first.table.schema.empty_table())
        return Opened(path=path, frame=first, rows_read=read, period=_span(days), handled=handled)

    def _feed(self, frame: Frame, recipe: Recipe) -> Days | None:
        """The days that the rows cover."""
        table = feed(frame, recipe, self._keys, self._next)
        if recipe.unpivot:
            self.ledger.note(self._next, np.setdiff1d(frame.rows, np.asarray(table[ROW])), "no_value")
        if recipe.table == ORDER_LINES:
            table = stage(settle_orders(table, frame, recipe))
            masked = pc.and_(pc.is_valid(table[TAIL_KEY]), pc.is_null(table[PHONE_KEY]))
            self.has_masked |= bool(pc.any(masked).as_py())
            deal(table, self.piles)
        elif table.num_rows:
            self._parts[recipe.table].append(table)
        return find_days(table)


def _sample(table: pa.Table) -> pa.Table:
    """Copies of the first rows: a slice would hold on to the whole block."""
    return table.take(pa.array(np.arange(min(_SAMPLED_ROWS, table.num_rows))))


def _part_sheets(grids: Iterator[Grid]) -> Iterator[Iterator[Grid]]:
    """The blocks of each sheet in turn."""
    sheet = 0

    def count(grid: Grid) -> int:
        nonlocal sheet
        sheet += grid.begins
        return sheet

    return (blocks for _, blocks in groupby(grids, key=count))


def _join(frames: Sequence[Frame]) -> Frame:
    return replace(
        frames[0],
        table=pa.concat_tables([frame.table for frame in frames]),
        rows=np.concatenate([frame.rows for frame in frames]),
    )


def _span(days: Iterable[Days | None]) -> Days | None:
    known = [span for span in days if span]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None
