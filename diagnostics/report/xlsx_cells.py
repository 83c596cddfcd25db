"""Single cells of the appendix: client text stays text, numbers stay numbers, and what is empty stays empty."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from diagnostics.model.names import name_channel
from diagnostics.model.section import Field, Unit
from diagnostics.model.wording import Language, Text
from diagnostics.report.cells import NO, YES, is_empty

ACCENT = "#0f5c5c"
LONGEST_CELL = 16_000  # characters; Excel holds 32,767 units of UTF-16
LONGEST_SHEET_NAME = 31
FIRST_YEAR = 1900
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']|[^\u0000-\uffff]")
UNSEEN = frozenset(["Cc", "Cf", "Cs", "Cn"])
DIGITS: Mapping[Unit, int] = {"money": 0, "price": 2, "count": 0, "number": 2, "share": 1, "points": 1, "days": 0}
DAYS: Mapping[Unit, str] = {"date": "yyyy-mm-dd", "month": "yyyy-mm"}
STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14, "font_color": ACCENT},
    "strong": {"bold": True, "font_color": ACCENT},
    "note": {"font_color": "#56646a"},
    "header": {"bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "text_wrap": True, "valign": "top"},
    "header_number": {
        "bold": True,
        "font_color": "#ffffff",
        "bg_color": ACCENT,
        "text_wrap": True,
        "valign": "top",
        "align": "right",
    },
    "wrapped": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": ACCENT, "underline": 1, "valign": "top"},
}


@dataclass(frozen=True, kw_only=True)
class Book:
    """The open XlsxWriter workbook, the language and the currency."""

    file: Any
    language: Language
    currency: str

    def style(self, name: str) -> Any:
        """A cell format of the house by its name."""
        return self.file.add_format(STYLES[name])

    def number_style(self, code: str) -> Any:
        """A cell format by Excel's code, such as `#,##0`."""
        return self.file.add_format({"num_format": code, "valign": "top"})

    def word(self, text: Text | None) -> str:
        """A text in the language of the workbook."""
        return text.word(self.language) if text is not None else ""


def clean_cell(text: str) -> str:
    r"""Text without control characters, marks of direction and lone surrogates, cut to what a cell holds.

    >>> clean_cell("a\u202eb\x00c\n")
    'abc\n'
    """
    if text.isascii() and text.isprintable():
        return text[:LONGEST_CELL]
    kept = (c for c in text[: 2 * LONGEST_CELL] if c == "\n" or unicodedata.category(c) not in UNSEEN)
    return "".join(kept)[:LONGEST_CELL]


def name_sheet(place: int, title: str) -> str:
    """A sheet's name that Excel accepts; its number makes it unique.

    >>> name_sheet(3, "GMV: by [shop] / month, in the comparison period")
    '03 GMV by shop month, in the co'
    """
    plain = " ".join(NOT_IN_SHEET_NAMES.sub(" ", clean_cell(title)).split())
    return f"{place:02d} {plain}"[:LONGEST_SHEET_NAME].strip()


def number_format(field: Field) -> str:
    """The Excel format of a field: by unit and digits, General for text.

    >>> number_format(Field(name="s", label=YES, unit="share")), number_format(Field(name="m", label=YES, unit="month"))
    ('0.0%', 'yyyy-mm')
    """
    if field.unit in DAYS:
        return DAYS[field.unit]
    if field.unit not in DIGITS:
        return "General"
    digits = DIGITS[field.unit] if field.digits is None else field.digits
    decimals = "." + "0" * digits if digits else ""
    return f"0{decimals}%" if field.unit in {"share", "points"} else f"#,##0{decimals}"


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """A text cell, never a formula, a link or a number; an empty text leaves the cell empty."""
    if kept := clean_cell(text):
        sheet.write_string(row, column, kept, style)


def read_value(value: object, field: Field, book: Book) -> str | float | date | None:
    """What a cell will hold; `None`, NaN, NaT and infinity give `None`."""
    if is_empty(value):
        return None
    if isinstance(value, datetime | date):
        # Excel knows no day before 1900.
        return date(value.year, value.month, value.day) if value.year > FIRST_YEAR else value.isoformat()[:10]
    if field.unit in DIGITS and isinstance(value, int | float | Decimal):
        return float(value) if math.isfinite(value) else None
    return clean_cell(_word_value(value, field, book))


def write_value(sheet: Any, place: tuple[int, int], value: str | float | date | None, style: Any) -> None:
    """A value as `read_value` gives it, at a row and a column; `None` leaves the cell empty."""
    if isinstance(value, str):
        write_text(sheet, *place, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, style)
    elif value is not None:
        sheet.write_number(*place, value, style)


def _word_value(value: object, field: Field, book: Book) -> str:
    if isinstance(value, Text):
        return book.word(value)
    if str(value) in {"True", "False"}:
        return book.word(YES if str(value) == "True" else NO)
    return book.word(name_channel(str(value))) if field.unit == "channel" else str(value)
