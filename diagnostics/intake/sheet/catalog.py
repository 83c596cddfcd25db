"""Reads the catalog of the requirement sheet into typed fields.

The catalog's column `choices` holds `id=中文=English / …`; `columns` holds `id:kind:中文:English[choices]; …`,
where a kind may carry bounds (`int<1..5>`) and `[@metrics]`, `[@channels]` name a list that is kept elsewhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from diagnostics.intake.sheet.fields import Choice, Column, Entry, Kind, Requirement, SheetField
from diagnostics.model.names import CHANNELS
from diagnostics.model.wording import Text

Lists = Mapping[str, tuple[Choice, ...]]

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


@cache
def load_fields() -> tuple[SheetField, ...]:
    """All fields of the bundled catalog, in the order of the sheet."""
    catalog = files("diagnostics.catalog")
    return parse_fields(
        catalog.joinpath("requirement_sheet.csv").read_text(encoding="utf-8-sig"),
        catalog.joinpath("metrics.csv").read_text(encoding="utf-8-sig"),
    )


def parse_fields(csv_text: str, metrics_text: str = "") -> tuple[SheetField, ...]:
    """The fields of a catalog, given as CSV text; `metrics_text` is the metric dictionary, for goals.

    Raises `ValueError` on a kind that is not known.
    """
    lists = {"@metrics": _list_metrics(metrics_text), "@channels": _list_channels()}
    rows = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    return tuple(_parse_field(row, lists) for row in rows)


def _parse_field(row: Mapping[str, str], lists: Lists) -> SheetField:
    columns = (row.get("columns") or "").strip()
    return SheetField(
        key=row["key"],
        section=split_section(row["section"]),
        label=Text(zh=row["name_zh"], en=row["name_en"]),
        entry=_parse_entry(row, lists),
        requirement=cast("Requirement", row["requirement"]),
        tier=row["form_tier"],
        feeds=row["feeds"],
        help=Text(zh=row.get("help_zh") or "", en=row.get("help_en") or ""),
        columns=tuple(_parse_column(part, lists) for part in columns.split("; ")) if columns else (),
    )


def split_section(section: str) -> Text:
    """A section's name in both languages, each with its letter.

    >>> split_section("C 产品与价格 Product & price")
    Text(zh='C 产品与价格', en='C Product & price')
    """
    letter, chinese, english = section.split(" ", 2)
    return Text(zh=f"{letter} {chinese}", en=f"{letter} {english}")


def _parse_entry(row: Mapping[str, str], lists: Lists) -> Entry:
    kind, allowed = _parse_kind(row["type"]), row["allowed_values"]
    low, high, low_open = _parse_bounds(kind, allowed if row["type"] != "scale 1-5" else "1-5")
    return Entry(
        kind=kind,
        choices=_parse_choices(row.get("choices") or "", lists),
        low=low,
        high=high,
        low_open=low_open,
        pattern=allowed if allowed.startswith("[") and kind == "text" else "",
        may_be_none=kind == "date" and "none" in allowed,
    )


def _parse_kind(name: str) -> Kind:
    if "table[" in name:
        return "table"
    if name.startswith("list["):
        return "list"
    kind = _KINDS.get(name, name)
    if kind not in get_args(Kind):
        message = f"the catalog names a kind of field that is not known: {name}"
        raise ValueError(message)
    return cast("Kind", kind)


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


def _parse_column(text: str, lists: Lists) -> Column:
    found = _COLUMN.fullmatch(text.strip())
    if found is None:
        message = f"the catalog holds a column that can't be read: {text}"
        raise ValueError(message)
    kind = _parse_kind(found["kind"])
    low, high = (0.0, 1.0) if kind == "percent" else (0.0 if kind in _NOT_NEGATIVE else None, None)
    if found["bounds"]:
        low, high = (float(bound) for bound in found["bounds"].split(".."))
    entry = Entry(kind=kind, choices=_parse_choices(found["choices"] or "", lists), low=low, high=high)
    return Column(id=found["id"], label=Text(zh=found["zh"], en=found["en"]), entry=entry)


def _parse_choices(text: str, lists: Lists) -> tuple[Choice, ...]:
    if text in lists:
        return lists[text]
    parts = [part.split("=") for part in text.split(" / ") if part]
    return tuple(Choice(id=name, label=Text(zh=chinese, en=english)) for name, chinese, english in parts)


def _list_metrics(csv_text: str) -> tuple[Choice, ...]:
    rows = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    return tuple(Choice(id=row["id"], label=Text(zh=row["name_zh"], en=row["name_en"])) for row in rows)


def _list_channels() -> tuple[Choice, ...]:
    return tuple(Choice(id=name, label=label) for name, label in CHANNELS.items() if name != "wecom")
