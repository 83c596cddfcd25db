"""Prints the executed notebooks of a run as the analyst's appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.report.appendix import render_notebook
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.workbook.run_folder import RunFolder


def print_notebooks(run: RunFolder) -> list[Path]:
    """One HTML page beside each executed notebook."""
    return [
        write_whole(path.with_suffix(".html"), render_notebook(path.read_bytes(), templates=TEMPLATES, title=path.stem))
        for path in sorted(run.notebooks.glob("*.ipynb"))
    ]
