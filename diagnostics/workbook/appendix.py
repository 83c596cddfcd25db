"""Prints the executed notebooks of a run as the analyst's appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

from diagnostics.report.appendix import render_notebook
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import read_fonts
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.model.wording import Language
    from diagnostics.workbook.run_folder import RunFolder


def print_notebooks(run: RunFolder, language: Language) -> list[Path]:
    """One HTML page beside each executed notebook, with its first heading as title."""
    return [
        write_whole(path.with_suffix(".html"), _print(path, language)) for path in sorted(run.notebooks.glob("*.ipynb"))
    ]


def _print(path: Path, language: Language) -> str:
    notebook = nbformat.read(path, as_version=4)
    title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
    return render_notebook(notebook, templates=TEMPLATES, title=title, language=language, fonts=read_fonts())
