"""The chapters of the report: the line of thought in which its reader meets the wings."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class ChapterTitle:
    """A chapter by its number (5 has three parts), and the wings of checks that it shows, in order."""

    number: str
    title: Text
    wings: tuple[str, ...] = ()

    @property
    def name(self) -> Text:
        """Number and title.

        >>> ChapterTitle(number="8", title=Text(zh="社群健康", en="Community health")).name.en
        '8 Community health'
        """
        return Text(zh=f"{self.number} {self.title.zh}", en=f"{self.number} {self.title.en}")
