from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pypdf import PdfReader
from sample import FONTS, TEMPLATES, open_with, sample_outline, sample_section, sample_table

from diagnostics.report.outline import Cell, Opening, TableBlock
from diagnostics.report.pdf import render_pdf

STAMP = datetime(2025, 1, 10, 9, 30, tzinfo=UTC)


def render(outline, stamp=STAMP):
    return render_pdf(outline, templates=TEMPLATES, fonts=FONTS, stamp=stamp)


def read(outline):
    return PdfReader(BytesIO(render(outline)))


def flatten(text):
    return "".join(text.replace("\u200b", "").split())


@pytest.fixture(scope="module", params=["zh", "en"])
def outline(request):
    return sample_outline(request.param)


@pytest.fixture(scope="module")
def pdf(outline):
    return read(outline)


@pytest.fixture(scope="module")
def pages(pdf):
    return [flatten(page.extract_text()) for page in pdf.pages]


def titles(entries):
    return [title for e in entries for title in (titles(e) if isinstance(e, list) else [e["/Title"]])]


def test_the_same_outline_gives_the_same_bytes(outline):
    assert render(outline) == render(outline)


def test_a_stamp_without_a_zone_is_utc_and_zones_agree(outline):
    there = STAMP.astimezone(timezone(timedelta(hours=8)))
    assert render(outline, STAMP.replace(tzinfo=None)) == render(outline) == render(outline, there)


def test_it_is_tagged_and_says_its_title_and_language(pdf, outline):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith(outline.language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == outline.title
    assert pdf.metadata.creation_date == STAMP
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data()


def test_only_our_fonts_are_in_it_and_they_are_embedded(pdf):
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert {font["/BaseFont"].split("+")[1] for font in fonts} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_pages_are_a4_upright(pdf):
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}


def test_the_conclusion_stands_whole_on_the_second_page(pages, outline):
    parts = [outline.verdict, *(c.title for c in outline.top_findings), *(c.action for c in outline.top_findings)]
    parts += [part for figure in outline.key_figures for part in figure]
    assert all(flatten(part) in pages[1] for part in parts)


def test_parts_come_in_reading_order(pdf, outline):
    keys = ["conclusion", "other_findings", "definitions", "method", "not_computable"]
    names = [outline.words[key] for key in [*keys, "questions", "attribution"]]
    names[3:3] = [chapter.title for chapter in outline.chapters]
    marks = titles(pdf.outline)
    assert [mark for mark in marks if mark in names] == names


def test_bookmarks_hold_every_question(pdf, outline):
    asked = {section.question for chapter in outline.chapters for section in chapter.sections}
    assert asked <= set(titles(pdf.outline))


def test_every_page_but_the_cover_says_client_run_and_place(pages, outline):
    for number, page in enumerate(pages[1:], start=2):
        assert outline.client.replace(" ", "") in page
        assert outline.run_id in page
        assert f"{number}/{len(pages)}" in page


def test_the_contents_give_page_numbers(pages, outline):
    for chapter in outline.chapters:
        place = next(n for n, page in enumerate(pages[3:], start=4) if flatten(chapter.lead) in page)
        assert flatten(f"{chapter.title}{place}") in pages[2].replace(".", "")


def test_cards_tables_caveats_and_reasons_are_told(pages, outline):
    text = "".join(pages)
    card = outline.chapters[0].sections[0].findings[0]
    parts = (card.cause, card.action, card.owner, card.validation, card.stop_rule, card.evidence, card.impact)
    section = outline.chapters[0].sections[0]
    more = (*section.caveats, section.figure.definition, section.tables[0].note, section.tables[0].title)
    assert all(flatten(part) in text for part in (*parts, *more, outline.chapters[1].sections[1].reason))


def test_pictures_carry_their_description(pdf, outline):
    assert outline.chapters[0].sections[0].figure.alt in collect_alts(pdf.trailer["/Root"]["/StructTreeRoot"])


def collect_alts(node):
    node = node.get_object()
    if not isinstance(node, dict):
        return [alt for kid in node for alt in collect_alts(kid)] if isinstance(node, list) else []
    own = [node["/Alt"]] if "/Alt" in node else []
    return own + (collect_alts(node["/K"]) if "/K" in node else [])


def test_the_header_of_a_table_repeats_on_its_next_page(outline):
    sections = tuple(
        replace(sample_section(outline.language, f"people.long{place}", rows=12 if place % 3 else 2), figure=None)
        for place in range(12)
    )
    chapter = replace(outline.chapters[0], sections=sections)
    found = [flatten(page.extract_text()) for page in read(replace(outline, chapters=(chapter,))).pages]
    header = flatten("".join(sample_table(outline.language).headers))
    tables = sum(len(section.tables) for section in sections)
    assert sum(page.count(header) for page in found) > tables


def test_a_long_table_shows_12_rows_and_says_how_many_are_left():
    outline = sample_outline("zh")
    chapter = replace(outline.chapters[0], sections=(sample_section("zh", "people.long", rows=70),))
    text = flatten("".join(p.extract_text() for p in read(replace(outline, chapters=(chapter,))).pages))
    assert "Shop12" in text
    assert "Shop13" not in text
    assert "另有70行" in text


def test_a_report_with_next_to_nothing_in_it_prints():
    bare = replace(
        sample_outline("en"),
        client="",
        title="",
        subtitle="",
        verdict="",
        key_figures=(),
        top_findings=(),
        other_findings=(),
        data_account=Opening(),
        chapters=(),
        method=(),
        not_computable=None,
        questions=None,
        attribution=(),
    )
    text = "".join(page.extract_text() for page in read(bare).pages)
    assert bare.words["no_findings"] in text


def test_a_table_of_sixteen_columns_stays_on_the_page():
    wide = TableBlock(
        name="wide",
        title="wide",
        headers=tuple(f"Column number {i}" for i in range(16)),
        numeric=(False,) + (True,) * 15,
        rows=((Cell(shown="name"), *(Cell(shown="1,234,567.89"),) * 15),) * 3,
    )
    found = []
    for page in read(open_with(Opening(tables=(wide,)))).pages:
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, _size: found.append(tm[4]) if text.strip() else None
        )
    assert max(found) < 595 - 60
