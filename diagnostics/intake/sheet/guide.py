"""The worksheet that says how to fill in the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diagnostics.intake.sheet.style import (
    PLAIN,
    TITLE,
    WRAP,
    find_cell,
    fit_row,
    put_text,
    set_up_print,
)
from diagnostics.model.wording import Language, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TEXT_WIDTH = 110
_TITLE = Text(zh="填写说明", en="How to fill in this form")
GUIDE = (
    Text(
        zh="请由品牌方项目负责人填写。共117项分三层：必答42项（约40分钟）先填；标准29项让报告的大部分章节成立；"
        "完整46项选填，每答一项，对应章节就更具体。",
        en="For the project owner at the brand. 117 fields in three tiers: the minimum, 42 fields, comes first (about "
        "40 minutes); the 29 standard ones carry most chapters of the report; the 46 of the full tier are optional, "
        "each makes its chapters more specific.",
    ),
    Text(
        zh="不确定的项目先留空：空着的必填项会变成我们回问的问题。"
        "只要填了标准层的任何一项，我们就会回问标准层的其余必填项。",
        en="Leave blank what you don't know: required items left blank come back to you as questions. Once any "
        "standard item is filled, the rest of the standard tier is asked for too.",
    ),
    Text(
        zh="黄色格为必填（*），填好后变绿；(*) 仅在适用时必填，是否适用由其他回答自动判断，不适用的行变灰，不必填写。",
        en="Yellow cells are required (*) and turn green when filled; (*) in brackets is required only where it "
        "applies, which follows from other answers; rows that do not apply turn grey and stay empty.",
    ),
    Text(
        zh="选中一格会显示填写提示，有固定选项的可用下拉框；名称带下划线的项目在单独的工作表中逐行填写，"
        "点名称跳转，点工作表标题返回。",
        en="A selected cell shows its help, and fixed answers have a drop-down. Items with an underlined name have a "
        "worksheet of rows: click the name to go there, and the title of that worksheet to come back.",
    ),
    Text(
        zh="可多选的项目用逗号隔开；列表每行一条（单元格内换行用 Alt+Enter）；表格行数不够可以直接往下续写，"
        "不要写合计行。",
        en="Part several answers by commas; write lists one item a line (Alt+Enter breaks a line in a cell); write on "
        "below the last row of a table if you need more, without a row of totals.",
    ),
    Text(
        zh="百分比请带百分号，如 45%；不带时，大于1的数按百分点读（45 即 45%），不大于1的数按比例读（0.45 即 45%）。",
        en="Write percentages with their sign, such as 45%; without it, numbers above 1 are read as points "
        "(45 is 45%) and numbers up to 1 as shares (0.45 is 45%).",
    ),
    Text(
        zh="金额以元为单位，可写 12000000、1200万或 约1200万；日期写 2025-01-31 或 2025年1月31日，"
        "只知道月份可写 2025年1月。",
        en="Amounts are in CNY, such as 12000000, 12m or about 12m; dates such as 2025-01-31, or 2025-01 if only the "
        "month is known.",
    ),
    Text(
        zh="请不要在表里填写手机号、姓名等个人信息，写岗位即可；行列可以移动，旁边可以加备注，隐藏的列和行请保留。",
        en="Please enter no phone numbers or names of people, roles are enough. Rows and columns may be moved and "
        "notes written beside; please leave hidden ones as they are.",
    ),
    Text(
        zh="「填写进度」页按报告章节显示还缺哪些项目。",
        en="The worksheet of progress shows by chapter of the report what is still missing.",
    ),
)


def write_guide(sheet: Worksheet, order: Sequence[Language]) -> None:
    """Write the guide, first in one language, then in the other."""
    put_text(sheet["B1"], "  ".join(_TITLE.word(language) for language in order))
    sheet["B1"].font = TITLE
    row = 3
    for language in order:
        for number, text in enumerate(GUIDE, start=1):
            cell = find_cell(sheet, row, 2)
            put_text(cell, f"{number}. {text.word(language)}")
            cell.font, cell.alignment = PLAIN, WRAP
            fit_row(sheet, row, [(str(cell.value), _TEXT_WIDTH)])
            row += 1
        row += 1
    sheet.column_dimensions["A"].width = 3
    sheet.column_dimensions["B"].width = _TEXT_WIDTH
    set_up_print(sheet, 1)
