"""What a notebook sits down to: one client's tables, and `show` for one section after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import HTML, SVG, display

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import list_checks, load_check, name_check
from diagnostics.report.view import render_section
from diagnostics.workbook.admission import admit
from diagnostics.workbook.case import BY_HAND, Case, find_case
from diagnostics.workbook.engine_address import EMBEDDED
from diagnostics.workbook.examining import open_tables
from diagnostics.workbook.order import find_aggregates
from diagnostics.workbook.run_folder import RunFolder
from diagnostics.workbook.vault import is_current, keep_words, read_account, read_brief
from diagnostics.workbook.writing import write_json

if TYPE_CHECKING:
    from types import ModuleType

    from diagnostics.model.section import Examined
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Call it with a check's module to see the section; limits may be given by name.

    `show(concentration, top_share=0.7)` examines with another threshold, for this run.
    """

    case: Case
    run: RunFolder
    tables: Tables
    language: Language
    shown: set[str] = field(default_factory=set)

    def __call__(self, check: ModuleType, **limits: float) -> None:
        """Examine a check, keep its section in the run, and display it."""
        self._show(name_check(check.__name__), limits)

    def rest(self, wing: str) -> None:
        """Show every check of a wing that was not shown yet: a new check needs no edit of a notebook."""
        for name in list_checks(wing):
            if name not in self.shown:
                self._show(name, {})

    def close(self, notebook: str) -> None:
        """Say that the end of the notebook was reached: the runner trusts nothing else.

        In a run the engine's memory and cores are given back; by hand the analyst goes on.
        """
        write_json(self.run.path / "status" / f"{notebook}.json", {"shown": sorted(self.shown)})
        if self.run.path != self.case.runs / BY_HAND:
            self.tables.close()

    def examine(self, check: ModuleType, **limits: float) -> Examined:
        """A check's result with its frames, for an analyst to go on with; nothing is kept."""
        name = name_check(check.__name__)
        return examine(name, load_check(name), self.tables, limits)

    def _show(self, name: str, limits: dict[str, float]) -> None:
        examined = examine(name, load_check(name), self.tables, limits)
        self.run.keep(examined)
        self.shown.add(name)
        display(HTML(render_section(examined, self.language, self.tables.engagement.currency)))
        if self.language in examined.figures:
            display(SVG(examined.figures[self.language]))
        if examined.fault:
            display(HTML(f"<pre>{escape(examined.fault)}</pre>"))


def sit_down(client: str, run: str = "", language: Language = "zh", as_of: str = "", engine: str = EMBEDDED) -> Desk:
    """Open a client's tables.

    `client` is a name under client_data/ or a path; `run` is a run's folder, or empty to work by hand in
    `runs/by_hand`; `as_of` (YYYY-MM-DD) leaves out what came on that day and after; `engine` may name a folder of
    results, `aggregates:PATH`, where the data stay in the client's warehouse.
    """
    case = find_case(client)
    folder = RunFolder(path=Path(run) if run else case.runs / BY_HAND)
    day = date.fromisoformat(as_of) if as_of else None
    if results := find_aggregates(engine):
        from diagnostics.workbook.aggregates import open_warehouse  # noqa: PLC0415 - few diagnoses need it
        from diagnostics.workbook.result_folder import read_checked  # noqa: PLC0415

        tables = open_warehouse(case, results, as_of=day, trusted=read_checked(folder.path)).tables
        folder.keep_engagement(tables.engagement)
        keep_words(folder.path, tables.engagement.account, tables.engagement.brief)
        return Desk(case=case, run=folder, tables=tables, language=language)
    if not is_current(case):
        # Taken in here because they take a second, and are seldom needed.
        from diagnostics.workbook.reckoning import make_reckoner  # noqa: PLC0415
        from diagnostics.workbook.stages import intake  # noqa: PLC0415

        intake(case, reckoner=make_reckoner(engine))
    admit(case, read_account(case), read_brief(case))
    tables = open_tables(case, engine=engine, spill=folder.path / "spill", as_of=day)
    folder.keep_engagement(tables.engagement)
    return Desk(case=case, run=folder, tables=tables, language=language)
