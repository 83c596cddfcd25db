"""The worksheet of progress: what is missing for which chapter of the report, live and as the reader saw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from diagnostics.intake.sheet.chapters import load_chapters
from diagnostics.intake.sheet.fields import TIERS, SheetField
from diagnostics.intake.sheet.live import NO, YES, Addresses, is_filled, tell_applies
from diagnostics.intake.sheet.main import mark_field
from diagnostics.intake.sheet.marks import PROGRESS_MARK
from diagnostics.intake.sheet.progress import count_progress, tell_status
from diagnostics.intake.sheet.reader import SheetReading
from diagnostics.intake.sheet.style import (
    BOLD,
    CENTRED,
    LINK,
    MARK,
    PLAIN,
    QUIET,
    TITLE,
    WRAP,
    dress,
    fill_by_bar,
    find_cell,
    fit_row,
    put_heading,
    put_label,
    put_text,
    set_up_print,
    tint_by_text,
)
from diagnostics.model.chapters import ChapterTitle
from diagnostics.model.wording import Language, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"A": 3, "B": 30, "C": 34, "D": 11, "E": 11, "F": 19, "G": 19, "H": 11, "I": 11, "J": 11, "K": 11, "L": 11}
STATUS = {
    "answered": "✓ 已填 filled",
    "missing": "✗ 缺 missing",
    "open": "○ 选填 optional",
    "not_applicable": "— 不适用 n/a",
    "faulty": "! 有误 faulty",
}
TIER_NAMES = {
    "minimum": Text(zh="必答", en="Minimum"),
    "standard": Text(zh="标准", en="Standard"),
    "full": Text(zh="完整", en="Full"),
}
_TITLE = Text(zh="填写进度（随填写更新）", en="Progress (follows what you fill in)")
_HINT = Text(
    zh="上表：报告每一章用到的项目中，已填几项、应填几项；一个项目可用于几章。下表可按状态或章节筛选，点名称跳到该项。",
    en="Above: of the fields that a chapter of the report uses, how many are filled and how many are to be filled; "
    "a field may serve several chapters. Below: filter by status or chapter, click a name to go there.",
)
_CHAPTER = ("报告章节", "Chapter of the report")
_ALL = Text(zh="全部项目（不重复）", en="All fields, each once")
_AS_READ = "程序读取\nAs read"
HEADING_ROW, FIRST_ROW = 4, 5
# Hidden columns: filled, applies, to be filled (1 or 0), and both filled and to be filled.
_DONE, _APPLIES, _ASKED, _FILLED, _CHAPTERS = "T", "U", "V", "W", "I"


def write_progress(
    sheet: Worksheet, addresses: Addresses, order: Sequence[Language], reading: SheetReading | None = None
) -> None:
    """Write the worksheet: a table by chapter and tier, then the list of all fields with what each needs.

    With a `reading` of the form, columns say what the reader found, fixed at the time of reading.
    """
    chapters = load_chapters()
    first = FIRST_ROW + len(chapters) + 4
    last = first + len(addresses.fields) - 1
    put_text(sheet["A1"], PROGRESS_MARK)
    put_text(sheet["B1"], "  ".join(_TITLE.word(language) for language in order))
    sheet["B1"].font, sheet["A1"].font = TITLE, QUIET
    put_text(sheet["B2"], "\n".join(_HINT.word(language) for language in order))
    sheet["B2"].font, sheet["B2"].alignment = QUIET, WRAP
    sheet.merge_cells("B2:L2")
    fit_row(sheet, 2, [(str(sheet["B2"].value), 140)])
    _write_headings(sheet, order, is_read=reading is not None)
    for row, chapter in enumerate(chapters, start=FIRST_ROW):
        _write_chapter(sheet, row, chapter, order, (first, last))
    _write_chapter(sheet, FIRST_ROW + len(chapters), None, order, (first, last))
    if reading is not None:
        _write_read(sheet, chapters, reading)
    _write_list(sheet, first, addresses, order, reading)
    _finish(sheet, len(chapters), first, last)


def _write_headings(sheet: Worksheet, order: Sequence[Language], *, is_read: bool) -> None:
    texts = ["", *(_CHAPTER if order[0] == "zh" else reversed(_CHAPTER))]
    for tier in TIERS:
        name = f"{TIER_NAMES[tier].zh} {TIER_NAMES[tier].en}"
        texts += [f"{name}\n已填 filled", f"{name}\n应填 to fill", f"{name}\n%"]
    for column, text in enumerate(texts, start=1):
        if text:
            put_heading(find_cell(sheet, HEADING_ROW, column), text)
    if is_read:
        for column, tier in enumerate(TIERS, start=15):
            put_heading(find_cell(sheet, HEADING_ROW, column), f"{_AS_READ}\n{TIER_NAMES[tier].en}")
            sheet.column_dimensions[get_column_letter(column)].width = 34
    sheet.row_dimensions[HEADING_ROW].height = 48


def _write_chapter(
    sheet: Worksheet, row: int, chapter: ChapterTitle | None, order: Sequence[Language], rows: tuple[int, int]
) -> None:
    name = chapter.name if chapter else _ALL
    for column, language in zip((2, 3), order, strict=True):
        put_label(find_cell(sheet, row, column), name.word(language), PLAIN if chapter else BOLD)
    for number, tier in enumerate(TIERS):
        filled, asked = (get_column_letter(4 + number * 3 + step) for step in (0, 1))
        for step, formula in enumerate(
            (
                _count(chapter, tier, _FILLED, rows),
                _count(chapter, tier, _ASKED, rows),
                f'IF({asked}{row}=0,"",{filled}{row}/{asked}{row})',
            )
        ):
            cell = find_cell(sheet, row, 4 + number * 3 + step)
            cell.value = f"={formula}"
            dress(cell, PLAIN, None, CENTRED, "0%" if step == 2 else "0")  # noqa: PLR2004 - the third of three


def _count(chapter: ChapterTitle | None, tier: str, column: str, rows: tuple[int, int]) -> str:
    first, last = rows
    name = f"{TIER_NAMES[tier].zh} {TIER_NAMES[tier].en}"
    parts = [f'($D${first}:$D${last}="{name}")', f"${column}${first}:${column}${last}"]
    if chapter is not None:
        parts.append(f'ISNUMBER(SEARCH(" {chapter.number} ",${_CHAPTERS}${first}:${_CHAPTERS}${last}))')
    return f"SUMPRODUCT({'*'.join(parts)})"


def _write_read(sheet: Worksheet, chapters: Sequence[ChapterTitle], reading: SheetReading) -> None:
    stands = {(stand.chapter.number, stand.tier): stand for stand in count_progress(reading)}
    for row, chapter in enumerate(chapters, start=FIRST_ROW):
        for column, tier in enumerate(TIERS, start=15):
            stand = stands.get((chapter.number, tier))
            said = "" if stand is None else f"{stand.answered} / {stand.asked}"
            wanting = () if stand is None else (*stand.missing, *stand.faulty)
            put_label(find_cell(sheet, row, column), said + (f"\n✗ {', '.join(wanting)}" if wanting else ""), PLAIN)


def _write_list(
    sheet: Worksheet, first: int, addresses: Addresses, order: Sequence[Language], reading: SheetReading | None
) -> None:
    names = ("名称", "Name") if order[0] == "zh" else ("Name", "名称")
    headings = (*names, "层级\nTier", "必填\nReq.", "状态\nStatus", "读取\nAs read", "", "章节\nChapters")
    for column, text in enumerate(headings, start=2):
        put_heading(find_cell(sheet, first - 1, column), text)
    sheet.row_dimensions[first - 1].height = 34
    for row, field in enumerate(addresses.fields.values(), start=first):
        for column, language in zip((2, 3), order, strict=True):
            cell = find_cell(sheet, row, column)
            put_label(cell, field.label.word(language), LINK if column == 2 else PLAIN)  # noqa: PLR2004 - the name
        sheet[f"B{row}"].hyperlink = Hyperlink(ref=f"B{row}", location=addresses.point(field.key).replace("$", ""))
        tier = TIER_NAMES[field.tier]
        put_label(sheet[f"D{row}"], f"{tier.zh} {tier.en}")
        put_label(sheet[f"E{row}"], mark_field(field), MARK)
        put_label(sheet[f"F{row}"], "")
        sheet[f"F{row}"].value = _tell_status(field, row)
        put_label(sheet[f"G{row}"], STATUS[tell_status(field, reading)] if reading else "", QUIET)
        put_label(sheet[f"I{row}"], f" {' '.join(field.chapters)} ", QUIET)
        _write_helpers(sheet, row, field, addresses)


def _tell_status(field: SheetField, row: int) -> str:
    wanting = STATUS["missing"] if field.is_asked else STATUS["open"]
    if field.is_asked and not field.is_required:
        wanting_now = f'IF({_APPLIES}{row}="{YES}","{STATUS["missing"]}","{STATUS["open"]}")'
    else:
        wanting_now = f'"{wanting}"'
    not_now, filled = STATUS["not_applicable"], STATUS["answered"]
    return f'=IF({_APPLIES}{row}="{NO}","{not_now}",IF({_DONE}{row}=1,"{filled}",{wanting_now}))'


def _write_helpers(sheet: Worksheet, row: int, field: SheetField, addresses: Addresses) -> None:
    sheet[f"{_DONE}{row}"] = f"=IF({is_filled(field, addresses)},1,0)"
    sheet[f"{_APPLIES}{row}"] = f"={tell_applies(field, addresses) or _text(YES)}"
    is_counted = f'{_APPLIES}{row}="{YES}"' if field.is_asked and not field.is_required else f'{_APPLIES}{row}<>"{NO}"'
    sheet[f"{_ASKED}{row}"] = f"=IF({is_counted},1,0)"
    sheet[f"{_FILLED}{row}"] = f"={_DONE}{row}*{_ASKED}{row}"


def _text(word: str) -> str:
    return f'"{word}"'


def _finish(sheet: Worksheet, chapters: int, first: int, last: int) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for column in ("A", _DONE, _APPLIES, _ASKED, _FILLED):
        sheet.column_dimensions[column].hidden = True
    for column in "FIL":
        fill_by_bar(sheet, f"{column}{FIRST_ROW}:{column}{FIRST_ROW + chapters}")
    tint_by_text(sheet, f"F{first}:G{last}", f"F{first}")
    sheet.freeze_panes = f"D{FIRST_ROW}"
    sheet.auto_filter.ref = f"B{first - 1}:I{last}"
    set_up_print(sheet, HEADING_ROW)
    sheet.print_area = f"B1:L{last}"
