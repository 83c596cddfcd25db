"""Runs many clients side by side, each in a process of its own, so that one that fails stops no other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.case import CLIENT_DATA, PROJECT, Case
from diagnostics.workbook.writing import write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STATE_FILE = ".batch.json"
# From harmless to grave: a report may lack sections before nothing is known of a client at all.
GRAVITY = (
    ExitCode.DONE,
    ExitCode.INPUT_NEEDS_PERSON,
    ExitCode.SECTIONS_FAILED,
    ExitCode.WRONG_ARGUMENTS,
    ExitCode.PROGRAM_FAULT,
    ExitCode.INTERRUPTED,
)
PATIENCE_SECONDS = 15
LINES_TOLD = 4


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How one client's run ended: its exit code, what it said last, how long it took, and whether it left a run."""

    case: Case
    code: ExitCode
    said: str = ""
    seconds: float = 0.0
    made_run: bool = True


@dataclass
class _Hands:
    """The processes at work, so that an interruption reaches each of them."""

    working: dict[Path, subprocess.Popen[str]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    stopped: bool = False

    def stop(self) -> None:
        """Interrupt every process, and end those that don't heed it."""
        with self.lock:
            self.stopped = True
            working = list(self.working.values())
        for process in working:
            process.terminate() if os.name == "nt" else process.send_signal(signal.SIGINT)
        until = time.monotonic() + PATIENCE_SECONDS
        for process in working:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def list_clients(home: Path = CLIENT_DATA) -> list[Case]:
    """Every client folder of a home, by name: a folder with exports, a requirement sheet or settings."""
    folders = sorted(path for path in home.iterdir() if path.is_dir() and not path.name.startswith("."))
    cases = [Case(folder=path) for path in folders]
    found = [case for case in cases if case.exports.is_dir() or case.sheet.exists() or case.settings.exists()]
    if not found:
        message = f"there is no client in {home}"
        raise PersonError(message, next_step="make one with `new`", exit_code=ExitCode.WRONG_ARGUMENTS)
    return found


def choose_home(cases: Sequence[Case]) -> Path:
    """Where the overview of clients goes: the folder that they all lie in, else the working folder."""
    homes = {case.folder.parent for case in cases}
    return homes.pop() if len(homes) == 1 else Path.cwd()


def share_jobs(jobs: int, clients: int) -> tuple[int, int]:
    """How many clients run side by side, and how many notebooks each; together never more than `jobs` notebooks.

    Clients come first, for reading and reporting use one core each.

    >>> share_jobs(4, 3), share_jobs(2, 10), share_jobs(6, 1)
    ((3, 1), (2, 1), (1, 6))
    """
    side_by_side = max(1, min(jobs, clients))
    return side_by_side, max(1, jobs // side_by_side)


def run_clients(
    cases: Sequence[Case], jobs: int, home: Path, tell: Callable[[Ended], None], *, resume: bool = False
) -> list[Ended]:
    """Run each client; the results are in the order given.

    What is done is noted in `home` as it comes, so that `resume` goes on after an interruption: ended clients are
    not run again, begun ones go on. Raises `KeyboardInterrupt` after every process has ended.
    """
    state = home / STATE_FILE
    done = _read_done(state, cases) if resume else {}
    for ended in done.values():
        tell(ended)
    side_by_side, notebooks = share_jobs(jobs, len(cases))
    waiting = [case for case in cases if case.folder not in done]
    hands = _Hands()
    with _heed_termination(), ThreadPoolExecutor(max_workers=side_by_side) as pool:
        try:
            tasks = [pool.submit(_run_client, case, notebooks, hands, resume=resume) for case in waiting]
            for task in as_completed(tasks):
                ended = task.result()
                if ended.code is not ExitCode.INTERRUPTED:
                    done[ended.case.folder] = ended
                    _write_done(state, done)
                tell(ended)
        except KeyboardInterrupt:
            hands.stop()
            raise
    ends = [task.result() for task in tasks]
    if any(ended.code is ExitCode.INTERRUPTED for ended in ends):
        raise KeyboardInterrupt
    state.unlink(missing_ok=True)
    return [done[case.folder] for case in cases]


def find_worst(codes: Sequence[ExitCode]) -> ExitCode:
    """The gravest of several exit codes.

    >>> find_worst([ExitCode.DONE, ExitCode.SECTIONS_FAILED, ExitCode.INPUT_NEEDS_PERSON]).value
    4
    """
    return max(codes, key=GRAVITY.index, default=ExitCode.DONE)


def _run_client(case: Case, notebooks: int, hands: _Hands, *, resume: bool) -> Ended:
    command = [sys.executable, str(PROJECT / "run_diagnosis.py"), "run", str(case.folder), "--jobs", str(notebooks)]
    started, newest = time.perf_counter(), _name_newest(case)
    with hands.lock:
        if hands.stopped:
            return Ended(case=case, code=ExitCode.INTERRUPTED)
        process = subprocess.Popen(
            [*command, "--json", *(["--resume"] if resume else [])],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        hands.working[case.folder] = process
    _, said = process.communicate()
    with hands.lock:
        del hands.working[case.folder]
        stopped = hands.stopped
    code = process.returncode
    known = ExitCode.INTERRUPTED if stopped else ExitCode(code) if code in set(ExitCode) else ExitCode.PROGRAM_FAULT
    return Ended(
        case=case,
        code=known,
        said=_tell_end(said),
        seconds=round(time.perf_counter() - started, 1),
        made_run=_name_newest(case) != newest,
    )


def _name_newest(case: Case) -> str:
    latest = case.runs / "latest"
    return latest.resolve().name if latest.exists() else ""


def _tell_end(said: str) -> str:
    """What a process said last: its error without the path that led there."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if any(line.startswith("Traceback") for line in lines):
        lines = lines[-1:]
    return mask_text(" ".join(lines[-LINES_TOLD:]))


def _write_done(state: Path, done: dict[Path, Ended]) -> None:
    ended = {
        str(path): {"code": one.code, "said": one.said, "seconds": one.seconds, "made_run": one.made_run}
        for path, one in done.items()
    }
    write_json(state, ended)


def _read_done(state: Path, cases: Sequence[Case]) -> dict[Path, Ended]:
    kept: dict[str, Any] = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}
    return {
        case.folder: Ended(
            case=case,
            code=ExitCode(one["code"]),
            said=one["said"],
            seconds=one["seconds"],
            made_run=one.get("made_run", True),
        )
        for case in cases
        if (one := kept.get(str(case.folder))) is not None
    }


@contextmanager
def _heed_termination() -> Iterator[None]:
    """While it lasts, a request to terminate counts as an interruption."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
