"""Finds the answers of a requirement sheet by key and by heading, wherever rows and columns were moved."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.intake.sheet.faults import Place
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.grid import Grid
from diagnostics.intake.sheet.marks import ANSWER_HEADINGS, KEY_HEADING, TABLE_MARK, VERSION_MARK
from diagnostics.intake.sheet.values import Typed

HEADING_ROWS = 40
_LEAST_HEADINGS = 2


@dataclass(frozen=True, kw_only=True)
class Found:
    """One filled cell and its place."""

    typed: Typed
    place: Place


@dataclass(frozen=True, kw_only=True)
class FoundTable:
    """The filled rows of one table field, each by column id, and where its heading stands."""

    heading: Place
    rows: tuple[Mapping[str, Found], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FoundForm:
    """All that a form holds: keys asked, filled scalar cells, tables, and the version of the form."""

    asked: Mapping[str, Place] = field(default_factory=dict)
    cells: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[FoundTable, ...]] = field(default_factory=dict)
    version: str = ""


def find_answers(grids: Sequence[Grid], fields: Sequence[SheetField]) -> FoundForm:
    """All answers of a form; worksheets and keys that are not known are left out."""
    by_key = {field.key: field for field in fields}
    asked: dict[str, Place] = {}
    cells: dict[str, tuple[Found, ...]] = {}
    tables: dict[str, tuple[FoundTable, ...]] = {}
    for grid in grids:
        for key, place, found in _find_cells(grid, by_key):
            asked.setdefault(key, place)
            cells[key] = cells.get(key, ()) + ((found,) if found else ())
        if (table := _find_table(grid, by_key)) is not None:
            key, rows = table
            tables[key] = (*tables.get(key, ()), rows)
            asked.setdefault(key, rows.heading)
    return FoundForm(asked=asked, cells=cells, tables=tables, version=_find_version(grids))


def _find_cells(grid: Grid, by_key: Mapping[str, SheetField]) -> Iterator[tuple[str, Place, Found | None]]:
    heading = next((row for row in range(1, HEADING_ROWS) if _find_columns(grid, row)), None)
    if heading is None:
        return
    key_column, answer_column = _find_columns(grid, heading) or (0, 0)
    for row in range(heading + 1, grid.rows + 1):
        key = _word(grid, row, key_column)
        if key in by_key:
            place = Place(sheet=grid.name, row=row, column=answer_column)
            typed = grid.cells.get((row, answer_column))
            yield key, place, Found(typed=typed, place=place) if typed else None


def _find_columns(grid: Grid, row: int) -> tuple[int, int] | None:
    words = {column: _word(grid, row, column) for (at, column) in grid.cells if at == row}
    keys = [column for column, word in words.items() if word == KEY_HEADING]
    answers = [column for column, word in words.items() if any(heading in word for heading in ANSWER_HEADINGS)]
    return (keys[0], answers[0]) if keys and answers else None


def _find_table(grid: Grid, by_key: Mapping[str, SheetField]) -> tuple[str, FoundTable] | None:
    key = _find_table_key(grid, by_key)
    if key is None:
        return None
    headings = {row: columns for row in range(1, HEADING_ROWS) if (columns := _match_headings(grid, row, by_key[key]))}
    if not headings:
        return None
    top, last = min(headings), max(row for row in headings if row <= min(headings) + 1)
    rows = [_collect_row(grid, row, headings[top]) for row in range(last + 1, grid.rows + 1)]
    heading = Place(sheet=grid.name, row=last, column=min(headings[top]))
    return key, FoundTable(heading=heading, rows=tuple(row for row in rows if row))


def _find_table_key(grid: Grid, by_key: Mapping[str, SheetField]) -> str | None:
    for (row, _column), typed in grid.cells.items():
        if row < HEADING_ROWS and isinstance(typed.value, str) and typed.value.startswith(TABLE_MARK):
            key = typed.value.removeprefix(TABLE_MARK).strip()
            return key if key in by_key and by_key[key].columns else None
    names = {field.sheet_name: key for key, field in by_key.items() if field.columns}
    return names.get(grid.name)


def _match_headings(grid: Grid, row: int, field: SheetField) -> dict[int, str]:
    names = {name: column.id for column in field.columns for name in (column.id, column.label.zh, column.label.en)}
    folded = {_fold(name): column for name, column in names.items()}
    matched = {
        column: folded[part]
        for (at, column) in grid.cells
        if at == row
        for part in _word(grid, row, column).replace("*", "").split("\n")
        if part in folded
    }
    return matched if len(set(matched.values())) >= min(_LEAST_HEADINGS, len(field.columns)) else {}


def _collect_row(grid: Grid, row: int, columns: Mapping[int, str]) -> dict[str, Found]:
    return {
        name: Found(typed=grid.cells[row, column], place=Place(sheet=grid.name, row=row, column=column))
        for column, name in columns.items()
        if (row, column) in grid.cells
    }


def _find_version(grids: Sequence[Grid]) -> str:
    for grid in grids:
        for (row, column), typed in grid.cells.items():
            if typed.value == VERSION_MARK and (row, column + 1) in grid.cells:
                return str(grid.cells[row, column + 1].value)
    return ""


def _word(grid: Grid, row: int, column: int) -> str:
    typed = grid.cells.get((row, column))
    return _fold(str(typed.value)) if typed else ""


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
