"""Lay out the rows of an export as the platform does: notes, header, explanation, data, totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from diagnostics.generator.forms.kinds import name_kinds
from diagnostics.generator.forms.spell import spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.generator.forms.plain import PlainRow, Value
    from diagnostics.intake.recognition.form import Form
    from diagnostics.intake.recognition.layouts import Layout

WHOLE = "合计"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Rows of text in order, and the place of the header's last row; `upper` tells whether one above belongs to it."""

    rows: list[list[str]]
    header: int
    upper: bool = False


def name_columns(layout: Layout) -> list[str]:
    """The headers as the platform writes them: no numbers behind duplicates, blanks where the form has them."""
    both = zip(layout.headers, layout.columns, strict=True)
    return [f"{header} " if name in layout.form.spaced else header for header, name in both]


def lay_out(layout: Layout, rows: Sequence[PlainRow], columns: Sequence[int], headers: Sequence[str]) -> Sheet:
    """All rows of the sheet; `columns` are places in the layout, in the order wanted, `headers` their words.

    A place of -1 is a column that the layout does not know.
    """
    form, kinds = layout.form, name_kinds(layout)
    names = [layout.columns[at] if at >= 0 else "" for at in columns]
    body = [[_spell_cell(row, name, kinds, form) if name else "x" for name in names] for row in rows]
    first, last = find_days(rows)
    notes = [[note.format(first=first, last=last)] for note in form.above]
    header = _band(names, headers, form) if form.band else [list(headers)]
    explained = [[form.below.get(name, "") for name in names]] if form.below else []
    total = [_total_row(rows, names)] if form.total else []
    body = [*total, *body] if form.total == "top" else [*body, *total]
    return Sheet(rows=[*notes, *header, *explained, *body], header=len(notes) + len(header) - 1, upper=bool(form.band))


def find_days(rows: Sequence[PlainRow]) -> tuple[date, date]:
    """The first and the last day that any row names."""
    days = [_as_day(value) for row in rows for value in row.values.values() if isinstance(value, date)]
    return (min(days), max(days)) if days else (date(2024, 3, 1), date(2024, 3, 31))


def _as_day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)


def _spell_cell(row: PlainRow, name: str, kinds: dict[str, str], form: Form) -> str:
    if name in row.raw:
        return row.raw[name]
    value: Value = row.values.get(name)
    return spell(value, kinds.get(name, ""), name, form)


def _band(names: Sequence[str], headers: Sequence[str], form: Form) -> list[list[str]]:
    """A header of two rows: words over groups of columns above, other headers reach over both rows."""
    of = {name: word for word, under in form.band.items() for name in under}
    words = [of.get(name, "") for name in names]
    upper = ["" if word and at and words[at - 1] == word else word or headers[at] for at, word in enumerate(words)]
    return [upper, [header if word else "" for word, header in zip(words, headers, strict=True)]]


def _total_row(rows: Sequence[PlainRow], names: Sequence[str]) -> list[str]:
    sums = {name: [row.values.get(name) for row in rows] for name in names}
    cells = [
        f"{sum(value for value in values if isinstance(value, Decimal)):.2f}"
        if any(isinstance(value, Decimal) for value in values)
        else ""
        for values in sums.values()
    ]
    return [WHOLE, *cells[1:]]
