"""Turns the cells of a result file into values of the types that its statement gives, or says what is wrong."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from diagnostics.workbook.statements import EMPTY_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.datatypes as dt

NO_VALUE = ("", "\\N")
LONGEST_TEXT = 1_000
WHOLE = re.compile(r"[+-]?\d{1,19}(?:\.0*)?")
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")
TRUTHS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
INT64 = 2**63
# Line breaks, directions and other characters that are no part of a name and hide what is; a joiner makes emoji.
UNSEEN = frozenset(["Cc", "Cf", "Cs"])
JOINER = "\u200d"
Cell = str | bool | int | float | Decimal | date | datetime | None
EXPECTED = {
    "string": f"a text of at most {LONGEST_TEXT:,} characters, without line breaks and control characters",
    "boolean": "true or false",
    "integer": "a whole number",
    "decimal": "a decimal number, not a rounded one in floating point",
    "floating": "a number",
    "date": "a day as YYYY-MM-DD",
    "timestamp": "a time as YYYY-MM-DD HH:MM:SS, without a zone",
}


class WrongCellError(ValueError):
    """A cell that is not what its column holds."""


def name_kind(kind: dt.DataType) -> str:
    """The kind of a column, a key of `EXPECTED`."""
    return next(name for name in EXPECTED if getattr(kind, f"is_{name}")())


def convert(kind: str, cell: Cell) -> Cell:
    """A cell's value; `WrongCellError` if it is none of that kind. Decimals are read exactly, then made float.

    >>> convert("integer", "3.0"), convert("decimal", "0.10"), convert("date", "2025-01-31")
    (3, 0.1, datetime.date(2025, 1, 31))
    """
    if cell is None or (isinstance(cell, str) and cell in NO_VALUE):
        return None
    try:
        return CONVERTERS[kind](cell)
    except (ValueError, ArithmeticError) as error:
        raise WrongCellError from error


def _to_text(cell: Cell) -> Cell:
    if not isinstance(cell, str) or len(cell) > LONGEST_TEXT:
        raise WrongCellError
    if not cell.isprintable() and any(letter != JOINER and unicodedata.category(letter) in UNSEEN for letter in cell):
        raise WrongCellError
    return "" if cell == EMPTY_TEXT else cell


def _to_truth(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and cell.lower() in TRUTHS:
        return TRUTHS[cell.lower()]
    raise WrongCellError


def _to_whole(cell: Cell) -> Cell:
    if isinstance(cell, str):
        if not WHOLE.fullmatch(cell):
            raise WrongCellError
        cell = int(cell.split(".")[0])
    if isinstance(cell, float | Decimal) and cell == int(cell):
        cell = int(cell)
    if isinstance(cell, bool) or not isinstance(cell, int) or not -INT64 <= cell < INT64:
        raise WrongCellError
    return cell


def _to_decimal(cell: Cell) -> Cell:
    if isinstance(cell, str) and NUMBER.fullmatch(cell):
        cell = Decimal(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal) or not math.isfinite(float(cell)):
        raise WrongCellError
    return float(cell)


def _to_float(cell: Cell) -> Cell:
    if isinstance(cell, str):
        if cell.lower() == "nan":
            return None
        if not NUMBER.fullmatch(cell):
            raise WrongCellError
        cell = float(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal) or math.isinf(cell):
        raise WrongCellError
    return None if math.isnan(cell) else float(cell)


def _to_day(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        if cell.time() != datetime.min.time() or cell.tzinfo is not None:
            raise WrongCellError
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = DAY.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        raise WrongCellError
    return date.fromisoformat(match[1])


def _to_time(cell: Cell) -> Cell:
    time = datetime.fromisoformat(cell) if isinstance(cell, str) else cell
    if not isinstance(time, datetime) or time.tzinfo is not None:
        raise WrongCellError
    return time


CONVERTERS: dict[str, Callable[[Cell], Cell]] = {
    "string": _to_text,
    "boolean": _to_truth,
    "integer": _to_whole,
    "decimal": _to_decimal,
    "floating": _to_float,
    "date": _to_day,
    "timestamp": _to_time,
}
