"""The client's version keeps every answer and the evidence of what was found."""

from dataclasses import replace

import pytest

from diagnostics.report.abridge import abridge
from tests.report.sample import missing_section, sample_card, sample_outline, sample_section

TROUBLED, CLEAR, TRIFLE, LESSER = "stores.league", "venue.mix", "venue.trifle", "venue.lesser"


@pytest.fixture
def brief():
    outline = sample_outline("en")
    card = sample_card("en", 1)
    sections = (
        sample_section("en", TROUBLED, cards=(replace(card, severity="medium"),)),
        sample_section("en", CLEAR),
        sample_section("en", TRIFLE, cards=(replace(card, severity="info"),)),
        sample_section("en", LESSER, cards=(replace(card, severity="low"),)),
        missing_section("en"),
    )
    chapter = replace(outline.chapters[0], sections=sections)
    return abridge(replace(outline, chapters=(chapter,)), "the whole is elsewhere")


def test_a_section_with_a_grave_finding_keeps_its_figure_and_its_first_table(brief):
    (section, *_) = brief.chapters[0].sections
    assert section.name == TROUBLED
    assert section.figure is not None
    assert (len(section.tables), len(section.findings)) == (1, 1)


def test_a_section_without_a_trouble_keeps_its_answer_only(brief):
    clear, trifle, _ = brief.chapters[0].sections[1:]
    for section in (clear, trifle):
        assert section.answer
        assert (section.figure, section.tables, section.findings) == (None, (), ())


def test_a_lesser_finding_keeps_its_card_without_a_picture(brief):
    lesser = brief.chapters[0].sections[3]
    assert lesser.name == LESSER
    assert lesser.answer
    assert (lesser.figure, lesser.tables, len(lesser.findings)) == (None, (), 1)


def test_what_was_not_computed_stands_in_its_list_alone(brief):
    assert len(brief.chapters[0].sections) == 4
    assert brief.not_computable == sample_outline("en").not_computable
    assert brief.note == "the whole is elsewhere"


def test_notes_without_a_decision_are_left_to_the_full_version(brief):
    assert "info" in {card.severity for card in sample_outline("en").other_findings}
    assert {card.severity for card in brief.other_findings} == {"medium", "low"}
