"""Prove that digits are what they look like: an ID card, a bank card, a mobile number of mainland China."""

from __future__ import annotations

import re
from datetime import date

# The codes of provinces (GB/T 2260), and of permits for residents from Hong Kong, Macao and Taiwan.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_MARKS = "10X98765432"
_FIRST_YEAR = 1900
_OLD_LENGTH = 15
_BANK_LENGTHS = range(16, 20)
_UNION_PAY = "62"
# Segments that were never given to mobile subscribers.
_NOT_MOBILE = ("140", "142", "143", "154", "160", "161", "163", "164", "168", "169", "179", "194")


def is_mobile(digits: str) -> bool:
    """Whether eleven digits lie in a segment of mobile numbers.

    >>> is_mobile("13812345678"), is_mobile("14012345678")
    (True, False)
    """
    return not digits.startswith(_NOT_MOBILE)


def is_id_card(number: str) -> bool:
    """Whether a number has the province, the birthday and, with 18 places, the check mark of an ID card (GB 11643).

    >>> is_id_card("11010519491231002X"), is_id_card("110105194912310021"), is_id_card("990105194912310021")
    (True, False, False)
    """
    if not _PROVINCE.match(number):
        return False
    if len(number) == _OLD_LENGTH:
        return _is_birthday("19" + number[6:12])
    if not _is_birthday(number[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_MARKS[total % 11] == number[17].upper()


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= _FIRST_YEAR and born <= date.today()  # noqa: DTZ011 - nobody is born tomorrow, in any zone


def is_bank_card(digits: str, *, named: bool) -> bool:
    """Whether digits pass Luhn's test and begin as a card does.

    UnionPay's range counts by itself; Visa's and Mastercard's only where the text names or groups them as a card,
    for one order number in ten passes Luhn's test.

    >>> is_bank_card("6222021234567890128", named=False), is_bank_card("4111111111111111", named=False)
    (True, False)
    """
    if len(digits) not in _BANK_LENGTHS or not (digits.startswith(_UNION_PAY) or (named and digits[0] in "345")):
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - Luhn's nine
