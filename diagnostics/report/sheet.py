"""A short page by itself, beside the report: a title, a few sentences, tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markupsafe import Markup

from diagnostics.model.wording import Language
from diagnostics.report.fonts import build_faces
from diagnostics.report.html import LANGUAGE_TAGS, POLICY, build_environment, digest_script, read_source
from diagnostics.report.outline import TableBlock


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One client of a portfolio: facts (label, value), what failed, and links (words, relative path)."""

    name: str
    facts: tuple[tuple[str, str], ...]
    headline: str = ""
    faults: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The page in one language."""

    language: Language
    kicker: str
    title: str
    subtitle: str
    lead: tuple[str, ...]
    notes_title: str = ""
    notes: tuple[str, ...] = ()
    tables: tuple[TableBlock, ...] = ()
    entries: tuple[Entry, ...] = ()
    foot: str = ""


def render_sheet(
    sheet: Sheet, *, templates: Path, words: Mapping[str, str], regular_font: bytes, bold_font: bytes
) -> str:
    """The page as one file without network; the same sheet gives the same text."""
    environment = build_environment(templates / "html", sheet.language)
    script = read_source(environment, "sort.js")
    body = environment.get_template("sheet.html.j2").render(sheet=sheet, words=words)
    return environment.get_template("page.html.j2").render(
        language=LANGUAGE_TAGS[sheet.language],
        title=sheet.title,
        policy=POLICY.format(digest=digest_script(script)),
        style=read_source(environment, "report.css") + read_source(environment, "sheet.css"),
        faces=Markup(build_faces(regular_font, bold_font, unescape(body))),  # noqa: S704 - our own style sheet
        body=Markup(body),  # noqa: S704 - rendered with every value escaped
        script=script,
    )
