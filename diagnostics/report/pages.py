"""The outline made ready for print, as plain data that the page template reads."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.model.wording import shorten
from diagnostics.report.cards import GRAVE
from diagnostics.report.glyphs import map_strings
from diagnostics.report.outline import Chapter, FindingCard, Opening, Outline, SectionBlock
from diagnostics.report.typeset import (
    LONGEST_PHRASE,
    Page,
    Press,
    set_figure,
    set_letters,
    set_line,
    set_plain,
    set_table,
    set_text,
)

TOP_FINDINGS = 3
LONGEST_NAME = 48
LONGEST_TITLE = 90
UNNAMED = "—"  # a heading must not be empty
LONGEST_KEY_FIGURE = 60
# Print shows the tables that carry the answer; the workbook has them all, and the thresholds.
MOST_TABLES = 2
CARD_ON_ONE_PAGE = 1400  # characters; a longer card may break over pages

Key = tuple[int, str, str]


def lay_out(outline: Outline, covered: frozenset[int]) -> Page:
    """The outline as lists, dicts and strings; every string holds only what the fonts can show."""
    press = Press(covered=covered, language=outline.language, words=outline.words)
    return {
        "language": outline.language,
        "words": map_strings(outline.words, lambda text: set_letters(text, press)),
        **_lay_front(outline, press),
        **_lay_findings(outline, press),
        "definitions": set_table(outline.definitions, press, LONGEST_PHRASE),
        "note": set_text(outline.note, press),
        "chapters": [_lay_chapter(chapter, press) for chapter in outline.chapters],
        "method": [[set_line(name, press), set_text(text, press)] for name, text in outline.method],
        "not_computable": set_table(outline.not_computable, press, LONGEST_PHRASE),
        "questions": set_table(outline.questions, press, LONGEST_PHRASE),
        "attribution": [set_text(line, press) for line in outline.attribution],
    }


def _lay_front(outline: Outline, press: Press) -> Page:
    kind = outline.words["report_kind"]
    return {
        "title": shorten(set_plain(outline.title, press) or kind, LONGEST_TITLE),
        "cover_title": set_line(outline.title, press, LONGEST_TITLE) or kind,
        "cover_client": set_line(outline.client, press, LONGEST_TITLE),
        "client": shorten(set_plain(outline.client, press), LONGEST_TITLE),
        "short_client": shorten(set_plain(outline.client, press), LONGEST_NAME),
        "subtitle": set_line(outline.subtitle, press),
        "confidentiality": set_line(outline.confidentiality, press, LONGEST_PHRASE),
        "run_id": shorten(set_plain(outline.run_id, press), LONGEST_NAME),
        "verdict": set_text(outline.verdict, press),
        "key_figures": [
            [set_line(part, press, LONGEST_KEY_FIGURE) for part in figure] for figure in outline.key_figures
        ],
    }


def _lay_findings(outline: Outline, press: Press) -> Page:
    """The top findings, the others, and in full those that no section tells about."""
    housed = {_key(card) for card in _cards_of_sections(outline)}
    cards = {_key(card): card for card in outline.cards}
    others = (*outline.top_findings[TOP_FINDINGS:], *outline.other_findings)
    return {
        "top": [_summarise(card, press) for card in outline.top_findings[:TOP_FINDINGS]],
        "others": [_summarise(card, press) for card in others],
        "homeless": [_lay_card(card, press) for key, card in cards.items() if key not in housed],
    }


def _cards_of_sections(outline: Outline) -> Iterable[FindingCard]:
    return (card for chapter in outline.chapters for section in chapter.sections for card in section.findings)


def _key(card: FindingCard) -> Key:
    return card.rank, card.code, card.section


def _summarise(card: FindingCard, press: Press) -> Page:
    lines = ("severity_word", "title", "impact", "shared", "confidence", "owner")
    sentences = ("cause", "action", "validation")
    anchor = set_plain(":".join(map(str, _key(card))), press)
    code = shorten(set_plain(card.code, press), LONGEST_NAME)
    marks = {"rank": card.rank, "severity": card.severity, "anchor": anchor, "code": code}
    said = {name: set_line(getattr(card, name), press, LONGEST_PHRASE) for name in sentences}
    return marks | said | {name: set_line(getattr(card, name), press) for name in lines}


def _lay_card(card: FindingCard, press: Press) -> Page:
    names = ("cause", "action", "validation", "stop_rule", "evidence")
    texts = {name: set_text(getattr(card, name), press) for name in names}
    is_long = sum(map(len, texts.values())) > CARD_ON_ONE_PAGE
    return _summarise(card, press) | texts | {"breakable": is_long, "grave": card.severity in GRAVE}


def _lay_chapter(chapter: Chapter, press: Press) -> Page:
    return {
        "title": set_line(chapter.title, press) or UNNAMED,
        "lead": set_text(chapter.lead, press),
        "openings": [_lay_opening(opening, chapter, press) for opening in chapter.openings],
        "sections": [_lay_section(section, press) for section in chapter.sections],
    }


def _lay_opening(opening: Opening, chapter: Chapter, press: Press) -> Page:
    return {
        "question": set_line(opening.question, press),
        "lead": "" if opening.lead == chapter.lead else set_text(opening.lead, press),
        "notes": [set_text(note, press) for note in opening.notes],
        "tables": [set_table(table, press, LONGEST_PHRASE) for table in opening.tables],
    }


def _lay_section(section: SectionBlock, press: Press) -> Page:
    return {
        "question": set_line(section.question, press) or UNNAMED,
        "answer": set_text(section.answer, press),
        "definition": set_text(section.definition, press) if section.figure is None else "",
        "observations": set_line(section.observations, press),
        "notice": set_text(_notice(section, press), press),
        "unlocked_by": set_text(section.unlocked_by, press),
        "figure": set_figure(section.figure, press),
        "caveats": [set_text(said, press) for said in (*section.comments, *section.caveats)],
        "cards": [_lay_card(card, press) for card in section.findings],
        "tables": [set_table(table, press) for table in section.tables[:MOST_TABLES]],
        "more_tables": _tell_more(len(section.tables) - MOST_TABLES, press),
    }


def _tell_more(left_out: int, press: Press) -> str:
    return press.words["more_tables"].format(n=left_out) if left_out > 0 else ""


def _notice(section: SectionBlock, press: Press) -> str:
    if section.status == "not_computable":
        return press.words["section_not_computable"].format(reason=section.reason)
    return press.words["section_failed"] if section.status == "failed" else ""
