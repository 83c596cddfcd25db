"""Words of the section on what incentives cost and bring, and who is due what."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="激励花了多少、换来了什么，按结果该发给谁、发多少？",
    en="What do incentives cost and bring, and settled by results, who would get how much?",
)
DEFINITION = Text(
    zh="费用依需求表（每年）；结果用数据：按加粉计 ÷ 本期新增好友（折成一年），佣金 ÷ 门店 GMV，"
    "有偿任务看任务明细的完成与结果。结果多两成时，按量计的激励（加粉、佣金、任务）同比例增加，竞赛与榜单的奖金池不变。"
    "结算：按加粉计的年费用 ÷ "
    "全年新增好友 = 单价，乘以每个账号本期净新增（新增减去其中已流失的），流失的不发。分配模拟："
    "竞赛与榜单的年奖金按整体、地市、主播、员工四档切分（默认各四分之一，可改），"
    "档内按结果比例分：地市与员工看净新增好友，主播看场次成交；"
    "整体一档不分到人，没有结果数据的档不分。这些都是算术，不是激励带来的增量；要知道增量，须留不发奖的对照组。",
    en="Costs are the sheet's, a year; results are from data: rewards by add over contacts added (scaled to a year), "
    "commission over the stores' GMV, paid tasks by what the task lists say. With a fifth more results, rewards by "
    "volume (adds, commission, tasks) grow alike, the pools of contests and rankings stay. Settlement: the yearly cost "
    "of rewards by add over contacts added in a year is the price, times what each account added this period and still "
    "holds; those lost are not paid. Allocation, simulated: the yearly pool of contests and rankings is cut into four "
    "tiers (whole, cities, hosts, staff; a quarter each, can be changed), and within a tier by result: net adds for "
    "cities and staff, sales of sessions for hosts; the whole is not dealt out to persons, nor a tier without results. "
    "All of this is arithmetic, not what incentives cause: that takes a comparison group without a reward.",
)
NO_INCENTIVES = Text(zh="需求表没有写激励", en="the requirement sheet states no incentive")
ANSWER = Text(
    zh="{n} 项激励一年 {cost}，占 GMV {share}；结果多两成时为 {more}{add}。",
    en="Incentives stated: {n}, {cost} a year, {share} of GMV; with a fifth more results {more}{add}.",
)
NO_TASKS = Text(
    zh="有偿任务的完成与单个结果成本要看任务明细（任务类型、员工、是否完成、结果数、奖励），企微或 SCRM 的任务报表可"
    "导出。",
    en="What paid tasks bring and cost for each result takes the list of tasks (kind, staff, done, results, reward), "
    "which WeCom or SCRM task reports export.",
)
PER_ADD = Text(zh="；每位新增好友奖励约 {price}", en="; about {price} for a contact added")
