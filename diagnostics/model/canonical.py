"""The record of a canonical table: columns with type, unit, meaning and whether they may hold personal data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diagnostics.model.wording import Text

Type = Literal["string", "bool", "int", "float", "money", "date", "timestamp"]
Personal = Literal["never", "keyed"]

MONEY_TYPE = "decimal(18,2)"
IBIS_TYPES: dict[Type, str] = {
    "string": "string",
    "bool": "boolean",
    "int": "int64",
    "float": "float64",
    "money": MONEY_TYPE,
    "date": "date",
    "timestamp": "timestamp(6)",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a canonical table.

    `personal` is `keyed` where the source holds personal data: only a keyed hash may be stored.
    `required` columns are filled on every row that intake keeps.
    """

    name: str
    type: Type
    meaning: Text
    unit: str = ""
    personal: Personal = "never"
    required: bool = False

    @property
    def ibis_type(self) -> str:
        """The type in the engine's words."""
        return IBIS_TYPES[self.type]


@dataclass(frozen=True, kw_only=True)
class CanonicalTable:
    """One canonical table: its grain, its columns, and which export brings it."""

    name: str
    title: Text
    grain: Text
    brought_by: Text
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; `KeyError` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def schema(self) -> dict[str, str]:
        """Column names and engine types, in order."""
        return {column.name: column.ibis_type for column in self.columns}


def describe_column(
    name: str,
    kind: Type,
    zh: str,
    en: str,
    unit: str = "",
    *,
    personal: Personal = "never",
    required: bool = False,
) -> Column:
    """A column, its meaning in both languages."""
    return Column(name=name, type=kind, meaning=Text(zh=zh, en=en), unit=unit, personal=personal, required=required)
