"""The third verb: findings are ranked, the plan is drawn, and the report is rendered in each language and format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from diagnostics.intake.reasons import REASONS
from diagnostics.intake.sheet.chapters import load_chapters
from diagnostics.intake.sheet.questions import ask_client
from diagnostics.model.finding import Finding
from diagnostics.model.names import WINGS
from diagnostics.model.section import Exhibit, Field, Section
from diagnostics.model.wording import LANGUAGES, Text
from diagnostics.plan.ranking import rank_findings
from diagnostics.report.abridge import abridge
from diagnostics.report.assemble import assemble_outline
from diagnostics.report.glossary import Glossary
from diagnostics.report.hand import Hand, show_hand
from diagnostics.report.html import render_html
from diagnostics.report.pdf import render_pdf
from diagnostics.report.words import load_words
from diagnostics.report.xlsx import render_xlsx
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import name_metrics, read_fonts
from diagnostics.workbook.editing import apply_notes
from diagnostics.workbook.notebooks import find_pages
from diagnostics.workbook.notes import read_notes
from diagnostics.workbook.order import FORMATS, SESSION
from diagnostics.workbook.plan_settings import load_levers
from diagnostics.workbook.planning import make_plan
from diagnostics.workbook.readings import EDITS_FILE, METRICS_FILE, print_edits, print_readings
from diagnostics.workbook.review import build_hand
from diagnostics.workbook.run_folder import RunFolder
from diagnostics.workbook.session_pack import ENDINGS, render_session
from diagnostics.workbook.settings import read_settings, to_text
from diagnostics.workbook.vault import read_account, read_brief
from diagnostics.workbook.writing import write_json, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.plan_section import PlanSection
    from diagnostics.report.outline import Outline
    from diagnostics.workbook.case import Case

FINDING = TypeAdapter(Finding)
STAMP = "%Y%m%d-%H%M%S"
FONTS_USED = Text(
    zh="字体：Noto Sans SC（SIL Open Font License 1.1）", en="Typeface: Noto Sans SC (SIL Open Font License 1.1)"
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run found, ready to be told: ranked findings, sections in the order of the report, the plan."""

    engagement: Engagement
    sections: tuple[Section, ...]
    exhibits: dict[str, Sequence[Exhibit]]
    findings: tuple[Finding, ...]
    roadmap: Exhibit | None
    plan: tuple[PlanSection, ...]
    questions: Exhibit | None
    hand: Hand


def gather(case: Case, run: RunFolder) -> Outcome:
    """Read what the checks left in a run, rank it and apply the consultant's notes."""
    brief = read_brief(case, run.path)
    engagement = run.read_engagement(brief, read_account(case, run.path))
    sections = tuple(sorted(map(run.read_section, run.list_kept()), key=_place))
    found = [finding for section in sections for finding in section.findings]
    notes = read_notes(case.notes)
    edited = apply_notes(found, sections, notes)
    ranked = rank_findings(edited.findings, engagement.annual_gmv, load_levers())
    exhibits: dict[str, Sequence[Exhibit]] = {s.check: run.read_exhibits(s.check) for s in sections}
    plan = make_plan(engagement, edited.sections, exhibits, ranked, read_settings(case.settings).plan)
    return Outcome(
        engagement=engagement,
        sections=edited.sections,
        exhibits=exhibits,
        findings=ranked,
        roadmap=plan.roadmap,
        plan=plan.sections,
        questions=_tabulate_questions(ask_client(brief)),
        hand=build_hand(found, sections, notes, edited, run.id),
    )


def report(
    case: Case, run: RunFolder, languages: Sequence[str] = ("zh", "en"), formats: Sequence[str] = FORMATS
) -> Outcome:
    """Write findings.json and the report in every language and format; nothing is computed again."""
    outcome = gather(case, run)
    write_json(run.path / "findings.json", print_findings(run, outcome))
    write_json(run.path / METRICS_FILE, print_readings(run.id, outcome.engagement, outcome.sections))
    write_json(run.path / EDITS_FILE, print_edits(outcome.hand))
    for language in languages:
        outline = lay_out(case, run, outcome, language)
        for kind in formats:
            for name, content in zip(_name_files(kind, language), _render(kind, outline, outcome, run), strict=True):
                write_whole(run.path / name, content)
    return outcome


def list_rendered(run: RunFolder) -> tuple[list[str], list[str]]:
    """The languages and formats in which a run's report was rendered before; all if it never was."""
    there = {
        (kind, one)
        for kind in FORMATS
        for one in LANGUAGES
        if any((run.path / name).exists() for name in _name_files(kind, one))
    }
    languages = [one for one in LANGUAGES if any((kind, one) in there for kind in FORMATS)]
    formats = [kind for kind in FORMATS if any((kind, one) in there for one in LANGUAGES)]
    return list(languages or LANGUAGES), formats or list(FORMATS)


def lay_out(case: Case, run: RunFolder, outcome: Outcome, language: Any) -> Outline:
    """The outline of the report in one language."""
    figures = {s.check: svg for s in outcome.sections if (svg := run.read_figure(s.check, language)) is not None}
    settings = read_settings(case.settings)
    outline = assemble_outline(
        engagement=outcome.engagement,
        sections=outcome.sections,
        exhibits=outcome.exhibits,
        figures=figures,
        findings=outcome.findings,
        plan=outcome.plan,
        questions=outcome.questions,
        run_id=run.id,
        language=language,
        attribution=[*(to_text(words) for words in settings.attribution), FONTS_USED],
        notebook_pages=find_pages(),
        words=load_words(TEMPLATES, language),
        contents=load_chapters(),
        glossary=Glossary(metrics=name_metrics(), rejections=REASONS),
    )
    return show_hand(outline, outcome.hand)


def _place(section: Section) -> tuple[int, int, str]:
    """The order of the shelf, without loading every check: wings, then places, then names."""
    wings = list(WINGS)
    wing = wings.index(section.wing) if section.wing in wings else len(wings)
    return wing, section.place, section.check


def print_findings(run: RunFolder, outcome: Outcome) -> dict[str, Any]:
    """The document that others read, in the shape of the contract."""
    silent = [section for section in outcome.sections if section.status in {"not_computable", "failed"}]
    return {
        "client": outcome.engagement.client,
        "run_id": run.id,
        "as_of": outcome.engagement.horizon.as_of.isoformat(),
        "currency": outcome.engagement.currency,
        "findings": [FINDING.dump_python(finding, mode="json") for finding in outcome.findings],
        "not_computable": [
            {
                "check": section.check,
                "status": section.status,
                "reason": _dump(section.reason),
                "unlocked_by": _dump(section.unlocked_by),
            }
            for section in silent
        ],
    }


def _render(kind: str, outline: Outline, outcome: Outcome, run: RunFolder) -> tuple[bytes | str, ...]:
    """The files of a format, in the order of their names."""
    if kind == SESSION:
        return render_session(
            outline,
            exhibits=outcome.exhibits | _list_plan(outcome),
            findings=outcome.findings,
            currency=outcome.engagement.currency,
            stamp=_read_stamp(run),
        )
    if kind == "xlsx":
        book = render_xlsx(
            outline,
            exhibits=outcome.exhibits | _list_plan(outcome),
            sections=outcome.sections,
            findings=outcome.findings,
            currency=outcome.engagement.currency,
            stamp=_read_stamp(run),
        )
        return (book,)
    if kind == "html":
        regular, bold = read_fonts()
        return (render_html(outline, templates=TEMPLATES, regular_font=regular, bold_font=bold),)
    with as_file(files("diagnostics.catalog") / "fonts") as folder:
        brief = abridge(outline, outline.words["abridged"])
        return (render_pdf(brief, templates=TEMPLATES, fonts=folder, stamp=_read_stamp(run)),)


def _list_plan(outcome: Outcome) -> dict[str, Sequence[Exhibit]]:
    """The plan's tables by part, and the questions to the client."""
    parts: dict[str, Sequence[Exhibit]] = {part.name: part.exhibits for part in outcome.plan}
    return parts | {"plan": [outcome.questions] if outcome.questions is not None else []}


def _read_stamp(run: RunFolder) -> datetime:
    try:
        return datetime.strptime(run.id[:15], STAMP).astimezone()
    except ValueError:  # a run made by hand has no time in its name
        return datetime.fromtimestamp((run.path / "engagement.json").stat().st_mtime).astimezone()


def _name_files(kind: str, language: str) -> tuple[str, ...]:
    if kind == SESSION:
        return tuple(f"session.{language}.{ending}" for ending in ENDINGS)
    return (f"{'appendix' if kind == 'xlsx' else 'report'}.{language}.{kind}",)


def _tabulate_questions(questions: Sequence[Any]) -> Exhibit | None:
    import pandas as pd  # noqa: PLC0415 - a run without questions needs none

    if not questions:
        return None
    fields = (
        Field(name="section", label=Text(zh="章节", en="Section")),
        Field(name="question", label=Text(zh="请补充", en="Please answer")),
        Field(name="why", label=Text(zh="用途", en="What it is for")),
    )
    frame = pd.DataFrame([{"section": q.section, "question": q.question, "why": q.why} for q in questions])
    title = Text(zh="请客户补充的问题", en="Questions back to the client")
    return Exhibit(name="questions", title=title, fields=fields, frame=frame)


def _dump(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
