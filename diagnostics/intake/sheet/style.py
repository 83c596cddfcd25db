"""How the requirement sheet looks: colours, fonts, widths, heights, and text that never becomes a formula."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LINE_HEIGHT = 15.0
TALLEST = 400.0
LONGEST_TEXT = 32_767
FACE = "Microsoft YaHei"

PLAIN = Font(name=FACE, size=10)
BOLD = Font(name=FACE, size=10, bold=True)
TITLE = Font(name=FACE, size=16, bold=True, color="1F3A5F")
QUIET = Font(name=FACE, size=9, color="7F7F7F")
LINK = Font(name=FACE, size=10, bold=True, color="1F5FA8", underline="single")
MARK = Font(name=FACE, size=12, bold=True, color="C00000")
HEADING = Font(name=FACE, size=10, bold=True, color="FFFFFF")

HEADING_FILL = PatternFill("solid", fgColor="1F3A5F")
REQUIRED_FILL = PatternFill("solid", fgColor="FFF2CC")
OPTIONAL_FILL = PatternFill("solid", fgColor="EEF3FA")
DONE_FILL = PatternFill("solid", bgColor="E2F0D9", fgColor="E2F0D9")
ASKED_FILL = PatternFill("solid", bgColor="FFF2CC", fgColor="FFF2CC")
WANTING_FILL = PatternFill("solid", bgColor="F8CBAD", fgColor="F8CBAD")
GREY_FILL = PatternFill("solid", bgColor="E7E6E6", fgColor="E7E6E6")
BAND_FILL = PatternFill("solid", fgColor="F7F7F7")

# Control characters, lone surrogates and two non-characters: XML takes none of them, the library misses some.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Looks by book; a book that is gone takes its looks along.
_LOOKS: WeakKeyDictionary[object, dict[tuple[int, int, int, str], object]] = WeakKeyDictionary()
_HAIR = Side(style="thin", color="C9CED6")
FRAME = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")


def find_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell by row and column, counted from 1."""
    return cast("Cell", sheet.cell(row=row, column=column))


def put_text(cell: Cell, text: str) -> None:
    """Write text as text: it never becomes a formula, and holds no character that a workbook forbids."""
    kept = _FORBIDDEN.sub("", text)
    cell.value = kept[:LONGEST_TEXT]
    cell.data_type = "s"


def dress(
    cell: Cell,
    font: Font = PLAIN,
    fill: PatternFill | None = None,
    alignment: Alignment = WRAP,
    number_format: str = "General",
) -> None:
    """Give a cell its look, framed; the library takes long over each look, so a book keeps those that it has."""
    known = _LOOKS.setdefault(cell.parent.parent, {})
    look = (id(font), id(fill), id(alignment), number_format)
    if look not in known:
        cell.font, cell.alignment, cell.border, cell.number_format = font, alignment, FRAME, number_format
        if fill is not None:
            cell.fill = fill
        known[look] = cell._style  # type: ignore[attr-defined]  # noqa: SLF001 - the library has no public way to share it
    else:
        cell._style = copy(known[look])  # type: ignore[attr-defined]  # noqa: SLF001 - the same


def put_label(cell: Cell, text: str, font: Font = PLAIN, fill: PatternFill | None = None) -> None:
    """Write a label of the form, framed and wrapped."""
    put_text(cell, text)
    dress(cell, font, fill)


def put_heading(cell: Cell, text: str) -> None:
    """Write the heading of a column."""
    put_text(cell, text)
    dress(cell, HEADING, HEADING_FILL, CENTRED)


def fit_row(sheet: Worksheet, row: int, texts: Sequence[tuple[str, float]]) -> None:
    """Make a row as high as the tallest of its texts, each given with the width of its cell."""
    lines = max((count_lines(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = min(TALLEST, LINE_HEIGHT * lines + 4)


def count_lines(text: str, width: float) -> int:
    r"""How many lines a text takes in a cell of a width in characters; a Chinese character takes two.

    >>> count_lines("品类品类", 4), count_lines("one\ntwo", 10)
    (2, 2)
    """
    return sum(max(1, math.ceil(measure(line) / width)) for line in text.split("\n"))


def measure(text: str) -> int:
    """The width of a text in characters of Latin width."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


def fill_when_done(sheet: Worksheet, first: str, last: str) -> None:
    """Turn each cell of a range green as soon as it is filled."""
    rule = FormulaRule(formula=[f"LEN({first})>0"], fill=DONE_FILL)  # type: ignore[no-untyped-call]  # stubs lack it
    sheet.conditional_formatting.add(f"{first}:{last}", rule)


def grey_out(sheet: Worksheet, cells: str, test: str) -> None:
    """Show cells in grey, whatever else colours them, where a test holds."""
    rule = FormulaRule(  # type: ignore[no-untyped-call]  # stubs lack it
        formula=[test], fill=GREY_FILL, font=Font(color="A6A6A6"), stopIfTrue=True
    )
    sheet.conditional_formatting.add(cells, rule)


def fill_where_asked(sheet: Worksheet, cell: str, test: str) -> None:
    """Show a cell as required where a test holds."""
    rule = FormulaRule(formula=[test], fill=ASKED_FILL)  # type: ignore[no-untyped-call]  # stubs lack it
    sheet.conditional_formatting.add(cell, rule)


def tint_by_text(sheet: Worksheet, cells: str, first: str) -> None:
    """Colour cells by the sign that their text begins with: ✓ done, ✗ or ! wanting, — not needed."""
    for sign, fill in (("✓", DONE_FILL), ("✗", WANTING_FILL), ("!", WANTING_FILL), ("—", GREY_FILL)):
        rule = FormulaRule(formula=[f'LEFT({first},1)="{sign}"'], fill=fill)  # type: ignore[no-untyped-call]  # stubs lack it
        sheet.conditional_formatting.add(cells, rule)


def fill_by_bar(sheet: Worksheet, cells: str) -> None:
    """Show shares as bars, from 0 to 100 %."""
    bounds = {"start_type": "num", "start_value": 0, "end_type": "num", "end_value": 1}
    rule = DataBarRule(**bounds, color="70AD47")  # type: ignore[no-untyped-call]  # stubs lack it
    sheet.conditional_formatting.add(cells, rule)


def set_up_print(sheet: Worksheet, heading_row: int) -> None:
    """A4 across, as wide as the page, headings repeated, pages numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A  &P / &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
