"""Reads the catalog of the requirement sheet into typed fields.

The catalog's column `choices` holds `id=中文=English / …`; `columns` holds `id:kind:中文:English[choices]; …`,
where a kind may carry bounds (`int<1..5>`, `date<end>`) and `[@metrics]`, `[@channels]` name a list that is kept
elsewhere; `applies_when` holds conditions (conditions.py); `chapters` the chapters of the report that use the field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

from diagnostics.intake.sheet.conditions import parse_condition
from diagnostics.intake.sheet.entries import Lists, parse_column, parse_entry
from diagnostics.intake.sheet.fields import Choice, Requirement, SheetField
from diagnostics.intake.sheet.history import Change, list_former, list_former_keys, list_removed, parse_history
from diagnostics.model.names import CHANNELS
from diagnostics.model.wording import Text


@cache
def load_fields() -> tuple[SheetField, ...]:
    """All fields of the bundled catalog, in the order of the sheet."""
    return parse_fields(_read("requirement_sheet.csv"), _read("metrics.csv"), _read("requirement_sheet_history.csv"))


@cache
def load_removed() -> tuple[str, ...]:
    """The keys of fields that older forms asked for and this one does not."""
    return list_removed(parse_history(_read("requirement_sheet_history.csv")))


def parse_fields(csv_text: str, metrics_text: str = "", history_text: str = "") -> tuple[SheetField, ...]:
    """The fields of a catalog, given as CSV text; `metrics_text` is the metric dictionary, for goals.

    Raises `ValueError` on a kind that is not known, and on a condition that can't be read.
    """
    lists = {"@metrics": _list_metrics(metrics_text), "@channels": _list_channels()}
    rows = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    changes = parse_history(history_text)
    return tuple(_parse_field(row, lists, changes) for row in rows)


def _parse_field(row: Mapping[str, str], lists: Lists, changes: tuple[Change, ...]) -> SheetField:
    columns = (row.get("columns") or "").strip()
    former = list_former(changes, row["key"])
    return SheetField(
        key=row["key"],
        section=split_section(row["section"]),
        label=Text(zh=row["name_zh"], en=row["name_en"]),
        entry=parse_entry(row, lists, former),
        requirement=cast("Requirement", row["requirement"]),
        tier=row["form_tier"],
        feeds=row["feeds"],
        help=Text(zh=row.get("help_zh") or "", en=row.get("help_en") or ""),
        columns=tuple(parse_column(part, lists, former) for part in columns.split("; ")) if columns else (),
        applies_when=parse_condition(row.get("applies_when") or ""),
        chapters=tuple((row.get("chapters") or "").split()),
        formerly=list_former_keys(changes, row["key"]),
    )


def split_section(section: str) -> Text:
    """A section's name in both languages, each with its letter.

    >>> split_section("C 产品与价格 Product & price")
    Text(zh='C 产品与价格', en='C Product & price')
    """
    letter, chinese, english = section.split(" ", 2)
    return Text(zh=f"{letter} {chinese}", en=f"{letter} {english}")


def _read(name: str) -> str:
    return files("diagnostics.catalog").joinpath(name).read_text(encoding="utf-8-sig")


def _list_metrics(csv_text: str) -> tuple[Choice, ...]:
    rows = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    return tuple(Choice(id=row["id"], label=Text(zh=row["name_zh"], en=row["name_en"])) for row in rows)


def _list_channels() -> tuple[Choice, ...]:
    return tuple(Choice(id=name, label=label) for name, label in CHANNELS.items() if name != "wecom")
