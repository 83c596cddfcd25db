"""What the question on the twelve factors says."""

from __future__ import annotations

from diagnostics.model.wording import Text
from diagnostics.statistics.fit import Verdict

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
YES, NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
HEAVY = Text(
    zh="实务文章把高复购、高毛利和周期列为私域的前提，权重为 2；可按客户修改",
    en="practitioners make repeat buying, margin and cycle the condition of a private domain: weight 2, can be changed",
)
LIGHT = Text(zh="其余因素权重为 1；可按客户修改", en="all other factors weigh 1, can be changed")
