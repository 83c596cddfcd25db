"""The six roles of a live session, what each does before, during and after, and by what it is measured."""

from __future__ import annotations

from diagnostics.model.wording import Text

ROLES: dict[str, Text] = {
    "selection": Text(zh="选品", en="Product selection"),
    "operation": Text(zh="运营", en="Operation"),
    "anchor": Text(zh="主播", en="Anchor"),
    "atmosphere": Text(zh="气氛", en="Atmosphere"),
    "publicity": Text(zh="宣传", en="Publicity"),
    "service": Text(zh="客服", en="Service"),
}
PHASES: dict[str, Text] = {
    "before": Text(zh="直播前", en="Before"),
    "during": Text(zh="直播中", en="During"),
    "after": Text(zh="直播后", en="After"),
}
TASKS: dict[tuple[str, str], Text] = {
    ("selection", "before"): Text(zh="定品、定价、核库存", en="choose products, prices, stock"),
    ("selection", "during"): Text(zh="看点击换顺序", en="change the order by clicks"),
    ("selection", "after"): Text(zh="复盘售罄与退货", en="review sell-out and returns"),
    ("operation", "before"): Text(zh="脚本、预约、投流计划", en="script, bookings, ads"),
    ("operation", "during"): Text(zh="上架节奏、发券、投流", en="rhythm, coupons, ads"),
    ("operation", "after"): Text(zh="漏斗复盘、导入社群", en="review the funnel, lead to groups"),
    ("anchor", "before"): Text(zh="熟悉卖点与话术", en="learn selling points"),
    ("anchor", "during"): Text(zh="讲解、演示、预告下场", en="explain, show, announce the next"),
    ("anchor", "after"): Text(zh="进群答疑、出切片", en="answer in groups, cut clips"),
    ("atmosphere", "before"): Text(zh="备互动题与福利", en="prepare questions and gifts"),
    ("atmosphere", "during"): Text(zh="带评论、控节奏", en="lead comments, keep the pace"),
    ("atmosphere", "after"): Text(zh="整理用户原话", en="collect what users said"),
    ("publicity", "before"): Text(zh="海报、同事扩散、群预热", en="poster, staff sharing, groups"),
    ("publicity", "during"): Text(zh="社群与朋友圈追发", en="second wave in groups and moments"),
    ("publicity", "after"): Text(zh="战报与切片分发", en="spread results and clips"),
    ("service", "before"): Text(zh="备常见问题", en="prepare answers"),
    ("service", "during"): Text(zh="弹幕与私信答疑", en="answer comments and messages"),
    ("service", "after"): Text(zh="订单、退换、回访", en="orders, returns, calls"),
}
KPIS: dict[str, Text] = {
    "selection": Text(zh="点击→成交", en="clicked to bought"),
    "operation": Text(zh="曝光→进房", en="exposed to viewers"),
    "anchor": Text(zh="观看→成交", en="viewers to bought"),
    "atmosphere": Text(zh="评论的观众", en="viewers who comment"),
    "publicity": Text(zh="员工邀请来的观众", en="viewers invited by staff"),
    "service": Text(zh="首次回复分钟", en="minutes to the first reply"),
}
QUESTION = Text(
    zh="直播的六个岗位、前中后三段，谁负责，用什么考核？",
    en="Who holds the six roles of a live session before, during and after, and by what are they measured?",
)
DEFINITION = Text(
    zh="一场直播的六个岗位：选品、运营、主播、气氛、宣传、客服；每个岗位在直播前、中、后各有任务。分工取自需求表，"
    "岗位指标取自本期的场次、观众与客服数据；空着的格就是没有人负责的任务。同一人占三个以上岗位单独列出。",
    en="The six roles of a session are product selection, operation, anchor, atmosphere, publicity and service, each "
    "with tasks before, during and after. Who holds them comes from the requirement sheet, the indicators from "
    "sessions, "
    "viewers and service of the current period; an empty cell is a task that nobody holds. People in three roles or "
    "more "
    "are counted apart.",
)
ANSWER = Text(
    zh="六个岗位有 {held} 个有人，18 项前中后任务有 {tasks} 项有人负责",
    en="{held} of the six roles are held, and {tasks} of the 18 tasks before, during and after have somebody",
)
MISSING = Text(zh="；缺：{roles}。", en="; nobody for: {roles}.")
COMPLETE = Text(zh="，岗位齐全。", en="; no role is missing.")
CROWDED = Text(
    zh="有 {count} 人身兼三个以上岗位，直播中难以同时做到。",
    en="In three roles or more at once: {count} people, which can't all be done during a session.",
)
NO_KPI = Text(
    zh="没有对应数据的岗位指标留空；岗位是否缺位以此表为准，绩效须按月看趋势。",
    en="Indicators without data are left empty. The table tells who is missing; performance is a matter of months.",
)
