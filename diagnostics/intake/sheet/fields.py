"""The fields of the requirement sheet, as the catalog lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from diagnostics.model.wording import Text

Kind = Literal["text", "enum", "multi", "list", "int", "number", "money", "percent", "date", "bool", "table"]
Requirement = Literal["required", "conditional", "optional"]
MINIMUM = ("minimum",)
TIERS = ("minimum", "standard", "full")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One fixed answer: its id, its label in both languages, and how older forms spelt it."""

    id: str
    label: Text
    formerly: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """What the drop-down shows: id, Chinese and English.

        >>> Choice(id="weekly", label=Text(zh="每周", en="Every week")).option
        'weekly | 每周 | Every week'
        """
        return f"{self.id} | {self.label.zh} | {self.label.en}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How one cell is answered.

    `low` and `high` bound a number (a percent as a share, a list by its length); `low_open` leaves `low`
    itself out. A text with `choices` only suggests them. `may_be_none` lets a date be answered with "none";
    `ends_month` takes a month without a day as its last day, else it is its first.
    """

    kind: Kind
    choices: tuple[Choice, ...] = ()
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    pattern: str = ""
    may_be_none: bool = False
    ends_month: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table field, and the headings that older forms gave it."""

    id: str
    label: Text
    entry: Entry
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One reason why a field applies: the answer to `key` (in `column` of a table) compares so with `values`."""

    key: str
    column: str = ""
    comparison: Literal["=", "!=", ">"] = "="
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SheetField:
    """One field: where it stands, how it is answered, what it is for.

    It applies if any clause of `applies_when` holds, or if there is none; `chapters` are those of the report
    that use it; `formerly` are the keys that older forms gave it.
    """

    key: str
    section: Text
    label: Text
    entry: Entry
    requirement: Requirement
    tier: str
    feeds: str
    help: Text
    columns: tuple[Column, ...] = ()
    applies_when: tuple[Clause, ...] = ()
    chapters: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        """Whether the form marks it."""
        return self.requirement == "required"

    @property
    def is_asked(self) -> bool:
        """Whether an empty answer is asked for again, where the field applies."""
        return self.requirement != "optional"

    @property
    def sheet_name(self) -> str:
        """The worksheet of a table field, in both languages, within the 31 characters that Excel allows."""
        name = f"{self.label.zh} {self.label.en}"
        return "".join("-" if mark in r"[]:*?/\'" else mark for mark in name)[:31].strip()


def choose_tiers(fields: Sequence[SheetField], tiers: Sequence[str] = MINIMUM) -> tuple[SheetField, ...]:
    """The fields of some tiers, in the order of the sheet."""
    return tuple(field for field in fields if field.tier in tiers)
