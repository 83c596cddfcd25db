"""Words of the section on whether goals can be checked, and whether they are reached."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="目标写得能执行、能考核吗？按今天的节奏能到吗？",
    en="Are the goals written so that they can be carried out and assessed, and are they reached at today's pace?",
)
DEFINITION = Text(
    zh="每个目标先做四项检查（“细化、量化、可操作、可考评”），依需求表判断：细化 = 写明指标字典里的一个指标；量化 = "
    "有现值和目标值；可操作 = 有负责岗位；可考评 = 有完成日期且晚于数据末日。订单能量出、目标值与日期齐全的再看节奏："
    "今天的节奏 = 本期相对上一可比期的变化（金额按倍数、比率按差值）照样延续到完成日期；"
    "没有相隔一年的可比期时按现在的水平。"
    "95% 区间来自按客户分组的刀切法，只含抽样误差，不含季节与市场变化。到期值指截至完成日期的一年；基数是实测的本期值，"
    "不是填写的现值，两者并列。整个区间都到不了目标、且差距超过限值才算缺口。",
    en="Each goal first stands four tests, judged from the sheet: specific = names a metric of the dictionary; "
    "quantified = has today's value and a target; operable = has a role that answers for it; assessable = has a "
    "deadline after the last day of data. Those that orders can measure, with a target and a day, are then carried "
    "forward: the pace of today = the change of the current on the comparison period, kept up to the deadline (amounts "
    "by factor, ratios by difference); without a comparison period a year earlier, the level of today. The 95% "
    "interval is a jackknife over groups of customers: sampling only, no season or market to come. The value at the "
    "deadline is that of the year up to it; its base is the current period as measured, not the value stated in the "
    "sheet; both are shown. A gap is raised only if the whole interval misses the target and by more than the limit.",
)
NO_GOALS = Text(zh="需求表没有写目标", en="the requirement sheet states no goal")
NONE_MEASURED = Text(
    zh="没有一个目标的指标、目标值和日期齐全且能用订单量出，推算不了节奏：请在需求表里补齐目标值与完成日期；"
    "会员、私域占比等目标还要订单带相应标记。",
    en="No goal with a target and a day can be measured by orders, so no pace is told: complete target and deadline in "
    "the requirement sheet; goals on members or the private share also need orders so marked.",
)
ON_TRACK = Text(
    zh="能推算的 {n} 个按今天的节奏都能到或差距在误差之内：{list}。",
    en="At today's pace all that can be carried forward ({n}) are met or missed within noise: {list}.",
)
BEHIND = Text(
    zh="能推算的 {n} 个里，{missed} 个按今天的节奏到不了：{list}。",
    en="Of those that can be carried forward ({n}), missed at today's pace: {missed} ({list}).",
)
ONE = Text(
    zh="{goal}到期预计 {then}（{low} 至 {high}），目标 {target}", en="{goal} {then} ({low} to {high}) against {target}"
)
TITLE = Text(
    zh="按今天的节奏，{goal}到 {deadline} 为 {then}，到不了目标 {target}",
    en="At today's pace {goal} is {then} on {deadline}, short of the target {target}",
)
CAUSE = Text(
    zh="实测基数 {now}（{period}），上一可比期 {before}；预计区间 {low} 至 {high}，差距为目标的 {gap}。需求表的现值写 "
    "{baseline}{needed}。",
    en="The base as measured is {now} ({period}), before it {before}; the interval is {low} to {high}, the gap {gap} "
    "of "
    "the target. The sheet states {baseline} for today{needed}.",
)
NEEDED = Text(zh="；要到目标，每年需变化 {pace}", en="; the target needs {pace} a year")
ACTION = Text(
    zh="先看本报告里金额最大的两项问题能补回多少，再决定：补足差距的动作排进前 30 天，补不上的部分当场改目标或改日期。",
    en="See first how much the two largest findings of this report could win back, then decide: what closes the gap "
    "goes "
    "into the first 30 days, for the rest change the target or the day now.",
)
STOP = Text(
    zh="每月底重算一次；连续两个月预计区间包含目标，即视为回到轨道。",
    en="Measure again at every month's end; back on track once the interval holds the target two months in a row.",
)
NO_MONEY = Text(
    zh="差距是相对客户自己的目标而言，其成因已在其他问题里各自定价，不重复计",
    en="the gap is measured against the client's own target; what causes it is priced in the other findings",
)
NO_BEFORE = Text(zh="无可比期", en="none")
