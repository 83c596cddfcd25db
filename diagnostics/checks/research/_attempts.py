"""What was tried before, why it failed, and whether those causes still stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.research import _attempt_words as words
from diagnostics.checks.research._attempt_causes import ask_today, find_causes
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_date, word_number
from diagnostics.plan.section_tables import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from diagnostics.checks.facts import Fact
    from diagnostics.model.brief import Brief, Row
    from diagnostics.model.wording import Language

MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """The attempts with the kinds of cause that each names, and what the sheet says of each kind today."""

    rows: tuple[Row, ...]
    causes: tuple[tuple[str, ...], ...]
    today: Mapping[str, Fact]

    @property
    def named(self) -> tuple[tuple[Fact, int], ...]:
        """Kinds of cause that an attempt names, with how many name it, most first."""
        counts = Counter(cause for own in self.causes for cause in own)
        return tuple((self.today[cause], count) for cause, count in counts.most_common())


def read_attempts(brief: Brief) -> Attempts | None:
    """Sort causes and ask whether they still stand; `None` if the sheet states no attempt."""
    rows = tuple(row for row in brief.rows("past_attempts") if read_text(row, "what") or read_text(row, "reason"))
    if not rows:
        return None
    return Attempts(
        rows=rows, causes=tuple(find_causes(read_text(row, "reason")) for row in rows), today=ask_today(brief)
    )


def tell_attempts(measured: Attempts) -> Text:
    """How many attempts, and which causes still stand."""
    named = [fact for fact, _ in measured.named]
    parts = {
        name: template.fill(names=join_texts(found))
        if (found := [f.name for f in named if f.holds is holds])
        else NOTHING
        for name, template, holds in (
            ("standing", words.STANDING, False),
            ("removed", words.REMOVED, True),
            ("open", words.OPEN, None),
        )
    }
    return words.ANSWER.fill(
        n=word_number(len(measured.rows)),
        reasoned=word_number(sum(bool(read_text(row, "reason")) for row in measured.rows)),
        causes=word_number(len(named)),
        **parts,
    )


def show_attempts(measured: Attempts) -> tuple[Exhibit, ...]:
    """Attempts as stated, and the kinds of cause with what the sheet says today."""
    attempts = [
        {
            "date": word_date(day) if isinstance(day := row.get("date"), date) else None,
            **{
                key: name_verbatim(shorten(read_text(row, key), 60)) if read_text(row, key) else None
                for key in ("what", "result")
            },
            "reason": name_verbatim(shorten(read_text(row, "reason"), 60))
            if read_text(row, "reason")
            else words.NO_CAUSE,
            "kinds": join_texts(words.CAUSES[cause] for cause in causes)
            if causes
            else words.UNPLACED
            if read_text(row, "reason")
            else None,
        }
        for row, causes in zip(measured.rows, measured.causes, strict=True)
    ]
    kinds = [
        {"cause": fact.name, "count": count, "state": words.STATES[fact.holds], "seen": fact.seen}
        for fact, count in measured.named
    ]
    return (
        Exhibit(
            name="attempts",
            title=Text(zh="过往尝试", en="Earlier attempts"),
            fields=(
                Field(name="date", label=Text(zh="时间", en="When")),
                Field(name="what", label=Text(zh="做了什么", en="What was done")),
                Field(name="result", label=Text(zh="结果", en="Result")),
                Field(name="reason", label=Text(zh="原因", en="Cause as stated")),
                Field(name="kinds", label=Text(zh="归类", en="Kind of cause")),
            ),
            frame=pd.DataFrame(attempts, dtype=object),
        ),
        Exhibit(
            name="causes",
            title=Text(zh="原因今天还在吗", en="Whether the causes still stand"),
            fields=(
                Field(name="cause", label=Text(zh="原因", en="Cause")),
                Field(name="count", label=Text(zh="提到的尝试", en="Attempts that name it"), unit="count"),
                Field(name="state", label=Text(zh="今天", en="Today")),
                Field(name="seen", label=Text(zh="需求表写明的事实", en="What the sheet states")),
            ),
            frame=pd.DataFrame(kinds, dtype=object),
        ),
    )


def draw_causes(causes: tuple[tuple[Fact, int], ...], language: Language) -> Figure:
    """Attempts by kind of cause; what still stands is marked."""
    named = causes[:MOST_ROWS]
    figure = draw_bars(
        [fact.name.word(language) for fact, _ in named],
        [float(count) for _, count in named],
        [words.STATES[fact.holds].word(language) for fact, _ in named],
        axis_label=words.AXIS.word(language),
        marked={place for place, (fact, _) in enumerate(named) if fact.holds is False},
    )
    scale_count(figure.axes[0].xaxis)
    return figure
