"""What the what-if of the levers says, in both languages."""

from __future__ import annotations

from diagnostics.model.wording import Text

BEST = Text(
    zh="离自己最好季度差距最大的是{channel}的{lever}：现为 {now}，{quarter} 起的季度为 {best}，差距一年值 {worth}。",
    en="Farthest from its own best quarter: {lever} in {channel}, {now} now against {best} in the quarter from "
    "{quarter}, worth {worth} a year.",
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
AXIS = Text(
    zh="杠杆变化 10%，年 GMV 的变化（算术，不是预测）", en="GMV a year with levers 10% down and up (arithmetic)"
)
