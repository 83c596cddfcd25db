"""Take in what a client sent: every file to canonical tables, a ledger and a quality account."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from diagnostics.intake.account_files import Opened, account_file
from diagnostics.intake.account_json import account_to_json
from diagnostics.intake.calendar import count_days, lay_out
from diagnostics.intake.contacts import merge_accounts, place_staff
from diagnostics.intake.enrich import code_stores, fill_products, judge_private
from diagnostics.intake.feed import feed
from diagnostics.intake.files import ExportFile, walk_exports, write_whole
from diagnostics.intake.frame import Frame, open_frame
from diagnostics.intake.gather import gather
from diagnostics.intake.grid import UnreadableError
from diagnostics.intake.layouts import Layout
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.mapping import FileMapping
from diagnostics.intake.order_lines import gather_order_lines
from diagnostics.intake.orders import settle_orders
from diagnostics.intake.persons import link_persons
from diagnostics.intake.pseudonyms import Pseudonyms
from diagnostics.intake.reading import Reading, open_reading
from diagnostics.intake.reconcile import reconcile
from diagnostics.intake.vault import describe, find_days, shape
from diagnostics.intake.working import FILE, ROW
from diagnostics.model.account import FileAccount, IntakeAccount, MissingTable
from diagnostics.model.brief import Brief
from diagnostics.model.errors import Fault, PersonError
from diagnostics.model.tables import CANONICAL_TABLES

Parts = dict[str, list[pa.Table]]


def take_in(
    exports: Path,
    *,
    vault: Path,
    layouts: Sequence[Layout],
    mappings: Sequence[FileMapping],
    key: bytes,
    brief: Brief,
    as_of: date | None = None,
    before: date | None = None,
    progress: Callable[[str], None],
) -> IntakeAccount:
    """Read everything under `exports` and write the vault: Parquet files, the ledger and `account.json`.

    Orders dated `before` or later are rejected.
    `PersonError` if no row of any file could be used; a file that can't be read stops nothing.
    """
    ledger = Ledger()
    opened: list[Opened] = []
    parts: Parts = defaultdict(list)
    keys = Pseudonyms(key=key)
    with open_reading() as reading:
        for file in walk_exports(exports):
            progress(file.name)
            for sheet in _open(file, reading, layouts, mappings):
                opened.append(_take_apart(sheet, len(opened), parts, keys, ledger))
    tables = _gather(parts, ledger, brief, before)
    files = _account_files(opened, ledger, layouts)
    if not tables:
        raise _nothing_usable(files)
    account = IntakeAccount(
        files=files,
        tables={name: describe(table) for name, table in tables.items()},
        missing=tuple(
            MissingTable(table=name, export=table.brought_by)
            for name, table in CANONICAL_TABLES.items()
            if name not in tables
        ),
        reconciliation=reconcile(tables, brief, as_of),
        calendar=lay_out(count_days(tables["order_lines"])) if "order_lines" in tables else (),
    )
    document = json.dumps(account_to_json(account), ensure_ascii=False, indent=1)
    write_whole(vault, {**tables, "rejected": _rejected_table(opened, ledger)}, {"account.json": document})
    return account


def _open(
    file: ExportFile, reading: Reading, layouts: Sequence[Layout], mappings: Sequence[FileMapping]
) -> Iterator[Opened]:
    if file.skipped:
        yield Opened(path=file.name, reason=file.skipped, advice="Not an export; left out.")
        return
    try:
        grids = reading.read(file.path)
    except UnreadableError as error:
        yield Opened(path=file.name, reason=error.reason, advice=error.advice)
        return
    if not grids:
        yield Opened(path=file.name, reason="empty_file", advice="The file holds no rows; export it again.")
    for grid in grids:
        yield Opened(path=file.name, frame=open_frame(grid, file.name, layouts, mappings))


def _take_apart(opened: Opened, number: int, parts: Parts, keys: Pseudonyms, ledger: Ledger) -> Opened:
    """Feed the rows of a sheet to their table; rows that go nowhere are noted."""
    frame = opened.frame
    if frame is None:
        return opened
    for row, reason in frame.rejected:
        ledger.note(number, [row], reason)
    recipe = frame.recipe
    if recipe is None:
        ledger.note(number, frame.rows, "not_used" if frame.layout else "unknown_layout")
        return opened
    table = feed(frame, recipe, keys, number)
    if recipe.unpivot:
        lost = np.setdiff1d(frame.rows, np.asarray(table[ROW]))
        ledger.note(number, lost, "no_value")
    if recipe.table == "order_lines":
        table = settle_orders(table, frame, recipe)
    parts[recipe.table].append(table)
    return replace(opened, frame=_without_rows(frame), period=find_days(table))


def _without_rows(frame: Frame) -> Frame:
    """The frame without its cells, which may be many and hold personal data."""
    return replace(frame, table=frame.table.slice(0, 0))


def _gather(
    parts: Mapping[str, Sequence[pa.Table]], ledger: Ledger, brief: Brief, before: date | None
) -> dict[str, pa.Table]:
    tables = {name: gather_order_lines(of, ledger, before) for name, of in parts.items() if name == "order_lines"}
    others = {name: of for name, of in parts.items() if name != "order_lines"}
    whole = {name: pa.concat_tables(of, promote_options="permissive") for name, of in others.items()}
    accounts = whole.get("contacts")
    if accounts is not None:
        whole["contacts"] = merge_accounts(accounts, ledger)
    tables = place_staff(code_stores(link_persons({**tables, **whole}, accounts)))
    for name in others:
        tables[name] = gather(name, [tables[name]], ledger)
    if "order_lines" in tables:
        lines = judge_private(tables["order_lines"], brief)
        tables["order_lines"] = fill_products(lines, tables["products"]) if "products" in tables else lines
    return {name: shape(name, tables[name]) for name in CANONICAL_TABLES if name in tables and tables[name].num_rows}


def _account_files(opened: Sequence[Opened], ledger: Ledger, layouts: Sequence[Layout]) -> tuple[FileAccount, ...]:
    counts = ledger.counts()
    return tuple(account_file(one, counts.get(number, {}), layouts) for number, one in enumerate(opened))


def _rejected_table(opened: Sequence[Opened], ledger: Ledger) -> pa.Table:
    """File, sheet, row number and reason of every rejected row, and nothing of what it said."""
    table = ledger.table()
    at = table[FILE].combine_chunks()
    paths = pa.array([one.path for one in opened], pa.string())
    sheets = pa.array([one.frame.sheet if one.frame else "" for one in opened], pa.string())
    return pa.table({"file": paths.take(at), "sheet": sheets.take(at), "row": table[ROW], "reason": table["reason"]})


def _nothing_usable(files: Sequence[FileAccount]) -> PersonError:
    faults = [
        Fault(
            file=file.path,
            sheet=file.sheet,
            found=", ".join(file.rejected) or "no rows",
            expected=file.suggestion.removeprefix("# ").splitlines()[0]
            if file.suggestion
            else "rows of a known export",
        )
        for file in files
    ]
    return PersonError(
        "No file under exports could be used." if files else "There is no file under exports.",
        next_step="Put the platforms' export files into the exports folder, or map unknown files in settings.yaml.",
        faults=faults,
    )
