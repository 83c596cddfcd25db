"""Faults of the requirement sheet: where, what was found without personal data, what is expected."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from diagnostics.model.errors import Fault
from diagnostics.model.wording import Language, Text, shorten

LONGEST_FOUND = 60
_GAP = r"[\s.\-_]?"
_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    rf"|(?<!\d)(?:\d{_GAP}){{17}}[\dXx](?!\d)"  # identity card
    rf"|(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"  # mobile phone
    r"|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)"  # fixed line
    r"|(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)"  # bank card
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A cell: worksheet, row and column, counted from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A fault before it is worded for a file and a language."""

    found: object
    expected: Text
    place: Place | None = None
    sheet: str = ""


def word_slip(slip: Slip, file_name: str, language: Language | None = None) -> Fault:
    """The fault as a person reads it; without a language it is told in both."""
    place = slip.place
    return Fault(
        file=file_name,
        sheet=place.sheet if place else slip.sheet,
        row=place.row if place else None,
        column=get_column_letter(place.column) if place else "",
        found=show_found(slip.found),
        expected=slip.expected.word(language) if language else f"{slip.expected.zh} / {slip.expected.en}",
    )


def show_found(value: object) -> str:
    """What was found, with phones, e-mails, identity and bank card numbers masked, cut at 60 characters.

    >>> show_found("请联系 138-1234-5678")
    '请联系 ***'
    """
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)[:1000])
    return shorten(_PERSONAL.sub("***", text), LONGEST_FOUND)
