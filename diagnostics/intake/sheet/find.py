"""Finds the answers of a requirement sheet by key, by label and by heading, wherever rows and columns were moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.intake.sheet.faults import Place
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.find_tables import FoundTable, find_headed_table, find_named_table, read_typed
from diagnostics.intake.sheet.found import HEADING_ROWS, Found, word_cell
from diagnostics.intake.sheet.grid import Grid
from diagnostics.intake.sheet.labels import Labels, index_labels
from diagnostics.intake.sheet.marks import ANSWER_HEADINGS, ANSWER_WORDS, KEY_HEADING, OWN_SHEET_MARKS, VERSION_MARK

_LEAST_LABELS = 3


@dataclass(frozen=True, kw_only=True)
class FoundForm:
    """All that a form holds: keys asked, filled scalar cells, tables, its version, answers to what nobody asks."""

    asked: Mapping[str, Place] = field(default_factory=dict)
    cells: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[FoundTable, ...]] = field(default_factory=dict)
    version: str = ""
    unknown: tuple[tuple[str, Found], ...] = ()


def find_answers(grids: Sequence[Grid], fields: Sequence[SheetField]) -> FoundForm:
    """All answers of a form; answers under keys that are not known are kept apart."""
    labels = index_labels(fields)
    asked: dict[str, Place] = {}
    cells: dict[str, tuple[Found, ...]] = {}
    tables: dict[str, tuple[FoundTable, ...]] = {}
    unknown: list[tuple[str, Found]] = []
    keys = {name: one.key for one in fields for name in (one.key, *one.formerly)}
    for grid in grids:
        if _is_own(grid):
            continue
        table, met = find_named_table(grid, fields, labels), False
        for key, place, found in _find_cells(grid, keys, labels) if table is None else ():
            met = True
            if key in keys.values():
                asked.setdefault(key, place)
                cells[key] = cells.get(key, ()) + ((found,) if found else ())
            elif found:
                unknown.append((key, found))
        if table is None and not met:
            table = find_headed_table(grid, fields, labels)
        if table is not None:
            tables[table.key] = (*tables.get(table.key, ()), table)
            asked.setdefault(table.key, table.heading)
    return FoundForm(asked=asked, cells=cells, tables=tables, version=_find_version(grids), unknown=tuple(unknown))


def _is_own(grid: Grid) -> bool:
    """Whether a worksheet is one of the form's own lists, which repeat labels but hold no answers."""
    first = grid.cells.get((1, 1))
    return first is not None and str(first.value) in OWN_SHEET_MARKS


def _find_cells(grid: Grid, keys: Mapping[str, str], labels: Labels) -> Iterator[tuple[str, Place, Found | None]]:
    heading, key_column, answer_column = _find_heading(grid)
    if not answer_column:
        answer_column = _guess_answers(grid, labels)
    if not answer_column:
        return
    for row in range(heading + 1, grid.rows + 1):
        key = _name_row(grid, row, key_column, keys, labels)
        if key is None:
            continue
        place = Place(sheet=grid.name, row=row, column=answer_column)
        typed = read_typed(grid, row, answer_column, across=True)
        is_label = (
            typed is not None
            and typed is not grid.cells.get((row, answer_column))
            and (labels.match(str(typed.value)) is not None or labels.is_printed(str(typed.value)))
        )
        yield key, place, Found(typed=typed, place=place) if typed and not is_label else None


def _name_row(grid: Grid, row: int, key_column: int, keys: Mapping[str, str], labels: Labels) -> str | None:
    """The key that a row answers: by its key today or formerly, else by its label; a key of nobody stays as it is."""
    key = word_cell(grid, row, key_column)
    if key in keys:
        return keys[key]
    named = [labels.match(str(grid.cells[place].value)) for place in _list_row(grid, row)]
    return next((name for name in named if name is not None), key or None)


def _list_row(grid: Grid, row: int) -> list[tuple[int, int]]:
    return sorted(place for place in grid.by_row.get(row, ()))


def _find_heading(grid: Grid) -> tuple[int, int, int]:
    """Row of the headings, column of the keys and column of the answers; 0 for what is not there."""
    for row in range(1, HEADING_ROWS):
        words = {column: word_cell(grid, row, column) for _, column in _list_row(grid, row)}
        keys = [column for column, word in words.items() if word == KEY_HEADING]
        answers = [column for column, word in words.items() if any(heading in word for heading in ANSWER_HEADINGS)]
        if not answers:
            answers = [column for column, word in words.items() if word in ANSWER_WORDS]
        if answers and (keys or len(words) > 1):
            return row, keys[0] if keys else 0, answers[0]
    return 0, 0, 0


def _guess_answers(grid: Grid, labels: Labels) -> int:
    """The column of the answers where none is headed: the fullest one right of labels; 0 if there is none."""
    votes: Counter[int] = Counter()
    rows = 0
    for row in grid.by_row:
        named = [place for place in _list_row(grid, row) if labels.match(str(grid.cells[place].value))]
        if named:
            rows += 1
            votes.update(
                column
                for _, column in _list_row(grid, row)
                if column > named[-1][1] and not labels.is_printed(str(grid.cells[row, column].value))
            )
    if rows < _LEAST_LABELS or not votes:
        return 0
    most = max(votes.values())
    return min(column for column, count in votes.items() if count == most)


def _find_version(grids: Sequence[Grid]) -> str:
    for grid in grids:
        for (row, column), typed in grid.cells.items():
            if typed.value == VERSION_MARK and (row, column + 1) in grid.cells:
                return str(grid.cells[row, column + 1].value)
    return ""
