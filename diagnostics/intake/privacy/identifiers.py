"""Find and mask what identifies a person in a text; names of persons can't be told from other words and stay."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from diagnostics.intake.privacy.patterns import KINDS, PATTERNS, Kind, list_hints

MASK = "***"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ASCII_SHIFT = 0xFEE0
# One character for one: full-width forms, wide spaces and the digits of other scripts as ASCII.
_PLAIN = (
    {code: code - _ASCII_SHIFT for code in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0xA0: " "}
    | {code: str(unicodedata.decimal(chr(code))) for code in range(0x80, 0x20000) if chr(code).isdecimal()}
)


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """Where something that identifies a person stands in a text."""

    kind: Kind
    start: int
    end: int


def find_identifiers(text: str, kinds: Collection[Kind] = KINDS) -> list[Identifier]:
    """Every identifier of the kinds, in the order of the text; none overlap.

    Digits of any script and full-width letters count as plain ones; `text` must hold no invisible characters
    (`mask_text` takes them out).

    >>> [found.kind for found in find_identifiers("找张三１３８１２３４５６７８，邮箱 a@b.cn")]
    ['mobile', 'email']
    >>> find_identifiers("订单 2138123456781，运单 SF1381234567890")
    []
    """
    plain = text if text.isascii() else text.translate(_PLAIN)
    found: list[Identifier] = []
    hints = list_hints(plain)
    for pattern in PATTERNS:
        if pattern.kind in kinds and pattern.hint in hints:
            for match in pattern.look.finditer(plain):
                start, end = match.span("it")
                if all(end <= one.start or start >= one.end for one in found) and pattern.proves(match):
                    found.append(Identifier(kind=pattern.kind, start=start, end=end))
    return sorted(found, key=lambda one: one.start)


def mask_text(
    text: str, kinds: Collection[Kind] = KINDS, stand_in: Callable[[str], str] = lambda _identifier: MASK
) -> str:
    """The text with each identifier replaced by what `stand_in` gives for it.

    >>> mask_text("电话13812345678,13912345678，急")
    '电话***,***，急'
    """
    shown = strip_invisible(text)
    for one in reversed(find_identifiers(shown, kinds)):
        shown = shown[: one.start] + stand_in(shown[one.start : one.end]) + shown[one.end :]
    return shown


def count_kinds(text: str, kinds: Collection[Kind] = KINDS) -> Counter[Kind]:
    """How many identifiers of each kind a text holds.

    >>> dict(count_kinds("VX：abc_123456 或 13812345678"))
    {'wechat': 1, 'mobile': 1}
    """
    return Counter(one.kind for one in find_identifiers(strip_invisible(text), kinds))


def strip_invisible(text: str) -> str:
    """Text without characters of no width, which hide digits from a search."""
    return text if text.isascii() else text.translate(_INVISIBLE)
