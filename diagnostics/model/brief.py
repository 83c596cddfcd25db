"""The brief: what the requirement sheet answers, typed, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Row = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """Answers by field key.

    Values are: text and enum `str` (an enum's id, without its Chinese label), multi-enum and list
    `tuple[str, ...]`, money and number `float`, percent `float` share (45 % is 0.45), int `int`,
    bool `bool`, date `datetime.date`, table `tuple[Row, ...]` with the sub-columns of the field's type
    (a name that ends in `%` keeps its base name and holds a share).
    `unanswered` holds the keys asked for and left empty, in the order of the sheet.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    unanswered: tuple[str, ...] = ()

    def text(self, key: str) -> str | None:
        """A text or enum answer."""
        value = self.answers.get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> float | None:
        """A money, number, int or percent answer, as float."""
        value = self.answers.get(key)
        return to_number(value)

    def flag(self, key: str) -> bool | None:
        """A yes/no answer."""
        value = self.answers.get(key)
        return value if isinstance(value, bool) else None

    def day(self, key: str) -> date | None:
        """A date answer."""
        value = self.answers.get(key)
        return value if isinstance(value, date) else None

    def choices(self, key: str) -> tuple[str, ...]:
        """A list or multi-enum answer; empty if not answered."""
        value = self.answers.get(key)
        return tuple(str(item) for item in value) if isinstance(value, tuple) else ()

    def rows(self, key: str) -> tuple[Row, ...]:
        """A table answer; empty if not answered."""
        value = self.answers.get(key)
        return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()


def to_number(value: object) -> float | None:
    """A cell of a table of the sheet as a number; `None` where it is empty or holds none.

    >>> to_number(3), to_number(True), to_number("3")
    (3.0, None, None)
    """
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
