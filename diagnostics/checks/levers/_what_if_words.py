"""What the section on what-if says, in both languages."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="如果杠杆变化 10%，或回到自己最好的水平，GMV 会是多少？",
    en="What would GMV be with levers 10% up or down, or at the client's own best level?",
)
DEFINITION = Text(
    zh="以本期年化 GMV 为底数：新 GMV = 各渠道 GMV × Π(新水平 ÷ 现水平)。折扣与退款按其流失部分变化 10%"
    "（退款率 4% 变为 3.6% 或 4.4%）。「最好季度」为两个可比期内该渠道自己最好的整季（至少 100 单；"
    "没有流量的渠道不比购买人数与人均订单数，因为季度不可相加）；"
    "「最好渠道」为同一口径下本期最好的其他渠道（至少 30 位买家），不比价格。"
    "「交互」为全部同时变化比逐项相加多出的部分。这是算术推演，不是预测：投入、毛利与杠杆之间的相互影响都不在内。",
    en="From current GMV scaled to a year: new GMV = each channel's GMV × the product of (new level ÷ level). Discount "
    "and refunds change by 10% of what is lost (refunds of 4% become 3.6% or 4.4%). The best quarter is the channel's "
    "own best whole quarter of both periods (100 orders at least; without traffic, buyers and orders per buyer are "
    "left out, for quarters don't add up to a year); the best channel is the best other channel now with at least 30 "
    "buyers, counted the same way, prices left out. The interaction is what all changes together bring beyond the sum "
    "of each alone. This is arithmetic, not a forecast: spend, margin and what levers do to each other are not in it.",
)
NO_SALES = Text(
    zh="本期没有可以拆成杠杆的销售额（全部退款、全部为 0，或没有订单）",
    en="the current period holds no sales that could be split into levers (all refunded, all zero, or no orders)",
)
ANSWER = Text(
    zh="单一杠杆提高 10%，一年最多多出 {most}（{lever}）；{count} 个杠杆同时提高 10%，算术上一年多 {together}，"
    "其中 {interaction} 来自交互；同时降低 10% 则少 {down}。",
    en="10% more in one lever brings up to {most} a year ({lever}); 10% in all {count} at once brings {together} by "
    "arithmetic, {interaction} of it from their interaction; 10% less in all takes {down}.",
)
BEST = Text(
    zh="离自己最好季度差距最大的是{channel}的{lever}：现为 {now}，{quarter} 起的季度为 {best}，差距一年值 {worth}。",
    en="Farthest from its own best quarter: {lever} in {channel}, {now} now against {best} in the quarter from "
    "{quarter}, worth {worth} a year.",
)
NO_FORECAST = Text(
    zh="算术推演，不是预测；投入、毛利与杠杆间的相互影响未计入。",
    en="Arithmetic, not a forecast; spend, margin and what levers do to each other are not counted.",
)
ALL_LEVERS = Text(zh="全部杠杆一起看（年 GMV 变化）", en="All levers taken together (change of GMV a year)")
SUM = Text(zh="逐项相加", en="Sum of each alone")
INTERACTION = Text(zh="交互", en="Interaction")
TOGETHER = Text(zh="全部同时", en="All at once")
SCENARIOS = Text(zh="各杠杆的假设推演（年 GMV 变化）", en="What-if by lever (change of GMV a year)")
LEVELS = Text(zh="推演的底数：渠道 × 杠杆", en="What a what-if starts from, channel by lever")
FORMULA_NOTE = Text(
    zh="年 GMV = Σ（渠道、口径）GMV × Π（新水平 ÷ 现水平）；可代入任意新水平。",
    en="GMV a year = the sum over channel and depth of GMV × the product of (new level ÷ level); put in any new level.",
)
