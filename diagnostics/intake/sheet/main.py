"""The worksheet of one tier: one row a field, whatever its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from diagnostics.intake.sheet.cells import Lists, put_answer, validate
from diagnostics.intake.sheet.conditions import describe_condition
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.live import ANSWER, APPLIES, FIRST_ROW, NO, YES, Addresses, tell_applies
from diagnostics.intake.sheet.marks import (
    CONDITIONAL_MARK,
    FILLED_PREFIX,
    GUIDE_SHEET,
    KEY_HEADING,
    PROGRESS_SHEET,
    REQUIRED_MARK,
)
from diagnostics.intake.sheet.style import (
    BAND_FILL,
    BOLD,
    CENTRED,
    LINK,
    MARK,
    PLAIN,
    QUIET,
    TITLE,
    WRAP,
    dress,
    fill_when_done,
    fill_where_asked,
    find_cell,
    fit_row,
    grey_out,
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
KEY, SECTION, NAMES, REQUIRED, HELPS, ALLOWED = "A", "B", "CD", "F", "GI", "HJ"
WIDTHS = {"A": 6, "B": 15, "C": 20, "D": 22, "E": 42, "F": 6, "G": 44, "H": 34, "I": 46, "J": 36, "K": 14}
TITLES = {
    "minimum": Text(zh="需求澄清表 · 必答项", en="Requirement sheet · minimum"),
    "standard": Text(zh="需求澄清表 · 标准项", en="Requirement sheet · standard"),
    "full": Text(zh="需求澄清表 · 完整项（选填）", en="Requirement sheet · full (optional)"),
}
_ORIENT = {
    "minimum": Text(
        zh="先填这一页：黄色格必填（*），填好后变绿；有下划线的项目点击后到单独的工作表逐行填写。",
        en="Begin here: yellow cells are required (*) and turn green when filled; underlined items open a worksheet.",
    ),
    "standard": Text(
        zh="必答项之后填这一页，报告的大部分章节用到它；(*) 仅在适用时必填，不适用的行会变灰。",
        en="After the minimum: most chapters use these; (*) is required only where it applies, other rows turn grey.",
    ),
    "full": Text(
        zh="选填：每答一项，对应章节就更具体；不适用的行会变灰，可跳过。",
        en="Optional: each answer makes its chapters more specific; rows that do not apply turn grey, skip them.",
    ),
}
_HEADINGS = {
    "zh": {"name": "名称", "help": "填写说明", "allowed": "可填内容"},
    "en": {"name": "Name", "help": "Help", "allowed": "Allowed values"},
}
_SEE_SHEET = Text(zh="到工作表「{sheet}」逐行填写", en='rows in the worksheet "{sheet}"')
_ONLY_WHEN = Text(zh="仅当{condition}时填写；{allowed}", en="Only if {condition}; {allowed}")


def write_main(
    sheet: Worksheet,
    tier: str,
    addresses: Addresses,
    answers: Mapping[str, object],
    *,
    lists: Lists,
    language: Language,
) -> None:
    """Write the worksheet of a tier: heading, one row a field, colours that follow the answers."""
    order = order_languages(language)
    fields = [field for field in addresses.fields.values() if field.tier == tier]
    _write_top(sheet, tier, order)
    _write_headings(sheet, order)
    for row, field in enumerate(fields, start=FIRST_ROW):
        _write_row(sheet, row, field, order, addresses)
        _write_answer(sheet, row, field, answer=answers.get(field.key), lists=lists, language=language)
        if applies := tell_applies(field, addresses):
            _write_applies(sheet, row, applies, field)
    _finish(sheet, FIRST_ROW + len(fields) - 1)


def order_languages(language: Language) -> tuple[Language, Language]:
    """Both languages, the chosen one first."""
    return (language, "en" if language == "zh" else "zh")


def _write_top(sheet: Worksheet, tier: str, order: Sequence[Language]) -> None:
    put_text(sheet["B1"], "  ".join(TITLES[tier].word(language) for language in order))
    put_text(sheet["B2"], "  ".join(_ORIENT[tier].word(language) for language in order))
    sheet["B1"].font, sheet["B2"].font = TITLE, QUIET
    sheet.row_dimensions[1].height = 26
    for cell, target in (("G1", PROGRESS_SHEET), ("H1", GUIDE_SHEET)):
        put_text(sheet[cell], f"→ {target}")
        sheet[cell].hyperlink = Hyperlink(ref=cell, location=f"{quote_sheetname(target)}!B1")
        sheet[cell].font = LINK


def _write_headings(sheet: Worksheet, order: Sequence[Language]) -> None:
    words = [_HEADINGS[language] for language in order]
    texts = [
        KEY_HEADING,
        "章节\nSection",
        *(word["name"] for word in words),
        "您的回答\nYour answer",
        "必填\nReq.",
        *(word[part] for word in words for part in ("help", "allowed")),
        "是否适用\nApplies",
    ]
    for column, text in enumerate(texts, start=1):
        put_heading(find_cell(sheet, HEADING_ROW, column), text)
    sheet.row_dimensions[HEADING_ROW].height = 34


def _write_row(sheet: Worksheet, row: int, field: SheetField, order: Sequence[Language], addresses: Addresses) -> None:
    band = BAND_FILL if ord(field.section.zh[0]) % 2 else None
    texts = _list_labels(field, order, addresses.fields)
    for column, text in texts.items():
        font = BOLD if column in NAMES else MARK if column == REQUIRED else QUIET if column == KEY else PLAIN
        cell = sheet[f"{column}{row}"]
        put_text(cell, text)
        dress(cell, font, band, CENTRED if column == REQUIRED else WRAP)
    fit_row(sheet, row, [(text, WIDTHS[column]) for column, text in texts.items() if column != KEY])


def _list_labels(field: SheetField, order: Sequence[Language], fields: Mapping[str, SheetField]) -> dict[str, str]:
    allowed = _SEE_SHEET.fill(sheet=field.label) if field.columns else describe_expected(field.entry)
    if field.applies_when and all(clause.key in fields for clause in field.applies_when):
        allowed = _ONLY_WHEN.fill(condition=describe_condition(field, fields), allowed=allowed)
    pairs = {NAMES: field.label, HELPS: field.help, ALLOWED: allowed}
    return {
        KEY: field.key,
        SECTION: "\n".join(field.section.word(language) for language in order),
        REQUIRED: mark_field(field),
        **{
            column: text.word(language)
            for columns, text in pairs.items()
            for column, language in zip(columns, order, strict=True)
        },
    }


def mark_field(field: SheetField) -> str:
    """The mark of a field that must be answered, always or where it applies."""
    if field.is_required and not field.applies_when:
        return REQUIRED_MARK
    return CONDITIONAL_MARK if field.is_asked else ""


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


def _write_applies(sheet: Worksheet, row: int, applies: str, field: SheetField) -> None:
    put_label(sheet[f"{APPLIES}{row}"], "", QUIET)
    sheet[f"{APPLIES}{row}"].value = f"={applies}"
    grey_out(sheet, f"{SECTION}{row}:{APPLIES}{row}", f'${APPLIES}${row}="{NO}"')
    if field.is_asked:
        wanted = f'AND(${APPLIES}${row}="{YES}",LEN(${ANSWER}${row})=0)'
        fill_where_asked(sheet, f"{ANSWER}{row}", wanted)


def _finish(sheet: Worksheet, last: int) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions[KEY].hidden = True
    sheet.freeze_panes = f"{ANSWER}{FIRST_ROW}"
    sheet.auto_filter.ref = f"{KEY}{HEADING_ROW}:{APPLIES}{last}"
    fill_when_done(sheet, f"{ANSWER}{FIRST_ROW}", f"{ANSWER}{last}")
    set_up_print(sheet, HEADING_ROW)
    # On paper one language of help is enough: with both, the letters would be too small to read.
    sheet.print_area = f"{SECTION}1:{ALLOWED[0]}{last}"
