"""Answers that people soften, such as 约1200万, 45%左右 or 2024年3月: what is left without the softening."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from diagnostics.intake.sheet.dates import FIRST_YEAR, LAST_YEAR

LONGEST = 120
_MONTHS_A_YEAR = 12
_BEFORE = re.compile(
    r"^(?:大约为?|大概|约为?|约合|近|将近|接近|不到|超过|至少|估计|预计|共|~|≈|about|around|approx\.?|approximately|ca\.?|"
    r"circa|roughly|nearly|over|almost)\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:左右|上下|以上|以内|多|余|出头|不等|\+|or so|approx\.?)$", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=\d)\s*[多余来几](?=\s*[千万亿百])")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_REMARK = re.compile(r"\s*(?:,\s*\D[^,]*|;.*|。.*)$")
_MONTH = re.compile(
    r"(?P<y>\d{4})\s*(?:(?:[-/.]|年)\s*(?P<m>\d{1,2})|(?P<mm>\d{2}))\s*(?:月份?)?(?P<part>初|上旬|中旬|下旬|底|末)?"
)


def soften(value: object, *, is_figure: bool = True) -> Iterator[str]:
    """The text with remarks and words of doubt taken off, step by step; nothing if there are none.

    Of what is no figure only a remark in brackets is taken off.

    >>> list(soften("约1200万（含税）"))
    ['约1200万', '1200万']
    >>> list(soften("１２００多万元")), list(soften("1200万"))
    (['1200万元'], [])
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return
    text = unicodedata.normalize("NFKC", value).strip()
    for pattern in (_IN_BRACKETS, _REMARK, _BEFORE, _AFTER, _INSIDE) if is_figure else (_IN_BRACKETS,):
        shorter = pattern.sub("", text).strip()
        if shorter and shorter != text:
            text = shorter
            yield text


def parse_month(value: object, *, ends_month: bool = False) -> date | None:
    """The first (or last) day of a month that was written without a day; `None` if it is none.

    >>> parse_month("2024年3月"), parse_month("2024-02", ends_month=True), parse_month("202403"), parse_month("2024")
    (datetime.date(2024, 3, 1), datetime.date(2024, 2, 29), datetime.date(2024, 3, 1), None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    found = _MONTH.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
    if found is None:
        return None
    year, month = int(found["y"]), int(found["m"] or found["mm"])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= _MONTHS_A_YEAR):
        return None
    return date(year, month, monthrange(year, month)[1] if ends_month else 1)
