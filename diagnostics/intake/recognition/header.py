"""Find the header of a grid and give its columns names that can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SEARCHED_ROWS = 15
_UNIT = re.compile(r"\((?:元|件)\)$")
_NUMBER_LIKE = re.compile(r"^[-+\d.,:/%\s年月日]*$")


@dataclass(frozen=True, kw_only=True)
class Header:
    """Where the header is (`row` counts from 0, `rows` is 1 or 2) and the names that it gives."""

    row: int
    rows: int
    names: tuple[str, ...]
    score: float


def normalise(name: str) -> str:
    """A header that compares equal however it was typed.

    >>> normalise("用户实付金额（元） ")
    '用户实付金额'
    """
    folded = unicodedata.normalize("NFKC", name).replace("\ufeff", "")
    bare = re.sub(r"\s+", "", folded).strip("'\"`")
    return _UNIT.sub("", bare)


def number_duplicates(names: Iterable[str]) -> list[str]:
    """Normalised names, the second of a kind with `#2` behind it.

    >>> number_duplicates(["分销员", "店铺", "分销员"])
    ['分销员', '店铺', '分销员#2']
    """
    seen: Counter[str] = Counter()
    numbered = []
    for name in map(normalise, names):
        seen[name] += 1
        numbered.append(f"{name}#{seen[name]}" if seen[name] > 1 else name)
    return numbered


def find_header(rows: Sequence[Sequence[str]], fit: Callable[[Sequence[str]], float], threshold: float) -> Header:
    """The best header within the first rows: by fit with what is known, else the first row of words.

    `fit` tells how well names match a known export, 0 to 1.
    """
    if not rows:
        return Header(row=0, rows=1, names=(), score=0.0)
    last = min(len(rows), SEARCHED_ROWS)
    single = [_score(rows[row], row, 1, fit) for row in range(last)]
    double = [_score(_join_two_rows(rows[row], rows[row + 1]), row, 2, fit) for row in _with_gaps(rows[:last])]
    best = max((*single, *double), key=lambda header: (header.score, -header.rows, -header.row))
    return best if best.score >= threshold else _first_row_of_words(rows, fit)


def _score(cells: Sequence[str], row: int, rows: int, fit: Callable[[Sequence[str]], float]) -> Header:
    names = tuple(number_duplicates(cells))
    return Header(row=row, rows=rows, names=names, score=fit(names) if any(names) else 0.0)


def _with_gaps(rows: Sequence[Sequence[str]]) -> list[int]:
    """Rows that may be the upper half of a header: merged cells leave gaps in it or in the row below."""
    return [row for row, (upper, lower) in enumerate(pairwise(rows)) if "" in lower or len({*upper, ""}) <= len(upper)]


def _join_two_rows(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [below if below.strip() else above for above, below in zip(upper, lower, strict=True)]


def _first_row_of_words(rows: Sequence[Sequence[str]], fit: Callable[[Sequence[str]], float]) -> Header:
    searched = rows[:SEARCHED_ROWS]
    counts = [sum(1 for cell in row if cell.strip() and not _NUMBER_LIKE.match(cell)) for row in searched]
    row = counts.index(max(counts))
    names = number_duplicates(searched[row])
    return Header(row=row, rows=1, names=tuple(names), score=fit(names))
