"""Words on the four modules of marketing automation."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_LIST = Text(
    zh="需求表没有回答「自动化能力」，自动化的四个模块各走到哪一步无从判断：请按场景填写触发条件、渠道与是否上线。",
    en="The requirement sheet leaves “Automation in use” open, so how far the four modules of automation stand can't "
    "be told: state triggers, channels and whether they are live by scenario.",
)
MODULES: dict[str, Text] = {
    "prepare": Text(zh="用户准备", en="Preparing users"),
    "journey": Text(zh="用户旅程", en="Journeys"),
    "touch": Text(zh="自动触达", en="Automatic touches"),
    "improve": Text(zh="优化提升", en="Improving"),
}
FACTS: dict[str, tuple[str, Text]] = {
    "tagged": ("prepare", Text(zh="三成以上联系人有标签", en="a third or so of contacts carry tags")),
    "matched": ("prepare", Text(zh="半数以上联系人能对应客户", en="half of contacts are known as customers")),
    "planned": ("prepare", Text(zh="有标签体系用于筛选", en="a tag dictionary to select by")),
    "live": ("journey", Text(zh="至少一个场景已上线", en="at least one scenario is live")),
    "several": ("journey", Text(zh="三个以上场景连成流程", en="three scenarios or more form a flow")),
    "steps": ("journey", Text(zh="旅程中有步骤自动执行", en="steps of the journey run by themselves")),
    "log": ("touch", Text(zh="本期有触达日志", en="touches of the period are logged")),
    "kinds": ("touch", Text(zh="两种以上触达渠道", en="two kinds of touches or more")),
    "triggered": ("touch", Text(zh="触发条件写成规则", en="triggers are written as rules")),
    "answers": ("improve", Text(zh="触达记录了是否响应", en="touches record whether they were answered")),
    "campaigns": ("improve", Text(zh="触达能归到活动", en="touches are tied to campaigns")),
    "metrics": ("improve", Text(zh="旅程步骤有指标", en="steps of the journey have indicators")),
}
ANSWER = Text(
    zh="自动化的四个模块：{modules}{weakest}；清单里 {n} 条自动化，三问都过的有 {passed} 条。",
    en="Of the four modules of automation: {modules}{weakest}; of {n} automations {passed} pass all three tests.",
)
MODULE = Text(zh="{module} {n}/3", en="{module} {n}/3")
WEAKEST = Text(zh="，最薄弱的是{module}，先补：{facts}", en="; the weakest is {module}, begin with: {facts}")
UNKNOWN = Text(
    zh="四个模块的“没有”包括数据没有交来的情况；补交触达日志与联系人标签后会改变。",
    en="In the four modules what was not delivered counts as not there; a log of touches and tags of contacts would "
    "change the picture.",
)
YES = Text(zh="有", en="yes")
NO = Text(zh="没有", en="no")
