"""Reads generated exports the plain way, cell by cell, as a check on the writers."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from python_calamine import CalamineWorkbook

SECOND_YEAR = "2025-09-01"


def read_csv(folder: Path, pattern: str, encoding: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted((folder / "exports").glob(pattern)):
        text = path.read_bytes().decode(encoding, errors="strict")
        rows += csv.DictReader(io.StringIO(text, newline=""))
    return rows


def read_sheet(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def read_table(path: Path) -> list[dict[str, object]]:
    header, *rows = read_sheet(path)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def split_years(dated: list[tuple[str, float]]) -> tuple[float, float]:
    """Sums before and from the second year on."""
    return (
        sum(value for day, value in dated if day < SECOND_YEAR),
        sum(value for day, value in dated if day >= SECOND_YEAR),
    )


def share_of_returning(visits: list[tuple[str, str]]) -> float:
    """Share of buyers who bought on more than one day."""
    days: dict[str, set[str]] = defaultdict(set)
    for person, time in visits:
        days[person].add(time[:10])
    return sum(len(seen) > 1 for seen in days.values()) / len(days)
