"""The report's outline in one language: the same content for HTML and PDF, all of it worded already."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: what is shown, the number or text that it sorts by, and whether it must stay on one line."""

    shown: str
    sort: float | str | None = None
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """A table: `numeric` says which columns align right; `total_rows` may exceed the rows shown."""

    name: str
    title: str
    headers: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    total_rows: int = 0


@dataclass(frozen=True, kw_only=True)
class FigureBlock:
    """A picture as SVG text, with its description for those who can't see it and its definition."""

    name: str
    svg: str
    alt: str
    definition: str


@dataclass(frozen=True, kw_only=True)
class FindingCard:
    """One finding, worded: each part is a sentence or two; `leads` is whether it is the foremost of its money."""

    rank: int
    code: str
    severity: str
    severity_word: str
    title: str
    impact: str
    confidence: str
    cause: str
    action: str
    owner: str
    validation: str
    stop_rule: str
    evidence: str
    section: str
    shared: str = ""
    leads: bool = True


@dataclass(frozen=True, kw_only=True)
class SectionBlock:
    """One question with its answer; `status` is computed, judged, not_computable or failed.

    `limits` holds name, value and reason of each threshold used; `notebook` is a relative link, or empty.
    """

    name: str
    question: str
    status: str
    answer: str
    reason: str = ""
    unlocked_by: str = ""
    figure: FigureBlock | None = None
    tables: tuple[TableBlock, ...] = ()
    findings: tuple[FindingCard, ...] = ()
    caveats: tuple[str, ...] = ()
    limits: tuple[tuple[str, str, str], ...] = ()
    notebook: str = ""
    definition: str = ""
    observations: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a chapter shows before its questions: an account of the data, or a part of the plan with its question."""

    name: str = ""
    question: str = ""
    lead: str = ""
    notes: tuple[str, ...] = ()
    tables: tuple[TableBlock, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter: it opens with its answer in one sentence."""

    name: str
    title: str
    lead: str
    sections: tuple[SectionBlock, ...] = ()
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandBlock:
    """What the consultant's notes did, and the form for more: its labels by name, its data as JSON in ASCII."""

    title: str
    lead: str
    summary: str
    tables: tuple[TableBlock, ...]
    labels: dict[str, str]
    form: str


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The whole report in one language, in the order in which it is read; `file_list` is for the appendix alone.

    `data_account` opens the chapter on data; the appendix shows it by itself.

    `note` says of an abridged outline where the whole is.
    """

    language: Language
    title: str
    client: str
    subtitle: str
    confidentiality: str
    run_id: str
    verdict: str
    key_figures: tuple[tuple[str, str, str], ...]
    top_findings: tuple[FindingCard, ...]
    other_findings: tuple[FindingCard, ...]
    definitions: TableBlock
    data_account: Opening
    file_list: TableBlock | None = None
    chapters: tuple[Chapter, ...]
    method: tuple[tuple[str, str], ...]
    not_computable: TableBlock | None
    questions: TableBlock | None
    attribution: tuple[str, ...]
    words: dict[str, str]
    note: str = ""
    hand: HandBlock | None = None

    @property
    def cards(self) -> tuple[FindingCard, ...]:
        """All findings, in order of rank: those on top need not be the first."""
        return tuple(sorted((*self.top_findings, *self.other_findings), key=lambda card: card.rank))
