"""Take in what a client sent: every file to canonical tables, a ledger and a quality account."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.account_files import Opened, account_file
from diagnostics.intake.account_json import account_to_json
from diagnostics.intake.calendar import lay_out, no_days
from diagnostics.intake.files import Draft, Piles, open_draft, walk_exports
from diagnostics.intake.gather import gather
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.orders.deal import count_piles
from diagnostics.intake.orders.enrich import code_stores
from diagnostics.intake.orders.finishing import finish_piles
from diagnostics.intake.orders.order_lines import STAGED
from diagnostics.intake.orders.settling import settle_piles
from diagnostics.intake.people.contacts import merge_accounts, place_staff
from diagnostics.intake.people.link_rules import find_member_channels, read_rules
from diagnostics.intake.people.persons import (
    KEYED_TABLES,
    Persons,
    count_links,
    fill_person,
    fill_persons,
    find_persons,
    list_links,
)
from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.places import ADVICE
from diagnostics.intake.reading.child import open_reading
from diagnostics.intake.reception import ORDER_LINES, Reception
from diagnostics.intake.reckoning import HERE, Reckoner
from diagnostics.intake.recognition.layouts import Layout
from diagnostics.intake.recognition.mapping import FileMapping
from diagnostics.intake.totals.line_counts import LineCounter, LineCounts
from diagnostics.intake.totals.overlaps import name_overlaps
from diagnostics.intake.totals.own_totals import Sources
from diagnostics.intake.totals.reconcile import reconcile
from diagnostics.intake.totals.set_aside import name_set_aside
from diagnostics.intake.vault import arrow_schema, describe, join_accounts, shape
from diagnostics.intake.working import FILE, ROW
from diagnostics.model.account import FileAccount, IntakeAccount, LinkCount, MissingTable, TableAccount
from diagnostics.model.brief import Brief
from diagnostics.model.errors import Fault, PersonError
from diagnostics.model.tables import CANONICAL_TABLES

if TYPE_CHECKING:
    import pandas as pd


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
    largest: float | None = None,
    progress: Callable[[str], None],
    reckoner: Reckoner = HERE,
) -> IntakeAccount:
    """Read everything under `exports` and write the vault: Parquet files, the ledger and `account.json`.

    Orders dated `before` or later are rejected, and amounts beyond belief unless up to `largest`. Files pass in
    blocks and order lines in piles, so that memory does not grow with them. `PersonError` if no row of any file
    could be used; a file that can't be read stops nothing. `reckoner` answers what is asked of whole
    tables, here or on a cluster.
    """
    files = walk_exports(exports)
    with open_draft(vault) as draft:
        piles = draft.make_piles("staged", count_piles(files), STAGED)
        reception = Reception(
            layouts=layouts,
            mappings=mappings,
            keys=_make_keys(key, brief),
            piles=piles,
        )
        with open_reading() as reading:
            for file in files:
                progress(file.name)
                reception.receive(file, reading)
        written = _write_tables(reception, draft, brief, before, largest, reckoner=reckoner)
        opened = _account_files(reception.opened, reception.ledger, layouts)
        if not written.accounts:
            raise _nothing_usable(opened)
        paths = {number: one.path for number, one in reception.opened.items()}
        account = IntakeAccount(
            files=opened,
            tables=written.accounts,
            missing=tuple(
                MissingTable(table=name, export=table.brought_by)
                for name, table in CANONICAL_TABLES.items()
                if name not in written.accounts
            ),
            reconciliation=reconcile(written.days, written.sources, brief, as_of),
            calendar=lay_out(written.days),
            overlaps=name_overlaps(written.overlaps, paths),
            set_aside=name_set_aside(written.sources.set_aside, paths),
            links=written.links,
        )
        draft.write_table("rejected", _rejected_table(reception.opened, reception.ledger))
        draft.write_text("account.json", json.dumps(account_to_json(account), ensure_ascii=False, indent=1))
    return account


def _make_keys(key: bytes, brief: Brief) -> Pseudonyms:
    return Pseudonyms(
        key=key,
        member_channels=find_member_channels(brief),
        with_addresses="address" in read_rules(brief).allowed,
    )


@dataclass(frozen=True, kw_only=True)
class _Written:
    """What the vault now holds, and the counts that reconciliation works on."""

    accounts: dict[str, TableAccount]
    days: pd.DataFrame
    overlaps: pd.DataFrame
    sources: Sources
    links: tuple[LinkCount, ...]


def _write_tables(
    reception: Reception,
    draft: Draft,
    brief: Brief,
    before: date | None,
    largest: float | None,
    *,
    reckoner: Reckoner,
) -> _Written:
    """Write every table of the vault."""
    ledger = reception.ledger
    piles = draft.make_piles("settled", reception.piles.count, STAGED)
    settled = settle_piles(reception, piles, before, largest)
    parts = {name: pa.concat_tables(of, promote_options="permissive") for name, of in reception.take_parts().items()}
    accounts = parts.get("contacts")
    if accounts is not None:
        parts["contacts"] = merge_accounts(accounts, ledger)
    persons = find_persons(settled.links, parts, accounts, brief, reckoner.resolve)
    parts = fill_persons(parts, persons)
    draft.write_table("links", list_links(persons))
    raw = place_staff(code_stores({**parts, ORDER_LINES: settled.places}))
    tables = {name: shape(name, gather(name, [raw[name]], ledger)) for name in CANONICAL_TABLES if name in parts}
    tables = {name: table for name, table in tables.items() if table.num_rows}
    for name, table in tables.items():
        draft.write_table(name, table)
    described = {name: describe(table) for name, table in tables.items()}
    aside = Sources(set_aside=settled.set_aside, items=settled.items, traffic=tables.get("traffic"))
    links = count_links(persons)
    if not settled.lines:
        return _Written(accounts=described, days=no_days(), overlaps=settled.overlaps, sources=aside, links=links)
    known = tables | {name: parts[name] for name in ("stores",) if name in parts}
    account, counts = _write_lines(draft, piles, known, persons=persons, brief=brief, reckoner=reckoner)
    return _Written(
        accounts={ORDER_LINES: account, **described},
        days=counts.days,
        overlaps=settled.overlaps,
        sources=replace(aside, settled=counts.settled, after_sales=counts.after_sales, shops=counts.shops),
        links=links,
    )


def _write_lines(
    draft: Draft,
    piles: Piles,
    tables: Mapping[str, pa.Table],
    *,
    persons: Persons,
    brief: Brief,
    reckoner: Reckoner,
) -> tuple[TableAccount, LineCounts]:
    """Write the order lines, pile by pile; what they are, and their counts."""
    fill = partial(fill_person, column_name=KEYED_TABLES[ORDER_LINES], persons=persons)
    counter = LineCounter(tables=tables, piles=piles.count)
    accounts: list[TableAccount] = []
    with draft.open_table(ORDER_LINES, arrow_schema(CANONICAL_TABLES[ORDER_LINES])) as writer:
        for at, lines in finish_piles(piles, fill, tables, brief):
            if reckoner.count_lines is None:
                counter.add(at, lines)
            if lines.num_rows:
                writer.write_table(lines)
                accounts.append(describe(lines))
    counts = counter.total() if reckoner.count_lines is None else reckoner.count_lines(draft.folder)
    return join_accounts(accounts), counts


def _account_files(opened: Mapping[int, Opened], ledger: Ledger, layouts: Sequence[Layout]) -> tuple[FileAccount, ...]:
    counts, first = ledger.counts(), ledger.first_rows(ADVICE)
    return tuple(
        account_file(one, counts.get(number, {}), layouts, first.get(number, {})) for number, one in opened.items()
    )


def _rejected_table(opened: Mapping[int, Opened], ledger: Ledger) -> pa.Table:
    """File, sheet, row number and reason of every rejected row, and nothing of what it said."""
    table = ledger.table()
    at = pc.index_in(table[FILE], value_set=pa.array(list(opened), pa.int64()))
    paths = pa.array([one.path for one in opened.values()], pa.string())
    sheets = pa.array([one.frame.sheet if one.frame else "" for one in opened.values()], pa.string())
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
