"""The main worksheet of the form: one row a field, whatever its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from diagnostics.intake.sheet.cells import Lists, put_answer, validate
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.marks import FILLED_PREFIX, KEY_HEADING, REQUIRED_MARK
from diagnostics.intake.sheet.style import (
    BAND_FILL,
    BOLD,
    CENTRED,
    LINK,
    MARK,
    PLAIN,
    QUIET,
    TITLE,
    fill_when_done,
    find_cell,
    fit_row,
    put_heading,
    put_label,
    put_text,
    set_up_print,
)
from diagnostics.intake.sheet.tables import FIRST_BODY_ROW, list_body, list_names
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.wording import Language, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 3
FIRST_ROW = 4
KEY, SECTION, NAMES, ANSWER, REQUIRED, HELPS, ALLOWED = "A", "B", "CD", "E", "F", "GH", "IJ"
WIDTHS = {"A": 6, "B": 15, "C": 20, "D": 22, "E": 42, "F": 6, "G": 44, "H": 46, "I": 34, "J": 36}
TITLE_TEXT = Text(zh="私域诊断需求澄清表", en="Requirement sheet")
_ORIENT = Text(
    zh="黄色格为必填（*），填好后变绿；有下划线的项目点击后到单独的工作表逐行填写。",
    en="Yellow cells are required (*) and turn green when filled; underlined items open a worksheet of rows.",
)
_HEADINGS = {
    "zh": {"name": "名称", "help": "填写说明", "allowed": "可填内容"},
    "en": {"name": "Name", "help": "Help", "allowed": "Allowed values"},
}
_SEE_SHEET = Text(zh="到工作表「{sheet}」逐行填写", en='rows in the worksheet "{sheet}"')


def write_main(
    sheet: Worksheet,
    fields: Sequence[SheetField],
    answers: Mapping[str, object],
    lists: Lists,
    language: Language,
) -> None:
    """Write the main worksheet: heading, one row a field, colours that follow the answers."""
    order = order_languages(language)
    put_text(sheet["B1"], f"{TITLE_TEXT.word(order[0])}  {TITLE_TEXT.word(order[1])}")
    sheet["B1"].font = TITLE
    put_text(sheet["B2"], f"{_ORIENT.word(order[0])}  {_ORIENT.word(order[1])}")
    sheet["B2"].font = QUIET
    _write_headings(sheet, order)
    for row, field in enumerate(fields, start=FIRST_ROW):
        _write_row(sheet, row, field, order)
        _write_answer(sheet, row, field, answer=answers.get(field.key), lists=lists, language=language)
    _finish(sheet, FIRST_ROW + len(fields) - 1)


def order_languages(language: Language) -> tuple[Language, Language]:
    """Both languages, the chosen one first."""
    return (language, "en" if language == "zh" else "zh")


def _write_headings(sheet: Worksheet, order: Sequence[Language]) -> None:
    words = [_HEADINGS[language] for language in order]
    texts = [
        KEY_HEADING,
        "章节\nSection",
        *(word["name"] for word in words),
        "您的回答\nYour answer",
        "必填\nReq.",
        *(word["help"] for word in words),
        *(word["allowed"] for word in words),
    ]
    for column, text in enumerate(texts, start=1):
        put_heading(find_cell(sheet, HEADING_ROW, column), text)
    sheet.row_dimensions[HEADING_ROW].height = 34


def _write_row(sheet: Worksheet, row: int, field: SheetField, order: Sequence[Language]) -> None:
    band = BAND_FILL if ord(field.section.zh[0]) % 2 else None
    texts = _list_labels(field, order)
    for column, text in texts.items():
        font = BOLD if column in NAMES else MARK if column == REQUIRED else QUIET if column == KEY else PLAIN
        put_label(sheet[f"{column}{row}"], text, font, band)
    sheet[f"{REQUIRED}{row}"].alignment = CENTRED
    fit_row(sheet, row, [(text, WIDTHS[column]) for column, text in texts.items() if column != KEY])


def _list_labels(field: SheetField, order: Sequence[Language]) -> dict[str, str]:
    allowed = _SEE_SHEET.fill(sheet=field.label) if field.columns else describe_expected(field.entry)
    pairs = {NAMES: field.label, HELPS: field.help, ALLOWED: allowed}
    return {
        KEY: field.key,
        SECTION: "\n".join(field.section.word(language) for language in order),
        REQUIRED: REQUIRED_MARK if field.is_required else "",
        **{
            column: text.word(language)
            for columns, text in pairs.items()
            for column, language in zip(columns, order, strict=True)
        },
    }


def _write_answer(
    sheet: Worksheet, row: int, field: SheetField, *, answer: object, lists: Lists, language: Language
) -> None:
    cell = sheet[f"{ANSWER}{row}"]
    put_answer(cell, None if field.columns else answer, field.entry, is_required=field.is_required)
    if not field.columns:
        validate(
            sheet,
            cell.coordinate,
            field.entry,
            lists=lists,
            title=field.label,
            help_text=field.help,
            language=language,
        )
        return
    table = quote_sheetname(field.sheet_name)
    filled = f"{table}!{list_body(field)}"
    cell.value = f'=IF(COUNTA({filled})=0,"","{FILLED_PREFIX} "&COUNTA({table}!{list_names()}))'
    for column in NAMES:
        link = sheet[f"{column}{row}"]
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{table}!B{FIRST_BODY_ROW}")
        link.font = LINK


def _finish(sheet: Worksheet, last: int) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions[KEY].hidden = True
    sheet.freeze_panes = f"{ANSWER}{FIRST_ROW}"
    sheet.auto_filter.ref = f"{KEY}{HEADING_ROW}:{ALLOWED[-1]}{last}"
    fill_when_done(sheet, f"{ANSWER}{FIRST_ROW}", f"{ANSWER}{last}")
    set_up_print(sheet, HEADING_ROW)
    sheet.print_area = f"{SECTION}1:{ALLOWED[-1]}{last}"
