"""Sheets of the appendix: exhibits whole, and tables of the report one below another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import CURRENCY_NAMES, Text
from diagnostics.report.cells import name_field
from diagnostics.report.columns import measure_text
from diagnostics.report.outline import Cell, TableBlock
from diagnostics.report.xlsx_cells import DIGITS, Book, number_format, read_value, write_text, write_value

HEADER_ROW = 3
NARROWEST, WIDEST = 9.0, 56.0  # characters
ROWS_LOOKED_AT = 300
WIDTH_OF_EM = 2.0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with Excel's code for showing it."""

    number: float
    code: str


Row = Sequence[str | Figure]


def write_exhibit(book: Book, name: str, exhibit: Exhibit, definition: str) -> None:
    """One exhibit on a sheet of its own: title, definition and note, frozen header with a filter, all rows."""
    sheet = book.file.add_worksheet(name)
    last = max(len(exhibit.fields) - 1, 0)
    write_text(sheet, 0, 0, book.word(exhibit.title), book.style("title"))
    _write_note(sheet, 1, definition, book)
    _write_note(sheet, 2, book.word(exhibit.note), book)
    headers = [head_field(field, book) for field in exhibit.fields]
    _write_header(sheet, HEADER_ROW, headers, [field.unit in DIGITS for field in exhibit.fields], book)
    for column, field in enumerate(exhibit.fields):
        style = book.number_style(number_format(field))
        values = [read_value(value, field, book) for value in exhibit.frame[field.name].tolist()]
        for row, value in enumerate(values, start=HEADER_ROW + 1):
            write_value(sheet, (row, column), value, style)
        sheet.set_column(column, column, _fit([headers[column], *map(_show, values[:ROWS_LOOKED_AT])]))
    sheet.freeze_panes(HEADER_ROW + 1, 1 if last else 0)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(len(exhibit.frame), 1), last)


def write_rows(sheet: Any, top: int, headers: Sequence[str], rows: Sequence[Row], book: Book) -> None:
    """A header and rows of texts and figures from row `top` on."""
    figures = [any(isinstance(row[place], Figure) for row in rows) for place in range(len(headers))]
    _write_header(sheet, top, headers, figures, book)
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, Figure):
                sheet.write_number(top + 1 + line, column, value.number, book.number_style(value.code))
            else:
                write_text(sheet, top + 1 + line, column, value, book.style("wrapped"))


def write_tables(sheet: Any, tables: Sequence[TableBlock], top: int, book: Book) -> None:
    """Tables of the report, one below another, with figures where the report shows worded numbers."""
    for table in tables:
        write_text(sheet, top, 0, table.title, book.style("strong"))
        rows = [[_read_cell(cell) for cell in row] for row in table.rows]
        write_rows(sheet, top + 1, table.headers, rows, book)
        top += len(rows) + 4


def head_field(field: Field, book: Book) -> str:
    """A column's label; money says its currency."""
    label = book.word(name_field(field))
    names = CURRENCY_NAMES.get(book.currency, (book.currency, book.currency))
    if field.unit not in {"money", "price"} or any(name in label for name in (*names, book.currency)):
        return label
    return label + book.word(Text(zh=f"（{names[0]}）", en=f" ({names[1]})"))


def _write_header(sheet: Any, row: int, headers: Sequence[str], numeric: Sequence[bool], book: Book) -> None:
    for column, (header, is_number) in enumerate(zip(headers, numeric, strict=True)):
        write_text(sheet, row, column, header, book.style("header_number" if is_number else "header"))


def _write_note(sheet: Any, row: int, text: str, book: Book) -> None:
    write_text(sheet, row, 0, " ".join(text.split()), book.style("note"))


def _read_cell(cell: Cell) -> str | Figure:
    if not isinstance(cell.sort, float) or not math.isfinite(cell.sort):
        return cell.shown
    whole = "#,##0" if cell.sort.is_integer() else "#,##0.00"
    return Figure(number=cell.sort, code="0.0%" if cell.shown.endswith("%") else whole)


def _show(value: object) -> str:
    return "" if value is None else f"{value:,.2f}" if isinstance(value, float) else str(value)


def _fit(texts: Sequence[str]) -> float:
    widest = max(measure_text(text[:80]) for text in texts)
    return min(max(widest * WIDTH_OF_EM, NARROWEST), WIDEST)
