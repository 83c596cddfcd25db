"""Whether a private domain suits the business: twelve weighted factors, a verdict, and how easily it would flip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.fit._factor_rules import FACTORS, Reading, name_factors, read_factors
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.fit_facts import total_facts, total_loyalty, total_venues
from diagnostics.metrics.gaps import count_shop_gaps
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.fit import FitVerdict, Graded, Verdict, decide

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="这门生意适合做私域吗？", en="Does a private domain suit this business?")
DEFINITION = Text(
    zh="十二个因素各评 0 至 4 分，乘以权重；得分率 = 加权得分 ÷ 满分。因素取自国信证券《2020 私域流量深度研究》的七因素"
    "与实务文章（高复购高毛利、人群、周期、阶段、渠道、重视程度），分档与权重是本工具的设定，可逐项修改。"
    "有数据的因素用数据，其余依需求表；没有答案的因素不计入，并给出它们全取最低或最高分时的结论。"
    "结论只是三档：适合、有条件适合、暂不适合；同时列出起决定作用的三个因素，以及改动几个单项就会翻转。",
    en="Twelve factors, graded 0 to 4 and weighted; share reached = weighted grades over the best possible. Factors "
    "after Guosen Securities, “Private traffic” (2020), its seven, and practitioners' articles (repeat buying, "
    "margin, audience, cycle, stage, channels, attention); steps and weights are settings of this workbook and "
    "can each be changed. Data go before the sheet; factors without an answer are left out, and the verdict is also "
    "given "
    "with all of them at the worst and at the best grade. Three verdicts: suits, suits under conditions, not yet; with "
    "the three factors that decide it and how many single changes would flip it.",
)
TOO_FEW = Text(
    zh="十二个因素只有 {n} 个有数据或答案，不足一半",
    en="only {n} of the twelve factors have data or an answer, less than half",
)
UNLOCK = Text(
    zh="需求表的毛利率、客单价、周期、定位、阶段、重视程度；或带客户的订单与商品成本",
    en="margin, ticket, cycle, position, stage and attention in the requirement sheet; or orders with customers and "
    "cost",
)
VERDICTS: dict[Verdict, Text] = {
    "fit": Text(zh="适合", en="suits"),
    "conditional": Text(zh="有条件适合", en="suits under conditions"),
    "weak": Text(zh="暂不适合", en="does not suit yet"),
}
ANSWER = Text(
    zh="{verdict}：{known} 个有答案的因素得分率 {share}，决定它的是{deciding}。",
    en="A private domain {verdict}: {share} reached on {known} factors known, decided by {deciding}.",
)
FIRM = Text(
    zh="任何一个因素升降一档都不会翻转结论，单项改到任意分能翻转的有 {n} 个。",
    en="No factor flips the verdict by one grade; {n} could alone at any grade.",
)
SOLID = Text(
    zh="把任何一个因素单独改到任意分，结论都不会翻转。",
    en="No factor alone could flip the verdict, whatever its grade.",
)
SHAKY = Text(
    zh="有 {near} 个因素只要升降一档就会翻转结论（{names}），单项改到任意分能翻转的有 {n} 个。",
    en="Factors that flip the verdict by one grade: {near} ({names}); {n} could alone at any grade.",
)
OPEN = Text(
    zh="未知因素全取最低分为{low}，全取最高分为{high}。",
    en="With all unknown factors at the worst it {low}, at the best it {high}.",
)
TITLE = Text(
    zh="私域赖以生存的「{factor}」偏弱：{value}", en="What a private domain lives on is weak: {factor}, {value}"
)
CAUSE = Text(
    zh="{factor}评 {grade} 分（满分 4，权重 {weight}，依据：{origin}）；分档为{rule}。总体结论：{verdict}，"
    "得分率 {share}。",
    en="{factor} is graded {grade} of 4 (weight {weight}, from the {origin}; steps: {rule}). Overall it {verdict}, "
    "with {share} reached.",
)
ACTIONS: dict[str, Text] = {
    "repurchase": Text(
        zh="先补一个能复购的理由：耗材、补充装或配套服务；补上之前，私域只做服务与转介绍，不铺人。",
        en="First add a reason to return: refills, consumables or a service; until then use the private domain for "
        "service and referral and do not staff it up.",
    ),
    "margin": Text(
        zh="先提毛利再谈权益：组合装、自有渠道专供款；毛利不支撑一对一时，用自动化和社群替代人力。",
        en="Raise margin before benefits: sets, items for own channels only; where margin can't carry one-to-one "
        "service, use automation and groups.",
    ),
    "cycle": Text(
        zh="换指标：周期长的品类看跨品类购买、转介绍与服务触点，不看复购率。",
        en="Change the indicators: with a long cycle watch cross-category purchases, referral and service, not repeat "
        "rates.",
    ),
}
OTHER_ACTION = Text(
    zh="先补这一项，再扩大投入；用一个渠道小范围试三个月，看得分是否变化。",
    en="Mend this first, then invest more; try three months in one channel and see whether the grade moves.",
)
STOP = Text(
    zh="两个季度后该项仍未升一档，则把私域限于服务老客，不再追加预算。",
    en="If it has not risen by a grade after two quarters, keep the private domain to serving customers and add no "
    "budget.",
)
NO_MONEY = Text(
    zh="适配度决定投入多少，本身不是一笔损失", en="fit decides how much to invest; it is no loss of its own"
)
METRICS = {"repurchase": "repurchase_user", "loyalty": "repurchase_user", "cycle": "cycle", "ticket": "aov_order"}
CORE = ("repurchase", "margin", "cycle")
NAME = "fit.factors"
LEAST_KNOWN = 6


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Every factor as read, with its weight, and the verdict on them."""

    readings: tuple[Reading, ...]
    weights: Mapping[str, float]
    verdict: FitVerdict

    @property
    def known(self) -> tuple[Reading, ...]:
        """Factors with a grade."""
        return tuple(one for one in self.readings if one.grade is not None)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what the orders of the period tell."""
    if not tables.has("order_lines", "paid_amount"):
        return {}
    engagement = tables.engagement
    valued = value_lines(tables["order_lines"], engagement.gmv_basis)
    lines = within(valued, engagement.horizon.current)
    products = tables["products"] if tables.has("products", "product_id", "unit_cost") else None
    asked = {"facts": total_facts(lines, products), "loyalty": total_loyalty(lines), "venues": total_venues(lines)}
    if tables.has("order_lines", "customer"):
        asked["gaps"] = count_shop_gaps(valued, engagement.horizon.as_of)
    return asked


def measure(replies: Replies) -> Fit | NotComputable:
    """Grade every factor and decide."""
    readings = read_factors(replies)
    known = sum(one.grade is not None for one in readings)
    if known < LEAST_KNOWN:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(known)), unlocked_by=UNLOCK)
    limits = find_limits(NAME, LIMITS, replies.engagement)
    weights = {name: limits[f"weight_{name}"] for name in FACTORS}
    graded = tuple(Graded(id=one.factor, weight=weights[one.factor], grade=one.grade) for one in readings)
    return Fit(readings=readings, weights=weights, verdict=decide(graded, limits))


def judge(measured: Fit, limits: Limits) -> tuple[Finding, ...]:
    """Raise the core factors that are weak where the verdict is not that it suits; else its weakest factor."""
    verdict = measured.verdict.verdict
    if verdict == "fit":
        return ()
    known = {one.factor: one for one in measured.known}
    weak = [known[name] for name in CORE if name in known and (known[name].grade or 0) <= limits["weak_grade"]]
    if not weak and verdict == "weak":
        weak = [known[measured.verdict.deciding[0]]]
    return tuple(_find(one, measured) for one in weak)


def _find(one: Reading, measured: Fit) -> Finding:
    factor = FACTORS[one.factor]
    return Finding(
        code="fit.weak_fit",
        scope={"factor": one.factor},
        title=TITLE.fill(factor=factor.name, value=one.value),
        cause=CAUSE.fill(
            factor=factor.name,
            grade=word_number(one.grade),
            weight=word_number(measured.weights[one.factor]),
            origin=one.origin,
            rule=factor.rule,
            verdict=VERDICTS[measured.verdict.verdict],
            share=word_percent(measured.verdict.share, 0),
        ),
        action=ACTIONS.get(one.factor, OTHER_ACTION),
        owner_role="manager",
        validation=Validation(metric=METRICS.get(one.factor, "ltv_simple"), direction="up", window_days=180),
        stop_rule=STOP,
        # What data count is surer than what a sheet estimates.
        confidence=0.8 if one.n is not None else 0.6,
        impact_reason=NO_MONEY,
        severity="medium" if measured.verdict.verdict == "weak" else "low",
        evidence=(Evidence(table="factors", n=one.n, value=float(one.grade or 0)),),
    )


def tell(measured: Fit) -> Text:
    """The verdict, what decides it, how it would flip."""
    verdict = measured.verdict
    said = ANSWER.fill(
        verdict=VERDICTS[verdict.verdict],
        known=word_number(len(measured.known)),
        share=word_percent(verdict.share, 0),
        deciding=name_factors(verdict.deciding),
    )
    if not verdict.could_flip:
        return said + SOLID
    return said + (SHAKY if verdict.flips else FIRM).fill(
        near=word_number(len(verdict.flips)),
        names=name_factors(verdict.flips),
        n=word_number(len(verdict.could_flip)),
    )


def caveats(measured: Fit) -> tuple[Text, ...]:
    """What the unknown factors leave open."""
    if len(measured.known) == len(measured.readings):
        return ()
    return (OPEN.fill(low=VERDICTS[measured.verdict.low], high=VERDICTS[measured.verdict.high]),)


def tabulate(measured: Fit) -> tuple[Exhibit, ...]:
    """A factor a row, with weight, grade, origin and steps."""
    rows = [
        {
            "factor": FACTORS[one.factor].name,
            "value": one.value,
            "grade": one.grade,
            "weight": measured.weights[one.factor],
            "origin": one.origin,
            "rule": FACTORS[one.factor].rule,
            "source": FACTORS[one.factor].source,
            "flips": YES if one.factor in measured.verdict.flips else NO,
        }
        for one in measured.readings
    ]
    fields = (
        Field(name="factor", label=Text(zh="因素", en="Factor")),
        Field(name="value", label=Text(zh="现状", en="Today")),
        Field(name="grade", label=Text(zh="评分（0 至 4）", en="Grade (0 to 4)"), unit="count"),
        Field(name="weight", label=Text(zh="权重", en="Weight"), unit="number", digits=1),
        Field(name="origin", label=Text(zh="依据", en="From")),
        Field(name="rule", label=Text(zh="分档", en="Steps")),
        Field(name="source", label=Text(zh="因素出处", en="Named by")),
        Field(name="flips", label=Text(zh="一档即翻转", en="Flips by one grade")),
    )
    title = Text(zh="适配度十二因素", en="Twelve factors of fit")
    return (Exhibit(name="factors", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw(measured: Fit, language: Language) -> Figure:
    """Weighted points of each known factor; weak ones stand out."""
    known = sorted(measured.known, key=lambda one: -measured.weights[one.factor] * (one.grade or 0))
    points = [measured.weights[one.factor] * (one.grade or 0) for one in known]
    best = Text(zh="{points} / {best}", en="{points} of {best}")
    return draw_bars(
        [FACTORS[one.factor].name.word(language) for one in known],
        points,
        [
            best.fill(points=word_number(got), best=word_number(4 * measured.weights[one.factor])).word(language)
            for one, got in zip(known, points, strict=True)
        ],
        axis_label=Text(zh="加权得分", en="Weighted points").word(language),
        marked=[place for place, one in enumerate(known) if (one.grade or 0) <= 1],
    )


YES, NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
HEAVY = Text(
    zh="实务文章把高复购、高毛利和周期列为私域的前提，权重为 2；可按客户修改",
    en="practitioners make repeat buying, margin and cycle the condition of a private domain: weight 2, can be changed",
)
LIGHT = Text(zh="其余因素权重为 1；可按客户修改", en="all other factors weigh 1, can be changed")
LIMITS = (
    Limit(
        name="fit_from",
        value=0.6,
        reason=Text(
            zh="得分率六成以上为适合：平均每个因素好于中档；本工具的设定",
            en="from 60% it suits: the mean factor is better than the middle grade; a setting of this workbook",
        ),
    ),
    Limit(
        name="conditional_from",
        value=0.4,
        reason=Text(
            zh="四成到六成为有条件适合：弱项要先补；本工具的设定",
            en="from 40% it suits under conditions: weak factors come first; a setting of this workbook",
        ),
    ),
    Limit(
        name="weak_grade",
        value=1,
        reason=Text(zh="0 分或 1 分算偏弱", en="grades 0 and 1 are weak"),
    ),
    *(
        Limit(name=f"weight_{name}", value=factor.weight, reason=HEAVY if factor.weight > 1 else LIGHT)
        for name, factor in FACTORS.items()
    ),
)

# Margin 10% is graded 0 and a cycle of 200 days 2 (both weigh 2), ticket 250 is 3, price 1, mature 3, attention 2 less
# 1: 4 + 3 + 1 + 3 + 1 = 12 of 8 x 4 = 32 points, 37.5%.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-07", "003-08", "001-65", "001-66", "001-83"),
    finds=("fit.weak_fit",),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="38%",
        finds=(("fit.weak_fit", {"factor": "margin"}),),
        brief=Brief(
            answers={
                "gross_margin": 0.1,
                "repurchase_cycle_days": 200,
                "aov_stated": 250.0,
                "positioning": "price",
                "company_stage": "mature",
                "management_attention": 2,
            }
        ),
    ),
    place=10,
)
