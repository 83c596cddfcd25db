"""What headers mean: from all known exports, and from the words of the trade in the catalog."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from diagnostics.intake.recognition.header import normalise
from diagnostics.intake.recognition.layouts import Layout
from diagnostics.model.wording import Text

SAME, USUAL, PART = 3.0, 3.2, 1.5
_SHORTEST_PART = 2
_SHORTEST_LATIN_PART = 5
_RANK = 0.01


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """A canonical column that a header may stand for, how surely, and why."""

    column: str
    score: float
    why: Text


@cache
def _load_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Words by table and column, the likeliest first."""
    text = (resources.files("diagnostics.catalog") / "header_words.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in csv.DictReader(text.splitlines()):
        found[row["table"]][row["column"]] = tuple(_fold(word) for word in row["words"].split("|"))
    return found


def list_tables(layouts: Sequence[Layout]) -> tuple[str, ...]:
    """The tables that any header may point to."""
    return tuple(dict.fromkeys([*_load_words(), *(layout.recipe.table for layout in layouts if layout.recipe)]))


def find_meanings(header: str, table: str, layouts: Sequence[Layout]) -> tuple[Meaning, ...]:
    """What a header may mean in a table: as another export has it, as the trade calls it, or in part."""
    name = _fold(header)
    found = [*_as_in_layouts(header, table, layouts), *_as_usual(name, table)]
    return tuple(found) or tuple(_as_part(name, table))


def _fold(word: str) -> str:
    return normalise(word).lower().replace("_", "")


def _as_in_layouts(header: str, table: str, layouts: Sequence[Layout]) -> list[Meaning]:
    return [
        Meaning(
            column=column,
            score=SAME - _RANK * sources.index(header),
            why=Text(zh="与《{name}》的表头相同", en="same header as in {name}").fill(name=layout.id),
        )
        for layout in layouts
        if layout.recipe and layout.recipe.table == table
        for column, sources in layout.recipe.columns.items()
        if header in sources
    ]


def _as_usual(name: str, table: str) -> list[Meaning]:
    return [
        Meaning(column=column, score=USUAL - _RANK * words.index(name), why=Text(zh="常见表头", en="a usual header"))
        for column, words in _load_words().get(table, {}).items()
        if name in words
    ]


def _as_part(name: str, table: str) -> list[Meaning]:
    """Chinese and English headers end in what they are: 会员手机号码 holds 手机号, order total ends in total."""
    return [
        Meaning(
            column=column,
            score=PART + len(word) / max(len(name), 1),
            why=Text(zh="表头含「{word}」", en="the header holds {word}").fill(word=word),
        )
        for column, words in _load_words().get(table, {}).items()
        for word in words
        if word in name and len(word) >= (_SHORTEST_LATIN_PART if word.isascii() else _SHORTEST_PART)
    ]
