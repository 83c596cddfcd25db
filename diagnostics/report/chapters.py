"""Chapters of the report, each opening with its answer in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diagnostics.model.chapters import ChapterTitle
from diagnostics.model.names import WINGS
from diagnostics.model.section import Section
from diagnostics.model.wording import Text, name_verbatim, word_number
from diagnostics.report.cards import ADDED, GRAVE
from diagnostics.report.outline import Chapter, FindingCard, Opening
from diagnostics.report.section_blocks import Material, build_added, build_section
from diagnostics.report.setting import Setting
from diagnostics.report.words import end_sentence, take_sentences

EXAMINED = frozenset(["computed", "judged"])


def build_chapters(
    sections: Sequence[Section],
    material: Material,
    cards: Sequence[FindingCard],
    setting: Setting,
    *,
    contents: Sequence[ChapterTitle],
    openings: Mapping[str, Sequence[Opening]],
) -> tuple[Chapter, ...]:
    """The chapters of `contents` that have something to show; wings that it does not name come after them.

    `openings` belong to the chapter of that number.
    """
    known = {wing for title in contents for wing in title.wings}
    strange = dict.fromkeys(section.wing for section in sections if section.wing not in known)
    titles = [*contents, *(ChapterTitle(number=wing, title=name_wing(wing), wings=(wing,)) for wing in strange)]
    chapters = []
    for title in titles:
        own = [section for wing in title.wings for section in sections if section.wing == wing]
        if own or openings.get(title.number):
            chapters.append(
                _build_chapter(
                    title, own, openings.get(title.number, ()), material=material, cards=cards, setting=setting
                )
            )
    added = build_added(cards, setting)
    if added is not None:
        name, words = ADDED.split(".", maxsplit=1)[0], setting.words
        chapters.append(Chapter(name=name, title=words["added_title"], lead=words["added_answer"], sections=(added,)))
    return tuple(chapters)


def _build_chapter(
    title: ChapterTitle,
    sections: Sequence[Section],
    openings: Sequence[Opening],
    *,
    material: Material,
    cards: Sequence[FindingCard],
    setting: Setting,
) -> Chapter:
    """Its sections: those with an answer first, in the order given."""
    ordered = sorted(sections, key=lambda section: section.status not in EXAMINED)
    names = {section.check for section in sections}
    own = [card for card in cards if card.section in names]
    return Chapter(
        name=title.number,
        title=setting.word(title.title if title.number in title.wings else title.name),
        lead=_tell_lead(ordered, own, setting) if _is_answered(ordered) or not openings else openings[0].lead,
        sections=tuple(build_section(section, material, cards, setting) for section in ordered),
        openings=tuple(openings),
    )


def name_wing(wing: str) -> Text:
    """The name of a wing; one that a client's own checks bring keeps its word."""
    return WINGS.get(wing) or name_verbatim(wing)


def _is_answered(sections: Sequence[Section]) -> bool:
    return any(section.status in EXAMINED for section in sections)


def _tell_lead(sections: Sequence[Section], cards: Sequence[FindingCard], setting: Setting) -> str:
    """The foremost grave finding, else the first answer, and how much was examined."""
    answered = [section for section in sections if section.status in EXAMINED]
    if not answered:
        return setting.words["chapter_lead_none"]
    examined = word_number(len(answered))
    raised = [card for card in cards if card.severity != "info"]
    grave = [card for card in raised if card.severity in GRAVE]
    findings = word_number(len(raised))
    if grave:
        top = min(grave, key=lambda card: card.rank).title.rstrip(".。")
        return setting.say("chapter_lead", title=top, examined=examined, findings=findings)
    answer = next((take_sentences(setting.word(section.answer)) for section in answered if section.answer), "")
    counts = setting.say("chapter_lead_minor" if raised else "chapter_lead_clear", examined=examined, findings=findings)
    return f"{end_sentence(answer, setting.words)}{'' if setting.language == 'zh' else ' '}{counts}".strip()
