"""Cells to answer in: the answer itself where there is one, its format, drop-down, limits and help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from diagnostics.intake.sheet.fields import Entry, Kind
from diagnostics.intake.sheet.marks import LISTS_SHEET, YES_NO
from diagnostics.intake.sheet.style import OPTIONAL_FILL, PLAIN, REQUIRED_FILL, WRAP, dress, find_cell, put_text
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.wording import Language, Text, shorten

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# Excel calls a workbook damaged if a prompt is longer than 255, an error than 225, a title than 32 characters.
LONGEST_PROMPT = 250
LONGEST_ERROR = 220
LONGEST_TITLE = 30

_FORMATS: dict[Kind, str] = {"date": "yyyy-mm-dd", "int": "#,##0", "money": "#,##0.00", "number": "General"}
_NUMERIC: dict[Kind, Literal["whole", "decimal"]] = {
    "int": "whole",
    "number": "decimal",
    "money": "decimal",
    "percent": "decimal",
}
_CHECK = Text(zh="请核对：{expected}", en="Please check: {expected}")


@dataclass
class Lists:
    """The hidden worksheet that holds the options of every drop-down, each list once."""

    sheet: Worksheet
    ranges: dict[tuple[str, ...], str] = field(default_factory=dict)

    def point_at(self, options: Sequence[str]) -> str:
        """The range that holds these options."""
        key = tuple(options)
        if key not in self.ranges:
            column = len(self.ranges) + 3
            for row, option in enumerate(key, start=1):
                put_text(find_cell(self.sheet, row, column), option)
            letter = get_column_letter(column)
            self.ranges[key] = f"{LISTS_SHEET}!${letter}$1:${letter}${len(key)}"
        return self.ranges[key]


def put_answer(cell: Cell, answer: object, entry: Entry, *, is_required: bool) -> None:
    """Write a cell to answer in, empty if there is no answer yet."""
    number_format = "General" if entry.kind == "percent" else _FORMATS.get(entry.kind, "@")
    dress(cell, PLAIN, REQUIRED_FILL if is_required else OPTIONAL_FILL, WRAP, number_format)
    if answer is None:
        return
    if isinstance(answer, int | float | date) and not isinstance(answer, bool) and entry.kind != "text":
        cell.value = answer
        if entry.kind == "percent":
            cell.number_format = "0.##%"
        return
    put_text(cell, _spell(answer, entry))


def validate(
    sheet: Worksheet, cells: str, entry: Entry, *, lists: Lists, title: Text, help_text: Text, language: Language
) -> None:
    """Give a range of cells its drop-down or limits, and a prompt with help."""
    rule = _build_rule(entry, lists)
    rule.allow_blank = True
    rule.showInputMessage = True
    rule.promptTitle = shorten(title.word(language), LONGEST_TITLE)
    rule.prompt = shorten((help_text if help_text.zh else describe_expected(entry)).word(language), LONGEST_PROMPT)
    rule.errorTitle = rule.promptTitle
    rule.error = shorten(_CHECK.fill(expected=describe_expected(entry)).word(language), LONGEST_ERROR)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _build_rule(entry: Entry, lists: Lists) -> DataValidation:
    """Limits only warn: 1200万 or 2025年1月2日 are good answers that Excel takes for text."""
    options = YES_NO if entry.kind == "bool" else tuple(choice.option for choice in entry.choices)
    if options:
        is_free = entry.kind in {"multi", "text"}
        source = lists.point_at(options)
        return DataValidation(type="list", formula1=source, showErrorMessage=not is_free, errorStyle="warning")
    if entry.kind == "date":
        first, last = "DATE(1954,1,1)", "DATE(2099,12,31)"
        return _warn(DataValidation(type="date", operator="between", formula1=first, formula2=last))
    if entry.kind in _NUMERIC:
        return _warn(_build_limits(entry))
    return DataValidation(showErrorMessage=False)


def _build_limits(entry: Entry) -> DataValidation:
    scale = 100 if entry.kind == "percent" else 1
    low = -1e15 if entry.low is None else entry.low * scale
    high = 1e15 if entry.high is None else entry.high * scale
    return DataValidation(
        type=_NUMERIC[entry.kind], operator="between", formula1=f"{low:.15g}", formula2=f"{high:.15g}"
    )


def _warn(rule: DataValidation) -> DataValidation:
    rule.errorStyle = "warning"
    rule.showErrorMessage = True
    return rule


def _spell(answer: object, entry: Entry) -> str:
    """An answer as a person would type it; a list of one item with a semicolon ends in a new line."""
    if isinstance(answer, bool):
        return YES_NO[0] if answer else YES_NO[1]
    if isinstance(answer, tuple | list) and entry.kind == "multi":
        return ", ".join(str(item) for item in answer)
    if isinstance(answer, tuple | list):
        return "\n".join(str(item) for item in answer) + ("\n" if len(answer) == 1 else "")
    return next((choice.option for choice in entry.choices if choice.id == answer), str(answer))
