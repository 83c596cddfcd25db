"""What every part of the outline is worded with: language, frame words, currency and glossary."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.section import Exhibit
from diagnostics.model.wording import Language, Text
from diagnostics.report.cells import build_table
from diagnostics.report.glossary import Glossary
from diagnostics.report.outline import Cell, TableBlock
from diagnostics.report.words import Words, fill_words


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One language of one report."""

    language: Language
    words: Words
    currency: str
    glossary: Glossary

    def say(self, key: str, **parts: Text | str) -> str:
        """Frame words with parts put in."""
        return fill_words(self.words, key, **{name: self.word(part) for name, part in parts.items()})

    def word(self, text: Text | str | None) -> str:
        """A text in this language; nothing gives an empty string."""
        return text.word(self.language) if isinstance(text, Text) else text or ""

    def table(self, exhibit: Exhibit) -> TableBlock:
        """An exhibit as a table of this report."""
        return build_table(exhibit, currency=self.currency, language=self.language)


def list_table(name: str, title: str, headers: tuple[str, ...], rows: list[tuple[Cell | str, ...]]) -> TableBlock:
    """A table of worded cells; a column is numeric if every filled cell of it sorts by a number."""
    cells = [tuple(Cell(shown=cell, sort=cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
    return TableBlock(
        name=name,
        title=title,
        headers=headers,
        numeric=tuple(_is_numeric([row[place] for row in cells]) for place in range(len(headers))),
        rows=tuple(cells),
        total_rows=len(cells),
    )


def _is_numeric(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell.shown]
    return bool(filled) and all(isinstance(cell.sort, float) for cell in filled)
