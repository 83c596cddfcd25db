"""The first worksheet of the form: how to fill it in, and how far it is filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import quote_sheetname

from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.main import ANSWER, FIRST_ROW, REQUIRED, TITLE_TEXT
from diagnostics.intake.sheet.marks import MAIN_SHEET, REQUIRED_MARK
from diagnostics.intake.sheet.style import (
    BOLD,
    FRAME,
    PLAIN,
    TITLE,
    WRAP,
    fill_by_bar,
    find_cell,
    fit_row,
    put_heading,
    put_label,
    put_text,
    set_up_print,
)
from diagnostics.model.wording import Language, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"A": 30, "B": 34, "C": 12, "D": 12, "E": 16}
_TEXT_WIDTH = 100

GUIDE = (
    Text(
        zh="请由品牌方项目负责人填写，约需40分钟；不确定的项目先留空，空着的必填项会变成我们回问的问题。",
        en="For the project owner at the brand, about 40 minutes. Leave blank what you don't know: "
        "required items left blank come back to you as questions.",
    ),
    Text(
        zh="先填工作表「需求澄清 Brief」：黄色格为必填，填好后变绿；选中一格会显示填写提示，有固定选项的可用下拉框。",
        en="Begin with the second worksheet: yellow cells are required and turn green when filled; "
        "a selected cell shows its help, and fixed answers have a drop-down.",
    ),
    Text(
        zh="名称带下划线的项目在单独的工作表中逐行填写，点击名称即可跳转；行数不够可以直接往下续写。",
        en="Items with an underlined name have a worksheet of rows: click the name to go there; "
        "write on below the last row if you need more.",
    ),
    Text(
        zh="可多选的项目用逗号隔开；列表每行一条（单元格内换行用 Alt+Enter）。",
        en="Part several answers by commas; write lists one item a line (Alt+Enter breaks a line in a cell).",
    ),
    Text(
        zh="百分比请带百分号，如 45%；不带时，大于1的数按百分点读（45 即 45%），不大于1的数按比例读（0.45 即 45%）。",
        en="Write percentages with their sign, such as 45%; without it, numbers above 1 are read as points "
        "(45 is 45%) and numbers up to 1 as shares (0.45 is 45%).",
    ),
    Text(
        zh="金额以元为单位，可写 12000000 或 1200万；日期写 2025-01-31 或 2025年1月31日。",
        en="Amounts are in CNY, such as 12000000 or 12m; dates such as 2025-01-31.",
    ),
    Text(
        zh="请不要在表里填写手机号、姓名等个人信息，写岗位即可；可以调整行列顺序，但请勿改动隐藏的列和行。",
        en="Please enter no phone numbers or names of people, roles are enough. Rows and columns may be moved, "
        "but please leave hidden ones as they are.",
    ),
)
_PROGRESS = Text(zh="必填项完成进度", en="Required items filled")
_HEADINGS = ("已填\nFilled", "必填\nRequired", "进度\nProgress")


def write_guide(sheet: Worksheet, fields: Sequence[SheetField], order: Sequence[Language]) -> None:
    """Write the guide: title, progress, what to know, and progress by section."""
    put_text(sheet["A1"], "  ".join(TITLE_TEXT.word(language) for language in order))
    sheet["A1"].font = TITLE
    last = FIRST_ROW + len(fields) - 1
    put_label(sheet["A3"], "\n".join(_PROGRESS.word(language) for language in order), BOLD)
    sheet["B3"] = f'={_count(FIRST_ROW, last, is_filled=True)}&" / "&{_count(FIRST_ROW, last)}'
    sheet["B3"].font, sheet["B3"].border = TITLE, FRAME
    sheet.row_dimensions[3].height = 34
    row = _write_texts(sheet, 5, order)
    _write_sections(sheet, row + 1, fields, order)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A4"
    set_up_print(sheet, 1)


def _write_texts(sheet: Worksheet, row: int, order: Sequence[Language]) -> int:
    for language in order:
        for number, text in enumerate(GUIDE, start=1):
            cell = find_cell(sheet, row, 1)
            put_text(cell, f"{number}. {text.word(language)}")
            cell.font, cell.alignment = PLAIN, WRAP
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(WIDTHS))
            fit_row(sheet, row, [(str(cell.value), _TEXT_WIDTH)])
            row += 1
        row += 1
    return row


def _write_sections(sheet: Worksheet, row: int, fields: Sequence[SheetField], order: Sequence[Language]) -> None:
    names = {"zh": "章节", "en": "Section"}
    for column, text in enumerate((*(names[language] for language in order), *_HEADINGS), start=1):
        put_heading(find_cell(sheet, row, column), text)
    sheet.row_dimensions[row].height = 34
    first = row + 1
    for section in dict.fromkeys(field.section for field in fields):
        row += 1
        rows = [FIRST_ROW + number for number, field in enumerate(fields) if field.section == section]
        for column, language in enumerate(order, start=1):
            put_label(find_cell(sheet, row, column), section.word(language))
        formulas = (
            _count(rows[0], rows[-1], is_filled=True),
            _count(rows[0], rows[-1]),
            f"IF(D{row}=0,1,C{row}/D{row})",
        )
        for column, formula in enumerate(formulas, start=3):
            cell = find_cell(sheet, row, column)
            cell.value = f"={formula}"
            cell.font, cell.border = PLAIN, FRAME
        find_cell(sheet, row, 5).number_format = "0%"
    fill_by_bar(sheet, f"E{first}:E{row}")


def _count(first: int, last: int, *, is_filled: bool = False) -> str:
    """A formula that counts the required fields of some rows, or those of them that are filled."""
    main = quote_sheetname(MAIN_SHEET)
    required = f'--({main}!${REQUIRED}${first}:${REQUIRED}${last}="{REQUIRED_MARK}")'
    filled = f",--(LEN({main}!${ANSWER}${first}:${ANSWER}${last})>0)" if is_filled else ""
    return f"SUMPRODUCT({required}{filled})"
