"""Prints the executed notebooks of a run as the analyst's appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

from diagnostics.report.appendix import render_notebook
from diagnostics.report.fonts import build_faces
from diagnostics.report.words import load_words
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import read_fonts
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.model.wording import Language
    from diagnostics.workbook.run_folder import RunFolder


def print_notebooks(run: RunFolder, language: Language) -> list[Path]:
    """One HTML page beside each executed notebook, titled by its first heading; all share one cut of the typeface."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(run.notebooks.glob("*.ipynb"))}
    notebooks = {path: nbformat.reads(source, as_version=4) for path, source in sources.items()}
    frame = "".join(load_words(TEMPLATES, language).values())
    faces = build_faces(*read_fonts(), frame + "".join(sources.values())) if sources else ""
    return [
        write_whole(
            path.with_suffix(".html"),
            render_notebook(notebook, templates=TEMPLATES, title=_read_title(notebook), language=language, faces=faces),
        )
        for path, notebook in notebooks.items()
    ]


def _read_title(notebook: nbformat.NotebookNode) -> str:
    return str(notebook.cells[0].source).splitlines()[0].lstrip("# ")
