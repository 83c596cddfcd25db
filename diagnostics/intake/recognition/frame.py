"""A sheet whose header was found: named columns, the rows of data, and what it was recognised as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.reading.grid import Grid
from diagnostics.intake.recognition.fingerprint import THRESHOLD, recognise, score_layout
from diagnostics.intake.recognition.header import Header, find_header, number_duplicates
from diagnostics.intake.recognition.layouts import Layout
from diagnostics.intake.recognition.mapping import FileMapping, find_mapping, score_mapping
from diagnostics.intake.recognition.recipe import Recipe
from diagnostics.intake.working import filter_rows

_MAPPED_THRESHOLD = 0.5
_TOTAL = r"^(?:合计|总计|小计)[:：]?$"
_LOOKED_FOR_TOTALS = 3


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A block of rows of one sheet under its normalised headers; `notes` is the text above the header.

    `rejected` are rows that are no data: totals, repeated headers, rows that could not be taken apart.
    `kept` are the places of the columns among the cells of the sheet.
    """

    path: str
    sheet: str
    encoding: str
    header_row: int | None
    table: pa.Table
    rows: np.ndarray
    notes: str
    layout: Layout | None
    mapping: FileMapping | None
    score: float
    rejected: tuple[tuple[int, str], ...]
    kept: tuple[int, ...]

    @property
    def recipe(self) -> Recipe | None:
        """What the rows feed; nothing for an unknown export or one that is not used."""
        if self.mapping is not None:
            return self.mapping.recipe
        return self.layout.recipe if self.layout is not None else None


def open_frame(grid: Grid, path: str, layouts: Sequence[Layout], mappings: Sequence[FileMapping]) -> Frame:
    """Find the header of a grid, recognise the export, and set aside the rows that are no data.

    A mapping in the client's settings goes before a known layout.
    """
    candidates = [mapping for mapping in mappings if mapping.covers(path, grid.sheet)]

    def fit(names: Sequence[str]) -> float:
        mapped = max((score_mapping(mapping, names) for mapping in candidates), default=0.0)
        return mapped if mapped >= _MAPPED_THRESHOLD else max(score_layout(names, layout) for layout in layouts)

    header = _read_header(grid, fit)
    mapping = find_mapping(candidates, header.names)
    layout, score = (None, 1.0) if mapping else recognise(header.names, layouts)
    names, kept = _name_columns(header, layout)
    start = header.row + header.rows
    table, rows, rejected = _set_aside(grid.cells.select(kept).rename_columns(names).slice(start), grid.rows[start:])
    return Frame(
        path=path,
        sheet=grid.sheet,
        encoding=grid.encoding,
        header_row=None if grid.names else header.row + header.rows - 1,
        table=table,
        rows=rows,
        notes=" ".join(cell for row in grid.head()[: header.row] for cell in row if cell) if not grid.names else "",
        layout=layout,
        mapping=mapping,
        score=round(score, 4),
        rejected=(*rejected, *grid.broken),
        kept=tuple(kept),
    )


def continue_frame(frame: Frame, grid: Grid) -> Frame:
    """The next block of rows of a frame's sheet."""
    cells = grid.cells.select(list(frame.kept)).rename_columns(frame.table.column_names)
    table, rows, rejected = _set_aside(cells, grid.rows)
    return replace(
        frame, table=table, rows=rows, rejected=(*rejected, *grid.broken), encoding=grid.encoding or frame.encoding
    )


def _read_header(grid: Grid, fit: Callable[[Sequence[str]], float]) -> Header:
    if grid.names:
        names = tuple(number_duplicates(grid.names))
        return Header(row=-1, rows=1, names=names, score=fit(names))
    return find_header(grid.head(), fit, THRESHOLD)


def _name_columns(header: Header, layout: Layout | None) -> tuple[list[str], list[int]]:
    """Names of the columns, other spellings of a layout's headers put right, and their places among the cells."""
    also = layout.also if layout else {}
    names: list[str] = []
    kept: list[int] = []
    for at, name in enumerate(header.names):
        known = also.get(name, name)
        chosen = name if known in header.names or known in names else known
        if chosen and chosen not in names:
            names.append(chosen)
            kept.append(at)
    return names, kept


def _set_aside(table: pa.Table, rows: np.ndarray) -> tuple[pa.Table, np.ndarray, list[tuple[int, str]]]:
    """Leave out blank rows; name totals and repeated headers as rejected."""
    if not table.column_names:
        return pa.table({}), rows[:0], []
    blank = _are_blank(table)
    table, rows = filter_rows(table, ~blank), rows[~blank]
    rejected: list[tuple[int, str]] = []
    for name in table.column_names[:_LOOKED_FOR_TOTALS]:
        if not pa.types.is_string(table[name].type):
            continue
        cells = pc.utf8_trim_whitespace(table[name].combine_chunks())
        for mask, reason in (
            (pc.match_substring_regex(cells, _TOTAL), "total_row"),
            (pc.equal(cells, name), "repeated_header"),
        ):
            hit = np.asarray(pc.fill_null(mask, False))[: len(rows)]  # noqa: FBT003 - an arrow scalar
            if hit.any():
                rejected += [(int(row), reason) for row in rows[hit]]
    if rejected:
        keep = ~np.isin(rows, [row for row, _ in rejected])
        table, rows = filter_rows(table, keep), rows[keep]
    return table, rows, list(dict(reversed(rejected)).items())


def _are_blank(table: pa.Table) -> np.ndarray:
    blank = np.ones(table.num_rows, bool)
    for name in table.column_names:
        if not blank.any():
            break
        cells = table[name].combine_chunks()
        empty = pc.is_null(cells)
        if pa.types.is_string(cells.type):
            empty = pc.or_(empty, pc.fill_null(pc.equal(pc.utf8_trim_whitespace(cells), ""), True))  # noqa: FBT003
        blank &= np.asarray(empty)
    return blank
