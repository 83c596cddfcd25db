"""Runs the whole diagnosis of a client into a run's folder that gets its final name only when it is complete."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from diagnostics.checks.examination import FAILED
from diagnostics.checks.shelf import list_checks, load_check
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.section import Examined, Section
from diagnostics.workbook.appendix import Appendix
from diagnostics.workbook.beginning import begin
from diagnostics.workbook.case import list_notebooks
from diagnostics.workbook.engine_address import shares_cores
from diagnostics.workbook.execution import Execution, execute
from diagnostics.workbook.manifest import write_up
from diagnostics.workbook.notebooks import LAST, choose_notebooks, name_wings
from diagnostics.workbook.rendering import STAMP, Outcome, gather
from diagnostics.workbook.run_folder import RunFolder
from diagnostics.workbook.writing import point_to, write_json, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from diagnostics.model.account import FileAccount
    from diagnostics.model.engagement import Engagement
    from diagnostics.workbook.case import Case
    from diagnostics.workbook.order import Order


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A complete run."""

    run: RunFolder
    outcome: Outcome
    manifest: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)
    unread: tuple[FileAccount, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a section or a notebook failed."""
        return bool(self.faults) or any(section.status == "failed" for section in self.outcome.sections)


def run_case(case: Case, order: Order, tell: Callable[[str], None] = lambda _section: None) -> Finished:
    """Intake, notebooks, report. A section that fails is reported and the others go on.

    The run is made in a hidden folder beside its final place; an interruption leaves that one to `resume`.
    """
    _refuse_occupied(order.out)
    started = datetime.now().astimezone()
    clock = _Clock()
    tell("intake")
    begun = begin(case, order, tell)
    clock.stop("intake")
    run = _open_run(case, order, started, begun.engagement)
    begun.keep(run)
    notebooks = [case.find_notebook(shared) for shared in choose_notebooks(order.only)]
    faults = _run_notebooks(case, run, notebooks, order, tell)
    clock.stop("notebooks")
    tell("report")
    last = case.find_notebook(next(path for path in list_notebooks() if path.stem == LAST))
    faults |= _run_last(last, case, run, order)
    for notebook, fault in faults.items():
        write_whole(run.path / "logs" / f"{notebook}.txt", fault)
    outcome = gather(case, run)
    clock.stop("report")
    own = [path.name for path in [*notebooks, last] if path.parent.parent == case.folder]
    manifest = write_up(
        case,
        run,
        times=_tell_times(started, clock, order),
        parameters=_list_wishes(order),
        own_notebooks=own,
        sections=outcome.sections,
    )
    manifest["inputs"] |= begun.name_results()
    write_json(run.path / "manifest.json", manifest)
    unread = tuple(file for file in begun.account.files if file.unread)
    return Finished(run=_settle(case, run, order), outcome=outcome, manifest=manifest, faults=faults, unread=unread)


def _run_last(last: Path, case: Case, run: RunFolder, order: Order) -> dict[str, str]:
    """Render the report in the last notebook; meanwhile print the others' pages."""
    appendix = Appendix(language=order.languages[0])
    with ThreadPoolExecutor(max_workers=1) as hand:
        rendered = hand.submit(execute, last, run, _wishes(case, run, order))
        for path in sorted(run.notebooks.glob("*.ipynb")):
            if path.stem != LAST:
                appendix.take(path)
        faults = _collect([rendered.result()])
    if (run.notebooks / last.name).exists():
        appendix.take(run.notebooks / last.name)
    appendix.write()
    return faults


def _tell_times(started: datetime, clock: _Clock, order: Order) -> dict[str, Any]:
    return {
        "started": started.isoformat(timespec="seconds"),
        "ended": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": clock.seconds,
        "engine": order.engine,
    }


def _list_wishes(order: Order) -> dict[str, Any]:
    return {"only": order.only, "as_of": order.as_of, "languages": order.languages, "formats": order.formats}


def _refuse_occupied(out: Path | None) -> None:
    """Only an earlier run is written over: anything else in that place is somebody's."""
    if out is None or not out.exists() or (out / "manifest.json").is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        message = f"--out {out} is there already and is no earlier run"
        raise PersonError(message, next_step="name a folder that is new or empty", exit_code=ExitCode.WRONG_ARGUMENTS)


def _run_notebooks(
    case: Case, run: RunFolder, notebooks: Sequence[Path], order: Order, tell: Callable[[str], None]
) -> dict[str, str]:
    parameters = _parameters(case, run, order)
    waiting = [
        path for path in notebooks if not (order.resume and (run.path / "status" / f"{path.stem}.json").exists())
    ]
    # A cluster gives all its cores to the first that asks, and works on one query with all of them.
    side_by_side = max(1, order.jobs) if shares_cores(order.engine) else 1
    with ThreadPoolExecutor(max_workers=side_by_side) as hands:
        tasks = [hands.submit(execute, path, run, parameters) for path in waiting]
        watch = hands_done = 0
        while hands_done < len(tasks):
            hands_done = sum(task.done() for task in tasks)
            kept = run.list_kept()
            if len(kept) > watch:
                watch = len(kept)
                tell(kept[-1])
            time.sleep(0.1)
        ended = [task.result() for task in as_completed(tasks)]
    for path in notebooks:
        for wing in name_wings(path):
            _fill_in(run, wing)
    return _collect(ended)


def _fill_in(run: RunFolder, wing: str) -> None:
    """A section that its notebook never reached is a failed one: the report must say so."""
    for name in list_checks(wing):
        if name not in run.list_kept():
            check = load_check(name)
            section = Section(
                check=name,
                wing=wing,
                question=check.question,
                definition=check.definition,
                status="failed",
                reason=FAILED,
                capabilities=check.answers,
            )
            run.keep(Examined(section=section))


def _parameters(case: Case, run: RunFolder, order: Order) -> dict[str, Any]:
    return {
        "client": str(case.folder),
        "run": str(run.path),
        "language": order.languages[0],
        "as_of": order.as_of,
        "engine": order.engine,
    }


def _wishes(case: Case, run: RunFolder, order: Order) -> dict[str, Any]:
    return {
        "client": str(case.folder),
        "run": str(run.path),
        "language": order.languages[0],
        "languages": ",".join(order.languages),
        "formats": ",".join(order.formats),
    }


def _collect(ended: Sequence[Execution]) -> dict[str, str]:
    return {execution.notebook: execution.fault for execution in ended if execution.fault}


def _open_run(case: Case, order: Order, started: datetime, engagement: Engagement) -> RunFolder:
    """A new hidden folder for the run, or the newest unfinished one that asked the same of the same files."""
    home = order.out.parent if order.out else case.runs
    unfinished = [RunFolder(path=path) for path in sorted(home.glob(".*.partial"))] if order.resume else []
    same = [run for run in unfinished if run.fits(engagement)]
    if same:
        return same[-1]
    name = order.out.name if order.out else started.strftime(STAMP)
    path = home / f".{name}.partial"
    path.mkdir(parents=True, exist_ok=True)
    run = RunFolder(path=path)
    run.keep_engagement(engagement)
    return run


def _settle(case: Case, run: RunFolder, order: Order) -> RunFolder:
    """Give the run its final name, and let `latest` name it."""
    shutil.rmtree(run.path / "spill", ignore_errors=True)
    final = order.out or case.runs / run.id
    if final.exists():
        shutil.rmtree(final)
    run.path.rename(final)
    if order.out is None:
        point_to(case.runs / "latest", final)
    return RunFolder(path=final)


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._since, 1)
        self._since = now
