"""The three verbs of a diagnosis: intake, examine (at a desk), report. Each reads only what the one before wrote."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.intake.account_json import account_from_json, account_to_json
from diagnostics.intake.layouts import load_layouts
from diagnostics.intake.mapping import read_mappings
from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.fields import choose_tiers
from diagnostics.intake.sheet.reader import SheetReading, read_form
from diagnostics.intake.take_in import take_in
from diagnostics.model.brief import Brief
from diagnostics.model.errors import PersonError
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.keyring import obtain_key
from diagnostics.workbook.settings import Settings, read_settings
from diagnostics.workbook.writing import write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from diagnostics.model.account import IntakeAccount
    from diagnostics.model.engagement import Engagement
    from diagnostics.workbook.case import Case

INPUTS = "inputs.json"
ACCOUNT = "account.json"


def intake(case: Case, tell: Callable[[str], None] = lambda _file: None, brief: Brief | None = None) -> IntakeAccount:
    """Turn a client's files into the vault; unchanged files are not read again.

    `brief` is given where the sheet was read already. Raises `PersonError` where nothing can be used, or
    where the requirement sheet has faults.
    """
    settings = read_settings(case.settings)
    brief = brief or read_brief(case)
    seen = _fingerprint(case)
    if _read_json(case.vault / INPUTS) == seen:
        return read_account(case)
    if not case.exports.is_dir() or not any(case.exports.rglob("*")):
        message = f"{case.exports} holds no files"
        raise PersonError(message, next_step="put the client's exports there and run again")
    account = take_in(
        case.exports,
        vault=case.vault,
        layouts=load_layouts(),
        mappings=read_mappings(settings.mappings, file=case.settings.name),
        key=obtain_key(case.name),
        brief=brief,
        as_of=settings.as_of,
        progress=tell,
    )
    write_json(case.vault / INPUTS, seen)
    account = note_unlocks(account)
    write_json(case.vault / ACCOUNT, account_to_json(account))
    return account


def note_unlocks(account: IntakeAccount) -> IntakeAccount:
    """Say of every missing table which checks it would unlock."""
    needs = {name: {need.table for need in load_check(name).needs} for name in list_all_checks()}
    missing = tuple(
        replace(entry, unlocks=tuple(name for name, tables in needs.items() if entry.table in tables))
        for entry in account.missing
    )
    return replace(account, missing=missing)


def read_account(case: Case) -> IntakeAccount:
    """The quality account of the last intake."""
    return account_from_json(_read_json(case.vault / ACCOUNT))


def read_sheet(case: Case) -> SheetReading:
    """The requirement sheet as it was filled in; a client without one has answered nothing."""
    if not case.sheet.exists():
        return SheetReading(
            brief=Brief(), faults=(), unanswered=tuple(field.key for field in choose_tiers(load_fields()))
        )
    return read_form(case.sheet.read_bytes(), case.sheet.name)


def read_brief(case: Case) -> Brief:
    """The sheet's answers; `PersonError` lists every fault at once."""
    reading = read_sheet(case)
    if reading.faults:
        raise fault_sheet(case, reading)
    return reading.brief


def fault_sheet(case: Case, reading: SheetReading) -> PersonError:
    """The error that tells every fault of a requirement sheet."""
    message = f"the requirement sheet of {case.name} has {len(reading.faults)} faults"
    return PersonError(message, next_step="mend the cells in the sheet and run again", faults=reading.faults)


def open_engagement(
    case: Case, tables: Mapping[str, ir.Table], as_of: date | None = None, settings: Settings | None = None
) -> Engagement:
    """Fix periods and definitions for a client whose vault is there."""
    known = settings or read_settings(case.settings)
    return fix_engagement(
        tables,
        client=case.name,
        title=known.word_title(case.name),
        currency=known.currency,
        brief=read_brief(case),
        account=read_account(case),
        limits=known.limits,
        as_of=as_of or known.as_of,
    )


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_inputs(case: Case) -> list[Path]:
    """Every file of the client that a diagnosis reads."""
    own = [path for path in (case.sheet, case.settings, case.notes) if path.exists()]
    return own + sorted(path for path in case.exports.rglob("*") if path.is_file())


def _fingerprint(case: Case) -> dict[str, Any]:
    files = {
        str(path.relative_to(case.folder)): [path.stat().st_size, path.stat().st_mtime_ns]
        for path in list_inputs(case)
        if path != case.notes
    }
    return {"files": files, "program": _hash_program()}


def _hash_program() -> str:
    """What decides how files are read: another version of it reads them again."""
    digest = hashlib.sha256()
    for folder in ("intake", "model", "catalog/layouts"):
        for entry in sorted((resources.files("diagnostics") / folder).iterdir(), key=lambda entry: entry.name):
            if entry.is_file():
                digest.update(entry.read_bytes())
    return digest.hexdigest()


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
