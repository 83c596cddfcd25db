"""What is said at each point of the session: its claim, the figure for it, where the report has it, what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from diagnostics.model.finding import Finding
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit
from diagnostics.model.wording import Language, word_number
from diagnostics.report.outline import Chapter, FindingCard, Outline, SectionBlock, TableBlock
from diagnostics.report.session_agenda import ADDED, AgendaPart, Source
from diagnostics.report.session_charts import Chart, draw_exhibit, draw_sizes
from diagnostics.report.session_tables import cut_table, list_pairs, says_something
from diagnostics.report.words import fill_words, take_sentences

CONCLUSION = "conclusion"
UNEXAMINED = frozenset(["not_computable", "failed"])
# What is asked of a finding, in turn by rank: one question to all of them would be answered once.
ASKS = ("session_ask_cause", "session_ask_past", "session_ask_means")


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What a part says where nothing of it could be examined."""

    part: str


Told = FindingCard | Source | Missing


@dataclass(frozen=True, kw_only=True)
class Point:
    """One talking point, worded.

    `figure` is the one number of a finding, under `figure_name`; otherwise the table or the chart is the figure.
    `marked` is the row of the table that the point is about. `notes` are the evidence, for the speaker.
    """

    title: str
    lines: tuple[str, ...]
    figure_name: str
    figure: str
    table: TableBlock | None
    marked: int | None
    chart: Chart | None
    reference: str
    rank: int | None
    ask: str
    minutes: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Teller:
    """The finished report, and how a finding, an answer or a gap of it is told."""

    outline: Outline
    exhibits: Mapping[str, Sequence[Exhibit]]
    findings: tuple[Finding, ...]
    currency: str

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.outline.language

    @property
    def cards(self) -> tuple[FindingCard, ...]:
        """All findings, worded, in order of rank."""
        return self.outline.cards

    @cached_property
    def _homes(self) -> dict[str, Chapter]:
        """The chapter of each section, and of each part of the plan."""
        return {
            name: chapter
            for chapter in self.outline.chapters
            for name in (*(block.name for block in chapter.sections), *(part.name for part in chapter.openings))
            if name
        }

    @cached_property
    def _answers(self) -> dict[str, tuple[str, str, tuple[str, ...]]]:
        """Question, answer and notes of each section and part of the plan that was answered."""
        answers: dict[str, tuple[str, str, tuple[str, ...]]] = {}
        for chapter in self.outline.chapters:
            for opening in chapter.openings:
                if opening.name:
                    answers[opening.name] = opening.question, opening.lead, opening.notes
            for block in chapter.sections:
                if block.status not in UNEXAMINED and block.answer:
                    answers[block.name] = block.question, block.answer, _note(block, self.outline)
        return answers

    def find_chapter(self, card: FindingCard) -> str:
        """The number of the chapter that tells a finding."""
        home = self._homes.get(card.section)
        return home.name if home is not None else ADDED

    def find_home(self, source: Source) -> str:
        """The number of the chapter that an answer stands in."""
        home = self._homes.get(source.source)
        return home.name if home is not None else ""

    def knows(self, source: Source) -> bool:
        """Whether the report has this answer, with a table."""
        if source.source == CONCLUSION:
            return True
        return source.source in self._answers and self._find_exhibit(source.source, source.table) is not None

    def list_missing(self, part: AgendaPart) -> tuple[SectionBlock, ...]:
        """The questions of a part that were not examined."""
        chapters = [chapter for chapter in self.outline.chapters if chapter.name in part.chapters]
        return tuple(block for chapter in chapters for block in chapter.sections if block.status in UNEXAMINED)

    def tell(self, told: Told, part: AgendaPart, *, minutes: int) -> Point:
        """Word one point."""
        if isinstance(told, FindingCard):
            return self._tell_finding(told, minutes)
        if isinstance(told, Missing):
            return self._tell_missing(part, minutes)
        if told.source == CONCLUSION:
            return self._tell_conclusion(told, minutes)
        return self._tell_answer(told, minutes, at_home=self.find_home(told) in part.chapters)

    def draw_sizes(self) -> Chart | None:
        """The money of the largest findings."""
        return draw_sizes(self.cards, self.findings, self.outline.words, currency=self.currency, language=self.language)

    def _tell_finding(self, card: FindingCard, minutes: int) -> Point:
        words = self.outline.words
        finding = next(one for one, own in zip(self.findings, self.cards, strict=True) if own is card)
        evidence = finding.evidence[0] if finding.evidence else None
        exhibit = self._find_exhibit(evidence.check, evidence.table) if evidence is not None else None
        scope = [name_channel(value).word(self.language) for value in finding.scope.values()]
        value = evidence.value if evidence is not None else None
        table, marked = cut_table(exhibit, scope, value=value, currency=self.currency, language=self.language)
        name, figure = (words["impact"], card.impact) if finding.impact else (words["confidence"], card.confidence)
        home = self._homes.get(card.section)
        return Point(
            title=card.title,
            lines=(self._label("cause", card.cause), self._label("action", card.action)),
            figure_name=name,
            figure=figure,
            table=table,
            marked=marked,
            chart=None,
            reference=fill_words(
                words,
                "session_reference_finding",
                chapter=home.title if home is not None else words["added_title"],
                rank=str(card.rank),
            ),
            rank=card.rank,
            ask=fill_words(words, ASKS[(card.rank - 1) % len(ASKS)], owner=card.owner, validation=card.validation),
            minutes=minutes,
            notes=tuple(
                self._label(key, getattr(card, key))
                for key in ("severity_word", "impact", "confidence", "evidence", "owner", "validation", "stop_rule")
                if getattr(card, key)
            ),
        )

    def _tell_answer(self, source: Source, minutes: int, *, at_home: bool) -> Point:
        """An answer away from its chapter's part is told by its table alone, since it is told there too."""
        question, answer, notes = self._answers[source.source]
        exhibit = self._find_exhibit(source.source, source.table)
        wanted = (source.label, *source.values) if source.chart is None else ()
        table, _ = cut_table(exhibit, (), wanted=wanted, currency=self.currency, language=self.language)
        chart = draw_exhibit(exhibit, source, currency=self.currency, language=self.language) if exhibit else None
        title, rest = _split(answer) if at_home or table is None else (table.title, "")
        return Point(
            title=title,
            lines=(rest,) if rest else (),
            figure_name="",
            figure="",
            table=table,
            marked=None,
            chart=chart,
            reference=self._refer(self._homes[source.source].title),
            rank=None,
            ask=source.ask.word(self.language),
            minutes=minutes,
            notes=(self._label("question", question), *notes),
        )

    def _tell_conclusion(self, source: Source, minutes: int) -> Point:
        words = self.outline.words
        title, rest = _split(self.outline.verdict)
        return Point(
            title=title,
            lines=(rest,) if rest else (),
            figure_name="",
            figure="",
            table=list_pairs(words["key_figures"], self.outline.key_figures, words),
            marked=None,
            chart=self.draw_sizes(),
            reference=self._refer(words["conclusion"]),
            rank=None,
            ask=source.ask.word(self.language),
            minutes=minutes,
            notes=tuple(f"#{card.rank} {card.title}" for card in self.outline.top_findings),
        )

    def _tell_missing(self, part: AgendaPart, minutes: int) -> Point:
        words = self.outline.words
        missing = self.list_missing(part)
        count = word_number(len(missing)).word(self.language)
        rows = [(block.question, block.unlocked_by or block.reason, "") for block in missing]
        return Point(
            title=fill_words(words, "session_missing" if missing else "session_nothing", n=count),
            lines=(),
            figure_name=words["session_unexamined"],
            figure=count,
            table=list_pairs(words["not_computable"], rows, words, heads=("question", "unlocked_by")) if rows else None,
            marked=None,
            chart=None,
            reference=self._refer(words["not_computable"]),
            rank=None,
            ask=part.ask.word(self.language),
            minutes=minutes,
            notes=tuple(f"{block.question} {block.reason}" for block in missing),
        )

    def _refer(self, chapter: str) -> str:
        return fill_words(self.outline.words, "session_reference", chapter=chapter)

    def _label(self, key: str, said: str) -> str:
        words = self.outline.words
        return f"{words[key.removesuffix('_word')]}{words['colon']}{said}"

    def _find_exhibit(self, name: str, table: str) -> Exhibit | None:
        """A section's table of that name, or its first that says something."""
        filled = [exhibit for exhibit in self.exhibits.get(name, ()) if says_something(exhibit)]
        return next((exhibit for exhibit in filled if exhibit.name == table), filled[0] if filled else None)


def _split(said: str) -> tuple[str, str]:
    """The first sentence, and what follows it."""
    first = take_sentences(said)
    return first, said[len(first) :].strip()


def _note(block: SectionBlock, outline: Outline) -> tuple[str, ...]:
    definition = f"{outline.words['definition']}{outline.words['colon']}{block.definition}" if block.definition else ""
    return tuple(line for line in (definition, *block.comments, *block.caveats) if line)
