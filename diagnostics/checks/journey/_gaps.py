"""Steps of the sheet that have no next step, owner or entry code: told, found and listed as opportunities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.journey import _breakpoint_words as words
from diagnostics.checks.journey._journey_map import tell_late
from diagnostics.checks.journey._words import LACKS, PHASES
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from diagnostics.checks.journey._journey_map import Journey
    from diagnostics.metrics.journey_steps import Step

# A step that the sheet itself shows to be broken is certain; only what it costs is not known.
STATED = 0.9


def tell_gaps(journey: Journey) -> Text:
    """How many steps lack what, and a booking before the payment."""
    late = tell_late(journey)
    if not journey.broken:
        return words.WHOLE.fill(late=late)
    counts = Counter(name for step in journey.broken for name in step.lacks)
    gaps = join_texts(words.GAP.fill(what=LACKS[name], n=word_number(n)) for name, n in counts.most_common())
    return words.STRUCTURE.fill(broken=word_number(len(journey.broken)), gaps=gaps, late=late)


def find_gap(step: Step) -> Finding:
    """What a step lacks, and how to give it."""
    what = join_texts(LACKS[name] for name in step.lacks)
    name = shorten(step.name, 24)
    return Finding(
        code="journey.breakpoint",
        scope={"step": step.name},
        title=words.TITLE.fill(step=name, what=what),
        cause=words.CAUSE.fill(
            phase=PHASES.get(step.phase, PHASES[""]),
            step=name,
            touchpoint=name_verbatim(shorten(step.touchpoint, 24)) if step.touchpoint else words.EMPTY,
            what=what,
        ),
        action=words.ACTION.fill(step=name, what=what, how=join_texts(words.HOW[lack] for lack in step.lacks)),
        owner_role="manager",
        validation=Validation(metric="hop", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=STATED,
        impact_reason=words.NO_MONEY,
        severity="low",
        evidence=(Evidence(table="opportunities", n=None, value=float(len(step.lacks))),),
    )


def show_opportunities(broken: tuple[Step, ...]) -> Exhibit:
    """Every broken step with what to give it."""
    fields = (
        Field(name="phase", label=Text(zh="阶段", en="Phase")),
        Field(name="step", label=Text(zh="步骤", en="Step")),
        Field(name="lacks", label=Text(zh="断点：缺", en="Breaks for want of")),
        Field(name="opportunity", label=Text(zh="机会点", en="Opportunity")),
    )
    # Nearest to the purchase first: what is lost there was won at most cost.
    near = {"in": 0, "post": 1, "pre": 2}
    ordered = sorted(broken, key=lambda step: (near.get(step.phase, 3), step.place))
    rows = [
        {
            "phase": PHASES.get(step.phase, PHASES[""]),
            "step": step.name,
            "lacks": join_texts(LACKS[name] for name in step.lacks),
            "opportunity": join_texts(words.HOW[name] for name in step.lacks),
        }
        for step in ordered
    ]
    title = Text(zh="断点与机会点", en="Breakpoints and opportunities")
    return Exhibit(name="opportunities", title=title, fields=fields, frame=pd.DataFrame(rows))
