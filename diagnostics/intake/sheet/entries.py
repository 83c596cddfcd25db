"""Reads from the catalog how one cell is answered: kind, bounds, fixed answers, columns of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast, get_args

from diagnostics.intake.sheet.fields import Choice, Column, Entry, Kind
from diagnostics.model.wording import Text

Lists = Mapping[str, tuple[Choice, ...]]
Former = Mapping[tuple[str, str], tuple[str, ...]]

_KINDS: dict[str, Kind] = {
    "multi-enum": "multi",
    "file list": "list",
    "text/rule": "text",
    "time": "text",
    "scale 1-5": "int",
}
_COLUMN = re.compile(
    r"(?P<id>[^:]+):(?P<kind>\w+)(?:<(?P<bounds>[^>]+)>)?"
    r":(?P<zh>[^:]+):(?P<en>[^:\[]+)(?:\[(?P<choices>.+)\])?"
)
_NOT_NEGATIVE = ("int", "money")
_ENDS = "end"
_LAST_DAY = "a month means its last day"


def parse_entry(row: Mapping[str, str], lists: Lists, former: Former) -> Entry:
    """How the cell of a field is answered; `former` holds older spellings of choices, by what and place."""
    kind, allowed = parse_kind(row["type"]), row["allowed_values"]
    low, high, low_open = _parse_bounds(kind, allowed if row["type"] != "scale 1-5" else "1-5")
    return Entry(
        kind=kind,
        choices=_parse_choices(row.get("choices") or "", lists, former),
        low=low,
        high=high,
        low_open=low_open,
        pattern=allowed if allowed.startswith("[") and kind == "text" else "",
        may_be_none=kind == "date" and "none" in allowed,
        ends_month=_LAST_DAY in allowed,
    )


def parse_kind(name: str) -> Kind:
    """The kind of a field; `ValueError` if it is not known."""
    if "table[" in name:
        return "table"
    if name.startswith("list["):
        return "list"
    kind = _KINDS.get(name, name)
    if kind not in get_args(Kind):
        message = f"the catalog names a kind of field that is not known: {name}"
        raise ValueError(message)
    return cast("Kind", kind)


def parse_column(text: str, lists: Lists, former: Former) -> Column:
    """One column of a table field; `ValueError` if it can't be read."""
    found = _COLUMN.fullmatch(text.strip())
    if found is None:
        message = f"the catalog holds a column that can't be read: {text}"
        raise ValueError(message)
    kind, name = parse_kind(found["kind"]), found["id"]
    low, high = (0.0, 1.0) if kind == "percent" else (0.0 if kind in _NOT_NEGATIVE else None, None)
    if found["bounds"] and found["bounds"] != _ENDS:
        low, high = (float(bound) for bound in found["bounds"].split(".."))
    choices = _parse_choices(found["choices"] or "", lists, former)
    entry = Entry(kind=kind, choices=choices, low=low, high=high, ends_month=found["bounds"] == _ENDS)
    label = Text(zh=found["zh"], en=found["en"])
    return Column(id=name, label=label, entry=entry, formerly=former.get(("column", name), ()))


def _parse_bounds(kind: Kind, allowed: str) -> tuple[float | None, float | None, bool]:
    scale = 100 if kind == "percent" else 1
    floor = 0.0 if kind in _NOT_NEGATIVE else None
    if kind not in {"int", "number", "money", "percent", "list"} or "advised" in allowed:
        return floor, None, False
    if found := re.match(r"(\d+)-(\d+)", allowed):
        return int(found[1]) / scale, int(found[2]) / scale, False
    if found := re.match(r"<=(\d+)", allowed):
        return floor, float(found[1]), False
    if found := re.match(r"(>=?)(\d+)", allowed):
        return float(found[2]), None, found[1] == ">"
    return floor, None, False


def _parse_choices(text: str, lists: Lists, former: Former) -> tuple[Choice, ...]:
    if text in lists:
        return lists[text]
    parts = [part.split("=") for part in text.split(" / ") if part]
    return tuple(
        Choice(id=name, label=Text(zh=chinese, en=english), formerly=former.get(("choice", name), ()))
        for name, chinese, english in parts
    )
