"""Tables cut down to what a room can read: few columns, few rows, and the row that the point is about."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from diagnostics.model.section import Exhibit
from diagnostics.model.wording import Language
from diagnostics.report.cells import TEXT_UNITS, build_table
from diagnostics.report.outline import Cell, TableBlock
from diagnostics.report.setting import list_table
from diagnostics.report.words import Words, fill_words

MOST_ROWS = 6
MOST_COLUMNS = 5


def cut_table(
    exhibit: Exhibit | None,
    scope: Collection[str],
    *,
    currency: str,
    language: Language,
    wanted: Sequence[str] = (),
    value: float | None = None,
) -> tuple[TableBlock | None, int | None]:
    """The wanted columns, else the first that hold anything, of the first rows; and the place of the row meant.

    That is the row that names the scope, with the value if several do; it takes the last place if it stands further
    down. `None` without a table.
    """
    if exhibit is None:
        return None, None
    whole = build_table(exhibit, currency=currency, language=language, longest=len(exhibit.frame))
    names = [field.name for field in exhibit.fields]
    about = _find_row(whole.rows, scope, value)
    rows = list(whole.rows[:MOST_ROWS])
    if about is not None and about >= MOST_ROWS:
        rows[-1], about = whole.rows[about], MOST_ROWS - 1
    columns = [names.index(name) for name in wanted] if set(wanted) <= set(names) else []
    filled = [place for place in range(len(names)) if any(row[place].shown for row in rows)]
    kept = [place for place in columns or filled if place in filled][:MOST_COLUMNS]
    cut = replace(
        whole,
        headers=tuple(whole.headers[place] for place in kept),
        numeric=tuple(whole.numeric[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in rows),
    )
    return cut, about


def _find_row(rows: Sequence[Sequence[Cell]], scope: Collection[str], value: float | None) -> int | None:
    named = [place for place, row in enumerate(rows) if {cell.shown for cell in row} & set(scope)]
    exact = [place for place in named if value is not None and any(_equals(cell, value) for cell in rows[place])]
    return next(iter((*exact, *named)), None)


def _equals(cell: Cell, value: float) -> bool:
    return isinstance(cell.sort, float) and math.isclose(cell.sort, value, rel_tol=1e-9)


def says_something(exhibit: Exhibit) -> bool:
    """Whether it has rows, and any figure where it has columns of figures."""
    figures = [field.name for field in exhibit.fields if field.unit not in TEXT_UNITS]
    return not exhibit.frame.empty and (not figures or bool(exhibit.frame[figures].notna().any(axis=None)))


def list_pairs(
    title: str,
    figures: Sequence[tuple[str, str, str]],
    words: Words,
    heads: tuple[str, str] = ("item", "session_value"),
) -> TableBlock:
    """Names with what is said of them, and a note beside the second where there is one."""
    rows: list[tuple[Cell | str, ...]] = [
        (name, fill_words(words, "session_noted", said=said, note=note) if note else said)
        for name, said, note in figures[:MOST_ROWS]
    ]
    table = list_table("pairs", title, tuple(words[head] for head in heads), rows)
    return replace(table, total_rows=len(figures))
