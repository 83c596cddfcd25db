"""Finds the rows of a table field on a worksheet: by its mark, by the worksheet's name, or by its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.intake.sheet.faults import Place
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.found import HEADING_ROWS, Found
from diagnostics.intake.sheet.grid import Grid
from diagnostics.intake.sheet.labels import Labels, fold_label
from diagnostics.intake.sheet.marks import TABLE_MARK
from diagnostics.intake.sheet.values import Typed

_LEAST_HEADINGS = 2
# Headings that name so many of a table's columns, and of no other table as many, tell which table it is.
_LEAST_SHARE = 0.6
_TOTALS = frozenset({"合计", "总计", "小计", "total", "sum", "subtotal"})
_NOTES = ("注", "备注", "说明", "note", "remark", "※")


@dataclass(frozen=True, kw_only=True)
class FoundTable:
    """The filled rows of one table field, each by column id, and where its heading stands.

    `left_out` are the rows of totals and of notes below the table.
    """

    key: str
    heading: Place
    rows: tuple[Mapping[str, Found], ...] = ()
    left_out: tuple[Found, ...] = ()


def find_named_table(grid: Grid, fields: Sequence[SheetField], labels: Labels) -> FoundTable | None:
    """The table that a worksheet holds by its mark or by its name."""
    one = _find_by_name(grid, [field for field in fields if field.columns])
    return _find_rows(grid, one, labels) if one is not None else None


def find_headed_table(grid: Grid, fields: Sequence[SheetField], labels: Labels) -> FoundTable | None:
    """The table that a worksheet holds by its headings."""
    one = _find_by_headings(grid, [field for field in fields if field.columns], labels)
    return _find_rows(grid, one, labels) if one is not None else None


def _find_rows(grid: Grid, one: SheetField, labels: Labels) -> FoundTable | None:
    headings = {row: matched for row in range(1, HEADING_ROWS) if (matched := _match_row(grid, row, one, labels))}
    if not headings:
        return None
    top, last = min(headings), max(row for row in headings if row <= min(headings) + 1)
    rows, left_out = [], []
    for number in range(last + 1, grid.rows + 1):
        own = _collect_row(grid, number, headings[top])
        if own and _is_beside(own, one):
            left_out.append(next(iter(own.values())))
        elif own:
            rows.append(own)
    heading = Place(sheet=grid.name, row=last, column=min(headings[top]))
    return FoundTable(key=one.key, heading=heading, rows=tuple(rows), left_out=tuple(left_out))


def read_typed(grid: Grid, row: int, column: int, *, across: bool = False) -> Typed | None:
    """A cell's value; of a merged area that of its first cell, along the row (`across`) or down the column."""
    own = grid.cells.get((row, column))
    if own is not None or not grid.merged:
        return own
    for top, left, bottom, right in grid.merged:
        inside = top <= row <= bottom and left <= column <= right
        if inside and (row == top if across else column == left):
            return grid.cells.get((top, left))
    return None


def _find_by_name(grid: Grid, tables: Sequence[SheetField]) -> SheetField | None:
    keys = {name: one for one in tables for name in (one.key, *one.formerly)}
    for (row, _column), typed in grid.cells.items():
        if row < HEADING_ROWS and isinstance(typed.value, str) and typed.value.startswith(TABLE_MARK):
            return keys.get(typed.value.removeprefix(TABLE_MARK).strip())
    named = {one.sheet_name: one for one in tables}
    return named.get(grid.name)


def _find_by_headings(grid: Grid, tables: Sequence[SheetField], labels: Labels) -> SheetField | None:
    shares = {}
    for one in tables:
        best = max((len(set(_match_row(grid, row, one, labels).values())) for row in range(1, HEADING_ROWS)), default=0)
        if best / len(one.columns) >= _LEAST_SHARE:
            shares[one.key] = best
    most = [key for key, count in shares.items() if count == max(shares.values())]
    return next(one for one in tables if one.key == most[0]) if len(most) == 1 else None


def _match_row(grid: Grid, row: int, one: SheetField, labels: Labels) -> dict[int, str]:
    matched = {
        column: name
        for _, column in sorted(grid.by_row.get(row, ()))
        if (name := labels.match_column(str(grid.cells[row, column].value), one.key)) is not None
    }
    return matched if len(set(matched.values())) >= min(_LEAST_HEADINGS, len(one.columns)) else {}


def _collect_row(grid: Grid, row: int, columns: Mapping[int, str]) -> dict[str, Found]:
    own = {column for _, column in grid.by_row.get(row, ())} & set(columns)
    if not own:
        return {}
    return {
        name: Found(typed=typed, place=Place(sheet=grid.name, row=row, column=column))
        for column, name in columns.items()
        if (typed := read_typed(grid, row, column)) is not None
    }


def _is_beside(row: Mapping[str, Found], one: SheetField) -> bool:
    """Whether a row is a total, or a note below the table."""
    first = row.get(one.columns[0].id)
    word = fold_label(str(first.typed.value)) if first else ""
    return word in _TOTALS or (len(row) == 1 and first is not None and word.startswith(_NOTES))
