"""Prints the executed notebooks of a run as the analyst's appendix."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

import nbformat

from diagnostics.report.appendix import put_faces, render_notebook
from diagnostics.report.fonts import build_faces
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import read_fonts
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.model.wording import Language


@dataclass
class Appendix:
    """Pages of executed notebooks, printed as they come; all share one cut of the typeface, made at the end."""

    language: Language
    pages: dict[Path, str] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        """Print one executed notebook, titled by its first heading, without the typeface yet."""
        notebook = nbformat.read(path, as_version=4)
        title = str(notebook.cells[0].source).splitlines()[0].lstrip("# ")
        self.pages[path.with_suffix(".html")] = render_notebook(
            notebook, templates=TEMPLATES, title=title, language=self.language
        )

    def write(self) -> list[Path]:
        """Put the typeface into every page and write it beside its notebook."""
        faces = build_faces(*read_fonts(), unescape("".join(self.pages.values()))) if self.pages else ""
        return [write_whole(path, put_faces(page, faces)) for path, page in self.pages.items()]
