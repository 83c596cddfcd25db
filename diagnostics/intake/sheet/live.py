"""Formulas that follow the answers while a person fills in the form: what applies, what is filled.

They know the spellings of the drop-downs; the reader of the form (conditions.py) knows more, and decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname

from diagnostics.intake.sheet.fields import Clause, Entry, SheetField
from diagnostics.intake.sheet.marks import APPLIES_WORDS, TIER_SHEETS
from diagnostics.intake.sheet.tables import FIRST_BODY_ROW, MOST_BODY_ROWS

FIRST_ROW = 4
ANSWER, APPLIES = "E", "K"
YES, NO, OPEN = APPLIES_WORDS


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where each field of a form stands: the row on the worksheet of its tier."""

    fields: Mapping[str, SheetField]
    rows: Mapping[str, int]

    def point(self, key: str, column: str = ANSWER) -> str:
        """A cell in the row of a field."""
        return f"{quote_sheetname(TIER_SHEETS[self.fields[key].tier])}!${column}${self.rows[key]}"

    def cover(self, key: str, column: str = "") -> str:
        """The cells that hold the answer of a field; of a table all rows, or one of its columns."""
        field = self.fields[key]
        if not field.columns:
            return self.point(key)
        ids = [one.id for one in field.columns]
        first, last = (0, len(ids) - 1) if not column else (ids.index(column),) * 2
        left, right = get_column_letter(first + 2), get_column_letter(last + 2)
        return f"{quote_sheetname(field.sheet_name)}!${left}${FIRST_BODY_ROW}:${right}${MOST_BODY_ROWS}"

    def find_entry(self, clause: Clause) -> Entry:
        """How the cells of a clause are answered."""
        field = self.fields[clause.key]
        return next((one.entry for one in field.columns if one.id == clause.column), field.entry)


def lay_out_fields(fields: Sequence[SheetField]) -> Addresses:
    """The addresses of the fields of a form, one after the other on the worksheet of their tier."""
    rows: dict[str, int] = {}
    for tier in TIER_SHEETS:
        own = [field for field in fields if field.tier == tier]
        rows |= {field.key: row for row, field in enumerate(own, start=FIRST_ROW)}
    return Addresses(fields={field.key: field for field in fields}, rows=rows)


def is_filled(field: SheetField, addresses: Addresses) -> str:
    """An expression that is true once a field holds an answer."""
    cells = addresses.cover(field.key)
    return f"COUNTA({cells})>0" if field.columns else f"LEN({cells})>0"


def tell_applies(field: SheetField, addresses: Addresses) -> str:
    """An expression that says whether a field applies; empty for a field that always does."""
    if not field.applies_when:
        return ""
    known = [clause for clause in field.applies_when if clause.key in addresses.rows]
    if not known:
        return f'"{OPEN}"'
    holds = _any(_test(clause, addresses) for clause in known)
    empty = _any(f"COUNTA({addresses.cover(clause.key, clause.column)})=0" for clause in known)
    return f'IF({holds},"{YES}",IF({empty},"{OPEN}","{NO}"))'


def _test(clause: Clause, addresses: Addresses) -> str:
    cells, entry = addresses.cover(clause.key, clause.column), addresses.find_entry(clause)
    if clause.comparison == ">":
        return f'COUNTIF({cells},">{clause.values[0]}")>0'
    counted = "+".join(f'COUNTIF({cells},"{_quote(text)}")' for text in _list_spellings(clause, entry))
    return f"{counted}>0" if clause.comparison == "=" else f"AND(COUNTA({cells})>0,({counted})=0)"


def _list_spellings(clause: Clause, entry: Entry) -> list[str]:
    """How a person may have answered: by id, by either label, or by the option of the drop-down."""
    around = "*" if entry.kind == "multi" else ""
    texts = [f"{around}{value}{around}" for value in clause.values] + [f"{value} |*" for value in clause.values]
    for choice in entry.choices:
        if choice.id in clause.values:
            texts += [f"{around}{choice.label.zh}{around}", f"{around}{choice.label.en}{around}"]
    return [*texts, "无"] if entry.may_be_none else texts


def _quote(text: str) -> str:
    return text.replace('"', '""')


def _any(tests: Iterable[str]) -> str:
    listed = list(tests)
    return f"OR({','.join(listed)})" if len(listed) > 1 else listed[0]
