"""Chapters of the report: one a wing, each opening with its answer in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.model.names import WINGS
from diagnostics.model.section import Section
from diagnostics.model.wording import word_number
from diagnostics.report.cards import ADDED
from diagnostics.report.outline import Chapter, FindingCard
from diagnostics.report.section_blocks import Material, build_added, build_section
from diagnostics.report.setting import Setting
from diagnostics.report.words import end_sentence

EXAMINED = frozenset(["computed", "judged"])


def build_chapters(
    sections: Sequence[Section], material: Material, cards: Sequence[FindingCard], setting: Setting
) -> tuple[Chapter, ...]:
    """Chapters in the order of the wings' names, further wings after them in order of appearance."""
    wings = dict.fromkeys([*WINGS, *(section.wing for section in sections)])
    chapters = [
        build_chapter(wing, [section for section in sections if section.wing == wing], material, cards, setting)
        for wing in wings
        if any(section.wing == wing for section in sections)
    ]
    added = build_added(cards, setting)
    if added is not None:
        title, lead = setting.words["added_title"], setting.words["added_answer"]
        chapters.append(Chapter(name=ADDED.split(".", maxsplit=1)[0], title=title, lead=lead, sections=(added,)))
    return tuple(chapters)


def build_chapter(
    wing: str, sections: Sequence[Section], material: Material, cards: Sequence[FindingCard], setting: Setting
) -> Chapter:
    """The sections of one wing: those with an answer first, in the order given."""
    ordered = sorted(sections, key=lambda section: section.status not in EXAMINED)
    names = {section.check for section in sections}
    title = setting.word(WINGS[wing]) if wing in WINGS else setting.words.get(f"wing_{wing}", wing)
    return Chapter(
        name=wing,
        title=title,
        lead=_tell_lead(sections, [card for card in cards if card.section in names], setting),
        sections=tuple(build_section(section, material, cards, setting) for section in ordered),
    )


def _tell_lead(sections: Sequence[Section], cards: Sequence[FindingCard], setting: Setting) -> str:
    examined = sum(section.status in EXAMINED for section in sections)
    if not examined:
        return setting.words["chapter_lead_none"]
    key = "chapter_lead" if cards else "chapter_lead_clear"
    lead = setting.say(key, examined=word_number(examined), findings=word_number(len(cards)))
    if not cards:
        return lead
    top = setting.say("chapter_lead_top", title=min(cards, key=lambda card: card.rank).title)
    gap = "" if setting.language == "zh" else " "
    return lead + gap + end_sentence(top, setting.words)
