"""The two-hour session as a short PDF: agenda, points with their figures, and the decision log to fill in by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from diagnostics.report.glyphs import map_strings, read_coverage
from diagnostics.report.outline import TableBlock
from diagnostics.report.pdf import REGULAR, print_pdf
from diagnostics.report.session import SessionPack, SessionPart
from diagnostics.report.session_decisions import Decision
from diagnostics.report.session_points import Point
from diagnostics.report.typeset import LONGEST_PHRASE, Page, Press, set_letters, set_line, set_plain
from diagnostics.report.words import fill_words

TEMPLATE = "session.typ"
LONGEST_TITLE, LONGEST_NAME = 90, 48
# A point takes a fifth of a page: its table keeps what stands out.
MOST_ROWS, MOST_COLUMNS = 4, 4
# Of the cells of a row together.
LONGEST_ROW = 128
LONGEST_CAUSE = 420
BLANK_ROWS = 5


def render_session_pdf(pack: SessionPack, *, templates: Path, fonts: Path, stamp: datetime) -> bytes:
    """The session as a tagged PDF (PDF/UA-1) of A4 pages; the same pack and stamp give the same bytes."""
    pages = lay_out_session(pack, read_coverage(fonts / REGULAR))
    return print_pdf(pages, template=TEMPLATE, templates=templates, fonts=fonts, stamp=stamp)


def lay_out_session(pack: SessionPack, covered: frozenset[int]) -> Page:
    """The pack as lists, dicts and strings that the page template reads."""
    press = Press(covered=covered, language=pack.language, words=pack.words)
    return {
        "language": pack.language,
        "words": map_strings(pack.words, lambda text: set_letters(text, press)),
        "title": set_plain(pack.title, press)[:LONGEST_TITLE] or pack.words["session_kind"],
        "heading": set_line(pack.title, press, LONGEST_TITLE) or pack.words["session_kind"],
        "client": set_line(pack.client, press, LONGEST_NAME),
        "subtitle": set_line(pack.subtitle, press),
        "run_id": set_line(pack.run_id, press, LONGEST_NAME),
        "parts": [_lay_part(part, pack, press) for part in pack.parts],
        "decisions": [_lay_decision(one, press) for one in pack.decisions],
        "questions": [set_line(asked, press) for asked in pack.questions],
        "blank_rows": BLANK_ROWS,
    }


def _lay_part(part: SessionPart, pack: SessionPack, press: Press) -> Page:
    ranks = [f"#{point.rank}" for point in part.points if point.rank is not None]
    return {
        "clock": part.clock,
        "title": set_line(part.title, press),
        "aim": set_line(part.aim, press),
        "ranks": " ".join(ranks),
        "minutes": fill_words(pack.words, "session_minutes", n=str(part.minutes)),
        "points": [_lay_point(point, pack, press) for point in part.points],
    }


def _lay_point(point: Point, pack: SessionPack, press: Press) -> Page:
    figure = f"{point.figure_name}{pack.words['colon']}{point.figure}" if point.figure else ""
    return {
        "minutes": fill_words(pack.words, "session_minutes", n=str(point.minutes)),
        "title": set_line(point.title, press, LONGEST_PHRASE),
        "figure": set_line(figure, press),
        "cause": set_line(point.lines[0], press, LONGEST_CAUSE) if point.rank is not None else "",
        "table": None if point.figure or point.table is None else _lay_table(point.table, point.title, press),
        "ask": set_line(point.ask, press),
        "reference": set_line(point.reference, press),
    }


def _lay_table(table: TableBlock, under: str, press: Press) -> Page:
    """A table under a point's title; its own title is left out where the two are the same."""
    longest = LONGEST_ROW // min(len(table.headers), MOST_COLUMNS)

    def cut(cells: Sequence[str]) -> list[str]:
        return [set_line(cell, press, longest) for cell in cells[:MOST_COLUMNS]]

    return {
        "title": "" if table.title == under else set_line(table.title, press),
        "headers": cut(table.headers),
        "numeric": list(table.numeric[:MOST_COLUMNS]),
        "rows": [cut([cell.shown for cell in row]) for row in table.rows[:MOST_ROWS]],
    }


def _lay_decision(decision: Decision, press: Press) -> Page:
    names = ("finding", "action", "proposal", "owner", "money", "first", "watch")
    return {name: set_line(getattr(decision, name), press, LONGEST_PHRASE) for name in names}
