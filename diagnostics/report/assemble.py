"""Assembles the outline of a report in one language from the outcome of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diagnostics.model.chapters import ChapterTitle
from diagnostics.model.engagement import Engagement
from diagnostics.model.finding import Finding
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Section
from diagnostics.model.wording import Language, Text, shorten, word_period
from diagnostics.report.cards import build_cards, locate_findings
from diagnostics.report.chapters import build_chapters
from diagnostics.report.conclusion import build_verdict, collect_key_figures
from diagnostics.report.data_check import build_data_check
from diagnostics.report.data_files import list_files
from diagnostics.report.glossary import Glossary
from diagnostics.report.outline import FindingCard, Opening, Outline
from diagnostics.report.section_blocks import Material
from diagnostics.report.setting import Setting
from diagnostics.report.terms import build_definitions, build_method, list_not_computable
from diagnostics.report.words import Words

TOP = 3
# Each is a finding of its own, many at once: no reader's first three.
MISSING = "data.missing_export"
# The chapter on the data received, by its number.
DATA = "3"
# The check that shows every month of what the data check reconciles, and the name of both tables.
TIES_OUT, MONTHS, RECONCILED = "data.ties_out", "months", "reconciliation"
NO_NAMES = Glossary()


def assemble_outline(
    *,
    engagement: Engagement,
    sections: Sequence[Section],
    exhibits: Mapping[str, Sequence[Exhibit]],
    figures: Mapping[str, str],
    findings: Sequence[Finding],
    questions: Exhibit | None,
    run_id: str,
    language: Language,
    attribution: Sequence[Text],
    notebook_pages: Mapping[str, str],
    words: Words,
    contents: Sequence[ChapterTitle] = (),
    plan: Sequence[PlanSection] = (),
    glossary: Glossary = NO_NAMES,
) -> Outline:
    """Word everything that the report says.

    `findings` are ranked and graded; those that the consultant dropped are not among them. `figures` holds SVG
    text by check name, in this language. `notebook_pages` gives the relative page of a check or of a wing.
    """
    setting = Setting(language=language, words=words, currency=engagement.currency, glossary=glossary)
    asked = {section.check: setting.word(section.question) for section in sections}
    cards = build_cards(findings, locate_findings(sections, findings), asked, setting)
    material = Material(exhibits=exhibits, figures=figures, notebook_pages=notebook_pages)
    top = _choose_top(cards)
    tables, notes = build_data_check(engagement.account, asked, setting)
    if any(exhibit.name == MONTHS for exhibit in exhibits.get(TIES_OUT, ())):
        tables = tuple(table for table in tables if table.name != RECONCILED)
    data_account = Opening(lead=words["data_check_lead"], notes=notes, tables=tables)
    openings = {DATA: [data_account]}
    for part in plan:
        openings.setdefault(part.chapter, []).append(_open_part(part, setting))
    client = shorten(setting.word(engagement.title) or engagement.client, 120)
    return Outline(
        language=language,
        title=setting.say("title", client=client),
        client=client,
        subtitle=_tell_periods(engagement, setting),
        confidentiality=words["confidentiality"],
        run_id=run_id,
        verdict=build_verdict(findings, sections, setting),
        key_figures=collect_key_figures(exhibits, engagement.annual_gmv, setting),
        top_findings=top,
        other_findings=tuple(card for card in cards if card not in top),
        definitions=build_definitions(engagement, setting),
        data_account=data_account,
        file_list=list_files(engagement.account, setting),
        chapters=build_chapters(sections, material, cards, setting, contents=contents, openings=openings),
        method=build_method(setting),
        not_computable=list_not_computable(sections, setting),
        questions=setting.table(questions) if questions is not None else None,
        attribution=tuple(setting.word(source) for source in attribution),
        words=dict(words),
    )


def _choose_top(cards: Sequence[FindingCard]) -> tuple[FindingCard, ...]:
    """The foremost findings about the business, each of other money if there are; of all where there is none."""
    known = [card for card in cards if card.code != MISSING]
    leading = [card for card in known if card.leads and card.severity != "info"]
    told = [*leading, *(card for card in known if card not in leading)][:TOP]
    return tuple(sorted(told, key=lambda card: card.rank) or cards[:1])


def _open_part(part: PlanSection, setting: Setting) -> Opening:
    return Opening(
        name=part.name,
        question=setting.word(part.question),
        lead=setting.word(part.answer),
        tables=tuple(setting.table(exhibit) for exhibit in part.exhibits),
    )


def _tell_periods(engagement: Engagement, setting: Setting) -> str:
    horizon = engagement.horizon
    history = word_period(horizon.history.start, horizon.history.end)
    current = word_period(horizon.current.start, horizon.current.end)
    if horizon.previous is None:
        return setting.say("subtitle", history=history, current=current)
    previous = word_period(horizon.previous.start, horizon.previous.end)
    return setting.say("subtitle_compared", history=history, current=current, previous=previous)
