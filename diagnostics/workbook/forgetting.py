"""Forgets a client: deletes the vault, the key and what unfinished work left, and says what went and what remains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.keyring import find_key_file
from diagnostics.workbook.vault import ACCOUNT, INPUTS
from diagnostics.workbook.writing import remove_tree

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.workbook.case import Case

# What intake and runs leave beside their results when they are interrupted.
LEFTOVERS = (".vault.new", ".vault.old", ".held", "..held.*", "runs/.*.partial", ".*.partial", "runs/*/spill")


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Something that the diagnosis made of a client's data: where it is, how many files and bytes."""

    path: Path
    files: int
    bytes: int


def list_traces(case: Case, *, runs: bool = False) -> list[Trace]:
    """What `forget` would delete, the key first: without it, what else may have been copied can't be linked again.

    Raises `PersonError` where the folder is no client's, or holds a `vault` that no intake made.
    """
    _check_folder(case)
    found = [find_key_file(case.folder), case.vault, case.intake_file]
    found += sorted(path for pattern in LEFTOVERS for path in case.folder.glob(pattern))
    if runs:
        found.append(case.runs)
    # A linked `runs` may lead out of the folder: what lies behind it is not touched.
    inside = [path for path in found[1:] if path.parent.resolve().is_relative_to(case.folder.resolve())]
    return [_weigh(path) for path in (found[0], *inside) if path.exists() or path.is_symlink()]


def forget(traces: list[Trace]) -> None:
    """Delete what was listed; a link is removed and what it points to stays."""
    for trace in traces:
        remove_tree(trace.path)


def list_remains(case: Case, *, runs: bool = False) -> list[Trace]:
    """What stays: the client's own files, and the runs' reports unless they were to go too."""
    kept = [case.exports, case.sheet, case.settings, case.notes, *(() if runs else (case.runs,))]
    return [_weigh(path) for path in kept if path.exists()]


def _check_folder(case: Case) -> None:
    known = case.exports.is_dir() or case.sheet.is_file() or (case.vault / INPUTS).is_file()
    if not known:
        _refuse(f"{case.folder} is no client folder: it has neither exports nor a requirement sheet")
    made = not case.vault.is_dir() or (case.vault / ACCOUNT).is_file() or not any(case.vault.iterdir())
    if not made and not case.vault.is_symlink():
        _refuse(f"{case.vault} was not made by an intake: it has no {ACCOUNT}")


def _refuse(message: str) -> None:
    raise PersonError(message, next_step="name a client's folder", exit_code=ExitCode.WRONG_ARGUMENTS)


def _weigh(path: Path) -> Trace:
    if path.is_symlink() or path.is_file():
        return Trace(path=path, files=1, bytes=path.lstat().st_size)
    inside = [one for one in path.rglob("*") if one.is_symlink() or one.is_file()]
    return Trace(path=path, files=len(inside), bytes=sum(one.lstat().st_size for one in inside))
