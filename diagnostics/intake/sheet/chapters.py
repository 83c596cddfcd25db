"""The chapters of the report that the answers of the requirement sheet feed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter by its number (5 has three parts), and the wing of checks that it shows, if any."""

    number: str
    title: Text
    wing: str = ""

    @property
    def name(self) -> Text:
        """Number and title.

        >>> Chapter(number="8", title=Text(zh="社群健康", en="Community health")).name.en
        '8 Community health'
        """
        return Text(zh=f"{self.number} {self.title.zh}", en=f"{self.number} {self.title.en}")


@cache
def load_chapters() -> tuple[Chapter, ...]:
    """All chapters in the order of the report, its cover first."""
    text = files("diagnostics.catalog").joinpath("report_chapters.csv").read_text(encoding="utf-8")
    return tuple(
        Chapter(number=row["chapter"], wing=row["wing"], title=Text(zh=row["name_zh"], en=row["name_en"]))
        for row in csv.DictReader(text.splitlines())
    )
