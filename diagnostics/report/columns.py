"""How wide the columns of a printed table are, and how small its letters, so that nothing runs over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ROOM = 459.0  # A4 less the margins of the page, in points
INSET, NARROW_INSET = 10.0, 6.0  # left and right of a cell together
MANY_COLUMNS = 8
SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
NARROW = 0.59  # of an em, for a letter or a digit of Noto Sans SC, on the safe side
LONGEST_WORD = 16  # letters that stay together
LONGEST_NUMBER = 24
HEADER_WORD = 9  # longer words of a header are hyphenated
STEPS = 40  # halvings: lines a row takes, to far less than a line
CROWDED_WORD = 4
TOKEN = re.compile(r"[\s\u3000-\u303f\uff00-\uff0f]+|(?<=[\u2e80-\u9fff])|(?=[\u2e80-\u9fff])")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The size of letters and the widths, all in points; in a crowded table even numbers may break."""

    size: float
    widths: tuple[float, ...]
    crowded: bool
    inset: float = INSET

    @property
    def longest_word(self) -> int:
        """The letters that a word may have before it may break."""
        return CROWDED_WORD if self.crowded else LONGEST_WORD


@dataclass(frozen=True, kw_only=True)
class _Wish:
    floor: float
    natural: float


def measure_text(text: str) -> float:
    """The width of a line of text in em, roughly.

    >>> measure_text("私域"), measure_text("ab")
    (2.0, 1.18)
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else NARROW for c in text)


def plan_columns(headers: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> Columns:
    """Widths that fill the page and letters as large as the widest words allow; `numeric` columns align right."""
    wishes = [
        _wish(header, [row[place] for row in rows], numeric=numeric[place]) for place, header in enumerate(headers)
    ]
    if not wishes:
        return Columns(size=SIZES[0], widths=(), crowded=False)
    floors = sum(wish.floor for wish in wishes)
    inset = INSET if len(wishes) <= MANY_COLUMNS else NARROW_INSET
    room = ROOM - inset * len(wishes)
    size = next((size for size in SIZES if floors * size <= room), SIZES[-1])
    crowded = floors * size > room
    widths = _squeeze(wishes, room) if crowded else _share(wishes, numeric, size, room)
    return Columns(size=size, widths=tuple(round(width + inset, 2) for width in widths), crowded=crowded, inset=inset)


def _wish(header: str, cells: Sequence[str], *, numeric: bool) -> _Wish:
    together = LONGEST_NUMBER if numeric else LONGEST_WORD
    words = cells if numeric else [word for cell in cells for word in TOKEN.split(cell)]
    heads = [word[:HEADER_WORD] for word in TOKEN.split(header)]
    floor = max(1.0, *map(measure_text, heads), *(measure_text(word[:together]) for word in words))
    natural = max((measure_text(text) for text in (header, *cells)), default=1.0)
    lowest = min(natural, 3.0 if numeric else 4.0)
    return _Wish(floor=max(floor, lowest), natural=max(floor, natural))


def _share(wishes: Sequence[_Wish], numeric: Sequence[bool], size: float, room: float) -> list[float]:
    natural = [wish.natural * size for wish in wishes]
    left = room - sum(natural)
    if left < 0:
        return _wrap(wishes, room / size, size)
    weights = [wide * (0.5 if is_number else 1.0) for wide, is_number in zip(natural, numeric, strict=True)]
    return [wide + left * weight / sum(weights) for wide, weight in zip(natural, weights, strict=True)]


def _wrap(wishes: Sequence[_Wish], room: float, size: float) -> list[float]:
    """The widths at which the longest cells take as few lines as can be; they fill the room."""
    few, many = 1.0, max(wish.natural / wish.floor for wish in wishes)
    for _ in range(STEPS):
        lines = (few + many) / 2
        few, many = (few, lines) if sum(_fold(wish, lines) for wish in wishes) <= room else (lines, many)
    widths = [_fold(wish, many) for wish in wishes]
    return [width * room / sum(widths) * size for width in widths]


def _fold(wish: _Wish, lines: float) -> float:
    return max(wish.floor, wish.natural / lines)


def _squeeze(wishes: Sequence[_Wish], room: float) -> list[float]:
    total = sum(wish.floor for wish in wishes)
    return [room * wish.floor / total for wish in wishes]
