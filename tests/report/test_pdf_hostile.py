from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import cycle

from hostile import HOSTILE, change_texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sample import FONTS, REGULAR, TEMPLATES, sample_outline

from diagnostics.report.glyphs import read_coverage
from diagnostics.report.outline import Chapter, SectionBlock
from diagnostics.report.pdf import render_pdf

STAMP = datetime(2025, 1, 10, tzinfo=UTC)
CHUNK = 1400
PAGE = 595
MARGIN = 68


def read(outline):
    return PdfReader(BytesIO(render_pdf(outline, templates=TEMPLATES, fonts=FONTS, stamp=STAMP)))


def tell(texts):
    """A report that says each text as a heading, an answer and a line of its own."""
    sections = tuple(SectionBlock(name="n", question=text, status="computed", answer=text) for text in texts)
    chapter = Chapter(name="c", title="C", lead="", sections=sections)
    return replace(sample_outline("zh"), chapters=(chapter,), attribution=tuple(texts))


def test_hostile_text_in_place_of_every_text_prints():
    bad = cycle(HOSTILE)
    assert len(read(change_texts(sample_outline("en"), lambda _text: next(bad))).pages) > 3


def test_hostile_text_in_every_place_is_only_text():
    bad = cycle(HOSTILE)
    pdf = read(change_texts(sample_outline("zh"), lambda text: f"{next(bad)} {text}"))
    text = "".join(page.extract_text() for page in pdf.pages).replace("\u200b", "")
    assert '#import "x": *' in text
    assert "<script>alert(1)</script>" in text
    assert "$ a^2 $" in text
    assert not {"\u202e", "\u2066", "\u200f"} & set(text)
    assert not any("/URI" in str(note.get_object()) for page in pdf.pages for note in page.get("/Annots", ()))


def test_nothing_runs_over_the_margins():
    pdf = read(change_texts(sample_outline("en"), lambda text: text + " " + "W" * 90))
    edges = [edge for page in pdf.pages for edge in find_edges(page)]
    assert len(edges) > 300
    assert min(start for start, _ in edges) > MARGIN - 8
    assert max(end for _, end in edges) < PAGE - MARGIN + 8


def find_edges(page):
    """Where each run of letters starts and ends, in points from the left, from the widths in its font."""
    fonts = {name: read_widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    edges, current = [], [None, 0.0]

    def note(operator, operands, cm, tm):
        if operator == b"Tf":
            current[:] = [fonts[operands[0]], float(operands[1])]
        elif operator in {b"TJ", b"Tj"}:
            widths, size = current
            parts = operands[0] if operator == b"TJ" else operands
            start = tm[4] * cm[0] + cm[4]
            edges.append((start, start + sum(measure(part, widths) for part in parts) * size * cm[0] / 1000))

    page.extract_text(visitor_operand_before=note)
    return edges


def measure(part, widths):
    if isinstance(part, int | float):
        return -float(part)
    codes = getattr(part, "original_bytes", part)
    return sum(widths.get(int.from_bytes(codes[i : i + 2]), 1000) for i in range(0, len(codes), 2))


def read_widths(font):
    """The widths of glyphs by their number; `/W` holds `first [w w …]` or `first last w`."""
    items = list(font["/DescendantFonts"][0].get_object()["/W"])
    widths = {}
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, list):
            widths |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(items.pop(0)))
    return widths


def test_texts_that_are_empty_or_vanish_leave_a_report():
    for nothing in ("", "\u202e\x00", "   \n"):
        assert len(read(change_texts(sample_outline("zh"), lambda _text, it=nothing: it)).pages) > 3


def test_the_conclusion_stays_on_one_page_however_long_its_texts_are():
    outline = change_texts(sample_outline("zh"), lambda text: text + "很长的说明" * 40)
    assert outline.words["contents"] in read(outline).pages[2].extract_text()


def test_every_character_of_the_font_prints_in_both_weights():
    characters = [chr(code) for code in sorted(read_coverage(REGULAR))]
    chunks = ["".join(characters[start : start + CHUNK]) for start in range(0, len(characters), CHUNK)]
    # A heading is cut to a line, so bold gets its characters in answers.
    assert len(read(tell(chunks)).pages) > 10


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), min_size=150, max_size=300))
def test_any_text_of_any_plane_prints(texts):
    assert read(tell(texts)).pages
