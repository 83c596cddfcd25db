"""The appendix as XLSX: contents, findings, every exhibit whole, where the data come from, definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from diagnostics.model.finding import Finding
from diagnostics.model.section import Exhibit, Section
from diagnostics.model.wording import Text
from diagnostics.report.outline import Outline
from diagnostics.report.xlsx_cells import Book, clean_cell, name_sheet, write_text
from diagnostics.report.xlsx_findings import write_findings
from diagnostics.report.xlsx_sheets import Figure, Row, write_exhibit, write_rows, write_tables

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CONTENTS = Text(zh="目录", en="Contents")
FINDINGS = Text(zh="发现", en="Findings")
DATA_ACCOUNT = Text(zh="数据来源", en="Data account")
DEFINITIONS = Text(zh="口径", en="Definitions")
CONTENTS_COLUMNS = (
    (Text(zh="工作表", en="Sheet"), 36),
    (Text(zh="章节", en="Section"), 28),
    (Text(zh="问题", en="Question"), 56),
    (Text(zh="状态", en="Status"), 24),
    (Text(zh="行数", en="Rows"), 10),
)
CONTENTS_TOP = 3
CHECK = Text(zh="章节", en="Section")
QUESTION = Text(zh="问题", en="Question")
LIMITS = Text(zh="阈值", en="Thresholds")
DEFINITION = Text(zh="定义", en="Definition")
Listed = tuple[str, str, Exhibit]


def render_xlsx(
    outline: Outline,
    *,
    sections: Sequence[Section],
    exhibits: Mapping[str, Sequence[Exhibit]],
    findings: Sequence[Finding],
    currency: str,
    stamp: datetime,
) -> bytes:
    """The appendix in the outline's language; the same input and stamp give the same bytes.

    `findings` are those that the outline was assembled from, in the same order. `exhibits` go by check name;
    those under a name that is no check's, such as `plan`, come last. No cell is a formula or an outside link.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as file:
        file.set_properties({"title": clean_cell(outline.title)[:200], "created": _naive(stamp)})
        book = Book(file=file, language=outline.language, currency=currency)
        listed = _list_exhibits(book, sections, exhibits)
        contents = file.add_worksheet(book.word(CONTENTS))
        write_findings(book, book.word(FINDINGS), outline.cards, findings)
        defined = {section.check: book.word(section.definition) for section in sections}
        for name, check, exhibit in listed:
            write_exhibit(book, name, exhibit, defined.get(check, ""))
        _write_contents(contents, outline, sections, listed, book)
        _write_data_account(outline, book)
        _write_definitions(outline, sections, book)
    return buffer.getvalue()


def _naive(stamp: datetime) -> datetime:
    return stamp.astimezone(UTC).replace(tzinfo=None) if stamp.tzinfo is not None else stamp


def _list_exhibits(
    book: Book, sections: Sequence[Section], exhibits: Mapping[str, Sequence[Exhibit]]
) -> tuple[Listed, ...]:
    checks = dict.fromkeys([*(section.check for section in sections), *exhibits])
    pairs = [(check, exhibit) for check in checks for exhibit in exhibits.get(check, ())]
    return tuple(
        (name_sheet(place, book.word(exhibit.title)), check, exhibit)
        for place, (check, exhibit) in enumerate(pairs, start=1)
    )


def _write_contents(
    sheet: Any, outline: Outline, sections: Sequence[Section], listed: Sequence[Listed], book: Book
) -> None:
    write_text(sheet, 0, 0, outline.title, book.style("title"))
    write_text(sheet, 1, 0, f"{outline.subtitle} · {outline.run_id}", book.style("note"))
    rows = _list_contents(outline, sections, listed, book)
    write_rows(sheet, CONTENTS_TOP, [book.word(header) for header, _ in CONTENTS_COLUMNS], rows, book)
    for place, row in enumerate(rows, start=CONTENTS_TOP + 1):
        if isinstance(row[0], str) and row[0]:
            target = row[0].replace("'", "''")
            sheet.write_url(place, 0, f"internal:'{target}'!A1", book.style("link"), row[0])
    for column, (_, width) in enumerate(CONTENTS_COLUMNS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(CONTENTS_TOP + 1, 0)


def _list_contents(outline: Outline, sections: Sequence[Section], listed: Sequence[Listed], book: Book) -> list[Row]:
    """The fixed sheets, then every section with its sheets, then the sheets that belong to no section."""
    rows: list[Row] = [
        (book.word(FINDINGS), "", outline.words["all_findings"], "", Figure(number=len(outline.cards), code="#,##0")),
        (book.word(DATA_ACCOUNT), "", outline.words["data_check_lead"], "", ""),
        (book.word(DEFINITIONS), "", outline.words["definitions_lead"], "", ""),
    ]
    for section in sections:
        status = outline.words[f"status_{section.status}"]
        sheets: list[tuple[str, Figure | str]] = [
            (name, _count(exhibit)) for name, check, exhibit in listed if check == section.check
        ]
        rows += [(name, section.check, book.word(section.question), status, n) for name, n in sheets or [("", "")]]
    known = {section.check for section in sections}
    rows += [
        (name, check, book.word(exhibit.title), "", _count(exhibit))
        for name, check, exhibit in listed
        if check not in known
    ]
    return rows


def _count(exhibit: Exhibit) -> Figure:
    return Figure(number=len(exhibit.frame), code="#,##0")


def _write_data_account(outline: Outline, book: Book) -> None:
    sheet = book.file.add_worksheet(book.word(DATA_ACCOUNT))
    account = outline.data_account
    for row, note in enumerate(account.notes):
        write_text(sheet, row, 0, note, book.style("note"))
    tables = [*account.tables, *([outline.file_list] if outline.file_list is not None else [])]
    write_tables(sheet, tables, len(account.notes) + 1, book)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 12, 20)


def _write_definitions(outline: Outline, sections: Sequence[Section], book: Book) -> None:
    sheet = book.file.add_worksheet(book.word(DEFINITIONS))
    write_tables(sheet, [outline.definitions], 0, book)
    headers = [book.word(header) for header in (QUESTION, DEFINITION, CHECK, LIMITS)]
    rows = [(book.word(s.question), book.word(s.definition), s.check, _list_limits(s, book)) for s in sections]
    write_rows(sheet, len(outline.definitions.rows) + 4, headers, rows, book)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 28)
    sheet.set_column(3, 3, 90)


def _list_limits(section: Section, book: Book) -> str:
    """The thresholds used, one a line, each with its reason."""
    reasons = {name: book.word(reason) for name, reason in section.limit_reasons.items()}
    return "\n".join(f"{name} = {value:g}: {reasons.get(name, '')}" for name, value in section.limits.items())
