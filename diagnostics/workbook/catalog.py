"""Reads the catalog's plain tables: capabilities and the metric dictionary."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from diagnostics.model.wording import Text

REGULAR, BOLD = "NotoSansSC-Regular.gbk.ttf", "NotoSansSC-Bold.gb2312.ttf"


@cache
def read_catalog(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV of the catalog."""
    text = (files("diagnostics.catalog") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def name_metrics() -> dict[str, Text]:
    """The metric dictionary's names by id."""
    return {row["id"]: Text(zh=row["name_zh"], en=row["name_en"]) for row in read_catalog("metrics.csv")}


@cache
def read_fonts() -> tuple[bytes, bytes]:
    """The regular and the bold typeface."""
    fonts = files("diagnostics.catalog") / "fonts"
    return (fonts / REGULAR).read_bytes(), (fonts / BOLD).read_bytes()
