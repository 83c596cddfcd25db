"""What intake keeps in the vault beside the tables: the account, the brief, and of which files they were made."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnostics.intake.account_json import account_from_json, account_to_json
from diagnostics.intake.files import name_safely, walk_exports
from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.model.brief import Brief
from diagnostics.workbook.writing import write_json, write_whole

if TYPE_CHECKING:
    from diagnostics.model.account import IntakeAccount
    from diagnostics.workbook.case import Case

INPUTS, ACCOUNT, BRIEF, DROPPED = "inputs.json", "account.json", "brief.json", "dropped.csv"
# What decides how files are read: another version of any of these reads them again.
READERS = ("intake", "model", "catalog")
READ = (".py", ".yaml", ".csv")
PACKAGE = Path(__file__).resolve().parents[1]


def list_inputs(case: Case) -> list[Path]:
    """Every file of the client that a diagnosis reads."""
    own = [path for path in (case.sheet, case.settings, case.notes) if path.exists()]
    return own + [file.path for file in walk_exports(case.exports) if not file.skipped]


def name_inputs(case: Case) -> dict[str, Path]:
    """The files of `list_inputs` by the names under which they are told: without anybody's number, and each once."""
    named: dict[str, Path] = {}
    for path in list_inputs(case):
        name = mask_text(name_safely(path.relative_to(case.folder).as_posix()))
        same = sum(known == name or known.startswith(f"{name} (") for known in named)
        named[f"{name} ({same + 1})" if same else name] = path
    return named


def is_current(case: Case) -> bool:
    """Whether the vault was made of the files as they are now, by this version of the program."""
    return bool(_read(case.vault / INPUTS) == fingerprint(case))


def fingerprint(case: Case) -> dict[str, Any]:
    """Size and time of every file that intake reads, and a digest of the program that reads them."""
    files = {
        name: [path.stat().st_size, path.stat().st_mtime_ns]
        for name, path in name_inputs(case).items()
        if path != case.notes
    }
    digest = hashlib.sha256()
    for folder in READERS:
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.suffix in READ:
                digest.update(path.read_bytes())
    return {"files": files, "program": digest.hexdigest()}


def keep(case: Case, account: IntakeAccount, brief: Brief, seen: dict[str, Any]) -> None:
    """Write account and brief, and at last of what they were made."""
    keep_words(case.vault, account, brief)
    write_whole(case.vault / DROPPED, _print_handled(account))
    write_json(case.vault / INPUTS, seen)


def keep_words(home: Path, account: IntakeAccount, brief: Brief) -> None:
    """Write account and brief into the vault, or into a run that has no vault."""
    write_json(home / ACCOUNT, account_to_json(account))
    write_json(home / BRIEF, {"answers": _tag(brief.answers), "unanswered": brief.unanswered})


def _print_handled(account: IntakeAccount) -> str:
    """What was dropped, keyed and masked: a line for each file, sheet, column and kind, without any content."""
    paper = io.StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerow(["file", "sheet", "column", "handling", "kind", "cells"])
    for file in account.files:
        writer.writerows([file.path, file.sheet, *vars(one).values()] for one in file.handled)
    return paper.getvalue()


def read_account(case: Case, run: Path | None = None) -> IntakeAccount:
    """The quality account of a run that keeps its own, else of the last intake."""
    return account_from_json(_read(_choose_home(case, run) / ACCOUNT))


def list_filled(account: IntakeAccount) -> dict[str, frozenset[str]]:
    """Per table, the columns that hold at least one value."""
    return {
        name: frozenset(column for column, share in table.filled.items() if share > 0)
        for name, table in account.tables.items()
    }


def read_brief(case: Case, run: Path | None = None) -> Brief:
    """The requirement sheet's answers as a run keeps them, else as the last intake read them."""
    kept = _read(_choose_home(case, run) / BRIEF)
    return Brief(answers=_untag(kept["answers"]), unanswered=tuple(kept["unanswered"]))


def _choose_home(case: Case, run: Path | None) -> Path:
    return run if run is not None and (run / BRIEF).exists() else case.vault


def _tag(value: object) -> Any:
    """JSON knows neither days nor tuples: days are tagged, lists are read back as tuples.

    >>> _untag(_tag({"a": (1.0, date(2025, 1, 2))}))
    {'a': (1.0, datetime.date(2025, 1, 2))}
    """
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return [_tag(item) for item in value]
    return {"row": {key: _tag(item) for key, item in value.items()}} if hasattr(value, "items") else value


def _untag(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_untag(item) for item in value)
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        return {key: _untag(item) for key, item in value["row"].items()}
    return value


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
