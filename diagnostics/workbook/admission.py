"""Decides whether a client's data may be kept: personal data only under what the requirement sheet must state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.intake.sheet.gate import check_statements
from diagnostics.model.errors import Fault, PersonError

if TYPE_CHECKING:
    from diagnostics.model.account import DataKind, IntakeAccount
    from diagnostics.model.brief import Brief
    from diagnostics.workbook.case import Case

NEXT_STEP = (
    "answer these cells in the requirement sheet and run again, or, if the data are public or invented, "
    "write `data: open` or `data: generated` into settings.yaml; `forget` deletes what an earlier run kept"
)


def list_lacks(case: Case, brief: Brief, data: DataKind) -> tuple[Fault, ...]:
    """What keeps personal data out today, all of it at once; nothing for public and generated data."""
    if data != "personal":
        return ()
    return check_statements(brief, today=datetime.now().astimezone().date(), file_name=case.sheet.name)


def holds_personal(account: IntakeAccount) -> bool:
    """Whether a client's files hold personal data: a personal column, or an identifier in a text."""
    return any(file.dropped_personal or file.handled for file in account.files)


def declares_personal(brief: Brief) -> bool:
    """Whether the sheet itself says that the files hold personal data."""
    return any(kind != "none" for kind in brief.choices("pi_categories"))


def refuse_personal(case: Case, lacks: tuple[Fault, ...]) -> PersonError:
    """The error that tells why personal data can't be worked on."""
    message = f"{case.name} holds personal data, and the requirement sheet does not yet allow to work on it"
    return PersonError(message, next_step=NEXT_STEP, faults=lacks)


def check_name(case: Case) -> None:
    """Refuse a client whose folder is named after somebody's number: the name stands on every page."""
    if mask_text(case.name) != case.name:
        message = f"the folder {mask_text(case.name)} has a personal identifier in its name"
        raise PersonError(message, next_step="give the folder a name without it")


def admit(case: Case, account: IntakeAccount, brief: Brief) -> None:
    """Refuse to go on with a vault of personal data that the sheet does not, or no longer, allow to work on."""
    lacks = list_lacks(case, brief, account.data)
    if lacks and holds_personal(account):
        raise refuse_personal(case, lacks)
