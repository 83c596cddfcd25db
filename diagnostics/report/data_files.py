"""One row for each file that arrived: what it was taken for and where its rows went."""

from __future__ import annotations

from datetime import date

from diagnostics.model.account import FileAccount, IntakeAccount
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.model.wording import shorten, word_date, word_number
from diagnostics.report.layout_names import LAYOUT_NAMES
from diagnostics.report.outline import Cell, TableBlock
from diagnostics.report.setting import Setting, list_table

Row = tuple[Cell | str, ...]
LONGEST_PATH = 80
KIND_HEADERS = ("layout", "target_table", "file_count", "rows_read", "rows_kept", "rows_rejected", "period")
HEADERS = ("file", "layout", "target_table", "rows_read", "rows_kept", "rows_rejected", "period")


def list_files(account: IntakeAccount, setting: Setting) -> TableBlock:
    """One row a file, or a sheet of a workbook."""
    rows: list[Row] = [
        (
            shorten(" / ".join(filter(None, (file.path, file.sheet))), LONGEST_PATH),
            name_layout(file, setting),
            name_table(file.table, setting),
            count_cell(file.rows_read),
            count_cell(file.rows_kept),
            count_cell(file.rows_rejected),
            span_cell(file.period, setting),
        )
        for file in account.files
    ]
    return list_table("files", setting.words["each_file_title"], tuple(setting.words[key] for key in HEADERS), rows)


def list_kinds(account: IntakeAccount, setting: Setting) -> TableBlock:
    """One row a kind of export that was recognised: how many files, where the rows went, over which days."""
    kinds: dict[tuple[str, str], list[FileAccount]] = {}
    for file in account.files:
        kinds.setdefault((name_layout(file, setting), name_table(file.table, setting)), []).append(file)
    rows: list[Row] = [
        (
            layout,
            table,
            count_cell(len(files)),
            count_cell(sum(file.rows_read for file in files)),
            count_cell(sum(file.rows_kept for file in files)),
            count_cell(sum(file.rows_rejected for file in files)),
            span_cell(_span([file.period for file in files if file.period]), setting),
        )
        for (layout, table), files in kinds.items()
    ]
    return list_table("kinds", setting.words["files_title"], tuple(setting.words[key] for key in KIND_HEADERS), rows)


def _span(periods: list[tuple[date, date]]) -> tuple[date, date] | None:
    return (min(first for first, _ in periods), max(last for _, last in periods)) if periods else None


def name_layout(file: FileAccount, setting: Setting) -> str:
    """The layout that a file was taken for."""
    if file.layout is None:
        return setting.words["layout_unknown"]
    if file.layout == "mapped":
        return setting.words["layout_mapped"]
    return setting.word(LAYOUT_NAMES[file.layout]) if file.layout in LAYOUT_NAMES else file.layout


def name_table(table: str | None, setting: Setting) -> str:
    """The title of a canonical table; an unknown name stands for itself."""
    known = CANONICAL_TABLES.get(table or "")
    return setting.word(known.title) if known else table or ""


def count_cell(n: int) -> Cell:
    """A whole number."""
    return Cell(shown=word_number(n).en, sort=float(n))


def span_cell(period: tuple[date, date] | None, setting: Setting) -> Cell:
    """First and last day."""
    if period is None:
        return Cell(shown="")
    first, last = period
    return Cell(
        shown=setting.say("span", first=word_date(first), last=word_date(last)), sort=first.isoformat(), whole=True
    )
