"""From the client's symptoms to the questions that answer them, and where to begin by goal and by what was found."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from diagnostics.model.finding import Finding
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import (
    NOT_KNOWN,
    NOTHING,
    Text,
    join_clauses,
    join_texts,
    shorten,
    word_money,
    word_number,
)
from diagnostics.plan.material import EXAMINED, Material
from diagnostics.plan.phrases import list_ranks, word_ranks
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import build, drop_empty, judge_status, read_text

QUESTION = Text(
    zh="客户的困惑由哪几节回答，先从哪里切入？",
    en="Which sections answer the client's symptoms, and where should the work begin?",
)
ANSWER = Text(zh="客户说的困惑有 {n} 个：{parts}。", en="Symptoms that the client names: {n} ({parts}).")
PART = Text(
    zh="{symptom}，{examined}/{all} 节有答案{ranks}", en="{symptom}: {examined} of {all} sections answer{ranks}"
)
RANKS = Text(zh="，问题 {ranks}", en=", findings {ranks}")
NO_SYMPTOM = Text(
    zh="需求表没有写困惑，下表列出每种困惑由哪几节回答。",
    en="The sheet names no symptom, so the table shows which sections answer each.",
)
BEGIN = Text(zh="建议从{entry}切入：{why}。", en="Begin with {entry}: {why}.")
BY_GOAL = Text(zh="它对应目标{goals}", en="it serves what the client wants: {goals}")
BY_MONEY = Text(zh="相关问题里最大的一个每年约 {money}", en="its largest finding is worth about {money} a year")
BY_FINDING = Text(zh="这里发现的问题最多", en="most findings lie there")
OWN_CHOICE = Text(
    zh="客户自己选的是{own}，请在会上对齐。", en="The client itself chose {own}: settle this in the session."
)
NO_ENTRY = Text(
    zh="没有足够的目标与发现来建议切入点。", en="Goals and findings do not suffice to advise where to begin."
)
NO_ANSWER = Text(zh="没有回答：{reason}", en="not answered: {reason}")
NAME, CHAPTER = "plan.triage", "2"


@dataclass(frozen=True, kw_only=True)
class Symptom:
    """A symptom, the checks that answer it in order, and the findings that explain it."""

    name: Text
    checks: tuple[str, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Where to begin: its name, the goals that it serves and the findings that call for it."""

    name: Text
    goals: tuple[str, ...]
    codes: tuple[str, ...]


SYMPTOMS: dict[str, Symptom] = {
    "no_start": Symptom(
        name=Text(zh="不知从哪入手", en="No idea where to begin"),
        checks=("fit.factors", "fit.maturity", "fit.positioning", "resources.matrix"),
        codes=("fit.weak_fit", "goal.", "resource."),
    ),
    "pool_small": Symptom(
        name=Text(zh="规模上不去", en="The pool does not grow"),
        checks=("people.reach", "venue.migration", "venue.touchpoints", "service.adds", "stores.activation"),
        codes=("people.low_reach", "venue.migration_loss", "venue.broken_link", "service.", "store."),
    ),
    "dead_groups": Symptom(
        name=Text(zh="社群死群", en="Groups are silent"),
        checks=("community.health", "community.voices", "community.members"),
        codes=("community.",),
    ),
    "no_conversion": Symptom(
        name=Text(zh="发商品没人买", en="Posts bring no orders"),
        checks=("venue.conversion", "goods.gateway", "campaigns.lift", "campaigns.fatigue", "automation.scenarios"),
        codes=("lever.conversion_drop", "goods.", "campaign.", "automation."),
    ),
    "gmv_flat": Symptom(
        name=Text(zh="半年 GMV 没成效", en="No sales after half a year"),
        checks=("levers.tree", "levers.gain", "levers.economics", "retention.cohorts"),
        codes=("lever.", "retention."),
    ),
}
ENTRIES: dict[str, Entry] = {
    "member": Entry(
        name=Text(zh="会员", en="membership"),
        goals=("member", "repurchase", "retention"),
        codes=("people.member_growth_lag", "people.members_never_bought", "retention."),
    ),
    "traffic": Entry(
        name=Text(zh="流量", en="traffic"),
        goals=("new_users", "conversion", "fission"),
        codes=("lever.users_drop", "lever.conversion_drop", "people.low_reach", "venue.", "fission."),
    ),
    "service": Entry(
        name=Text(zh="服务", en="service"), goals=("service", "efficiency"), codes=("service.", "automation.", "store.")
    ),
    "data": Entry(
        name=Text(zh="数据", en="data"), goals=(), codes=("people.unbridged_members", "people.tag_gap", "data.")
    ),
    "multi_brand": Entry(name=Text(zh="多品牌", en="several brands"), goals=("aov",), codes=("people.cross_sell_gap",)),
}
GOALS: dict[str, Text] = {
    "new_users": Text(zh="拉新", en="new users"),
    "conversion": Text(zh="转化", en="conversion"),
    "aov": Text(zh="客单", en="spend per order"),
    "repurchase": Text(zh="复购", en="repeat buying"),
    "retention": Text(zh="留存", en="retention"),
    "fission": Text(zh="裂变", en="referral"),
    "member": Text(zh="会员", en="membership"),
    "efficiency": Text(zh="人效", en="productivity"),
    "service": Text(zh="服务", en="service"),
}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry with the client's goals that it serves and what was found."""

    id: str
    goals: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def money(self) -> float:
        """The largest of its findings; sizes overlap, so they are not added."""
        return max((one.impact.mid for one in self.findings if one.impact), default=0.0)


def plan_triage(material: Material, roadmap: Roadmap) -> PlanSection:
    """Symptoms with the sections that answer them, entries weighed by goal and money, and past attempts."""
    del roadmap  # what to do, and when, stands in the roadmap
    named = [name for name in material.brief.choices("symptoms") if name in SYMPTOMS]
    routed = named or list(SYMPTOMS)
    candidates = weigh_entries(material)
    return PlanSection(
        name=NAME,
        chapter=CHAPTER,
        question=QUESTION,
        answer=_tell_symptoms(named, material) + _tell_entry(candidates, material),
        status=judge_status(measured=False, stated=True),
        exhibits=drop_empty(
            [_draw_symptoms(routed, material), _draw_entries(candidates, material), _draw_attempts(material)]
        ),
        ranks=list_ranks(one for name in named for one in _list_own(name, material)),
        capabilities=("003-01", "002-01"),
    )


def _list_own(symptom: str, material: Material) -> tuple[Finding, ...]:
    return tuple(one for one in material.list_findings(*SYMPTOMS[symptom].codes) if one.severity != "info")


def weigh_entries(material: Material) -> tuple[Candidate, ...]:
    """Entries with a goal or a finding, best first: those that serve a stated goal, then by their largest finding.

    Several brands is an entry only where there are several.
    """
    stated = material.brief.choices("goal_type")
    several = (material.brief.number("brand_count") or 1) > 1
    found = [
        Candidate(
            id=name,
            goals=tuple(goal for goal in entry.goals if goal in stated),
            findings=tuple(one for one in material.list_findings(*entry.codes) if one.severity != "info"),
        )
        for name, entry in ENTRIES.items()
        if name != "multi_brand" or several
    ]
    known = [one for one in found if one.goals or one.findings]
    return tuple(sorted(known, key=lambda one: (not one.goals, -one.money, -len(one.findings))))


def _tell_symptoms(named: list[str], material: Material) -> Text:
    if not named:
        return NO_SYMPTOM
    parts = []
    for name in named:
        checks = SYMPTOMS[name].checks
        ranks = word_ranks(_list_own(name, material)[:MOST_NAMED])
        parts.append(
            PART.fill(
                symptom=SYMPTOMS[name].name,
                examined=word_number(sum(material.answer(check) is not None for check in checks)),
                all=word_number(len(checks)),
                ranks=RANKS.fill(ranks=ranks) if ranks is not None else NOTHING,
            )
        )
    return ANSWER.fill(n=word_number(len(named)), parts=join_clauses(parts))


MOST_NAMED = 5


def _tell_entry(candidates: tuple[Candidate, ...], material: Material) -> Text:
    if not candidates:
        return NO_ENTRY
    best = candidates[0]
    why = [BY_GOAL.fill(goals=join_texts(GOALS[goal] for goal in best.goals))] if best.goals else []
    if best.money:
        why.append(BY_MONEY.fill(money=word_money(best.money, material.currency)))
    said = BEGIN.fill(entry=ENTRIES[best.id].name, why=join_texts(why or [BY_FINDING]))
    own = material.brief.text("business_priority")
    return said + OWN_CHOICE.fill(own=ENTRIES[own].name) if own in ENTRIES and own != best.id else said


def _draw_symptoms(names: list[str], material: Material) -> Exhibit:
    rows = []
    for name in names:
        for check in SYMPTOMS[name].checks:
            section = material.sections.get(check)
            if section is None:  # the run was held to some wings
                continue
            if section.status in EXAMINED and section.answer is not None:
                answer = section.answer
            else:
                answer = NO_ANSWER.fill(reason=section.reason or NOT_KNOWN)
            rows.append({"symptom": SYMPTOMS[name].name, "question": section.question, "answer": answer})
    fields = (
        Field(name="symptom", label=Text(zh="困惑", en="Symptom")),
        Field(name="question", label=Text(zh="由哪一节回答", en="Answered by")),
        Field(name="answer", label=Text(zh="本次的答案", en="The answer")),
    )
    return build("symptoms", Text(zh="从困惑到答案", en="From symptoms to answers"), fields, rows)


def _draw_entries(candidates: tuple[Candidate, ...], material: Material) -> Exhibit:
    own = material.brief.text("business_priority")
    rows = [
        {
            "entry": ENTRIES[one.id].name,
            "goals": join_texts(GOALS[goal] for goal in one.goals) if one.goals else None,
            "findings": word_ranks(one.findings[:MOST_NAMED]),
            "money": one.money or None,
            "own": Text(zh="客户所选", en="the client's choice") if one.id == own else None,
        }
        for one in candidates
    ]
    fields = (
        Field(name="entry", label=Text(zh="切入点（建议在前）", en="Entry, advised first")),
        Field(name="goals", label=Text(zh="对应目标", en="Goals served")),
        Field(name="findings", label=Text(zh="相关问题", en="Findings")),
        Field(name="money", label=Text(zh="其中最大的一个（一年）", en="The largest of them, a year"), unit="money"),
        Field(name="own", label=Text(zh="客户意向", en="Client")),
    )
    note = Text(
        zh="先看是否对应客户的目标，再看相关问题里最大的一个值多少；问题之间有重叠，金额不相加。",
        en="First whether it serves a goal of the client, then the largest of its findings; sizes overlap and are not "
        "added.",
    )
    return build("entries", Text(zh="从哪里切入", en="Where to begin"), fields, rows, note)


def _draw_attempts(material: Material) -> Exhibit:
    silent = Text(zh="没有写原因：先复盘再重做", en="no reason stated: review before trying again")
    rows = [
        {
            "date": pd.Timestamp(str(row["date"])) if row.get("date") is not None else None,
            "what": shorten(read_text(row, "what"), 60),
            "result": shorten(read_text(row, "result"), 60),
            "reason": shorten(read_text(row, "reason"), 60) or silent,
        }
        for row in material.brief.rows("past_attempts")
    ]
    fields = (
        Field(name="date", label=Text(zh="日期", en="Date"), unit="date"),
        Field(name="what", label=Text(zh="做了什么", en="What was done")),
        Field(name="result", label=Text(zh="结果", en="Result")),
        Field(name="reason", label=Text(zh="原因", en="Reason")),
    )
    return build("attempts", Text(zh="过往尝试", en="Earlier attempts"), fields, rows)
