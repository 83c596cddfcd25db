from io import BytesIO
from itertools import cycle

import pytest
from hostile import HOSTILE, change_texts
from pptx import Presentation
from pypdf import PdfReader
from sample import FONTS, TEMPLATES
from session_sample import STAMP, assemble, build, list_exhibits, list_findings

from diagnostics.report.session_pages import render_session_pdf
from diagnostics.workbook.session_pack import ENDINGS, render_session


def render(pack):
    return render_session_pdf(pack, templates=TEMPLATES, fonts=FONTS, stamp=STAMP)


def read(pack):
    pdf = PdfReader(BytesIO(render(pack)))
    return pdf, "".join(page.extract_text() for page in pdf.pages).replace("\u200b", "").replace("\n", " ")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_hold_the_agenda_every_point_and_the_log(language):
    pack = build(language)
    pdf, text = read(pack)
    flat = text.replace(" ", "")
    for part in pack.parts:
        assert part.clock in text
        for point in part.points:
            assert point.title.replace(" ", "") in flat
            assert point.reference.replace(" ", "") in flat
            assert point.rank is None or point.lines[0].replace(" ", "") in flat
    assert all(one.action.replace(" ", "") in flat for one in pack.decisions)
    assert pack.words["session_open"].replace(" ", "") in flat
    assert pdf.metadata.title == pack.title


def test_the_log_lies_on_a_page_turned_sideways():
    pdf, _ = read(build())
    assert [page.mediabox.width > page.mediabox.height for page in pdf.pages][-1]
    assert len(pdf.pages) <= 6


def test_hostile_text_in_every_place_is_only_text():
    bad = cycle(HOSTILE)
    pdf, text = read(change_texts(build("en"), lambda text: f"{next(bad)} {text}"))
    assert "<script>" in text
    assert not {"\u202e", "\u2066"} & set(text)
    assert not any("/URI" in str(note.get_object()) for page in pdf.pages for note in page.get("/Annots", ()))


def test_a_run_in_which_nothing_was_examined_still_makes_pages():
    _, text = read(build("en", is_empty=True))
    assert "The roadmap holds no action to decide on" in text


def test_the_files_of_the_session_come_in_the_order_of_their_endings():
    pages, slides = render_session(
        assemble("zh"), exhibits=list_exhibits(), findings=list_findings(), currency="CNY", stamp=STAMP
    )
    assert ENDINGS == ("pdf", "pptx")
    assert pages[:4] == b"%PDF"
    assert len(Presentation(BytesIO(slides)).slides) > 6


def test_the_same_session_gives_the_same_bytes():
    assert render(build()) == render(build())
