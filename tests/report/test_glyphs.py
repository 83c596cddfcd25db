import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import BOLD, REGULAR

from diagnostics.report.glyphs import loosen, map_strings, read_coverage, replace_missing, replace_missing_in_svg

COVERED = read_coverage(REGULAR)
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_whatever_is_left_has_a_glyph(text):
    assert all(character == "\n" or ord(character) in COVERED for character in replace_missing(text, COVERED))


@given(ANY_TEXT)
def test_replacing_twice_changes_nothing_more(text):
    once = replace_missing(text, COVERED)
    assert replace_missing(once, COVERED) == once


@given(st.text(st.sampled_from([chr(code) for code in sorted(COVERED) if code != 0xAD])))
def test_covered_text_only_gets_composed(text):
    assert replace_missing(text, COVERED) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("茶🍵", "茶□"),
        ("\u202eabc\u2066", "abc"),
        ("a\ud800b", "ab"),
        ("a\x00\x07b\tc", "ab c"),
        ("👍🏽", "□"),
        ("a\u2009b", "a b"),
        ("e\u0301", "é"),
        ("Dvořák", "Dvorák"),
        ("𝐀①", "A①"),
        ("・", "·"),
        ("line\r\nline\u2028line", "line\nline\nline"),
        ("so\u00adft", "soft"),
    ],
)
def test_what_the_font_lacks_becomes_the_nearest_thing(text, shown):
    assert replace_missing(text, COVERED) == shown


def test_without_a_box_a_question_mark_stands_in_and_without_that_nothing():
    assert replace_missing("a😀", frozenset(map(ord, "a?"))) == "a?"
    assert replace_missing("a😀", frozenset(map(ord, "a"))) == "a"


@pytest.mark.parametrize(
    ("svg", "shown"),
    [
        ("<text>😀</text>", "<text>□</text>"),
        ("<text>&#x1F600;&#65;&#60;</text>", "<text>□&#65;&#60;</text>"),
        ("<text>&#9999999;&#xD800;&#7;</text>", "<text></text>"),
    ],
)
def test_references_in_svg_are_looked_through(svg, shown):
    assert replace_missing_in_svg(svg, COVERED) == shown


def test_only_long_words_may_break():
    assert loosen("short 私域运营私域运营私域运营 word") == "short 私域运营私域运营私域运营 word"
    assert loosen("W" * 40).count("\u200b") == 39


@given(ANY_TEXT)
def test_loosening_adds_zero_width_spaces_only(text):
    assert loosen(text).replace("\u200b", "") == text.replace("\u200b", "")


def test_strings_are_found_in_every_corner():
    assert map_strings({"a": [("x", 1.5, None)], "b": True}, str.upper) == {"a": [["X", 1.5, None]], "b": True}


def test_the_bold_font_covers_less_than_the_regular_one():
    assert ord("喆") in COVERED
    assert ord("喆") not in read_coverage(BOLD)
