"""A contradiction between answers: what does not fit together, and which cells say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from diagnostics.model.brief import Brief, Row, to_number
from diagnostics.model.wording import Text

# Estimates from experience may miss each other by this share before it is worth a question.
ROUGHLY = 0.25
# Figures from the same books should agree to a tenth.
CLOSELY = 0.1


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two answers or more that can't all be right.

    `cells` name them as `annual_gmv` or, for a cell of a table, `goals/0/baseline`.
    """

    cells: tuple[str, ...]
    text: Text

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields concerned, each once."""
        return tuple(dict.fromkeys(cell.split("/", maxsplit=1)[0] for cell in self.cells))


Rule = Callable[[Brief], Iterator[Conflict]]


def is_apart(one: float, other: float, by: float) -> bool:
    """Whether two figures differ by more than a share of the larger.

    >>> is_apart(100, 120, 0.25), is_apart(100, 140, 0.25)
    (False, True)
    """
    return abs(one - other) > by * max(abs(one), abs(other))


def list_numbers(brief: Brief, key: str, column: str) -> list[tuple[int, float]]:
    """The numbers in a column of a table, with the place of their row."""
    return [
        (place, float(value))
        for place, row in enumerate(brief.rows(key))
        if isinstance(value := row.get(column), int | float) and not isinstance(value, bool)
    ]


def sum_column(brief: Brief, key: str, column: str) -> float | None:
    """The sum of a column; `None` if it holds no number."""
    numbers = [value for _, value in list_numbers(brief, key, column)]
    return sum(numbers) if numbers else None


def find_row(brief: Brief, key: str, column: str, value: str) -> tuple[int, Row] | None:
    """The first row whose column holds a value."""
    return next(((place, row) for place, row in enumerate(brief.rows(key)) if row.get(column) == value), None)


def read_number(row: Row, column: str) -> float | None:
    """A number of a row."""
    return to_number(row.get(column))


def list_words(brief: Brief, key: str, column: str) -> set[str]:
    """The texts in a column of a table."""
    return {str(row[column]) for row in brief.rows(key) if row.get(column) is not None}
