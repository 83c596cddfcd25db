"""The data check: which files arrived, what was kept, what ties out, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from diagnostics.model.account import IntakeAccount, Reconciliation
from diagnostics.model.gaps import SOURCES, TIES
from diagnostics.model.names import name_channel
from diagnostics.model.wording import shorten, word_change, word_money, word_number, word_percent
from diagnostics.report.data_files import Row, count_cell, list_kinds, name_table, span_cell
from diagnostics.report.outline import Cell, TableBlock
from diagnostics.report.setting import Setting, list_table

MOST_NAMED = 8


def build_data_check(
    account: IntakeAccount, questions: Mapping[str, str], setting: Setting
) -> tuple[tuple[TableBlock, ...], tuple[str, ...]]:
    """The tables of the data check (empty ones left out) and the sentences above them."""
    tables = (
        list_kinds(account, setting),
        list_rejections(account, setting),
        list_places(account, setting),
        list_canonical(account, setting),
        list_reconciliation(account, setting),
        list_missing(account, questions, setting),
    )
    return tuple(table for table in tables if table.rows), tell_account(account, setting)


def tell_account(account: IntakeAccount, setting: Setting) -> tuple[str, ...]:
    """Sentences that sum up the account."""
    unknown = sum(file.layout is None for file in account.files)
    personal = sorted({column for file in account.files for column in file.dropped_personal})
    notes = [
        setting.say(
            "note_files",
            files=word_number(len(account.files)),
            known=word_number(len(account.files) - unknown),
            read=word_number(sum(file.rows_read for file in account.files)),
            kept=word_number(sum(file.rows_kept for file in account.files)),
            rejected=word_number(sum(file.rows_rejected for file in account.files)),
        )
    ]
    if unknown:
        notes.append(setting.say("note_unknown", n=word_number(unknown)))
    if personal:
        names = setting.words["list_gap"].join(shorten(column) for column in personal[:MOST_NAMED])
        notes.append(setting.say("note_personal", n=word_number(len(personal)), columns=names))
    if not account.reconciliation:
        notes.append(setting.words["note_no_reconciliation"])
    return tuple(notes)


def list_rejections(account: IntakeAccount, setting: Setting) -> TableBlock:
    """Rejected rows by reason, over all files, most first."""
    reasons: Counter[str] = Counter()
    for file in account.files:
        reasons.update(file.rejected)
    rows: list[Row] = [
        (setting.word(setting.glossary.name_rejection(reason)), count_cell(n)) for reason, n in reasons.most_common()
    ]
    headers = (setting.words["reason"], setting.words["rows_rejected"])
    return list_table("rejections", setting.words["rejected_title"], headers, rows)


def list_places(account: IntakeAccount, setting: Setting) -> TableBlock:
    """Rows that a person can mend: where they are and what to do; in the order of the files."""
    rows: list[Row] = [
        (
            f"{file.path} · {file.sheet}" if file.sheet else file.path,
            setting.words["list_gap"].join(map(str, place.rows)),
            setting.words["list_gap"].join(place.columns),
            setting.word(setting.glossary.name_rejection(place.reason)),
            setting.word(place.advice),
        )
        for file in account.files
        for place in file.places
    ]
    headers = tuple(setting.words[key] for key in ("file", "place_rows", "place_columns", "reason", "place_advice"))
    return list_table("places", setting.words["places_title"], headers, rows)


def list_canonical(account: IntakeAccount, setting: Setting) -> TableBlock:
    """One row a table in the vault: rows, period, share of rows with a customer key."""
    rows: list[Row] = [
        (
            name_table(name, setting),
            count_cell(table.rows),
            span_cell(table.period, setting),
            _share_cell(table.keyed_share),
        )
        for name, table in account.tables.items()
    ]
    headers = tuple(setting.words[key] for key in ("table", "rows", "period", "keyed_share"))
    return list_table("tables", setting.words["tables_title"], headers, rows)


def list_reconciliation(account: IntakeAccount, setting: Setting) -> TableBlock:
    """Our totals beside those of another source."""
    rows: list[Row] = [
        (
            _name_total(line, setting),
            line.month or setting.words["all_months"],
            Cell(shown=setting.word(word_money(line.ours, setting.currency)), sort=line.ours),
            Cell(shown=setting.word(word_money(line.theirs, setting.currency)), sort=line.theirs),
            _gap_cell(line),
            setting.word(line.cause),
        )
        for line in _fold_tied(account.reconciliation, setting)
    ]
    headers = tuple(setting.words[key] for key in ("channel", "month", "ours", "theirs", "gap", "gap_cause"))
    return list_table("reconciliation", setting.words["reconciliation_title"], headers, rows)


def _name_total(line: Reconciliation, setting: Setting) -> str:
    """The channel and what it is held against."""
    channel = setting.word(name_channel(line.channel)) if line.channel else setting.words["all_channels"]
    return f"{channel} · {setting.word(SOURCES[line.against])}"


def _fold_tied(lines: Sequence[Reconciliation], setting: Setting) -> list[Reconciliation]:
    """Months of a channel and source that tie out become one line; months that don't stay by themselves."""
    tied: dict[tuple[str, str], list[Reconciliation]] = {}
    rest = []
    for line in lines:
        if line.month and (line.cause_code == TIES or round(line.gap, 2) == 0):
            tied.setdefault((line.against, line.channel), []).append(line)
        else:
            rest.append(line)
    folded = [
        replace(
            months[0],
            month=setting.say("months_tied", n=word_number(len(months))),
            ours=sum(line.ours for line in months),
            theirs=sum(line.theirs for line in months),
        )
        for months in tied.values()
    ]
    return rest + folded


def list_missing(account: IntakeAccount, questions: Mapping[str, str], setting: Setting) -> TableBlock:
    """Tables that did not arrive, the export that brings each, and what it would answer."""
    rows: list[Row] = [
        (
            name_table(gap.table, setting),
            setting.word(gap.export),
            setting.words["list_gap"].join(questions[check] for check in gap.unlocks if check in questions),
        )
        for gap in account.missing
        if gap.unlocks
    ]
    headers = tuple(setting.words[key] for key in ("missing_table", "unlocked_by", "unlocks"))
    return list_table("missing", setting.words["missing_title"], headers, rows)


def _share_cell(share: float | None) -> Cell:
    return Cell(shown="") if share is None else Cell(shown=word_percent(share).en, sort=share)


def _gap_cell(line: Reconciliation) -> Cell:
    if not line.theirs or not line.comparable:
        return Cell(shown="")
    gap = line.ours / line.theirs - 1
    return Cell(shown=word_change(gap).en, sort=gap)
