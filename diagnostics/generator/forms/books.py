"""Workbooks with merged cells, typed cells and a second sheet, the same bytes every time."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import xlsxwriter

from diagnostics.generator.sheets import CREATED, pack_alike

if TYPE_CHECKING:
    from diagnostics.generator.forms.lay_out import Sheet
    from diagnostics.intake.recognition.form import Form

_NUMBER = re.compile(r"^\d{1,9}(?:\.\d+)?$")


def pack_xlsx(sheet: Sheet, form: Form) -> bytes:
    """A workbook; notes above the header and bands over it are merged cells, numbers are numbers if typed."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": CREATED.replace(tzinfo=None)})
        page = book.add_worksheet(form.sheet)
        for place, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                is_number = form.typed and place > sheet.header and _NUMBER.match(cell)
                page.write(place, column, float(cell) if is_number else cell)
        _merge(page, sheet)
        for name, headers in form.companion.items():
            book.add_worksheet(name).write_row(0, 0, headers)
    return pack_alike(made.getvalue())


def _merge(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    width = max(map(len, sheet.rows))
    for place in range(sheet.header):
        if len(sheet.rows[place]) == 1 < width:
            page.merge_range(place, 0, place, width - 1, sheet.rows[place][0])
    if sheet.upper:
        _merge_header(page, sheet)


def _merge_header(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    """Words reach over their columns, headers without a word over both rows."""
    upper, lower = sheet.rows[sheet.header - 1], sheet.rows[sheet.header]
    starts = [at for at, word in enumerate(upper) if word]
    for start, end in pairwise([*starts, len(upper)]):
        if not lower[start]:
            page.merge_range(sheet.header - 1, start, sheet.header, start, upper[start])
        elif end - start > 1:
            page.merge_range(sheet.header - 1, start, sheet.header - 1, end - 1, upper[start])
