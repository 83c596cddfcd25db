"""The first verb of a diagnosis: a client's files and requirement sheet become the vault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from secrets import token_bytes
from typing import TYPE_CHECKING

from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.intake.reckoning import HERE, Reckoner
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.fields import choose_tiers
from diagnostics.intake.sheet.private import scrub_brief
from diagnostics.intake.sheet.reader import SheetReading, read_form
from diagnostics.intake.take_in import take_in
from diagnostics.model.brief import Brief
from diagnostics.model.errors import PersonError
from diagnostics.workbook.admission import (
    admit,
    check_name,
    declares_personal,
    holds_personal,
    list_lacks,
    refuse_personal,
)
from diagnostics.workbook.keyring import KEY_BYTES, obtain_key
from diagnostics.workbook.settings import check_limits, read_settings
from diagnostics.workbook.vault import fingerprint, is_current, keep, read_account, read_brief
from diagnostics.workbook.writing import remove_tree, take_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.model.account import IntakeAccount
    from diagnostics.model.errors import Fault
    from diagnostics.workbook.case import Case


def intake(
    case: Case,
    tell: Callable[[str], None] = lambda _file: None,
    reading: SheetReading | None = None,
    reckoner: Reckoner = HERE,
) -> IntakeAccount:
    """Turn a client's files into the vault; unchanged files are not read again.

    `reading` is given where the sheet was read already and its faults are told by the caller. Raises
    `PersonError` where nothing can be used, where the requirement sheet has faults, or where the files hold
    personal data and the sheet does not state under which contract, for what, until when and where; then nothing
    is kept.
    """
    if is_current(case):
        account = read_account(case)
        admit(case, account, read_brief(case))
        return account
    reading = reading or read_faultless(case)
    lacks = list_lacks(case, reading.brief, read_settings(case.settings).data_kind)
    if lacks and declares_personal(reading.brief):
        raise refuse_personal(case, lacks)
    account, lacks = take_stock(case, tell, reading, reckoner)
    if lacks:
        raise refuse_personal(case, lacks)
    return account


def take_stock(
    case: Case, tell: Callable[[str], None], reading: SheetReading, reckoner: Reckoner = HERE
) -> tuple[IntakeAccount, tuple[Fault, ...]]:
    """What the files are, and what the sheet lacks before they may be worked on.

    Where it lacks anything and they hold personal data, they were read with a key of one use and nothing is kept.
    """
    if is_current(case):
        account = read_account(case)
        lacks = list_lacks(case, read_brief(case), account.data)
        return account, lacks if holds_personal(account) else ()
    check_name(case)
    settings = read_settings(case.settings)
    check_limits(settings.limits, case.settings.name)
    brief, seen = scrub_brief(reading.brief), fingerprint(case)
    if not case.exports.is_dir() or not any(case.exports.rglob("*")):
        message = f"{case.exports} holds no files"
        raise PersonError(message, next_step="put the client's exports there and run again")
    lacks = list_lacks(case, reading.brief, settings.data_kind)
    vault = case.held_vault if lacks else case.vault
    try:
        account = take_in(
            case.exports,
            vault=vault,
            layouts=load_layouts(),
            mappings=read_mappings(settings.mappings, file=case.settings.name),
            key=token_bytes(KEY_BYTES) if lacks else obtain_key(case.folder),
            brief=brief,
            as_of=settings.as_of,
            before=_end_of_time(settings.as_of),
            largest=settings.largest_amount,
            progress=lambda name: tell(mask_text(name)),
            reckoner=reckoner,
        )
        account = replace(note_unlocks(account), data=settings.data_kind)
        if lacks and holds_personal(account):
            return account, lacks
        if lacks:
            take_place(vault, case.vault)
    finally:
        remove_tree(case.held_vault)
    keep(case, account, brief, seen)
    return account, ()


def _end_of_time(as_of: date | None) -> date:
    """The first day that no order can have: the day after tomorrow, as clocks differ, or the settings' as-of day."""
    return max(datetime.now().astimezone().date() + timedelta(days=2), as_of or date.min)


def note_unlocks(account: IntakeAccount) -> IntakeAccount:
    """Say of every missing table which checks it would unlock, in whole or in part."""
    checks = {name: load_check(name) for name in list_all_checks()}
    tables = {name: {*check.uses, *(need.table for need in check.needs)} for name, check in checks.items()}
    missing = tuple(
        replace(entry, unlocks=tuple(name for name in checks if entry.table in tables[name]))
        for entry in account.missing
    )
    return replace(account, missing=missing)


def read_sheet(case: Case) -> SheetReading:
    """The requirement sheet as it was filled in; a client without one has answered nothing."""
    if not case.sheet.exists():
        asked = tuple(field.key for field in choose_tiers(load_fields()))
        return SheetReading(brief=Brief(unanswered=asked), faults=(), unanswered=asked)
    return read_form(case.sheet.read_bytes(), case.sheet.name)


def fault_sheet(case: Case, reading: SheetReading) -> PersonError:
    """The error that tells every fault of a requirement sheet."""
    message = f"the requirement sheet of {case.name} has {len(reading.faults)} faults"
    return PersonError(message, next_step="mend the cells in the sheet and run again", faults=reading.faults)


def read_faultless(case: Case) -> SheetReading:
    """The requirement sheet; `PersonError` tells all its faults."""
    reading = read_sheet(case)
    if reading.faults:
        raise fault_sheet(case, reading)
    return reading
