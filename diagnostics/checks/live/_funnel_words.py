"""What the live funnel is called and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.model.wording import Text, name_verbatim, word_date

if TYPE_CHECKING:
    from diagnostics.statistics.live_steps import Shortfall

STAGE_NAMES = {
    "exposed": Text(zh="曝光", en="exposed"),
    "viewers": Text(zh="进房", en="viewers"),
    "product_exposed": Text(zh="商品曝光", en="shown a product"),
    "product_clicked": Text(zh="商品点击", en="clicked"),
    "buyers": Text(zh="成交", en="bought"),
}
QUESTION = Text(
    zh="直播间的人在哪一步流失，各位主播、各个部门播一小时值多少？",
    en="Where do live rooms lose people, and what does an hour bring, by anchor and by department?",
)
DEFINITION = Text(
    zh="环节转化率 = 后一环节人数 ÷ 前一环节人数，按场次计算，单场不足 30 人不计。比较单位是场次而不是人："
    "区间已计入场次间的波动（过度离散）。主播与同月其他主播比；近 8、13、26、52 周与去年同周比，"
    "没有去年同周则与此前各周比；单场与前后各 10 场的中位数比。多次比较按 Bonferroni 收紧。"
    "金额 = 少得的人数 × 通过该环节者的人均成交额（只按报了成交金额的场次算），假设后续环节不变。"
    "小时成交 = 成交金额 ÷ 直播小时；"
    "相对水平 = 该主播与同月、同时段（上午、下午、晚上）其他主播的小时成交之比（对数均值），再按经验贝叶斯向平均收缩，"
    "区间对全部主播同时成立，跨过 100% 就是分不出高低；不足 {least} 场的主播不评。"
    "投放占比 = 排班表的时段消耗 ÷ 对应场次的成交金额。",
    en="Rate of a step = people after it over people before it, by session; steps entered by fewer than 30 people are "
    "left out. The unit compared is the session, not the person, so intervals hold the spread between sessions. An "
    "anchor is compared with the others of the same months; the last 8, 13, 26 and 52 weeks with the same weeks a "
    "year before, else with all weeks before; a single session with the median of the ten on each side. Bonferroni "
    "over all comparisons. Money = people missed times what a person who gets through pays (in sessions that report "
    "their sales), later steps held. Sales an hour = sales over hours on air; level = the anchor's over those of the "
    "other anchors in the same months and parts of the day (morning, afternoon, evening; means of logs), pulled "
    "towards the mean by empirical Bayes, with intervals for all anchors at once: one that holds 100% tells no "
    "difference; anchors of fewer than {least} sessions are not rated. Spend = spend of the roster's shifts over the "
    "sales of the sessions they fall into.",
)
NEITHER = Text(
    zh="直播场次里可比的漏斗数据不足 {least} 场，也没有播满 {least} 场、并有时长和成交额的主播",
    en="fewer than {least} sessions report a funnel that can be compared, and no anchor has {least} with length and "
    "sales",
)
UNLOCKED_BY = Text(
    zh="抖音罗盘或淘宝直播的分场次数据（带主播、时长、成交额）",
    en="session reports of Douyin Compass or Taobao Live, with anchor, length and sales",
)
NOT_TOLD = Text(
    zh="可比的漏斗数据不足 {least} 场（要有进房和成交人数），看不出在哪一步流失；抖音罗盘或淘宝直播的分场次数据可补。",
    en="Fewer than {least} sessions report a funnel that can be compared, with viewers and buyers, so no step can be "
    "judged; session reports of Douyin Compass or Taobao Live bring it.",
)
ANSWER = Text(
    zh="{channel}收到的 {sessions} 场（{start} 至 {end}）：{rates}{gpm}",
    en="{channel}, {sessions} sessions ({start} to {end}): {rates}{gpm}",
)
GPM = Text(zh="；每千次观看成交 {gpm}。", en="; {gpm} per thousand views.")
STOPPED = Text(zh="。", en=".")
STEP_RATE = Text(zh="{step} {rate}", en="{step} {rate}")
STEP = Text(zh="{start}→{end}", en="{start} to {end}")
STEADY = Text(
    zh="没有哪一步、哪位主播或哪一场明显低于自己的其他场次。",
    en="No step, anchor or session lies clearly below the client's other sessions.",
)
WEAK = Text(zh="明显偏低的有 {count} 处，最重的是{what}。", en="{count} fall clearly short; the heaviest is {what}.")
ANCHOR = Text(zh="主播 {name} 的{step}", en="{step} with anchor {name}")
RECENT = Text(zh="最近 {weeks} 周的{step}", en="{step} in the last {weeks} weeks")
SESSION = Text(zh="{day} 一场的{step}", en="{step} in the session of {day}")
TITLE = Text(
    zh="{channel}直播，{what}只有 {rate}，按自己的其他场次应为 {expected}{missed}",
    en="{channel} live, {what}: only {rate} where the other sessions say {expected}{missed}",
)
MISSED = Text(zh="：少成交约 {money}", en="; about {money} of sales missed")
NO_MONEY = Text(
    zh="可比的场次都没有报成交金额，少得的人数不折算金额",
    en="no session to compare with reports its sales, so the people missed are not turned into money",
)
CAUSE = Text(
    zh="{sessions} 场、{people} 人进入这一步；相当于应有水平的 {ratio}（区间 {low} 至 {high}）。{hint}",
    en="{sessions} sessions and {people} people entering the step; {ratio} of what is expected (interval {low} to "
    "{high}). {hint}",
)
SINGLE = Text(
    zh="这是一场的一次性损失，不逐年重复。", en="This is the loss of one session; it does not recur each year."
)
ENOUGH = Text(
    zh="这一步之后的人数并不比其他场次少：也可能是前面放进了更多不相干的人{zero}。",
    en="No fewer people came out of the step than elsewhere: more of the wrong ones may have been let in{zero}.",
)
FROM_ZERO = Text(zh="，金额因此从 0 起", en=", so the money starts at 0")
HINTS = {
    "viewers": Text(
        zh="先看封面、标题、开播前 5 分钟和投流人群。",
        en="Look first at cover, title, the first five minutes and whom the ads reach.",
    ),
    "product_exposed": Text(
        zh="先看讲解节奏：多久挂一次商品、弹出是否及时。",
        en="Look first at the rhythm: how often a product is shown and whether its card comes up in time.",
    ),
    "product_clicked": Text(
        zh="先看选品、主图、价格利益点和口播的点击引导。",
        en="Look first at what is shown, its picture, the price offer and the call to click.",
    ),
    "buyers": Text(
        zh="先看价格与库存、优惠是否能用、下单步骤和主播的逼单与答疑。",
        en="Look first at price and stock, whether the offer can be used, the steps to pay, and how questions are met.",
    ),
}
ACTION = Text(
    zh="把这些场次的录屏与同期好场次对照，逐分钟核对这一环节；"
    "只改一处（{hint_short}），连播 6 场，其余场次不变作对照。",
    en="Hold recordings of these sessions against good ones of the same weeks, minute by minute at this step; change "
    "one thing ({hint_short}), keep it for six sessions and leave the others as they are.",
)
SHORT_HINTS = {
    "viewers": Text(zh="封面与开场", en="cover and opening"),
    "product_exposed": Text(zh="挂品节奏", en="how often products are shown"),
    "product_clicked": Text(zh="选品与利益点", en="products and offer"),
    "buyers": Text(zh="价格、库存与答疑", en="price, stock and answers"),
}
STOP = Text(
    zh="6 场后该环节转化率仍不高于对照场次，则停止这项改动，换下一个假设。",
    en="Stop the change if after six sessions the step's rate is no higher than in the others; take the next guess.",
)
UNFIT = Text(
    zh="{count} 场的后一环节人数多于前一环节（统计口径不同），未计入。",
    en="{count} session steps count more people after than before (counted differently) and are left out.",
)


def name_step(step: str) -> Text:
    """A step by its id, exposed_to_viewers."""
    start, end = split_step(step)
    return STEP.fill(start=STAGE_NAMES[start], end=STAGE_NAMES[end])


def split_step(step: str) -> tuple[str, str]:
    """The two stages of a step."""
    start, _, end = step.partition("_to_")
    return start, end


def name_code(code: str) -> Text:
    """A keyed code of a person, cut short."""
    return name_verbatim(code[:12])


def name_group(group: Shortfall) -> Text:
    """What falls short, in words."""
    step = name_step(group.step)
    if group.kind == "anchor":
        return ANCHOR.fill(name=name_code(group.name), step=step)
    if group.kind == "recent":
        return RECENT.fill(weeks=group.name, step=step)
    return SESSION.fill(day=word_date(group.since), step=step)
