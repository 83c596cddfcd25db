"""Sections of the report: each question with its answer, figure, tables, findings and thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.model.section import Exhibit, Section
from diagnostics.model.wording import shorten, word_number
from diagnostics.report.cards import ADDED
from diagnostics.report.outline import FigureBlock, FindingCard, SectionBlock
from diagnostics.report.setting import Setting

# A status of the page alone: a section that no check left behind.
BY_CONSULTANT = "consultant"


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the checks left behind: exhibits, figures (SVG text) and notebook links by check name."""

    exhibits: Mapping[str, Sequence[Exhibit]]
    figures: Mapping[str, str]
    notebook_pages: Mapping[str, str]


def build_section(section: Section, material: Material, cards: Sequence[FindingCard], setting: Setting) -> SectionBlock:
    """One check's section; `cards` are the ranked findings of the whole report."""
    return SectionBlock(
        name=section.check,
        question=setting.word(section.question),
        status=section.status,
        answer=setting.word(section.answer),
        reason=setting.word(section.reason),
        unlocked_by=setting.word(section.unlocked_by),
        figure=_build_figure(section, material, setting),
        tables=tuple(setting.table(exhibit) for exhibit in material.exhibits.get(section.check, ())),
        findings=tuple(card for card in cards if card.section == section.check),
        caveats=tuple(setting.word(caveat) for caveat in section.caveats),
        limits=_list_limits(section, setting),
        notebook=_link_notebook(section.check, material.notebook_pages),
        definition=setting.word(section.definition),
        observations=_count_observations(section),
        comments=tuple(setting.word(comment) for comment in section.comments),
    )


def build_added(cards: Sequence[FindingCard], setting: Setting) -> SectionBlock | None:
    """A section for findings that belong to no check, such as the consultant's own; `None` without any."""
    added = tuple(card for card in cards if card.section == ADDED)
    if not added:
        return None
    return SectionBlock(
        name=ADDED,
        question=setting.words["added_question"],
        status=BY_CONSULTANT,
        answer=setting.words["added_answer"],
        findings=added,
    )


def _build_figure(section: Section, material: Material, setting: Setting) -> FigureBlock | None:
    svg = material.figures.get(section.check)
    if not svg:
        return None
    question, answer = setting.word(section.question), setting.word(section.answer)
    return FigureBlock(
        name=section.check,
        svg=svg,
        alt=setting.say("figure_alt", question=question, answer=answer),
        definition=setting.word(section.definition),
    )


def _count_observations(section: Section) -> str:
    """The largest number of observations behind the section's findings, if any states one."""
    counts = [evidence.n for finding in section.findings for evidence in finding.evidence if evidence.n is not None]
    return word_number(max(counts)).en if counts else ""


def _list_limits(section: Section, setting: Setting) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name, _word_limit(value), setting.word(section.limit_reasons.get(name)))
        for name, value in section.limits.items()
    )


def _word_limit(value: float) -> str:
    """A threshold with as many digits as it needs, six at most.

    >>> _word_limit(0.35), _word_limit(1000.0)
    ('0.35', '1,000')
    """
    digits = next((d for d in range(7) if round(value, d) == value), 6)
    return word_number(value, digits).en


def _link_notebook(check: str, pages: Mapping[str, str]) -> str:
    """The link to a check's place in its executed notebook: by check, else by wing, else none."""
    page = pages.get(check) or pages.get(check.split(".", maxsplit=1)[0], "")
    return page if not page or "#" in page else f"{page}#{shorten(check, 120)}"
