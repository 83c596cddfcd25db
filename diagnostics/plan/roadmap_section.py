"""The roadmap's answer, what is not done now, what must be true first, and how the team is used."""

from __future__ import annotations

import pandas as pd

from diagnostics.model.finding import ROLES
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_clauses, join_texts, name_verbatim, shorten, word_number
from diagnostics.plan.actions import PHASES
from diagnostics.plan.material import Material
from diagnostics.plan.phrases import list_ranks, word_rank
from diagnostics.plan.preconditions import list_predecessors
from diagnostics.plan.roadmap import Roadmap, draw_roadmap

QUESTION = Text(
    zh="九十天里先做什么，什么现在不做？", en="What is done first in ninety days, and what is not done now?"
)
ANSWER = Text(
    zh="九十天做 {n} 件，{first}先做 {firsts}；{left}（{bounds}）。",
    en="Actions in ninety days: {n}, beginning with {firsts} ({first}); {left} ({bounds}).",
)
LEFT = Text(zh="现在不做的有 {n} 件，逐条写明原因", en="not done now, each with its reason: {n}")
NONE_LEFT = Text(zh="没有要推迟的", en="none is put off")
NO_ACTION = Text(
    zh="没有需要动作的发现，九十天里维持现状并按月复核。",
    en="No finding calls for an action: go on as today and look again each month.",
)
NONE_FITS = Text(
    zh="{left} 件动作现在都做不了，原因逐条列出（{bounds}）。",
    en="Nothing can be done now; actions put off, each with its reason: {left} ({bounds}).",
)
BOUNDS = {
    (True, True): Text(zh="按需求表的人力与预算安排", en="held to the team and budget of the sheet"),
    (True, False): Text(zh="按需求表的人力安排，需求表没有写预算", en="held to the sheet's team; it states no budget"),
    (False, True): Text(
        zh="按需求表的预算安排，需求表没有写人力", en="held to the sheet's budget; it states no headcount"
    ),
    (False, False): Text(
        zh="需求表没有写人力与预算，只限制每期件数",
        en="the sheet states neither headcount nor budget: only the number a phase is held",
    ),
}


NOT_UNDERSTOOD = Text(
    zh="没有规则能判断，请逐项核对路线图", en="no rule understands it: hold each action of the roadmap against it"
)
OPEN_FINDING = Text(zh="{rank} {title}", en="{rank} {title}")


def tell_roadmap(roadmap: Roadmap, material: Material) -> PlanSection:
    """The roadmap's answer, what is not done now, what must be true first and how the team is used."""
    exhibits = [
        draw_roadmap(roadmap, material),
        _list_left(roadmap),
        _list_constraints(roadmap),
        _list_preconditions(roadmap),
        _tell_load(roadmap),
    ]
    return PlanSection(
        name="plan.roadmap",
        chapter="16",
        question=QUESTION,
        answer=_tell(roadmap),
        status="computed" if material.findings else "judged",
        exhibits=tuple(exhibit for exhibit in exhibits if not exhibit.frame.empty),
        ranks=list_ranks(one.candidate.finding for one in roadmap.chosen),
        capabilities=("003-20", "004-45", "004-49"),
    )


def _tell(roadmap: Roadmap) -> Text:
    days, budget = roadmap.capacity.days is not None, roadmap.capacity.budget is not None
    count, bounds = word_number(len(roadmap.left)), BOUNDS[days, budget]
    if not roadmap.chosen:
        return NONE_FITS.fill(left=count, bounds=bounds) if roadmap.left else NO_ACTION
    first = roadmap.chosen[0].phase
    firsts = [word_rank(one.candidate.finding) for one in roadmap.chosen if one.phase == first]
    return ANSWER.fill(
        n=word_number(len(roadmap.chosen)),
        first=PHASES[first],
        firsts=join_texts(firsts),
        left=LEFT.fill(n=count) if roadmap.left else NONE_LEFT,
        bounds=bounds,
    )


def _list_left(roadmap: Roadmap) -> Exhibit:
    fields = (
        Field(name="finding", label=Text(zh="对应问题", en="Finding")),
        Field(name="action", label=Text(zh="动作", en="Action")),
        Field(name="owner", label=Text(zh="负责人", en="Owner")),
        Field(name="reason", label=Text(zh="现在不做，因为", en="Not now, because")),
    )
    rows = [
        {
            "finding": word_rank(one.candidate.finding),
            "action": one.candidate.finding.action,
            "owner": ROLES[one.candidate.finding.owner_role],
            "reason": one.reason,
        }
        for one in roadmap.left
    ]
    return Exhibit(name="not_now", title=Text(zh="现在不做的", en="Not now"), fields=fields, frame=pd.DataFrame(rows))


def _list_constraints(roadmap: Roadmap) -> Exhibit:
    """Every constraint of the sheet, and how the roadmap keeps it."""
    fields = (
        Field(name="said", label=Text(zh="需求表写的限制", en="Constraint of the sheet")),
        Field(name="kept", label=Text(zh="路线图怎么守", en="How the roadmap keeps it")),
    )
    rows = [
        {
            "said": name_verbatim(shorten(one.said)),
            "kept": join_clauses(rule.kept for rule in one.rules) if one.rules else NOT_UNDERSTOOD,
        }
        for one in roadmap.constraints
    ]
    title = Text(zh="客户的限制", en="The client's constraints")
    return Exhibit(name="constraints", title=title, fields=fields, frame=pd.DataFrame(rows))


def _list_preconditions(roadmap: Roadmap) -> Exhibit:
    """One row a precondition that an action of this client has."""
    fields = (
        Field(name="finding", label=Text(zh="对应问题", en="Finding")),
        Field(name="first", label=Text(zh="前提", en="What must be true first")),
        Field(name="state", label=Text(zh="现状", en="State")),
    )
    rows = [
        {
            "finding": word_rank(candidate.finding),
            "first": OPEN_FINDING.fill(rank=word_rank(before.finding), title=before.finding.title),
            "state": roadmap.say_when(before.finding),
        }
        for candidate in roadmap.candidates
        for before in list_predecessors(candidate, roadmap.candidates)
    ]
    title = Text(zh="先要成立的前提", en="What must be true first")
    return Exhibit(name="preconditions", title=title, fields=fields, frame=pd.DataFrame(rows))


def _tell_load(roadmap: Roadmap) -> Exhibit:
    """Days taken by role and phase, beside the days that the sheet leaves."""
    roles = dict.fromkeys(role for one in roadmap.chosen for role in one.candidate.days)
    rows: list[dict[str, object]] = []
    for role in roles:
        taken = [
            sum(one.candidate.days.get(role, 0.0) for one in roadmap.chosen if one.phase == phase)
            for phase in range(len(PHASES))
        ]
        phases: dict[str, object] = {f"phase_{phase}": days for phase, days in enumerate(taken)}
        rows.append({"role": ROLES[role], "free": roadmap.capacity.count_days(role)} | phases)
    fields = (
        Field(name="role", label=Text(zh="角色", en="Role")),
        *(Field(name=f"phase_{place}", label=name, unit="days", digits=0) for place, name in enumerate(PHASES)),
        Field(name="free", label=Text(zh="每期可用", en="Free a phase"), unit="days", digits=0),
    )
    note = Text(
        zh="可用人天 = 需求表的人数 × 工作日 × 可用于改变的比例；空格表示不作限制：需求表没有写，或不在私域团队内。",
        en="Free days are the sheet's headcount by working days by the share left for change; an empty cell is not "
        "held: the sheet does not state the role, or it works outside the team.",
    )
    title = Text(zh="各角色占用的人天", en="Days taken by role")
    return Exhibit(name="load", title=title, fields=fields, frame=pd.DataFrame(rows), note=note)
