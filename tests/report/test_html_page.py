from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from material import make_exhibit, make_finding, make_outline, make_section
from page import Page, render, sample_page
from sample import BOLD, REGULAR, sample_outline

from diagnostics.report.fonts import build_faces, subset_font

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@LANGUAGES
def test_the_page_is_balanced_and_ids_are_unique_and_linked(language):
    page = sample_page(language)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    targets = [a["href"][1:] for a in page.find("a") if a["href"].startswith("#")]
    assert set(targets) <= set(page.ids)
    named = [word for _, a in page.elements for word in a.get("aria-labelledby", "").split()]
    assert set(named) <= set(page.ids)


@LANGUAGES
def test_headings_start_with_one_h1_and_skip_no_level(language):
    levels = [int(tag[1]) for tag, _ in sample_page(language).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@LANGUAGES
def test_landmarks_and_language_are_there(language):
    page = sample_page(language)
    assert [len(page.find(tag)) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.find("html") == [{"lang": {"zh": "zh-CN", "en": "en"}[language]}]
    assert page.find("a")[0] == {"class": "skip", "href": "#main"}


@LANGUAGES
def test_nothing_is_loaded_from_anywhere(language):
    html = sample_page(language).html
    assert re.findall(r"url\((?!data:font/woff;base64,|#)", html) == []
    names = re.sub(r'xmlns(:\w+)?="http://www\.w3\.org/[^"]*"', "", html)
    assert re.findall(r"https?:|//[a-z]", re.sub(r"base64,[^)]*\)|//# ?|\s// [^\n]*", "", names)) == []
    assert not {"link", "iframe", "object", "embed", "base", "form"} & {
        tag for tag, _ in sample_page(language).elements
    }


@LANGUAGES
def test_only_the_script_with_the_hash_may_run(language):
    html = sample_page(language).html
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    assert len(scripts) == 1
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy
    assert html.index("Content-Security-Policy") < html.index("<style")


def test_the_english_page_holds_no_chinese():
    assert CHINESE.findall(sample_page("en").text) == []


def test_the_same_outline_gives_the_same_bytes():
    assert render(sample_outline("en")) == render(sample_outline("en"))


def test_cells_carry_what_they_sort_by_and_headings_are_buttons():
    page = sample_page("en")
    cells = [a for a in page.find("td") if a.get("class") == "number"]
    assert {"class": "number", "data-sort": "1200.0"} in cells
    assert {"class": "number"} in cells  # nothing observed, nothing to sort by
    assert {button["data-kind"] for button in page.find("button")} == {"number", "text"}
    assert all(button["type"] == "button" for button in page.find("button"))


def test_every_box_that_scrolls_can_be_reached_and_is_named():
    boxes = [a for a in sample_page("zh").find("div") if a.get("class") in {"scroll", "pan"}]
    assert boxes
    assert all(box["tabindex"] == "0" and box["role"] == "region" and box["aria-label"] for box in boxes)


def test_severity_is_said_in_words_and_shapes():
    page = sample_page("en")
    assert {"High", "Medium", "Low", "Note"} <= {word.strip() for word in page.words["span"]}
    assert len([a for a in page.find("span") if a.get("class") == "mark"]) == 3 + 3 + 6


def test_each_answer_says_how_it_is_known():
    page = sample_page("en")
    assert page.words["summary"].count("How do you know?") == 3
    assert "top_share = 0.6" in page.text
    assert {"href": "notebooks/02_people.html#people.concentration"} in page.find("a")


def test_rows_left_out_are_counted():
    assert "Further rows in the XLSX appendix: 12." in sample_page("en").text


def test_an_outline_with_nothing_in_it_still_makes_a_page():
    page = Page(render(make_outline("en")))
    assert page.faults == []
    assert "No finding passed the threshold" in page.text


def test_an_assembled_outline_makes_a_sound_page():
    finding = make_finding(rank=1)
    sections = (
        make_section("people.reach", "computed", finding),
        make_section("people.failed", "failed"),
        make_section("venue.loop", "not_computable"),
        make_section("plan.extra", "judged"),
    )
    exhibits = {"people.reach": (make_exhibit(40),), "plan.extra": (make_exhibit(0), make_exhibit(2))}
    own = make_finding("own.word", rank=2)
    page = Page(render(make_outline("zh", sections=sections, findings=(finding, own), exhibits=exhibits)))
    assert page.faults == []
    assert "finding-2" in page.ids
    assert "另有 15 行，见 XLSX 附录。" in page.text


def read_font(encoded: bytes) -> set[int]:
    with TTFont(BytesIO(base64.b64decode(encoded))) as font:
        return set(font.getBestCmap())


def test_a_font_keeps_exactly_the_characters_used_and_ascii():
    kept = read_font(subset_font(REGULAR.read_bytes(), "私域😀"))
    assert {ord("私"), ord("域"), ord("A")} <= kept
    assert ord("货") not in kept


def test_bold_characters_that_the_bold_font_lacks_come_from_the_regular_one():
    faces = build_faces(REGULAR.read_bytes(), BOLD.read_bytes(), "私镕")
    assert faces.count("@font-face") == 3
    assert f"unicode-range:U+{ord('镕'):X};" in faces


def test_all_characters_shown_are_in_the_fonts_of_the_page():
    page = sample_page("zh")
    encoded = re.search(r"font-weight:400;src:url\(data:font/woff;base64,([^)]*)\)", page.html)[1]
    wanted = {ord(c) for c in page.text if not c.isspace() and c.isprintable()}
    assert wanted <= read_font(encoded.encode())
