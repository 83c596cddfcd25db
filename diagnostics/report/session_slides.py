"""The two-hour session as slides: one a point, with native charts and tables, the evidence in the speaker's notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from diagnostics.report.outline import TableBlock
from diagnostics.report.session import SessionPack, SessionPart
from diagnostics.report.session_points import Point
from diagnostics.report.slide_books import repack
from diagnostics.report.slide_charts import add_chart
from diagnostics.report.slide_deck import WIDTH, open_deck
from diagnostics.report.slide_fit import TableFit, clean, fit_table
from diagnostics.report.slide_shapes import (
    ACCENT,
    INK,
    MUTED,
    TINT,
    Box,
    add_number,
    add_table,
    add_text,
    fill_frame,
)
from diagnostics.report.words import fill_words

LEFT, ROOM = 40.0, WIDTH - 80.0
KICKER, TITLE = Box(LEFT, 10, ROOM, 26), Box(LEFT, 34, ROOM, 68)
BODY = Box(LEFT, 108, ROOM, 390)
WORDS, PICTURE = Box(LEFT, 108, 390, 318), Box(LEFT + 406, 108, ROOM - 406, 318)
ASK = Box(LEFT, 438, ROOM, 58)
FOOT, NUMBER = Box(LEFT, 506, ROOM - 70, 24), Box(WIDTH - 100, 506, 60, 24)
LARGE, NORMAL = (24, 22, 20, 18, 16, 14), (15, 14, 13, 12, 11, 10)
IN_TABLES = (13, 12, 11, 10, 9)
LOG_SIZES = (10,)
MOST_DECISION_LINES = 8
DECISION_SHARES = (0.24, 0.08, 0.14, 0.11, 0.1, 0.1, 0.08, 0.06, 0.09)
LEAST_ROW = 36.0
BLANK_ROWS = 4
LONGEST_NOTES = 2000


def render_slides(pack: SessionPack, *, stamp: datetime) -> bytes:
    """The session as PPTX; the same pack and stamp give the same bytes."""
    deck = open_deck()
    _add_cover(deck, pack)
    _add_agenda(deck, pack)
    for number, part in enumerate(pack.parts, start=1):
        for point in part.points:
            _add_point(deck, pack, f"{number} {part.title}", point)
    _add_decisions(deck, pack)
    _add_questions(deck, pack)
    _set_properties(deck, pack, stamp)
    buffer = BytesIO()
    deck.save(buffer)
    return repack(buffer.getvalue())


def _add_slide(deck: Any, pack: SessionPack, kicker: str, title: str, foot: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only"))
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = TITLE.emu
    fill_frame(shape.text_frame, TITLE, [title], LARGE, ACCENT, bold=True)
    add_text(slide, KICKER, [kicker], (11,), MUTED)
    add_text(slide, FOOT, [foot or pack.client], (10, 9, 8), MUTED)
    add_number(slide, NUMBER, len(deck.slides))
    return slide


def _add_cover(deck: Any, pack: SessionPack) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only"))
    title, under = Box(80, 150, WIDTH - 160, 130), Box(80, 290, WIDTH - 160, 60)
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = title.emu
    fill_frame(shape.text_frame, title, [pack.title], (40, 36, 32, 28, 24, 20), ACCENT, bold=True)
    words = pack.words
    add_text(slide, under, [pack.subtitle, f"{words['run']} {pack.run_id}"], (14, 13, 12, 11), MUTED)
    add_text(slide, Box(80, 440, WIDTH - 160, 50), [words["confidentiality"]], (11, 10, 9), MUTED)


def _add_agenda(deck: Any, pack: SessionPack) -> None:
    words = pack.words
    slide = _add_slide(deck, pack, words["session_kind"], words["session_agenda"], words["session_agenda_lead"])
    headers = [words["session_time"], words["session_part"], words["session_aim"], words["findings"]]
    rows = [[part.clock, part.title, part.aim, _list_ranks(part)] for part in pack.parts]
    fit = fit_table(headers, rows, width=ROOM, height=BODY.height, sizes=(16, 15, 14, *IN_TABLES))
    add_table(slide, BODY, headers, fit)


def _list_ranks(part: SessionPart) -> str:
    """The findings of a part by number."""
    return " ".join(f"#{point.rank}" for point in part.points if point.rank is not None)


def _add_point(deck: Any, pack: SessionPack, part: str, point: Point) -> None:
    words = pack.words
    minutes = fill_words(words, "session_minutes", n=str(point.minutes))
    slide = _add_slide(deck, pack, f"{part} · {minutes}", point.title, point.reference)
    said = WORDS if point.figure or point.lines else None
    picture = PICTURE if said is not None else BODY._replace(height=WORDS.height)
    if said is not None:
        _add_words(slide, said, point)
    if point.chart is not None:
        add_chart(slide, picture, point.chart)
    elif point.table is not None:
        _add_table(slide, picture, point.table, point.marked, is_titled=point.table.title != point.title)
    ask = f"{words['session_ask']}{words['colon']}{point.ask}"
    add_text(slide, ASK, [ask], NORMAL, INK, bold=True, fill=TINT)
    notes = [clean(line) for line in point.notes]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)[:LONGEST_NOTES]


def _add_words(slide: Any, box: Box, point: Point) -> None:
    top = box.top
    if point.figure:
        add_text(slide, Box(box.left, top, box.width, 26), [point.figure_name], (12,), MUTED)
        add_text(
            slide,
            Box(box.left, top + 24, box.width, 54),
            [point.figure],
            (26, 24, 22, 20, 18, 16, 14, 12),
            ACCENT,
            bold=True,
        )
        top += 88
    if point.lines:
        add_text(slide, Box(box.left, top, box.width, box.top + box.height - top), point.lines, NORMAL)


def _add_table(slide: Any, box: Box, table: TableBlock, marked: int | None, *, is_titled: bool) -> None:
    room = box
    if is_titled:
        add_text(slide, box._replace(height=26), [table.title], (12, 11, 10, 9), MUTED)
        room = box._replace(top=box.top + 24, height=box.height - 24)
    rows = [[cell.shown for cell in row] for row in table.rows]
    fit = fit_table(table.headers, rows, width=room.width, height=room.height, sizes=IN_TABLES)
    add_table(slide, room, table.headers, fit, numeric=table.numeric, marked=marked)


def _add_decisions(deck: Any, pack: SessionPack) -> None:
    words = pack.words
    names = ("decision", "proposal", "owner", "money", "first", "watch", "verdict", "date", "open")
    headers = [words[f"session_{name}"] for name in names]
    rows = [
        [f"{one.finding} {one.action}", one.proposal, one.owner, one.money, one.first, one.watch, "", "", ""]
        for one in pack.decisions
    ]
    _add_pages(deck, pack, words["session_decisions"], headers, rows, shares=DECISION_SHARES)


def _add_questions(deck: Any, pack: SessionPack) -> None:
    """The open questions: those put back to the client, and room for those that come up."""
    words = pack.words
    rows = [[asked, ""] for asked in (*pack.questions, *[""] * BLANK_ROWS)]
    headers = [words["session_questions"], words["session_answer"]]
    _add_pages(deck, pack, words["session_open"], headers, rows, shares=(0.55, 0.45))


def _add_pages(
    deck: Any,
    pack: SessionPack,
    title: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    shares: Sequence[float],
) -> None:
    """A table over as many slides as it needs."""
    words, left, page = pack.words, list(rows), 1
    while left or page == 1:
        fit = _fit_log(headers, left, shares)
        named = fill_words(words, "session_continued", title=title, n=str(page)) if page > 1 else title
        slide = _add_slide(deck, pack, words["session_kind"], named, "")
        add_table(slide, BODY, headers, fit)
        left, page = left[max(1, len(fit.rows)) :], page + 1


def _fit_log(headers: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> TableFit:
    return fit_table(
        headers,
        rows,
        width=ROOM,
        height=BODY.height,
        sizes=LOG_SIZES,
        lines=MOST_DECISION_LINES,
        shares=shares,
        least=LEAST_ROW,
    )


def _set_properties(deck: Any, pack: SessionPack, stamp: datetime) -> None:
    properties = deck.core_properties
    moment = stamp.astimezone(UTC).replace(tzinfo=None) if stamp.tzinfo is not None else stamp
    properties.created = properties.modified = moment.replace(microsecond=0)
    properties.title, properties.subject = clean(pack.title, 200), clean(pack.words["report_kind"], 200)
    properties.author = properties.last_modified_by = ""
    properties.language, properties.revision = pack.language, 1
