"""The worksheets of the form for answers with several rows: one worksheet a table field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from diagnostics.intake.sheet.cells import Lists, put_answer, validate
from diagnostics.intake.sheet.fields import Column, SheetField
from diagnostics.intake.sheet.marks import APPLIES_WORDS, REQUIRED_MARK, TABLE_MARK
from diagnostics.intake.sheet.style import (
    PLAIN,
    QUIET,
    TITLE,
    WRAP,
    fill_when_done,
    find_cell,
    fit_row,
    grey_out,
    measure,
    put_heading,
    put_label,
    put_text,
    set_up_print,
)
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.wording import Language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE_ROW, HELP_ROW, MARK_ROW, HEADING_ROW, FIRST_BODY_ROW = 1, 2, 3, 4, 5
FIRST_COLUMN = 2
BLANK_ROWS = 20
SPARE_ROWS = 5
MOST_BODY_ROWS = 500
_NARROWEST, _WIDEST, _HELP_WIDTH = 14, 34, 110


def list_body(field: SheetField) -> str:
    """The range in which the rows of a table field may stand."""
    return f"$B${FIRST_BODY_ROW}:${get_column_letter(len(field.columns) + 1)}${MOST_BODY_ROWS}"


def list_names() -> str:
    """The range in which the names of rows stand."""
    return f"$B${FIRST_BODY_ROW}:$B${MOST_BODY_ROWS}"


def write_table(
    sheet: Worksheet,
    field: SheetField,
    rows: Sequence[Mapping[str, object]],
    lists: Lists,
    order: Sequence[Language],
    *,
    home: str,
    applies: str = "",
) -> None:
    """Write the worksheet of one table field, with its rows if there are answers already.

    `home` is the cell of the field on the worksheet of its tier, `applies` the cell that says whether it applies.
    """
    last = FIRST_BODY_ROW - 1 + max(BLANK_ROWS, len(rows) + SPARE_ROWS)
    _write_head(sheet, field, order)
    for place, column in enumerate(field.columns, start=2):
        _write_heading(sheet, place, column, order, is_first=place == FIRST_COLUMN)
        for row in range(FIRST_BODY_ROW, last + 1):
            given = rows[row - FIRST_BODY_ROW] if row - FIRST_BODY_ROW < len(rows) else {}
            is_required = field.is_required and place == FIRST_COLUMN
            put_answer(find_cell(sheet, row, place), given.get(column.id), column.entry, is_required=is_required)
        letter = get_column_letter(place)
        cells = f"{letter}{FIRST_BODY_ROW}:{letter}{last}"
        validate(
            sheet,
            cells,
            column.entry,
            lists=lists,
            title=column.label,
            help_text=describe_expected(column.entry),
            language=order[0],
        )
    for row in range(FIRST_BODY_ROW, last + 1):
        put_label(find_cell(sheet, row, 1), str(row - FIRST_BODY_ROW + 1), QUIET)
    _finish(sheet, field, last)
    sheet["A1"].hyperlink = Hyperlink(ref="A1", location=home)
    if applies:
        _follow(sheet, field, applies, last)


def _follow(sheet: Worksheet, field: SheetField, applies: str, last: int) -> None:
    """Show the table in grey where its field does not apply."""
    letter = get_column_letter(len(field.columns) + FIRST_COLUMN)
    sheet[f"{letter}{MARK_ROW}"] = f"={applies}"
    test = f'${letter}${MARK_ROW}="{APPLIES_WORDS[1]}"'
    grey_out(sheet, f"A{HEADING_ROW}:{get_column_letter(len(field.columns) + 1)}{last}", test)


def _write_head(sheet: Worksheet, field: SheetField, order: Sequence[Language]) -> None:
    mark = f" {REQUIRED_MARK}" if field.is_required else ""
    put_text(find_cell(sheet, TITLE_ROW, 1), " ".join(field.label.word(language) for language in order) + mark)
    find_cell(sheet, TITLE_ROW, 1).font = TITLE
    text = "\n".join(field.help.word(language) for language in order)
    cell = find_cell(sheet, HELP_ROW, 1)
    put_text(cell, text)
    cell.font, cell.alignment = PLAIN, WRAP
    sheet.merge_cells(start_row=HELP_ROW, start_column=1, end_row=HELP_ROW, end_column=len(field.columns) + 1)
    width = 5 + sum(_choose_width(column) for column in field.columns)
    fit_row(sheet, HELP_ROW, [(text, min(width, _HELP_WIDTH))])
    put_text(find_cell(sheet, MARK_ROW, 1), f"{TABLE_MARK}{field.key}")
    sheet.row_dimensions[MARK_ROW].hidden = True
    put_heading(find_cell(sheet, HEADING_ROW, 1), "#")


def _write_heading(sheet: Worksheet, place: int, column: Column, order: Sequence[Language], *, is_first: bool) -> None:
    put_text(find_cell(sheet, MARK_ROW, place), column.id)
    label = "\n".join(column.label.word(language) for language in order)
    put_heading(find_cell(sheet, HEADING_ROW, place), label + (f" {REQUIRED_MARK}" if is_first else ""))
    sheet.column_dimensions[get_column_letter(place)].width = _choose_width(column)


def _choose_width(column: Column) -> int:
    options = [choice.option for choice in column.entry.choices]
    longest = max(measure(text) for text in (column.label.zh, column.label.en, *options))
    return min(_WIDEST, max(_NARROWEST, longest + 4))


def _finish(sheet: Worksheet, field: SheetField, last: int) -> None:
    sheet.column_dimensions["A"].width = 5
    sheet.row_dimensions[HEADING_ROW].height = 34
    sheet.freeze_panes = f"C{FIRST_BODY_ROW}"
    letter = get_column_letter(len(field.columns) + 1)
    fill_when_done(sheet, f"B{FIRST_BODY_ROW}", f"{letter}{last}")
    set_up_print(sheet, HEADING_ROW)
