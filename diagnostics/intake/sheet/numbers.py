"""Numbers, money and shares as people type them in Chinese and English forms."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

_SCALES = {
    "千": 3,
    "万": 4,
    "w": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "k": 3,
    "m": 6,
    "bn": 9,
}
_NUMBER = re.compile(
    r"(?:[¥$]|rmb|cny|人民币)?"
    r"(?P<sign>[+-]?)(?:[¥$])?"
    r"(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
    r"(?P<scale>百万|千万|千|万|亿|bn|k|m|w)?"
    r"(?P<percent>%)?"
    r"(?:元|块|rmb|cny|人民币)?"
    r"(?:个月|月|天|日|年|人|名|家|次|个|家店|months?|days?|times?)?"
    r"(?:/(?:年|月|次|yr|year|month))?"
)
LARGEST = 1e15
LONGEST = 60


def parse_number(value: object) -> float | None:
    """A number from a cell; `None` if it is none.

    Thousands commas, full-width digits, 万 and 亿, k, m and bn, currency signs and a few units are understood;
    a percent sign divides by 100. A decimal comma is refused: 1,5 could be meant either way.

    >>> parse_number("￥１，２００.5"), parse_number("1.2亿"), parse_number("18%"), parse_number("3-5")
    (1200.5, 120000000.0, 0.18, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) <= LARGEST else None
    found = _match(value)
    if found is None:
        return None
    figure = Decimal(found["figure"].replace(",", "")).scaleb(_SCALES.get(found["scale"] or "", 0))
    number = float(figure.scaleb(-2) if found["percent"] else figure)
    if not math.isfinite(number) or number > LARGEST:
        return None
    return -number if found["sign"] == "-" and number else number


def parse_share(value: object, *, is_percent: bool = False) -> float | None:
    """A share (0.45) from a percentage.

    The rule: with a percent sign, or in a cell shown as a percentage, the value is what it shows; a plain
    number above 1 (or below -1) is percent points; a plain number up to 1 is a share already.

    >>> parse_share("45%"), parse_share(45), parse_share(0.45), parse_share("0.5%")
    (0.45, 0.45, 0.45, 0.005)
    """
    number = parse_number(value)
    if number is None:
        return None
    if is_percent and not isinstance(value, str):
        return number
    found = _match(value)
    if (found is not None and found["percent"]) or abs(number) <= 1:
        return number
    return float(Decimal(repr(number)).scaleb(-2))


def _match(value: object) -> re.Match[str] | None:
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).casefold().replace("−", "-")
    return _NUMBER.fullmatch(plain)
