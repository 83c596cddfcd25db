"""Values of an exhibit turned into the cells of a table: worded by unit, with what they sort by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Unit
from diagnostics.model.wording import (
    Language,
    Text,
    name_verbatim,
    shorten,
    word_bare_points,
    word_date,
    word_days,
    word_money,
    word_month,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.report.outline import Cell, TableBlock

LONGEST_TABLE = 25
LONGEST_NAME = 160
TEXT_UNITS: frozenset[Unit] = frozenset(["text", "channel"])
YES = Text(zh="是", en="yes")
NO = Text(zh="否", en="no")

NUMBERS: Mapping[Unit, Callable[[float, str, int | None], Text]] = {
    "money": lambda value, currency, _digits: word_money(value, currency),
    "price": lambda value, currency, _digits: word_price(value, currency),
    "count": lambda value, _currency, digits: word_number(value, digits or 0),
    "number": lambda value, _currency, digits: word_number(value, 2 if digits is None else digits),
    "share": lambda value, _currency, digits: word_percent(value, 1 if digits is None else digits),
    "points": lambda value, _currency, digits: word_bare_points(value, 1 if digits is None else digits),
    "days": lambda value, _currency, digits: word_days(value, digits or 0),
}


def build_table(exhibit: Exhibit, *, currency: str, language: Language, longest: int = LONGEST_TABLE) -> TableBlock:
    """The first `longest` rows of an exhibit as a table; `total_rows` says how many there are."""
    shown = exhibit.frame.head(longest)
    columns = [
        [build_cell(value, field, currency=currency, language=language) for value in shown[field.name]]
        for field in exhibit.fields
    ]
    return TableBlock(
        name=exhibit.name,
        title=exhibit.title.word(language),
        headers=tuple(name_field(field).word(language) for field in exhibit.fields),
        numeric=tuple(field.unit not in TEXT_UNITS for field in exhibit.fields),
        rows=tuple(zip(*columns, strict=True)),
        note=exhibit.note.word(language) if exhibit.note else "",
        total_rows=len(exhibit.frame),
    )


def build_cell(value: object, field: Field, *, currency: str, language: Language) -> Cell:
    """One value worded by its field's unit; an empty value gives an empty cell.

    >>> build_cell(0.125, Field(name="s", label=YES, unit="share"), currency="CNY", language="en")
    Cell(shown='12.5%', sort=0.125, whole=False)
    """
    if is_empty(value):
        return Cell(shown="")
    text = word_value(value, field, currency=currency)
    shown = text.word(language)
    if isinstance(value, date):
        return Cell(shown=shown, sort=value.isoformat())
    return Cell(shown=shown, sort=float(value) if _is_number(value, field) else shown)  # type: ignore[arg-type] # _is_number has looked


def name_field(field: Field) -> Text:
    """A column's label; differences of shares say that they are points.

    >>> name_field(Field(name="c", label=Text(zh="变动", en="Change"), unit="points")).en
    'Change (points)'
    """
    label = field.label
    return Text(zh=f"{label.zh}（百分点）", en=f"{label.en} (points)") if field.unit == "points" else label


def word_value(value: object, field: Field, *, currency: str) -> Text:
    """Any value of a column in words, by the unit of its field; text stands as the client wrote it."""
    if isinstance(value, Text):
        return value
    if isinstance(value, datetime | date):
        return word_month(value) if field.unit == "month" else word_date(value)
    if _is_number(value, field):
        number: Any = value
        return NUMBERS[field.unit](float(number), currency, field.digits)
    if str(value) in {"True", "False"}:
        return YES if str(value) == "True" else NO
    return name_channel(str(value)) if field.unit == "channel" else name_verbatim(shorten(str(value), LONGEST_NAME))


def is_empty(value: object) -> bool:
    """Whether nothing was observed: `None`, NaN or NaT."""
    return value is None or (not isinstance(value, Text | list | tuple | dict) and bool(pd.isna(value)))  # type: ignore[call-overload] # a scalar


def _is_number(value: object, field: Field) -> bool:
    return field.unit in NUMBERS and not isinstance(value, str | Text | bool | date)
