"""What the report shows of the consultant's notes, and what only the full version shows."""

import html
import json
import re

import pytest
from material import make_finding, make_outline, make_section
from page import render

from diagnostics.model.wording import Text
from diagnostics.report.abridge import abridge
from diagnostics.report.hand import Hand, LostNote, Rated, show_hand
from diagnostics.report.pages import lay_out

SECRET = Text(zh="内部理由 <script>alert(1)</script>", en="=cmd|' secret reason <script>alert(1)</script>")
FORM = {"base": "# 原文 “引号”\n", "findings": [{"now": {"title": {"zh": "</form><b>", "en": "\u202e"}}}], "run": "r"}


@pytest.fixture
def hand():
    rated = Rated(
        name=Text(zh="内容质量", en="Content quality"),
        low=Text(zh="差", en="poor"),
        high=Text(zh="好", en="good"),
        score=2,
        reason=Text(zh="多为硬广", en="mostly hard selling"),
        by="顾问",
    )
    lost = LostNote(kind="drop", name="goods.roles", scope={"sku": "P1"}, typed=(Text(zh="失效", en="a lost reason"),))
    return Hand(
        found=3,
        accepted=1,
        reworded=0,
        added=0,
        dropped=((make_finding(), SECRET),),
        lost=(lost,),
        ratings=(rated,),
        form=FORM,
    )


def show(language, hand):
    outline = make_outline(language, sections=(make_section("people.reach"),))
    return show_hand(outline, hand)


def test_drops_and_lost_notes_stand_in_the_full_version(hand):
    page = render(show("en", hand))
    assert "secret reason &lt;script&gt;" in page
    assert "a lost reason" in page
    assert "goods.roles · SKU: P1" in page
    assert "Findings: 3; accepted: 1, dropped: 1" in page


def test_the_clients_print_holds_ratings_but_nothing_that_was_dropped(hand):
    outline = show("en", hand)
    printed = json.dumps(lay_out(abridge(outline, "n"), frozenset(range(0x10000))), ensure_ascii=False)
    assert "mostly hard selling" in printed
    assert "judgements of a person, not computed" in printed
    assert "secret reason" not in printed
    assert "a lost reason" not in printed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_gets_its_data_whole(hand, language):
    page = render(show(language, hand))
    (data,) = re.findall(r'data-notes="([^"]*)"', page)
    assert json.loads(html.unescape(data)) == FORM
    (labels,) = re.findall(r'data-labels="([^"]*)"', page)
    assert json.loads(html.unescape(labels))["download"]
    assert "</form><b>" not in page


def test_every_control_of_the_form_has_a_label(hand):
    form = re.search(r"<form.*?</form>", render(show("en", hand)), re.DOTALL)[0]
    for control in re.finditer(r'<(input|select|textarea)\b[^>]*?(id="notes-text")?[^>]*>', form):
        before = form[: control.start()]
        assert before.rfind("<label") > before.rfind("</label") or 'id="notes-text"' in control[0]
    assert 'for="notes-text"' in form
    assert re.search(r'<form id="notes-form" hidden', form)


def test_a_report_without_notes_has_no_such_part():
    outline = make_outline("en", sections=(make_section("people.reach"),))
    assert 'id="hand"' not in render(outline)
