"""Days as people type them: ISO, slashes, 年月日, eight digits, or Excel's serial number."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

_DAY = re.compile(
    r"(?P<y>\d{4})\s*(?:[-/.]|年)\s*(?P<m>\d{1,2})\s*(?:[-/.]|月)\s*(?P<d>\d{1,2})\s*(?:日|号)?"
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_EIGHT_DIGITS = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# Day 0 of Excel's calendar: it counts a 29 February 1900 that never was, so this holds from March 1900.
_DAY_ZERO = date(1899, 12, 30)
# Serial numbers 20000 to 73050 are the years 1954 to 2099; eight digits start at 19000101.
_FIRST_SERIAL, _LAST_SERIAL = 20000, 73050
FIRST_YEAR, LAST_YEAR = 1954, 2099


def parse_date(value: object) -> date | None:
    """A day from a cell; `None` if it is none, or outside 1954 to 2099.

    >>> parse_date("2025年1月2日"), parse_date("2025/1/2"), parse_date(45659), parse_date("2025-02-30")
    (datetime.date(2025, 1, 2), datetime.date(2025, 1, 2), datetime.date(2025, 1, 2), None)
    """
    day = _find_day(value)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _find_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else _plain(value)
    found = _DAY.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text)
    if found is not None:
        return _build_day(int(found["y"]), int(found["m"]), int(found["d"]))
    return _from_serial(float(text)) if _SERIAL.fullmatch(text) else None


def _plain(number: float) -> str:
    return f"{number:.0f}" if float(number).is_integer() else repr(number)


def _build_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 30th of February and the like is no day: the caller says so to the person
        return None


def _from_serial(number: float) -> date | None:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _DAY_ZERO + timedelta(days=int(number))
