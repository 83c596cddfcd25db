"""The client's version of a report: every answer, and the evidence of what needs a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from diagnostics.report.cards import GRAVE
from diagnostics.report.outline import Chapter, FindingCard, Opening, Outline, SectionBlock, TableBlock

# Sections without a trouble whose picture a reader still expects, one a chapter.
SHOWN = frozenset(
    ["people.base", "goods.roles", "venue.channels", "levers.tree", "retention.cohorts", "data.ties_out", "fit.factors"]
)
TRIFLES = frozenset(["info"])
MOST_TABLES = 1
# Actions stand in the roadmap.
TOLD_ONCE = frozenset(["actions"])


def abridge(outline: Outline, note: str) -> Outline:
    """The outline with figure and table only where something grave was found; others keep question and answer.

    Lesser findings keep their card. Notes that call for no decision are left to the full version. What could not be
    computed stays in its list at the end. `note` says where the full version is.
    """
    chapters = tuple(
        replace(chapter, sections=tuple(_choose(chapter)), openings=tuple(map(_cut, chapter.openings)))
        for chapter in outline.chapters
    )
    return replace(
        outline,
        chapters=tuple(chapter for chapter in chapters if chapter.sections or chapter.openings),
        other_findings=tuple(card for card in outline.other_findings if _matters(card)),
        note=note,
    )


def _choose(chapter: Chapter) -> Iterator[SectionBlock]:
    for section in chapter.sections:
        findings = tuple(card for card in section.findings if _matters(card))
        if section.status == "failed":
            yield section
        elif section.name in SHOWN or any(card.severity in GRAVE for card in findings):
            yield replace(section, findings=findings, tables=section.tables[:MOST_TABLES])
        elif section.answer:
            yield replace(section, findings=findings, figure=None, tables=(), caveats=(), limits=(), definition="")


def _cut(opening: Opening) -> Opening:
    """A part of the plan keeps the tables that say something which the roadmap does not."""
    if not opening.question:
        return opening
    return replace(opening, tables=tuple(t for t in opening.tables if t.name not in TOLD_ONCE and _says_something(t)))


def _says_something(table: TableBlock) -> bool:
    """Whether any figure is there, in a table that has columns of figures."""
    figures = [place for place, is_figure in enumerate(table.numeric) if is_figure]
    return not figures or any(row[place].shown for row in table.rows for place in figures)


def _matters(card: FindingCard) -> bool:
    return card.severity not in TRIFLES
