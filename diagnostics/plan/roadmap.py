"""The 30/60/90-day roadmap: who does what first, what it may bring, how to see it and when to stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from diagnostics.model.finding import ROLES, Finding
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, word_days, word_money_range, word_number

PHASES = (
    Text(zh="第 1–30 天", en="Days 1–30"),
    Text(zh="第 31–60 天", en="Days 31–60"),
    Text(zh="第 61–90 天", en="Days 61–90"),
)
# More actions than this at once are not carried out by a team of usual size.
MOST_ACTIONS = 12
MOST_A_PHASE = 4
# What unlocks other work comes first: without data and permission nothing else can be measured.
FOUNDATIONS = ("data.", "privacy.", "goal.not_measurable")
MOST_FOUNDATIONS = 3
# An action that shows its result within a month pays for the next one.
QUICK_DAYS = 30
STEADY_DAYS = 60
# The two largest troubles start at once, however long their proof takes.
URGENT_RANK = 2

TITLE = Text(zh="30/60/90 天路线图", en="Roadmap for 30, 60 and 90 days")
NOTE = Text(
    zh="预期金额为单项估计的年化范围，各项之间有重叠，不可相加；同类问题合并为一行，金额取其中最大的一项。",
    en="Money is a range a year for each action by itself. Actions overlap: the amounts must not be added up. Troubles "
    "of one kind share a row, with the money of the largest.",
)
MORE = Text(zh="（同类另有 {n} 处）", en="({n} more of this kind)")
WATCH = {
    "up": Text(zh="{metric}上升，{days}内见效", en="{metric} up within {days}"),
    "down": Text(zh="{metric}下降，{days}内见效", en="{metric} down within {days}"),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One action of the roadmap: the finding that calls for it, how many more it serves, and its phase (0 to 2)."""

    finding: Finding
    more: int
    phase: int


def draw_roadmap(findings: Sequence[Finding], currency: str, metric_names: Mapping[str, Text] | None = None) -> Exhibit:
    """The roadmap as a table of at most 12 actions; `findings` come from `rank_findings`.

    Columns: phase, finding (its rank), action, owner, gain (a range of money a year, empty if not sized), watch, stop.
    `metric_names` gives the names of the metric dictionary by id; a metric without a name stands as its id.
    """
    rows = [_tell_step(step, currency, metric_names or {}) for step in plan_steps(findings)]
    fields = (
        Field(name="phase", label=Text(zh="阶段", en="Phase")),
        Field(name="finding", label=Text(zh="对应问题", en="Finding")),
        Field(name="action", label=Text(zh="动作", en="Action")),
        Field(name="owner", label=Text(zh="负责人", en="Owner")),
        Field(name="gain", label=Text(zh="预期金额（年）", en="Gain a year")),
        Field(name="watch", label=Text(zh="验证指标与窗口", en="How to see it")),
        Field(name="stop", label=Text(zh="停止条件", en="Stop rule")),
    )
    frame = pd.DataFrame(rows, columns=[field.name for field in fields])
    return Exhibit(name="roadmap", title=TITLE, fields=fields, frame=frame, note=NOTE)


def plan_steps(findings: Sequence[Finding]) -> tuple[Step, ...]:
    """One step a kind of trouble, in order of phase, then of rank; a full phase passes on to the next."""
    firsts = _take_first_of_kind(findings)
    counts = Counter(finding.code for finding in findings)
    foundations = [finding for finding in firsts if is_foundation(finding)][:MOST_FOUNDATIONS]
    others = [finding for finding in firsts if not is_foundation(finding) and finding.severity != "info"]
    room = [MOST_A_PHASE] * len(PHASES)
    steps = []
    for finding in [*foundations, *others][:MOST_ACTIONS]:
        wished = 0 if is_foundation(finding) else _wish_phase(finding)
        phase = next((place for place in range(wished, len(PHASES)) if room[place]), None)
        if phase is not None:
            room[phase] -= 1
            steps.append(Step(finding=finding, more=counts[finding.code] - 1, phase=phase))
    return tuple(sorted(steps, key=lambda step: step.phase))


def is_foundation(finding: Finding) -> bool:
    """Whether an action unlocks others: data, permission and goals that can be measured."""
    return finding.code.startswith(FOUNDATIONS)


def _take_first_of_kind(findings: Sequence[Finding]) -> list[Finding]:
    """The best-ranked finding of each code, in the order given."""
    firsts: dict[str, Finding] = {}
    for finding in findings:
        firsts.setdefault(finding.code, finding)
    return list(firsts.values())


def _wish_phase(finding: Finding) -> int:
    if finding.validation.window_days <= QUICK_DAYS or (finding.rank or URGENT_RANK + 1) <= URGENT_RANK:
        return 0
    return 1 if finding.validation.window_days <= STEADY_DAYS else 2


def _tell_step(step: Step, currency: str, metric_names: Mapping[str, Text]) -> dict[str, object]:
    finding = step.finding
    metric = metric_names.get(finding.validation.metric) or name_verbatim(finding.validation.metric)
    days = word_days(finding.validation.window_days)
    number = name_verbatim(f"#{finding.rank}" if finding.rank else "")
    return {
        "phase": PHASES[step.phase],
        "finding": number + MORE.fill(n=word_number(step.more)) if step.more else number,
        "action": finding.action,
        "owner": ROLES[finding.owner_role],
        "gain": word_money_range(finding.impact.low, finding.impact.high, currency) if finding.impact else None,
        "watch": WATCH[finding.validation.direction].fill(metric=metric, days=days),
        "stop": finding.stop_rule,
    }
