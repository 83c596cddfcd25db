"""The commands on more than one run: two runs of a client compared, many clients run."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from diagnostics.model.errors import ExitCode
from diagnostics.model.wording import LANGUAGES
from diagnostics.workbook.order import split_choices
from diagnostics.workbook.screen import MESSAGES


def compare(
    client: Annotated[str, typer.Argument(help="a folder under client_data/, or the path of one")],
    before: Annotated[str, typer.Option(help="the earlier run's id")],
    after: Annotated[str, typer.Option(help="the later run's id")] = "latest",
    lang: Annotated[str, typer.Option(help="zh or en; else the first language of the settings")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """What changed between two runs: findings closed, still open and new; metrics, and whether by more than chance."""
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415 - keeps --help quick
    from diagnostics.workbook.comparing import compare_runs, lay_out, print_comparison, write_pages  # noqa: PLC0415
    from diagnostics.workbook.settings import read_settings  # noqa: PLC0415
    from diagnostics.workbook.sheet_screen import show_sheet  # noqa: PLC0415

    case = open_case(client)
    languages = split_choices("--lang", lang, LANGUAGES) if lang else read_settings(case.settings).languages
    comparison = compare_runs(case, before, after)
    pages = write_pages(comparison)
    if as_json:
        typer.echo(json.dumps(print_comparison(comparison), ensure_ascii=False, indent=2, default=str))
    else:
        show_sheet(lay_out(comparison, languages[0]))
    for page in pages:
        MESSAGES.print(f"→ {page}", markup=False, soft_wrap=True)


def batch(
    clients: Annotated[list[str] | None, typer.Argument(metavar="[CLIENT …]", help="none: all of client_data/")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="notebooks that run side by side, over all clients")] = 2,
    *,
    resume: Annotated[bool, typer.Option("--resume", help="go on with an interrupted batch")] = False,
) -> None:
    """Many clients; one that fails does not stop the others. An overview page opens every report."""
    from diagnostics.workbook.bundled import open_case  # noqa: PLC0415
    from diagnostics.workbook.overview import write_overview  # noqa: PLC0415
    from diagnostics.workbook.portfolio import Ended, choose_home, find_worst, list_clients, run_clients  # noqa: PLC0415

    cases = list({case.folder: case for case in map(open_case, clients)}.values()) if clients else list_clients()
    home = choose_home(cases)

    def tell(ended: Ended) -> None:
        said = f" · {ended.said}" if ended.code is not ExitCode.DONE and ended.said else ""
        MESSAGES.print(f"{ended.case.name}: {ended.code.value}, {ended.seconds:.0f} s{said}", markup=False)

    try:
        ended = run_clients(cases, jobs, home, tell, resume=resume)
    except KeyboardInterrupt:
        MESSAGES.print("interrupted; `batch --resume` with the same clients goes on", markup=False)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    for page in write_overview(ended, home):
        typer.echo(str(page))
    raise typer.Exit(find_worst([one.code for one in ended]))
