"""What the last notebook sits down to: the report of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import HTML, display

from diagnostics.report.view import render_conclusion
from diagnostics.workbook.case import BY_HAND, find_case
from diagnostics.workbook.notebooks import LAST
from diagnostics.workbook.order import FORMATS
from diagnostics.workbook.rendering import Outcome, report
from diagnostics.workbook.run_folder import RunFolder
from diagnostics.workbook.writing import write_json

if TYPE_CHECKING:
    from diagnostics.model.wording import Language


def write_report(
    client: str, run: str = "", language: Language = "zh", languages: str = "zh,en", formats: str = ",".join(FORMATS)
) -> Outcome:
    """Render the report of a run from what its notebooks left behind, and display its conclusion."""
    case = find_case(client)
    folder = RunFolder(path=Path(run) if run else case.runs / BY_HAND)
    outcome = report(case, folder, languages.split(","), formats.split(","))
    display(HTML(render_conclusion(outcome.findings, outcome.roadmap, language, outcome.engagement.currency)))
    write_json(folder.path / "status" / f"{LAST}.json", {"findings": len(outcome.findings)})
    return outcome
