"""The repurchase plan: the cycle of each category, the moments of touch, the next product, and the scenarios."""

from __future__ import annotations

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_days, word_number
from diagnostics.plan.cycles import find_usual_cycle, list_cycles
from diagnostics.plan.material import Material
from diagnostics.plan.phrases import list_ranks
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import (
    NO_DATA,
    build,
    drop_empty,
    judge_status,
    list_actions,
    read_number,
    tell_todo,
)

CODES = (
    "retention.",
    "lever.frequency_drop",
    "people.concentration_risk",
    "people.member_growth_lag",
    "people.members_never_bought",
    "automation.missed_scenario",
)
QUESTION = Text(zh="什么时候、用什么商品把买过的人请回来？", en="When and with which product are buyers brought back?")
ANSWER = Text(
    zh="{n} 个品类有可用的复购周期：买得最多的{category}，买后第 {low}起提醒、第 {median}再提醒、过 {far}转召回；"
    "{next}；{todo}。",
    en="{n} categories have a cycle to go by: for {category}, bought again most, remind from {low} after the purchase, "
    "again at {median}, and win back beyond {far}; {next}; {todo}.",
)
NO_CYCLE = Text(zh="还没有可用的复购周期；{next}；{todo}。", en="No cycle to go by yet; {next}; {todo}.")
NEXT = Text(zh="{n} 对商品的先后多于偶然", en="{n} pairs of products follow each other more often than by chance")
NO_NEXT = Text(zh="没有一对商品的先后多于偶然", en="no pair of products follows more often than by chance")
NEXT_UNKNOWN = Text(zh="商品先后没有数据", en="the order of products is not known")
NOTHING_WRONG = Text(zh="没有发现复购问题", en="no trouble found with repeat buying")
ORDERS = Text(zh="带客户标识的订单明细（至少一年）", en="order lines with a customer key, a year at least")


def plan_repurchase(material: Material, roadmap: Roadmap) -> PlanSection:
    """Cycles, next products, waiting scenarios and the actions."""
    findings = material.list_findings(*CODES)
    cycles = list_cycles(material)
    waiting = [
        row for row in material.rows("automation.scenarios", "scenarios") if read_number(row, "audience") is not None
    ]
    is_examined = bool(cycles or material.answer("retention.return_curve"))
    parts = {
        "next": _tell_next(material),
        "todo": tell_todo(findings, roadmap, NOTHING_WRONG, is_examined=is_examined),
    }
    reason = NO_DATA.fill(export=ORDERS)
    return PlanSection(
        name="plan.repurchase",
        chapter="11",
        question=QUESTION,
        answer=_tell(material, parts),
        status=judge_status(measured=bool(cycles or waiting), stated=False),
        reason=reason,
        exhibits=drop_empty(
            [_draw_cycles(cycles), _draw_next(material), _draw_waiting(waiting), list_actions(findings, roadmap)]
        ),
        ranks=list_ranks(findings),
        capabilities=("003-19", "003-27"),
    )


def _tell(material: Material, parts: dict[str, Text]) -> Text:
    usual = find_usual_cycle(material)
    if usual is None:
        return NO_CYCLE.fill(**parts)
    days = {moment: word_days(read_number(usual.row, moment)) for moment in ("low", "median", "far")}
    return ANSWER.fill(n=word_number(usual.known), category=usual.category, **days, **parts)


def _list_next(material: Material) -> list[dict[str, object]]:
    """Pairs whose lift lies above one beyond chance."""
    rows = material.rows("goods.attach", "next_pairs")
    return [row for row in rows if (read_number(row, "low") or 0.0) > 1]


def _tell_next(material: Material) -> Text:
    if material.find("goods.attach", "next_pairs") is None:
        return NEXT_UNKNOWN
    sure = _list_next(material)
    return NEXT.fill(n=word_number(len(sure))) if sure else NO_NEXT


def _draw_cycles(cycles: list[dict[str, object]]) -> Exhibit:
    fields = (
        Field(name="category", label=Text(zh="品类", en="Category")),
        Field(name="gaps", label=Text(zh="间隔数", en="Gaps"), unit="count"),
        Field(name="low", label=Text(zh="开始提醒", en="Remind from"), unit="days"),
        Field(name="median", label=Text(zh="再次提醒（中位）", en="Again, at the median"), unit="days"),
        Field(name="high", label=Text(zh="最后提醒", en="Last reminder"), unit="days"),
        Field(name="far", label=Text(zh="转召回", en="Win back beyond"), unit="days"),
        Field(name="returning", label=Text(zh="回购率", en="Come back"), unit="share"),
    )
    note = Text(
        zh="天数取自实际间隔：四分之一位、中位、四分之三位与流失线；提醒遵守触达上限。",
        en="Days are those of real gaps: quarter, median, three quarters and the lapse line; reminders keep the cap of "
        "touches.",
    )
    return build("cycles", Text(zh="各品类的触达时点", en="Moments of touch by category"), fields, cycles, note)


def _draw_next(material: Material) -> Exhibit:
    fields = (
        Field(name="name", label=Text(zh="先买", en="Bought first")),
        Field(name="other_name", label=Text(zh="接着推荐", en="Offer next")),
        Field(name="customers", label=Text(zh="人数", en="Customers"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="lift", label=Text(zh="提升倍数", en="Lift"), unit="number", digits=1),
    )
    return build("next", Text(zh="下一件商品", en="Next product"), fields, _list_next(material))


def _draw_waiting(waiting: list[dict[str, object]]) -> Exhibit:
    fields = (
        Field(name="scenario", label=Text(zh="场景", en="Scenario")),
        Field(name="rule", label=Text(zh="触发", en="Trigger")),
        Field(name="cadence", label=Text(zh="节奏", en="Cadence")),
        Field(name="audience", label=Text(zh="今天在等的人", en="Waiting today"), unit="count"),
        Field(name="touched", label=Text(zh="已触达", en="Touched"), unit="share"),
    )
    return build("waiting", Text(zh="自动触达场景", en="Automatic scenarios"), fields, waiting)
