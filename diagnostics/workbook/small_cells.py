"""Leaves out rows of fewer people than a client lets out of the house, and says how many people that leaves out."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Under these names queries count the people of a row; of several in one row, the first counts all of them.
PEOPLE = (
    *((name,) for name in ("customers", "people", "persons", "members", "contacts", "buyers", "viewers", "speakers")),
    *((name,) for name in ("n", "active", "followed", "audience", "entered")),
    ("events", "censored"),
)
LEFT_OUT = "people_left_out"


def find_people(expression: ir.Table) -> tuple[str, ...]:
    """The columns whose sum is the number of people in a row; none where rows count none, such as products or days.

    >>> find_people(ibis.table({"channel": "string", "buyers": "int64"}, name="x"))
    ('buyers',)
    """
    schema = expression.schema()
    held = (names for names in PEOPLE if all(name in schema and schema[name].is_integer() for name in names))
    return next(held, ())


def leave_small_out(expression: ir.Table, smallest: int) -> ir.Table:
    """The rows of at least `smallest` people (and of none), each with how many people the rows left out held."""
    people = find_people(expression)
    if not people or smallest <= 1:
        return expression
    counted = expression.mutate(**{LEFT_OUT: _count(expression, people)})
    size = counted[LEFT_OUT]
    lost = ((size > 0) & (size < smallest)).ifelse(size, 0).sum()
    marked = counted.mutate(**{LEFT_OUT: lost.over(ibis.window())})
    size = _count(marked, people)
    return marked.filter((size == 0) | (size >= smallest))


def _count(table: ir.Table, people: tuple[str, ...]) -> ir.IntegerValue:
    return reduce(add, (table[name].cast("int64").fill_null(0) for name in people))
