"""The journey as the sheet lists it: its steps before, during and after the purchase, and their order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.journey import _map_words as words
from diagnostics.checks.journey._words import PHASES
from diagnostics.metrics.journey_steps import PHASES as WHOLE
from diagnostics.metrics.journey_steps import Step, find_disorder, find_late_payment, list_steps
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure

    from diagnostics.model.brief import Brief
    from diagnostics.model.wording import Language

MOST_STEPS = 15


@dataclass(frozen=True, kw_only=True)
class Journey:
    """The steps, those out of order, and a booking that comes before the payment (`None` if it doesn't)."""

    steps: tuple[Step, ...]
    disorder: tuple[Step, ...]
    late: tuple[Step, Step] | None

    @property
    def broken(self) -> tuple[Step, ...]:
        """Steps that lack something."""
        return tuple(step for step in self.steps if step.lacks)


def read_journey(brief: Brief) -> Journey | None:
    """The steps of the sheet and their order; `None` if it lists none."""
    steps = list_steps(brief)
    if not steps:
        return None
    return Journey(steps=steps, disorder=find_disorder(steps), late=find_late_payment(steps))


def tell_journey(journey: Journey) -> Text:
    """How complete the journey is, and whether its phases follow each other."""
    steps = journey.steps
    counts = Counter(step.phase for step in steps)
    absent = [PHASES[phase] for phase in WHOLE if not counts[phase]]
    disorder = join_texts(name_verbatim(shorten(step.name, 18)) for step in journey.disorder)
    return words.ANSWER.fill(
        steps=word_number(len(steps)),
        phases=join_texts(
            words.PHASE.fill(phase=name, n=word_number(counts[phase]))
            for phase, name in PHASES.items()
            if counts[phase]
        ),
        absent=words.NO_PHASE.fill(phases=join_texts(absent)) if absent else NOTHING,
        disorder=words.DISORDER.fill(count=word_number(len(journey.disorder)), names=disorder)
        if journey.disorder
        else NOTHING,
        owned=_share(bool(step.owner) for step in steps),
        followed=_share(bool(step.next_step) for step in steps),
        measured=_share(bool(step.metric) for step in steps),
        automatic=_share(step.is_automatic for step in steps),
    )


def _share(claims: Iterable[bool]) -> Text:
    held = list(claims)
    return word_percent(sum(held) / len(held), 0)


def tell_late(journey: Journey) -> Text:
    """A booking that comes before the payment, as the end of a sentence."""
    if journey.late is None:
        return NOTHING
    booking, paying = journey.late
    return words.LATE.fill(booking=shorten(booking.name, 18), paying=shorten(paying.name, 18))


def show_journey(journey: Journey) -> Exhibit:
    """The journey map: a step a row."""
    fields = (
        Field(name="phase", label=Text(zh="阶段", en="Phase")),
        Field(name="step", label=Text(zh="步骤", en="Step")),
        Field(name="touchpoint", label=words.PARTS["touchpoint"]),
        Field(name="goal", label=Text(zh="目标", en="Goal")),
        Field(name="owner", label=words.PARTS["owner"]),
        Field(name="next_step", label=words.PARTS["next_step"]),
        Field(name="metric", label=words.PARTS["metric"]),
        Field(name="code", label=words.PARTS["code"]),
        Field(name="automatic", label=Text(zh="自动", en="Automatic")),
    )
    rows = [
        {
            "phase": PHASES.get(step.phase, PHASES[""]),
            "step": step.name,
            **{part: getattr(step, part) or None for part in ("touchpoint", "goal", "owner", "next_step", "metric")},
            "code": step.code or None,
            "automatic": Text(zh="是", en="yes") if step.is_automatic else None,
        }
        for step in journey.steps
    ]
    title = Text(zh="用户旅程地图", en="Journey map")
    return Exhibit(name="map", title=title, fields=fields, frame=pd.DataFrame(rows))


def draw_journey(journey: Journey, language: Language) -> Figure:
    """A step a row, what it has a column: shaded is there, framed is missing, white is not applicable."""
    shown = journey.steps[:MOST_STEPS]
    values = np.array([[_mark(step, part) for part in words.PARTS] for step in shown], dtype=float)
    return draw_heat(
        [shorten(step.name, 18) for step in shown],
        [part.word(language) for part in words.PARTS.values()],
        values,
        axis_label=words.AXIS.word(language),
        word=lambda value: (words.YES if value else words.NO).word(language),
        alert=values == 0,
        top=2.0,
    )


def _mark(step: Step, part: str) -> float:
    value = getattr(step, part)
    return np.nan if value is None else float(bool(value))
