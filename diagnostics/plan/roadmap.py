"""The 30/60/90-day roadmap: who does what first, what it takes and may bring, how to see it and when to stop."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from diagnostics.model.finding import ROLES, Finding
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import (
    Text,
    join_clauses,
    join_texts,
    name_verbatim,
    word_days,
    word_money,
    word_money_range,
    word_number,
)
from diagnostics.plan.actions import GATES, LEVERS, PHASES
from diagnostics.plan.candidates import Candidate, list_candidates
from diagnostics.plan.capacity import Capacity, measure_capacity
from diagnostics.plan.constraints import Constraint, list_rules, understand
from diagnostics.plan.leftover import Left, explain_left
from diagnostics.plan.material import Material
from diagnostics.plan.phrases import word_rank
from diagnostics.plan.preconditions import list_predecessors, part_barred, read_gates
from diagnostics.plan.selection import Chosen, select

TITLE = Text(zh="30/60/90 天路线图", en="Roadmap for 30, 60 and 90 days")
NOTE = Text(
    zh="预期金额为单项估计的年化范围，各项之间有重叠，不可相加；同类问题合并为一行，金额取其中最大的一项。"
    "人天与投入是顾问的估计，可在设置里改；投入按高端计入预算。",
    en="Money is a range a year for each action by itself. Actions overlap: the amounts must not be added up. Troubles "
    "of one kind share a row, with the money of the largest. Days and outlay are the consultant's estimates and can "
    "be changed in the settings; the budget must hold the high end.",
)
MORE = Text(zh="（同类另有 {n} 处）", en="({n} more of this kind)")
WATCH = {
    "up": Text(zh="{metric}上升，{days}内见效", en="{metric} up within {days}"),
    "down": Text(zh="{metric}下降，{days}内见效", en="{metric} down within {days}"),
}
SAME_LEVER = Text(
    zh="{gain}（与 {rank} 同属{lever}，不另计）", en="{gain} (on the same lever as {rank}, {lever}: not on top)"
)
EFFORT = Text(zh="{role} {days}", en="{role} {days}")
WITH = Text(zh="协同：{others}", en="with {others}")
OUTLAY = Text(zh="投入 {low} 至 {high}", en="outlay {low} to {high}")
OUTLAY_UNKNOWN = Text(zh="投入待报价", en="outlay to be quoted")
AFTER = Text(zh="先做完 {ranks}", en="{ranks} carried out")
PASSED = Text(zh="已过：{names}", en="passed: {names}")
NOT_NOW = Text(zh="现在不做", en="not now")


@dataclass(frozen=True, kw_only=True)
class Roadmap:
    """What is done in which phase, what is not done now and why; together they are all candidates.

    `constraints` are the sheet's, as far as rules understand them.
    """

    candidates: tuple[Candidate, ...]
    chosen: tuple[Chosen, ...]
    left: tuple[Left, ...]
    capacity: Capacity
    constraints: tuple[Constraint, ...] = ()

    def holds(self, finding: Finding) -> bool:
        """Whether a finding's action is planned in the ninety days."""
        return any(one.candidate.code == finding.code for one in self.chosen)

    def say_when(self, finding: Finding) -> Text:
        """The phase in which a finding's action starts, or that it is not done now."""
        phase = next((one.phase for one in self.chosen if one.candidate.code == finding.code), None)
        return NOT_NOW if phase is None else PHASES[phase]


def plan_roadmap(material: Material) -> Roadmap:
    """Choose what fits the team, the budget and the order of steps; nothing is planned that no finding calls for."""
    constraints = understand(material.brief.choices("constraints"), material.constraint_rules)
    capacity = measure_capacity(material.brief, material.limits)
    if list_rules(constraints, "freeze"):
        capacity = replace(capacity, budget=0.0)
    candidates = list_candidates(material.findings, material.actions, capacity)
    gates = read_gates(material.find("referral.readiness", "gates"))
    free, barred = part_barred(candidates, gates, constraints)
    chosen = select(free, capacity, candidates)
    left = explain_left(candidates, chosen, barred, capacity, material.currency)
    return Roadmap(candidates=candidates, chosen=chosen, left=left, capacity=capacity, constraints=constraints)


def draw_roadmap(roadmap: Roadmap, material: Material) -> Exhibit:
    """The roadmap as a table, one row an action, in order of phase, then of rank."""
    fields: tuple[Field, ...] = (
        Field(name="phase", label=Text(zh="阶段", en="Phase")),
        Field(name="finding", label=Text(zh="对应问题", en="Finding")),
        Field(name="action", label=Text(zh="动作", en="Action")),
        Field(name="effort", label=Text(zh="负责人、人天与投入", en="Owner and effort")),
        Field(name="first", label=Text(zh="前提", en="True first")),
        Field(name="gain", label=Text(zh="预期金额（年）", en="Gain a year")),
        Field(name="watch", label=Text(zh="验证指标与窗口", en="How to see it")),
        Field(name="stop", label=Text(zh="停止条件", en="Stop rule")),
    )
    rows = [_tell_step(one, roadmap, material) for one in roadmap.chosen]
    if all(row["first"] is None for row in rows):
        fields = tuple(field for field in fields if field.name != "first")
    frame = pd.DataFrame(rows, columns=[field.name for field in fields])
    return Exhibit(name="roadmap", title=TITLE, fields=fields, frame=frame, note=NOTE)


def _tell_step(one: Chosen, roadmap: Roadmap, material: Material) -> dict[str, object]:
    candidate, finding = one.candidate, one.candidate.finding
    metric = material.metric_names.get(finding.validation.metric) or name_verbatim(finding.validation.metric)
    days = word_days(finding.validation.window_days)
    number = word_rank(finding)
    return {
        "phase": PHASES[one.phase],
        "finding": number + MORE.fill(n=word_number(candidate.more)) if candidate.more else number,
        "action": finding.action,
        "effort": word_effort(candidate, material.currency),
        "first": word_first(candidate, roadmap),
        "gain": _word_gain(one, roadmap, material.currency),
        "watch": WATCH[finding.validation.direction].fill(metric=metric, days=days),
        "stop": finding.stop_rule,
    }


def word_effort(candidate: Candidate, currency: str) -> Text:
    """Who answers for the action, the days of each role, and the money spent outside the team."""
    owner = candidate.finding.owner_role
    said = [
        EFFORT.fill(role=ROLES[owner], days=word_days(candidate.days[owner]))
        if owner in candidate.days
        else ROLES[owner]
    ]
    others = [
        EFFORT.fill(role=ROLES[one], days=word_days(needed)) for one, needed in candidate.days.items() if one != owner
    ]
    if others:
        said.append(WITH.fill(others=join_texts(others)))
    if candidate.outlay is None:
        said.append(OUTLAY_UNKNOWN)
    elif candidate.most_outlay:
        low, high = (word_money(amount, currency) for amount in candidate.outlay)
        said.append(OUTLAY.fill(low=low, high=high))
    return join_clauses(said)


def word_first(candidate: Candidate, roadmap: Roadmap) -> Text | None:
    """What must be true before the action starts; `None` without any precondition."""
    said = []
    before = list_predecessors(candidate, roadmap.candidates)
    if before:
        said.append(AFTER.fill(ranks=join_texts(word_rank(one.finding) for one in before)))
    if candidate.action.gates:
        said.append(PASSED.fill(names=join_texts(GATES[gate] for gate in candidate.action.gates)))
    said += [rule.kept for rule in list_rules(roadmap.constraints, "condition") if rule.concerns(candidate.code)]
    if not said:
        return None
    return join_clauses(said)


def _word_gain(one: Chosen, roadmap: Roadmap, currency: str) -> Text | None:
    impact = one.candidate.finding.impact
    if impact is None:
        return None
    gain = word_money_range(impact.low, impact.high, currency)
    if one.is_counted:
        return gain
    lever = one.candidate.action.lever
    first = next((o.candidate for o in roadmap.chosen if o.is_counted and o.candidate.action.lever == lever), None)
    if first is None:
        return gain
    return SAME_LEVER.fill(gain=gain, rank=word_rank(first.finding), lever=LEVERS[lever])
