"""What is said of the journey's steps: who owns them, what follows, and in which order."""

from __future__ import annotations

from diagnostics.model.wording import Text

ANSWER = Text(
    zh="旅程共 {steps} 步（{phases}{absent}{disorder}），{owned} 有负责人，{followed} 有下一步，{measured} 有指标，"
    "{automatic} 自动执行。",
    en="The journey has {steps} steps ({phases}{absent}{disorder}); {owned} have an owner, {followed} a next step, "
    "{measured} an indicator, {automatic} run by themselves.",
)
NO_PHASE = Text(zh="；{phases}没有任何步骤", en="; no step at all for: {phases}")
PHASE = Text(zh="{phase} {n}", en="{phase} {n}")
DISORDER = Text(
    zh="；{count} 步排在后一阶段之后：{names}",
    en="; out of order, behind a later phase: {names}",
)
LATE = Text(
    zh="；「{booking}」排在「{paying}」之前：建议拿一半新客先付小额定金再预约，比较四周的到店率与成交",
    en="; “{booking}” comes before “{paying}”: let half of the newcomers pay a small deposit before they book and "
    "compare visits and sales over four weeks",
)
NO_STEPS = Text(
    zh="需求表没有写旅程步骤：步骤是否完整、由谁负责、顺序对不对无从判断；请填「旅程步骤」。",
    en="The sheet lists no journey steps, so whether they are whole, who owns them and whether their order is right "
    "can't be told; fill in “Journey steps”.",
)
PARTS = {
    "touchpoint": Text(zh="触点", en="Touchpoint"),
    "owner": Text(zh="负责人", en="Owner"),
    "next_step": Text(zh="下一步", en="Next step"),
    "metric": Text(zh="指标", en="Indicator"),
    "code": Text(zh="入口码", en="Entry code"),
}
YES, NO = Text(zh="有", en="yes"), Text(zh="缺", en="no")
AXIS = Text(zh="有 / 缺", en="There / missing")
