"""Guess which canonical table and columns an unknown file holds, from its headers and its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.intake.recognition.layouts import Layout
from diagnostics.intake.recognition.recipe import WORKING_NUMBERS
from diagnostics.intake.suggestion.cell_looks import NAMES, Look
from diagnostics.intake.suggestion.header_meanings import Meaning, find_meanings, list_tables
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.model.wording import Text

_MISSING = 2.0
_BY_CELLS = 0.5
# What the meaning of a header still counts when its column is empty.
_UNCHECKED = 0.5
_LIKELIEST = "order_lines"
_PERSONS = frozenset(["customer", "contact", "referrer", "phone"])
_NO_IDS = frozenset(["time", "money", "share", "flag"])
# What a look alone may point to, where nothing better was found.
_LOOKS = {
    "time": ("ordered_at", "day", "starts_on"),
    "mobile": ("phone",),
    "money": ("paid_amount",),
    "id": ("order_id",),
}
# What is worked out, or written once for the whole file.
_MADE = {
    "order_lines": frozenset(
        ["line_id", "channel", "quantity", "refund_amount", "is_return", "order_id", "paid_amount"]
    ),
    "traffic": frozenset(["ends_on", "channel"]),
    "live_sessions": frozenset(["session", "channel"]),
    "campaigns": frozenset(["ends_on"]),
}
_ANY_OF = {
    "order_lines": (("paid_amount", "order_paid", "unit_price"), ("order_id", "customer", "phone")),
    "customers": (("customer", "phone"),),
    "touches": (("customer", "phone"),),
    "events": (("customer", "phone"),),
}


@dataclass(frozen=True, kw_only=True)
class Guessed:
    """A source header for a canonical column, and why."""

    column: str
    source: str
    score: float
    why: Text


@dataclass(frozen=True, kw_only=True)
class Guess:
    """The likeliest table, its columns by name, and groups of columns of which one is needed and none was found."""

    table: str
    columns: Mapping[str, Guessed]
    missing: tuple[tuple[str, ...], ...]
    score: float


def guess_table(looks: Mapping[str, Look], layouts: Sequence[Layout], *, only: Sequence[str] = ()) -> Guess:
    """The table (of `only` these, if given) whose columns fit headers and cells best; order lines among equals."""
    guesses = [_guess(table, looks, layouts) for table in only or list_tables(layouts)]
    return max(guesses, key=lambda guess: (guess.score, guess.table == _LIKELIEST))


def _guess(table: str, looks: Mapping[str, Look], layouts: Sequence[Layout]) -> Guess:
    columns = _assign([*_candidates(table, looks, layouts), *_by_cells(table, looks)])
    missing = tuple(group for group in _list_needed(table) if columns.keys().isdisjoint(group))
    score = sum(guessed.score for guessed in columns.values()) - _MISSING * len(missing)
    return Guess(table=table, columns=columns, missing=missing, score=score)


def _candidates(table: str, looks: Mapping[str, Look], layouts: Sequence[Layout]) -> list[Guessed]:
    return [
        _weigh(name, look, meaning)
        for name, look in looks.items()
        for meaning in find_meanings(name, table, layouts)
        if look.kind == "empty" or _suits(table, meaning.column, look)
    ]


def _weigh(name: str, look: Look, meaning: Meaning) -> Guessed:
    certain = _UNCHECKED + (1 - _UNCHECKED) * look.filled
    why = Text(zh="{why}，{look}", en="{why}; {look}").fill(why=meaning.why, look=NAMES[look.kind])
    return Guessed(column=meaning.column, source=name, score=meaning.score * certain, why=why)


def _by_cells(table: str, looks: Mapping[str, Look]) -> list[Guessed]:
    known = {column.name for column in CANONICAL_TABLES[table].columns} | ({"phone"} if _knows_people(table) else set())
    return [
        Guessed(
            column=column,
            source=name,
            score=_BY_CELLS,
            why=Text(zh="只凭内容：{look}", en="from the cells alone: {look}").fill(look=NAMES[look.kind]),
        )
        for name, look in looks.items()
        for column in _LOOKS.get(look.kind, ())
        if column in known and (column != "order_id" or not look.repeats)
    ]


def _knows_people(table: str) -> bool:
    return any(column.name == "customer" for column in CANONICAL_TABLES[table].columns)


def _assign(candidates: Sequence[Guessed]) -> dict[str, Guessed]:
    """Each canonical column gets its best header, each header goes to one column."""
    columns: dict[str, Guessed] = {}
    used: set[str] = set()
    for guessed in sorted(candidates, key=lambda guessed: -guessed.score):
        if guessed.column not in columns and guessed.source not in used:
            columns[guessed.column] = guessed
            used.add(guessed.source)
    return columns


def _list_needed(table: str) -> list[tuple[str, ...]]:
    made = _MADE.get(table, frozenset())
    groups = list(_ANY_OF.get(table, ()))
    told = {name for group in groups for name in group}
    required = [column.name for column in CANONICAL_TABLES[table].columns if column.required]
    return [*groups, *((name,) for name in required if name not in made | told | {"channel"})]


def _suits(table: str, column: str, look: Look) -> bool:
    """Whether cells of that look can be what the column holds."""
    kinds = {known.name: known.type for known in CANONICAL_TABLES[table].columns}
    kind = kinds.get(column, "float" if column in WORKING_NUMBERS else "timestamp" if column == "paid_at" else "string")
    if column == "phone":
        return look.kind in ("mobile", "words", "code")
    if kind in ("date", "timestamp"):
        return look.can_be_time
    if kind in ("int", "float", "money"):
        return look.can_be_number and look.kind not in ("id", "mobile")
    if kind == "bool":
        return look.kind == "flag"
    if column in ("order_id", "line_id", "product_id"):
        return look.kind not in _NO_IDS and (column == "product_id" or look.kind not in ("few", "words", "mobile"))
    return look.kind not in ("time", "share") and (look.kind != "money" or column in _PERSONS)
