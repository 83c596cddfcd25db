"""Turn the cells of a column into values of its type and unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import to_bool, to_number, to_text
from diagnostics.intake.cells.durations import to_minutes
from diagnostics.intake.cells.times import to_time
from diagnostics.intake.recognition.recipe import Unit

_OF_TYPE: dict[str, Callable[[pa.Array], pa.Array]] = {
    "bool": to_bool,
    "int": to_number,
    "float": to_number,
    "money": to_number,
    "date": to_time,
    "timestamp": to_time,
}


def convert(cells: pa.Array, kind: str, unit: Unit | None) -> pa.Array:
    """Values of a canonical type (`int`, `money`, `timestamp` …) from cells in a unit, or without one.

    >>> convert(pa.array(["-1.50", "-2"]), "money", "cost").to_pylist()
    [1.5, 2.0]
    """
    return _OF_UNIT[unit](cells) if unit else _OF_TYPE.get(kind, to_text)(cells)


def _is_filled(cells: pa.Array) -> pa.Array:
    return pc.is_valid(to_text(cells))


def _names_coupon(cells: pa.Array) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(to_text(cells), "券|劵|[Cc]oupon"), False)  # noqa: FBT003


def _is_positive(cells: pa.Array) -> pa.Array:
    return pc.greater(to_number(cells), 0)


def _to_share(cells: pa.Array) -> pa.Array:
    values = to_number(cells)
    return pc.divide(values, 100.0) if (pc.max(values).as_py() or 0.0) > 1 else values


def _to_cost(cells: pa.Array) -> pa.Array:
    """Platforms write fees as what they take (below zero) or as what they cost."""
    values = to_number(cells)
    return pc.negate(values) if (pc.sum(values).as_py() or 0.0) < 0 else values


def _seconds_to_minutes(cells: pa.Array) -> pa.Array:
    return to_minutes(cells, seconds=True)


_OF_UNIT: dict[Unit, Callable[[pa.Array], pa.Array]] = {
    "filled": _is_filled,
    "coupon": _names_coupon,
    "positive": _is_positive,
    "percent": _to_share,
    "cost": _to_cost,
    "minutes": to_minutes,
    "seconds": _seconds_to_minutes,
}


def classify(cells: pa.Array, classes: Mapping[str, tuple[str, ...]]) -> pa.Array:
    """The first word of which a cell contains a mark; empty where none fits.

    >>> classify(pa.array(["同意退款，退款成功", "售后关闭"]), {"refunded": ("退款成功",)}).to_pylist()
    ['refunded', None]
    """
    texts = to_text(cells)
    found = pa.nulls(len(texts), pa.string())
    for word, marks in classes.items():
        hit = pc.match_substring_regex(texts, "|".join(map(re.escape, marks)))
        found = pc.coalesce(found, pc.if_else(hit, word, pa.scalar(None, pa.string())))
    return found


def translate(values: pa.Array, words: Mapping[str, str]) -> pa.Array:
    """Values with the words of a code in place of it; others stay as they are."""
    at = pc.index_in(values, value_set=pa.array(list(words)))
    return pc.coalesce(pa.array(list(words.values())).take(at), values)
