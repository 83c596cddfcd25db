"""What a person sees on the terminal: progress, tables, the last screen."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.intake.reasons import advise, name_reason
from diagnostics.model.wording import word_money_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diagnostics.model.account import FileAccount
    from diagnostics.model.errors import Fault, PersonError
    from diagnostics.report.hand import LostNote
    from diagnostics.workbook.runner import Finished

Follow = Callable[[str, int], Callable[[str], None]]
MESSAGES = Console(stderr=True, highlight=False)
MOST_IMPORTANT = 3


def open_streams() -> None:
    """Let Chinese through on every terminal, whatever its code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def show_progress() -> Iterator[Follow]:
    """Bars on a terminal, one a client, that name the section; in a pipe, nothing.

    Yields `follow(client, steps)`, which opens a bar and returns what is told each section.
    """
    columns = (TextColumn("{task.fields[client]}"), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=MESSAGES, transient=True, disable=not sys.stderr.isatty()) as bars:

        def follow(client: str, steps: int) -> Callable[[str], None]:
            task = bars.add_task("", total=steps, client=client)

            def tell(section: str) -> None:
                bars.update(task, description=escape(section), advance=0 if section.startswith("intake ·") else 1)

            return tell

        yield follow


def show_fault(error: PersonError) -> None:
    """What happened, every fault with its place, and what to do next; nobody's number is repeated."""
    MESSAGES.print(f"[bold]{escape(mask_text(error.message))}[/bold]")
    for fault in error.faults:
        told = f"{fault.place}: found {fault.found}; expected {fault.expected}"
        MESSAGES.print(f"  · {escape(mask_text(told))}")
    MESSAGES.print(f"→ {escape(mask_text(error.next_step))}")


def show_gate(faults: Sequence[Fault]) -> None:
    """What the agreement on personal data still lacks, before real data is worked on."""
    for fault in faults:
        MESSAGES.print(f"privacy: {escape(fault.found)}; expected {escape(fault.expected)}", soft_wrap=True)


def show_unread(files: Sequence[FileAccount]) -> None:
    """The files that could not be read, and what to do about each."""
    for file in files:
        said, advice = name_reason(file.unread), advise(file)
        MESSAGES.print(f"[bold]{escape(file.path)}[/bold]: {escape(said.zh)} · {escape(said.en)}", soft_wrap=True)
        MESSAGES.print(f"  → {escape(advice.zh)} {escape(advice.en)}", soft_wrap=True)


def show_lost(notes: Sequence[LostNote]) -> None:
    """The consultant's notes that speak of what the run does not have, with what was typed."""
    for note in notes:
        on = " · ".join([note.name, *(f"{key} {value}" for key, value in note.scope.items())])
        typed = "".join(f" · {text.zh}" if text.zh == text.en else f" · {text.zh} / {text.en}" for text in note.typed)
        told = f"notes.yaml speaks of {on} ({note.kind}), which this run does not have{typed}"
        MESSAGES.print(escape(mask_text(told)), soft_wrap=True)


def show_finished(finished: Finished) -> None:
    """The last screen: the findings that matter most, what failed, and where the report is."""
    outcome, run = finished.outcome, finished.run
    engagement = outcome.engagement
    MESSAGES.rule(escape(f"{engagement.client} · {run.id}"))
    for finding in outcome.findings[:MOST_IMPORTANT]:
        MESSAGES.print(f"[bold]{finding.rank}. {escape(finding.title.zh)}[/bold]")
        MESSAGES.print(f"   {escape(finding.title.en)}")
        if finding.impact is not None:
            size = word_money_range(finding.impact.low, finding.impact.high, engagement.currency)
            MESSAGES.print(f"   {escape(size.zh)}/年 · {escape(size.en)} a year")
    if not outcome.findings:
        MESSAGES.print("No trouble was found. 未发现问题。")
    failed = [section.check for section in outcome.sections if section.status == "failed"]
    if failed or finished.faults:
        MESSAGES.print(
            f"[bold]Failed:[/bold] {escape(', '.join(failed or list(finished.faults)))} (see {run.path / 'logs'})"
        )
    show_unread(finished.unread)
    show_lost(outcome.hand.lost)
    seconds = finished.manifest["seconds"]
    MESSAGES.print(f"{sum(seconds.values()):.0f} s: " + ", ".join(f"{stage} {s} s" for stage, s in seconds.items()))
    for report in sorted([*run.path.glob("report.*"), *run.path.glob("session.*")]):
        MESSAGES.print(f"→ {escape(str(report))}", soft_wrap=True)
