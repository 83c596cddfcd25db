"""The plays of the client's trade: which can start now, what the others lack, and what to watch meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import (
    Text,
    join_clauses,
    join_texts,
    name_verbatim,
    word_days,
    word_number,
    word_percent,
)
from diagnostics.plan.actions import GATES
from diagnostics.plan.cycles import find_usual_cycle
from diagnostics.plan.material import EXAMINED, Material
from diagnostics.plan.phrases import list_ranks, word_ranks
from diagnostics.plan.playbook import STAGES, Indicator, Moment, Play, Playbook, list_plays
from diagnostics.plan.preconditions import GateState, read_gates
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import build, drop_empty, judge_status, read_number

QUESTION = Text(zh="这个行业的打法，哪些现在就能做？", en="Which plays of this trade can start now?")
ANSWER = Text(
    zh="{name}打法：{all} 个玩法中 {ready} 个条件已齐（{names}），其余列出所缺。",
    en="Playbook {name}: {ready} of {all} plays can start ({names}); the others say what they lack.",
)
NONE_READY = Text(
    zh="{name}打法：{all} 个玩法都还缺条件，先补最常缺的：{lack}。",
    en="Playbook {name}: none of {all} plays can start; most often missing: {lack}.",
)
NO_TRADE = Text(zh="需求表没有填行业，也没有可用的数据", en="the trade is not stated and no data are at hand")
READY = Text(zh="条件已齐", en="can start")
OPEN = Text(zh="先处理 {ranks}", en="first mend {ranks}")
UNANSWERED = Text(zh="先回答“{question}”", en="first answer “{question}”")
NOT_STATED = Text(zh="需求表还没有填“{field}”", en="the sheet does not state: {field}")
GATE_SHUT = Text(zh="“{gate}”未过关", en="“{gate}” has not passed")
GATE_UNKNOWN = Text(zh="“{gate}”还没有数据", en="“{gate}” is not known yet")
WATCH = Text(zh="重点看", en="watch")
ASIDE = Text(zh="不作主要依据", en="do not judge by it")
AFTER = Text(zh="购买后 {days}", en="{days} after the purchase")
OF_CYCLE = Text(zh="周期的 {share}（{category}约 {days}）", en="{share} of the cycle ({category}: about {days})")
NO_CYCLE = Text(zh="周期的 {share}（周期尚未测得）", en="{share} of the cycle (not measured yet)")
MOST_NAMED = 3
NAME, CHAPTER = "plan.plays", "11"


def plan_plays(material: Material, roadmap: Roadmap) -> PlanSection:
    """Every play with what it lacks, the trade's indicators, and its moments on the measured cycle."""
    del roadmap  # plays are not actions: what starts, and when, stands in the roadmap
    playbook = material.playbook
    if playbook is None:
        return PlanSection(
            name=NAME, chapter=CHAPTER, question=QUESTION, answer=NO_TRADE, status="not_computable", reason=NO_TRADE
        )
    judged = [(play, list(_list_lacks(play, material))) for _, play in list_plays(playbook)]
    ready = [play for play, lacks in judged if not lacks]
    open_codes = [code for play, _ in judged for code in play.needs.clear]
    return PlanSection(
        name=NAME,
        chapter=CHAPTER,
        question=QUESTION,
        answer=_tell(playbook, judged, ready),
        status=judge_status(measured=bool(material.exhibits), stated=bool(material.brief.text("industry"))),
        reason=NO_TRADE,
        exhibits=drop_empty(
            [_draw_plays(judged, material), _draw_indicators(playbook, material), _draw_moments(playbook, material)]
        ),
        ranks=list_ranks(one for one in material.list_findings(*open_codes) if one.severity != "info"),
        capabilities=("003-06", "003-35", "004-45", "001-19"),
    )


def _tell(playbook: Playbook, judged: list[tuple[Play, list[Text]]], ready: list[Play]) -> Text:
    parts = {"name": playbook.name, "all": word_number(len(judged))}
    if ready:
        names = join_texts(play.name for play in ready[:MOST_NAMED])
        return ANSWER.fill(ready=word_number(len(ready)), names=names, **parts)
    lacks = [lack for _, own in judged for lack in own]
    return NONE_READY.fill(lack=max(lacks, key=lacks.count), **parts)


def _list_lacks(play: Play, material: Material) -> Iterator[Text]:
    """What a play lacks, in the order in which it is to be mended."""
    for wanted in play.needs.answered:
        check, _, table = wanted.partition("/")
        section = material.sections.get(check)
        is_open = section is None or section.status not in EXAMINED
        if is_open or (table and material.find(check, table) is None):
            yield UNANSWERED.fill(question=section.question if section is not None else name_verbatim(check))
    for key in play.needs.sheet:
        if key not in material.brief.answers:
            yield NOT_STATED.fill(field=material.sheet_names.get(key, name_verbatim(key)))
    found = [one for one in material.list_findings(*play.needs.clear) if one.severity != "info"]
    ranks = word_ranks(found)
    if play.needs.clear and ranks is not None:
        yield OPEN.fill(ranks=ranks)
    gates: dict[str, GateState] = read_gates(material.find("referral.readiness", "gates"))
    for gate in play.needs.gates:
        if gates[gate] != "open":
            yield (GATE_SHUT if gates[gate] == "shut" else GATE_UNKNOWN).fill(gate=GATES[gate])


def _draw_plays(judged: list[tuple[Play, list[Text]]], material: Material) -> Exhibit:
    fields = (
        Field(name="stage", label=Text(zh="环节", en="Stage")),
        Field(name="play", label=Text(zh="玩法", en="Play")),
        Field(name="how", label=Text(zh="做法", en="How")),
        Field(name="metric", label=Text(zh="看什么", en="Judged by")),
        Field(name="state", label=Text(zh="条件", en="Conditions")),
    )
    rows = [
        {
            "stage": STAGES[play.stage],
            "play": play.name,
            "how": play.how,
            "metric": _name_metric(play.metric, material),
            "state": join_clauses(lacks) if lacks else READY,
        }
        for play, lacks in sorted(judged, key=lambda item: bool(item[1]))
    ]
    note = Text(
        zh="玩法来自行业打法文件，是经验而非本店的测量结果；条件由本次诊断逐条核对。",
        en="Plays come from the trade's file: experience, not measurements of this shop; their conditions were checked "
        "one by one.",
    )
    return build("plays", Text(zh="玩法与条件", en="Plays and their conditions"), fields, rows, note)


def _draw_indicators(book: Playbook, material: Material) -> Exhibit:
    fields = (
        Field(name="metric", label=Text(zh="指标", en="Indicator")),
        Field(name="use", label=Text(zh="用法", en="Use")),
        Field(name="why", label=Text(zh="理由", en="Why")),
        Field(name="findings", label=Text(zh="本次相关问题", en="Findings it validates")),
    )
    pairs = [(one, WATCH) for one in book.watch] + [(one, ASIDE) for one in book.aside]
    rows = [{"use": use} | _describe(one, material) for one, use in pairs]
    title = Text(zh="{name}：看哪些指标", en="{name}: which indicators count").fill(name=book.name)
    return build("indicators", title, fields, rows)


def _describe(indicator: Indicator, material: Material) -> dict[str, object]:
    found = [one for one in material.findings if one.validation.metric == indicator.metric and one.severity != "info"]
    return {
        "metric": _name_metric(indicator.metric, material),
        "why": indicator.why,
        "findings": word_ranks(found),
    }


def _draw_moments(book: Playbook, material: Material) -> Exhibit:
    fields = (
        Field(name="when", label=Text(zh="何时", en="When")),
        Field(name="do", label=Text(zh="做什么", en="What to do")),
    )
    rows = [{"when": _word_moment(moment, material), "do": moment.do} for moment in book.moments]
    return build("moments", Text(zh="触达时点", en="Moments of touch"), fields, rows, book.rhythm)


def _word_moment(moment: Moment, material: Material) -> Text:
    if moment.at is None:
        return AFTER.fill(days=word_days(moment.day))
    share = word_percent(moment.at, 0)
    usual = find_usual_cycle(material)
    if usual is None:
        return NO_CYCLE.fill(share=share)
    days = word_days(round(moment.at * (read_number(usual.row, "median") or 0.0)))
    return OF_CYCLE.fill(share=share, category=usual.category, days=days)


def _name_metric(metric: str, material: Material) -> Text:
    return material.metric_names.get(metric, name_verbatim(metric))
