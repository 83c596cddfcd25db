"""How large letters may be, and how much text a box of a slide holds: estimated from the widths of characters."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.model.wording import shorten
from diagnostics.report.xlsx_cells import clean_cell

# Of the size of letters, for the tallest of the usual Chinese typefaces.
LINE = 1.35
CELL_MARGIN = 11.0  # points, left and right of a cell together with a hair to spare
CELL_PADDING = 6.0  # points, above and below
NARROWEST, WIDEST = 3.5, 22.0  # em
# Of an em, in the usual Latin typefaces: capitals, digits, and other letters with the gaps between words.
CAPITAL, DIGIT, NARROW = 0.72, 0.56, 0.5
MOST_LINES = 3


@dataclass(frozen=True, kw_only=True)
class TableFit:
    """Letters' size, widths and heights in points, and the rows that fit; the header's height comes first."""

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def clean(text: str, longest: int = 600) -> str:
    r"""One line of text that XML can hold, at most `longest` characters.

    >>> clean("a\x0b\u202e b\n c")
    'a b c'
    """
    return shorten(clean_cell(" ".join(text.split())), longest)


def measure(text: str) -> float:
    """The width of a line of text in em, roughly.

    >>> measure("私域"), measure("ab")
    (2.0, 1.0)
    """
    return sum(map(_measure_letter, text))


def count_lines(text: str, room: float) -> int:
    """The lines that a text takes in `room` em, on the safe side: words may leave the end of a line empty.

    >>> count_lines("私域" * 10, 10.0), count_lines("", 10.0)
    (3, 1)
    """
    width = measure(text)
    return max(1, math.ceil(width * 1.04 / max(room - 1.0, 1.0))) if width > room else 1


def fit_text(texts: Sequence[str], width: float, height: float, sizes: Sequence[float]) -> tuple[float, list[str]]:
    """The largest of the sizes at which all paragraphs fit into the box; at the smallest they are cut to fit.

    >>> fit_text(["短"], 100, 40, (20, 10))
    (20, ['短'])
    """
    cleaned = [clean(text) for text in texts]
    for size in sizes:
        if _measure(cleaned, width, size) <= height:
            return size, cleaned
    smallest, longest = sizes[-1], max(map(len, cleaned), default=0)
    while (
        any(count_lines(text, width / smallest) > 1 for text in cleaned) and _measure(cleaned, width, smallest) > height
    ):
        longest = max(1, int(longest * 0.9))
        cleaned = [shorten(text, longest) for text in cleaned]
    return smallest, cleaned


def fit_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: float,
    height: float,
    sizes: Sequence[float],
    lines: int = MOST_LINES,
    shares: Sequence[float] = (),
    least: float = 0.0,
) -> TableFit:
    """The largest letters at which every row fits; at the smallest, the rows that fit. Cells hold `lines` lines.

    `shares` gives the widths of the columns as shares of the whole, else they follow what the cells hold; no row is
    lower than `least` points.
    """
    fits = [_fit_at(size, headers, rows, width=width, lines=lines, shares=shares, least=least) for size in sizes]
    whole = next((fit for fit in fits if sum(fit.heights) <= height and not _is_cut(fit, rows)), None)
    chosen = whole or next((fit for fit in fits if sum(fit.heights) <= height), fits[-1])
    kept, used = 0, chosen.heights[0]
    while kept < len(chosen.rows) and used + chosen.heights[kept + 1] <= height:
        used += chosen.heights[kept + 1]
        kept += 1
    return TableFit(size=chosen.size, widths=chosen.widths, heights=chosen.heights[: kept + 1], rows=chosen.rows[:kept])


def _measure_letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.0
    return CAPITAL if letter.isupper() or letter in "%@#" else DIGIT if letter.isdigit() else NARROW


def _measure(texts: Sequence[str], width: float, size: float) -> float:
    return sum(count_lines(text, width / size) for text in texts) * size * LINE + (len(texts) - 1) * size * 0.5


def _is_cut(fit: TableFit, rows: Sequence[Sequence[str]]) -> bool:
    return any(
        cell != clean(whole)
        for row, own in zip(fit.rows, rows, strict=True)
        for cell, whole in zip(row, own, strict=True)
    )


def _fit_at(
    size: float,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: float,
    lines: int,
    shares: Sequence[float],
    least: float,
) -> TableFit:
    wishes = [
        min(WIDEST, max(NARROWEST, *(measure(clean(text)) + 1.0 for text in column)))
        for column in zip(headers, *rows, strict=True)
    ]
    whole = sum(wishes)
    widths = [width * share for share in shares or [wish / whole for wish in wishes]]
    rooms = [(one - CELL_MARGIN) / size for one in widths]
    cut = [[_cut(text, room, lines) for text, room in zip(row, rooms, strict=True)] for row in (headers, *rows)]
    tall = [max(count_lines(text, room) for text, room in zip(row, rooms, strict=True)) for row in cut]
    heights = [
        max(lines_used * size * LINE + CELL_PADDING, least if place else 0.0) for place, lines_used in enumerate(tall)
    ]
    return TableFit(size=size, widths=tuple(widths), heights=tuple(heights), rows=tuple(tuple(row) for row in cut[1:]))


def _cut(text: str, room: float, lines: int) -> str:
    """A text cut to a number of lines."""
    said = clean(text)
    while len(said) > 1 and count_lines(said, room) > lines:
        said = shorten(said, max(1, int(len(said) * 0.9)))
    return said
