"""Turns arguments into calls and errors into exit codes."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from diagnostics.model.errors import ExitCode, PersonError, tell_unreachable
from diagnostics.model.names import WINGS
from diagnostics.model.wording import LANGUAGES, Language
from diagnostics.workbook.many_commands import batch, compare
from diagnostics.workbook.order import AGGREGATES, FORMATS, Order, check_day, split_choices
from diagnostics.workbook.screen import (
    MESSAGES,
    Follow,
    open_streams,
    show_fault,
    show_finished,
    show_gate,
    show_lost,
    show_progress,
    show_unread,
)

if TYPE_CHECKING:
    from diagnostics.workbook.runner import Finished


app = typer.Typer(
    name="run_diagnosis.py",
    help="From a client's exports and requirement sheet to a diagnosis that the client can act on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Client = Annotated[str, typer.Argument(help="a folder under client_data/, or the path of one")]
# A run tells of its checks, and of intake and report besides.
EXTRA_STEPS = 2
RESULTS_HELP = "a folder of results of the statements that `sql` prints: the data stay in the client's warehouse"
ENGINE_HELP = (
    "where the tables are computed: duckdb:// (in this process), spark://HOST:PORT, sc://HOST:PORT (Spark Connect) or "
    "local[*]; Spark's own settings may follow, as in spark://HOST:PORT?spark.executor.memory=4g&spark.cores.max=8; "
    "else as the settings say"
)
FORMATS_HELP = "what is written: report as html and pdf, appendix as xlsx, and the pack of the two-hour session"
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON document")]


def main() -> None:
    """The command line; ends the process with the contract's exit codes."""
    open_streams()
    try:
        code = app(standalone_mode=False)
    except PersonError as error:
        show_fault(error)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None:
            raise
        show_fault(tell_unreachable(error))
        sys.exit(ExitCode.INPUT_NEEDS_PERSON)
    except typer.Abort:
        _end_interrupted()
    except KeyboardInterrupt:
        _end_interrupted()
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "format_message"):
            MESSAGES.print(f"{error.format_message()}\n→ --help shows what is there", markup=False)
            sys.exit(ExitCode.WRONG_ARGUMENTS)
        raise
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)


@app.command()
def demo(jobs: Annotated[int, typer.Option(help="notebooks that run side by side")] = 2) -> None:
    """Diagnose both bundled clients; the generated one is made first if it is not there."""
    from diagnostics.workbook.bundled import GENERATED, REAL  # noqa: PLC0415 - keeps --help quick

    with show_progress() as follow, ThreadPoolExecutor() as hands:
        runs = [hands.submit(_diagnose, client, Order(jobs=jobs), follow) for client in (REAL, GENERATED)]
        finished = [running.result() for running in runs]
    for one in finished:
        show_finished(one)
    raise typer.Exit(max(_grade(one) for one in finished))


@app.command()
def new(client: Client, lang: Annotated[str, typer.Option(help="zh or en: which label comes first")] = "zh") -> None:
    """Open a client folder with a requirement sheet to fill in."""
    from diagnostics.workbook.case import name_case  # noqa: PLC0415
    from diagnostics.workbook.opening import open_client  # noqa: PLC0415

    for made in open_client(name_case(client), split_choices("--lang", lang, LANGUAGES)[0]):
        MESSAGES.print(f"made {made}", markup=False, soft_wrap=True)
    MESSAGES.print("→ fill in the sheet, put the exports in place, then: run_diagnosis.py check", markup=False)


@app.command()
def check(
    client: Client,
    lang: Annotated[str, typer.Option(help="zh or en; else the first language of the settings")] = "",
    engine: Annotated[str, typer.Option(help=ENGINE_HELP)] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Intake only: what each file was recognised as, what was rejected and why, what is missing, what ties out."""
    from diagnostics.intake.account_json import account_to_json  # noqa: PLC0415
    from diagnostics.intake.sheet.gate import check_privacy_gate  # noqa: PLC0415
    from diagnostics.intake.sheet.summary import summarise_sheet  # noqa: PLC0415
    from diagnostics.workbook.account_screen import show_account, show_sheet  # noqa: PLC0415
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.reckoning import make_reckoner  # noqa: PLC0415
    from diagnostics.workbook.settings import read_settings  # noqa: PLC0415
    from diagnostics.workbook.stages import fault_sheet, read_sheet, take_stock  # noqa: PLC0415
    from diagnostics.workbook.writing import write_json  # noqa: PLC0415

    case = open_case(client)
    reading, reckoner = read_sheet(case), make_reckoner(engine or _read_engine(client))
    with show_progress() as follow:
        account, lacks = take_stock(case, follow(case.name, 1), reading, reckoner)
    document = {
        "client": case.name,
        **account_to_json(account),
        "sheet": summarise_sheet(reading),
    }
    write_json(case.intake_file, document)
    if as_json:
        _print_json(document)
    else:
        settings = read_settings(case.settings)
        languages = split_choices("--lang", lang, LANGUAGES) if lang else settings.languages
        show_account(account, languages[0], settings.currency)
        show_sheet(document["sheet"], languages[0])
        if account.data == "personal":
            show_gate(check_privacy_gate(reading.brief, today=date.today(), file_name=case.sheet.name))  # noqa: DTZ011 - the day here
        if lacks:
            MESSAGES.print("these are personal data: nothing of them was kept, and `run` refuses them until then")
    unread = [file for file in account.files if file.unread]
    show_unread(unread)
    if reading.faults:
        raise fault_sheet(case, reading)
    if unread:
        raise typer.Exit(ExitCode.INPUT_NEEDS_PERSON)


@app.command()
def run(  # noqa: PLR0917 - options of one command
    client: Client,
    lang: Annotated[str, typer.Option(help="languages of the report; else as the settings say")] = "",
    formats: Annotated[str, typer.Option("--format", help=FORMATS_HELP)] = ",".join(FORMATS),
    only: Annotated[str, typer.Option(help="only these wings, separated by commas")] = "",
    as_of: Annotated[str, typer.Option(help="YYYY-MM-DD: the first day that is no longer counted")] = "",
    engine: Annotated[str, typer.Option(help=ENGINE_HELP)] = "",
    jobs: Annotated[int, typer.Option(help="notebooks that run side by side")] = 2,
    out: Annotated[Path | None, typer.Option(help="a folder for the run instead of runs/<id>")] = None,
    from_aggregates: Annotated[Path | None, typer.Option(help=RESULTS_HELP)] = None,
    *,
    resume: Annotated[bool, typer.Option("--resume", help="go on with an interrupted run")] = False,
    as_json: AsJson = False,
) -> None:
    """The whole diagnosis: intake, notebooks, findings, report."""
    order = Order(
        languages=split_choices("--lang", lang, LANGUAGES) if lang else _read_languages(client),
        formats=split_choices("--format", formats, FORMATS),
        only=split_choices("--only", only, tuple(WINGS)),
        as_of=check_day("--as-of", as_of),
        engine=f"{AGGREGATES}{from_aggregates.resolve()}" if from_aggregates else engine or _read_engine(client),
        jobs=jobs,
        out=out.resolve() if out else None,
        resume=resume,
    )
    raise typer.Exit(_run(client, order, as_json=as_json))


@app.command()
def report(client: Client, run_id: Annotated[str, typer.Option("--run", help="a run's id")] = "latest") -> None:
    """Render a run's report again after edits in notes.yaml, without computing again."""
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.rendering import list_rendered  # noqa: PLC0415
    from diagnostics.workbook.rendering import report as render  # noqa: PLC0415
    from diagnostics.workbook.run_folder import find_run  # noqa: PLC0415

    case = open_case(client)
    folder = find_run(case.runs, run_id)
    outcome = render(case, folder, *list_rendered(folder))
    show_lost(outcome.hand.lost)
    for path in sorted([*folder.path.glob("report.*"), *folder.path.glob("session.*")]):
        typer.echo(str(path))


@app.command()
def lab(client: Client) -> None:
    """JupyterLab with the notebooks bound to this client."""
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.laboratory import open_laboratory  # noqa: PLC0415

    raise typer.Exit(open_laboratory(open_case(client)))


@app.command()
def forget(
    client: Client,
    *,
    runs: Annotated[bool, typer.Option("--runs", help="delete the runs and their reports too")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Delete a client's vault and key; exports and sheet are the client's and stay."""
    from diagnostics.workbook.case import find_case  # noqa: PLC0415
    from diagnostics.workbook.forgetting import forget as delete  # noqa: PLC0415
    from diagnostics.workbook.forgetting import list_remains, list_traces  # noqa: PLC0415

    case = find_case(client)
    traces = list_traces(case, runs=runs)
    if traces and sys.stdin.isatty() and not yes:
        names = ", ".join(str(trace.path) for trace in traces)
        typer.confirm(f"delete {names}?", abort=True)
    delete(traces)
    for trace in traces:
        typer.echo(f"deleted {trace.path}: {trace.files:,} files, {trace.bytes:,} bytes")
    if not traces:
        typer.echo(f"there was nothing of {case.name} to delete")
    for trace in list_remains(case, runs=runs):
        typer.echo(f"remains {trace.path}: {trace.files:,} files")


@app.command()
def coverage(client: Client, *, as_json: AsJson = False) -> None:
    """Every capability: computed, judged from the sheet, or not computable and why (by the newest run)."""
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.coverage import cover  # noqa: PLC0415
    from diagnostics.workbook.notes import read_notes  # noqa: PLC0415
    from diagnostics.workbook.rated import ask_person  # noqa: PLC0415
    from diagnostics.workbook.rendering import gather  # noqa: PLC0415
    from diagnostics.workbook.run_folder import find_run  # noqa: PLC0415
    from diagnostics.workbook.session_pack import claim_session  # noqa: PLC0415

    case = open_case(client)
    folder = find_run(case.runs, "latest")
    outcome = gather(case, folder)
    entries = cover(outcome.sections, (*outcome.plan, claim_session(outcome.sections)))
    entries = ask_person(entries, read_notes(case.notes).notes.ratings)
    if as_json:
        shown = [{key: value for key, value in entry.items() if key != "feature"} for entry in entries]
        _print_json({"client": case.name, "capabilities": shown})
        return
    for entry in entries:
        said = entry["reason"] or ", ".join(entry["claimed_by"])
        typer.echo(f"{entry['id']}  {entry['status']:<15} {entry['feature']}  ·  {said}")


@app.command()
def sql(  # noqa: PLR0917 - options of one command
    check_name: Annotated[
        str, typer.Argument(metavar="CHECK", help="a check such as people.concentration, `engagement`, or `all`")
    ] = "all",
    dialect: Annotated[str, typer.Option(help="duckdb, spark, trino or clickhouse")] = "duckdb",
    client: Annotated[str, typer.Option(help="whose definitions and days; else placeholders")] = "",
    from_aggregates: Annotated[Path | None, typer.Option(help=RESULTS_HELP)] = None,
    as_of: Annotated[str, typer.Option(help="YYYY-MM-DD: the first day that is no longer counted")] = "",
    smallest_cell: Annotated[int, typer.Option(help="leave out rows that count fewer people than this")] = 1,
    out: Annotated[Path | None, typer.Option(help="a folder for one file a statement, tables.sql and a guide")] = None,
) -> None:
    """The SQL of checks' measures, to run where the data already lives; `run --from-aggregates` reads the results."""
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.handover import choose_asking, prepare  # noqa: PLC0415

    if from_aggregates and not client:
        message = "--from-aggregates needs --client: the days and definitions are the client's"
        raise PersonError(message, next_step="name the client", exit_code=ExitCode.WRONG_ARGUMENTS)
    day = check_day("--as-of", as_of)
    case = open_case(client) if client else None
    asking = choose_asking(case, from_aggregates, date.fromisoformat(day) if day else None)
    handover = prepare(check_name, asking, dialect, smallest_cell)
    if out is None:
        for page in handover.print_all():
            typer.echo(page)
        return
    written = handover.write(out)
    typer.echo(f"{len(written)} files in {out}; begin with {written[0]}")


app.command()(compare)
app.command()(batch)


def _run(client: str, order: Order, *, as_json: bool = False) -> int:
    """Run one client and show the last screen."""
    with show_progress() as follow:
        finished = _diagnose(client, order, follow)
    if as_json:
        _print_json(finished.manifest)
        show_unread(finished.unread)
    else:
        show_finished(finished)
    return _grade(finished)


def _diagnose(client: str, order: Order, follow: Follow) -> Finished:
    from diagnostics.checks.shelf import list_checks  # noqa: PLC0415
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.case import name_case  # noqa: PLC0415
    from diagnostics.workbook.notebooks import choose_notebooks, name_wings  # noqa: PLC0415
    from diagnostics.workbook.runner import run_case  # noqa: PLC0415

    wings = [wing for notebook in choose_notebooks(order.only) for wing in name_wings(notebook)]
    steps = sum(len(list_checks(wing)) for wing in wings)
    return run_case(open_case(client), order, follow(name_case(client).name, steps + EXTRA_STEPS))


def _read_languages(client: str) -> tuple[Language, ...]:
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.settings import read_settings  # noqa: PLC0415

    return read_settings(open_case(client).settings).languages


def _read_engine(client: str) -> str:
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.settings import read_settings  # noqa: PLC0415

    return read_settings(open_case(client).settings).engine


def _grade(finished: Finished) -> int:
    if finished.failed:
        return ExitCode.SECTIONS_FAILED
    return ExitCode.INPUT_NEEDS_PERSON if finished.unread else ExitCode.DONE


def _print_json(document: Any) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def _end_interrupted() -> NoReturn:
    """Leave at once: kernels end with their parent, and the unfinished run keeps its hidden name."""
    MESSAGES.print("interrupted; `run CLIENT --resume` goes on", markup=False)
    os._exit(ExitCode.INTERRUPTED)
