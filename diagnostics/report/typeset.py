"""Lines, texts, tables and figures made ready for print: fit for the fonts, cut to length, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.model.wording import Language, shorten, word_number
from diagnostics.report.columns import LONGEST_NUMBER, Columns, plan_columns
from diagnostics.report.glyphs import loosen, replace_missing, replace_missing_in_svg
from diagnostics.report.outline import FigureBlock, TableBlock
from diagnostics.report.quotes import straighten

MOST_ROWS = 12
LONGEST_CELL = 90
LONGEST_PHRASE = 400
LONGEST_HEADER = 48
ROWS_KEPT_TOGETHER = 8
TABLE_KEPT_TOGETHER = 1000  # characters; a longer table may break over pages
LONGEST_LINE = 160
LONGEST_TEXT = 1500

Page = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Press:
    """What the fonts can show (code points), the language and the frame words."""

    covered: frozenset[int]
    language: Language
    words: Mapping[str, str]


def set_letters(text: str, press: Press) -> str:
    """Only characters that the fonts can show; English gets straight quotes, since ours are as wide as Chinese ones."""
    return straighten(replace_missing(text, press.covered), press.language)


def set_plain(text: str, press: Press) -> str:
    """One line without breaks or cuts."""
    return " ".join(set_letters(text, press).split())


def set_line(text: str, press: Press, longest: int = LONGEST_LINE) -> str:
    """One line of at most `longest` characters whose long words may break."""
    return loosen(shorten(set_plain(text, press), longest))


def set_text(text: str, press: Press) -> str:
    """A text whose line ends stay, without empty lines."""
    lines = (" ".join(line.split()) for line in set_letters(text, press).splitlines())
    kept = "\n".join(line for line in lines if line)
    return loosen(kept if len(kept) <= LONGEST_TEXT else kept[: LONGEST_TEXT - 1] + "…")


def set_figure(figure: FigureBlock | None, press: Press) -> Page | None:
    """A picture with its alternative text, which must not be empty, and its definition."""
    if figure is None:
        return None
    return {
        "svg": replace_missing_in_svg(figure.svg, press.covered),
        "alt": set_plain(figure.alt, press) or set_plain(figure.definition, press) or press.words["figure"],
        "definition": set_text(figure.definition, press),
    }


def set_table(table: TableBlock | None, press: Press, longest: int = LONGEST_CELL) -> Page | None:
    """The first rows of a table with the widths of its columns, and how many rows are left out.

    A cell keeps at most `longest` characters: names of goods can be long, and the XLSX has them whole.
    """
    if table is None:
        return None
    headers = [shorten(set_plain(header, press), LONGEST_HEADER) for header in table.headers]
    rows = [[shorten(set_plain(cell.shown, press), longest) for cell in row] for row in table.rows[:MOST_ROWS]]
    columns = plan_columns(headers, rows, table.numeric)
    rest = max(table.total_rows, len(table.rows)) - len(rows)
    return {
        "title": set_line(table.title, press),
        "note": set_text(table.note, press),
        "headers": [loosen(header, columns.longest_word) for header in headers],
        "rows": [_set_row(row, table.numeric, columns) for row in rows],
        "numeric": list(table.numeric),
        "size": columns.size,
        "inset": columns.inset,
        "widths": list(columns.widths),
        "breakable": len(rows) > ROWS_KEPT_TOGETHER
        or sum(len(cell) for row in rows for cell in row) > TABLE_KEPT_TOGETHER,
        "more": press.words["more_rows"].format(n=word_number(rest).word(press.language)) if rest else "",
    }


def _set_row(row: Sequence[str], numeric: Sequence[bool], columns: Columns) -> list[str]:
    longest = [LONGEST_NUMBER if is_number and not columns.crowded else columns.longest_word for is_number in numeric]
    return [loosen(cell, letters) for cell, letters in zip(row, longest, strict=True)]
