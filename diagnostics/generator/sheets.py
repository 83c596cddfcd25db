"""Workbooks with the same bytes every time: XLSX by XlsxWriter, the old XLS by xlwt."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter
import xlwt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CREATED = datetime(2026, 9, 1, tzinfo=UTC)
OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def write_xlsx(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet; texts stay texts."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": CREATED.replace(tzinfo=None)})
        page = book.add_worksheet(sheet)
        for place, row in enumerate((columns, *rows)):
            page.write_row(place, 0, row)
    return pack_alike(made.getvalue())


def pack_alike(packed: bytes) -> bytes:
    """Store the parts plainly: compressed bytes and the system's mark differ between machines."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, OLDEST_ZIP_DATE)
            part.create_system = UNIX
            target.writestr(part, source.read(name))
    return made.getvalue()


def write_xls(sheet: str, rows: Iterable[Sequence[object]]) -> bytes:
    """A BIFF workbook of one sheet, every cell a text as the platform writes it."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(place, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
