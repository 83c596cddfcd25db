"""The pack of the two-hour session: pages and slides from a finished report, and the capability that they answer."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Status
from diagnostics.model.wording import Text
from diagnostics.report.session import build_session
from diagnostics.report.session_agenda import Agenda, read_agenda
from diagnostics.report.session_pages import render_session_pdf
from diagnostics.report.session_slides import render_slides
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Exhibit, Section
    from diagnostics.report.outline import Outline

ENDINGS = ("pdf", "pptx")
ROADMAP_CHAPTER = "16"
QUESTION = Text(zh="两小时沟通会怎么开？", en="How do two hours with the client run?")
ANSWER = Text(
    zh="议程、逐条要点与数字、决策记录，见同一文件夹的 PDF 与可编辑的幻灯片。",
    en="Agenda, points with their figures and a decision log lie beside the report, as PDF and as slides to edit.",
)
NOTHING_ANSWERED = Text(
    zh="没有任何问题得到回答，无从讨论", en="no question was answered, so there is nothing to discuss"
)


@cache
def load_agenda() -> Agenda:
    """The agenda of the catalog."""
    return read_agenda(read_catalog("session_agenda.csv"), read_catalog("session_points.csv"))


def render_session(
    outline: Outline,
    *,
    exhibits: Mapping[str, Sequence[Exhibit]],
    findings: Sequence[Finding],
    currency: str,
    stamp: datetime,
) -> tuple[bytes, bytes]:
    """The session as PDF and as PPTX, in the outline's language; the same input and stamp give the same bytes."""
    pack = build_session(outline, agenda=load_agenda(), exhibits=exhibits, findings=findings, currency=currency)
    with as_file(files("diagnostics.catalog") / "fonts") as folder:
        pages = render_session_pdf(pack, templates=TEMPLATES, fonts=folder, stamp=stamp)
    return pages, render_slides(pack, stamp=stamp)


def claim_session(sections: Sequence[Section]) -> PlanSection:
    """What the pack answers for: computed as soon as one section of the run is."""
    found = {section.status for section in sections}
    ordered: tuple[Status, ...] = ("computed", "judged")
    status: Status = next((one for one in ordered if one in found), "not_computable")
    return PlanSection(
        name="plan.session",
        chapter=ROADMAP_CHAPTER,
        question=QUESTION,
        answer=ANSWER,
        status=status,
        capabilities=("003-16",),
        reason=NOTHING_ANSWERED if status == "not_computable" else None,
    )
