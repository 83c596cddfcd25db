"""The report as PDF: the outline goes to the page template as data, never as markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import typst

from diagnostics.report.glyphs import read_coverage
from diagnostics.report.outline import Outline
from diagnostics.report.pages import lay_out
from diagnostics.report.typeset import Page

REGULAR = "NotoSansSC-Regular.gbk.ttf"


def render_pdf(outline: Outline, *, templates: Path, fonts: Path, stamp: datetime) -> bytes:
    """The report as a tagged PDF (PDF/UA-1); the same outline and stamp give the same bytes.

    `templates` holds `typst/report.typ`; nothing else is read but the fonts in `fonts`. A stamp without a
    time zone is taken as UTC. Characters that the regular font lacks are replaced; one that only the bold
    font lacks is set in the regular weight. Raises `typst.TypstError` if a picture is no valid SVG.
    """
    pages = lay_out(outline, read_coverage(fonts / REGULAR))
    return print_pdf(pages, template="report.typ", templates=templates, fonts=fonts, stamp=stamp)


def print_pdf(pages: Page, *, template: str, templates: Path, fonts: Path, stamp: datetime) -> bytes:
    """Plain data set by a page template, which reads it as `outline`."""
    moment = stamp if stamp.tzinfo is not None else stamp.replace(tzinfo=UTC)
    pdf: bytes = typst.compile(
        templates / "typst" / template,
        root=templates / "typst",
        font_paths=_open_fonts(fonts),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(moment.timestamp()),
        sys_inputs={"outline": json.dumps(pages, ensure_ascii=False, allow_nan=False)},
    )
    return pdf


@lru_cache(maxsize=4)
def _open_fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
