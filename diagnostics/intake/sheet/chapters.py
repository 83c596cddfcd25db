"""Reads the chapters of the report, which the answers of the requirement sheet feed."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from diagnostics.model.chapters import ChapterTitle
from diagnostics.model.wording import Text


@cache
def load_chapters() -> tuple[ChapterTitle, ...]:
    """All chapters in the order of the report, its cover first."""
    text = files("diagnostics.catalog").joinpath("report_chapters.csv").read_text(encoding="utf-8")
    return tuple(
        ChapterTitle(
            number=row["chapter"],
            title=Text(zh=row["name_zh"], en=row["name_en"]),
            wings=tuple(row["wings"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    )
