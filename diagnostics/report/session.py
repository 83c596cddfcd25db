"""The two-hour session of a finished diagnosis: agenda, talking points with their figures, and decisions to take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.model.finding import Finding
from diagnostics.model.section import Exhibit
from diagnostics.model.wording import Language, word_number
from diagnostics.report.outline import Outline
from diagnostics.report.session_agenda import Agenda, AgendaPart
from diagnostics.report.session_charts import Chart
from diagnostics.report.session_choice import choose
from diagnostics.report.session_decisions import Decision, list_decisions
from diagnostics.report.session_points import Point, Teller
from diagnostics.report.words import fill_words

MOST_QUESTIONS = 8


@dataclass(frozen=True, kw_only=True)
class SessionPart:
    """One part of the session, worded: `begins` and `minutes` in minutes; its points' minutes make its own."""

    name: str
    title: str
    aim: str
    begins: int
    minutes: int
    points: tuple[Point, ...]

    @property
    def clock(self) -> str:
        """From when to when.

        >>> SessionPart(name="", title="", aim="", begins=55, minutes=30, points=()).clock
        '0:55–1:25'
        """
        ends = self.begins + self.minutes
        return f"{self.begins // 60}:{self.begins % 60:02d}–{ends // 60}:{ends % 60:02d}"


@dataclass(frozen=True, kw_only=True)
class SessionPack:
    """The whole session in one language, ready to be set as pages or slides.

    `sizes` draws the money of the largest findings, if any is sized; `questions` are the first that are put back to the
    client, and how many more there are.
    """

    language: Language
    title: str
    client: str
    subtitle: str
    run_id: str
    verdict: str
    key_figures: tuple[tuple[str, str, str], ...]
    parts: tuple[SessionPart, ...]
    sizes: Chart | None
    decisions: tuple[Decision, ...]
    questions: tuple[str, ...]
    words: Mapping[str, str]


def build_session(
    outline: Outline,
    *,
    agenda: Agenda,
    exhibits: Mapping[str, Sequence[Exhibit]],
    findings: Sequence[Finding],
    currency: str,
) -> SessionPack:
    """The session of the outline's report: nothing is computed, each number stands in the report already.

    `exhibits` go by check name, and by name for the parts of the plan; `findings` are those that the outline was
    assembled from, in the same order.
    """
    teller = Teller(outline=outline, exhibits=exhibits, findings=tuple(findings), currency=currency)
    parts: list[SessionPart] = []
    for part in agenda.parts:
        begins = sum(earlier.minutes for earlier in parts)
        parts.append(_build_part(part, begins, agenda, teller))
    return SessionPack(
        language=outline.language,
        title=fill_words(outline.words, "session_title", client=outline.client),
        client=outline.client,
        subtitle=outline.subtitle,
        run_id=outline.run_id,
        verdict=outline.verdict,
        key_figures=outline.key_figures,
        parts=tuple(parts),
        sizes=teller.draw_sizes(),
        decisions=list_decisions(exhibits, teller.cards, findings, outline=outline, currency=currency),
        questions=_list_questions(outline),
        words=outline.words,
    )


def _list_questions(outline: Outline) -> tuple[str, ...]:
    table = outline.questions
    if table is None:
        return ()
    asked = [" · ".join(cell.shown for cell in row[:2] if cell.shown) for row in table.rows[:MOST_QUESTIONS]]
    rest = max(table.total_rows, len(table.rows)) - len(asked)
    more = word_number(rest).word(outline.language)
    return (*asked, *([fill_words(outline.words, "more_rows", n=more)] if rest else []))


def _build_part(part: AgendaPart, begins: int, agenda: Agenda, teller: Teller) -> SessionPart:
    chosen = choose(part, agenda, teller)
    each, rest = divmod(part.minutes, len(chosen))
    points = (teller.tell(one, part, minutes=each + (place < rest)) for place, one in enumerate(chosen))
    return SessionPart(
        name=part.name,
        title=part.title.word(teller.language),
        aim=part.aim.word(teller.language),
        begins=begins,
        minutes=part.minutes,
        points=tuple(points),
    )
