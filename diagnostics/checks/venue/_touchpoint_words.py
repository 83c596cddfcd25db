"""What the question on touchpoints says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="每个触点的平台、工具、场景、钩子都想清楚了吗，哪些断了链？",
    en="Are platform, tool, scene and hook of each touchpoint thought through, and which links are broken?",
)
DEFINITION = Text(
    zh="依需求表的触点清单逐个核对。链路三样：入口码或参数（客户从这里能进来，且事后分得清从哪来）、负责岗位、下一步，缺一"
    "即为断链；链路完整率 = 三样都有的触点 ÷ 全部触点。引流四样：场景 = 触点或入口码里的字认得出；平台 = 品牌在该场景的"
    "渠道里卖货（没有销售渠道的场景按场景本身）；工具 = 写了入口码；钩子 = 触点或下一步里写着客户得到什么（券、礼、"
    "积分、福利、返现、小样等）；没写不等于没有，只说明计划里看不见。若有联系人名单，另列每个入口码本期带来的好友数；写了码却一"
    "个好友也没有，只作提示，不算断链（可能未印出，也可能来源未记录）。",
    en="Each touchpoint of the sheet's list is checked. A link is three things: an entry code (customers can come in, "
    "and be told apart later), an owner, and a next step; lacking one breaks it. Whole links = touchpoints with all "
    "three over all. A plan is four: scene = told by the words of touchpoint or code; platform = a channel of the "
    "scene in which the brand sells (the scene itself where it has no sales channel); tool = an entry code is stated; "
    "hook = touchpoint or next step say what customers get (coupon, gift, points, cash, sample); what is not written "
    "down may exist, but the plan doesn't show it. Where a contact list exists, contacts added by each code in the "
    "period are shown; a code that brought nobody is pointed out but not counted as broken (it may not be printed, or "
    "sources not recorded).",
)
NO_LIST = Text(zh="需求表没有填触点清单", en="the requirement sheet lists no touchpoints")
UNLOCK = Text(
    zh="需求表“触点清单”：触点、阶段、公域或私域、入口码、负责岗位、下一步",
    en="the sheet's list of touchpoints: stage, public or private, entry code, owner, next step",
)
ANSWER = Text(
    zh="{n} 个触点中 {whole} 个链路完整（{share}）；{parts}。",
    en="{whole} of {n} touchpoints are whole links ({share}); {parts}.",
)
ANSWER_WHOLE = Text(
    zh="{n} 个触点的链路都完整：入口码、负责人、下一步样样都有。",
    en="All {n} touchpoints are whole links: each has an entry code, an owner and a next step.",
)
LACKING = {
    "code": Text(zh="{n} 个没有入口码", en="{n} have no entry code"),
    "owner": Text(zh="{n} 个没有负责人", en="{n} have no owner"),
    "next_step": Text(zh="{n} 个没有下一步", en="{n} have no next step"),
}
UNMATCHED = Text(
    zh="需求表的入口码与好友名单里的来源码一个也对不上，看不出哪个触点带来多少好友；请统一两边的写法。",
    en="No entry code of the sheet is found among the source codes of contacts, so no touchpoint's contacts can be "
    "counted; write both alike.",
)
SILENT = Text(
    zh="有入口码但本期没有带来好友：{names}；请现场扫一次码。",
    en="With a code but no contact added in the period: {names}; scan them on site.",
)
NAMES = {
    "code": Text(zh="入口码", en="entry code"),
    "owner": Text(zh="负责人", en="owner"),
    "next_step": Text(zh="下一步", en="next step"),
}
STAGES = {
    "pre": Text(zh="购买前", en="Before buying"),
    "in": Text(zh="购买中", en="While buying"),
    "post": Text(zh="购买后", en="After buying"),
}
KINDS = {"public": Text(zh="公域", en="Public"), "private": Text(zh="私域", en="Private")}
TITLE = Text(zh="触点「{name}」断链：缺{lacking}", en="The touchpoint “{name}” is a broken link: no {lacking}")
CAUSE = Text(
    zh="「{name}」（{stage}，{kind}）在触点清单里没有填{lacking}：客户到了这里，{loss}。",
    en="“{name}” ({stage}, {kind}) has no {lacking} in the list of touchpoints: whoever gets there {loss}.",
)
LOSS = {
    "code": Text(zh="进不来，也分不清从哪来", en="can't come in, or can't be told from others"),
    "owner": Text(zh="没有人管", en="is nobody's business"),
    "next_step": Text(zh="不知道接下来做什么", en="is not told what to do next"),
}
ACTION = Text(
    zh="为该触点建独立渠道码并印到实物上，指定一个岗位负责，写明客户进来后 24 小时内的下一步；两周后看每个码的新增好"
    "友。",
    en="Give the touchpoint a code of its own and print it, name one role that owns it, and write down the next step "
    "within 24 hours; look at contacts added by code after two weeks.",
)
STOP = Text(
    zh="补齐四周后该码新增好友仍低于每周 10 位，则撤掉该触点，把位置让给别的入口。",
    en="Remove the touchpoint if four weeks after mending its code brings under ten contacts a week.",
)
NO_MONEY = Text(
    zh="断链的触点没有扫码或成交记录，无法折算金额",
    en="a broken touchpoint leaves no scans or sales that could size it",
)
STAGE_UNKNOWN = Text(zh="阶段未填", en="stage not stated")
KIND_UNKNOWN = Text(zh="公域或私域未填", en="public or private not stated")
BROKEN = Text(zh="缺{parts}", en="no {parts}")
WHOLE = Text(zh="链路完整", en="whole link")
AXIS = Text(zh="触点数", en="Touchpoints")
ENTRANCES = Text(
    zh="平台、工具、场景、钩子四样齐的有 {whole} 个，缺得最多的是{part}（{lacking} 个）。",
    en="All of platform, tool, scene and hook: {whole}; what lacks most is the {part} ({lacking}).",
)
ALL_PLANNED = Text(zh="平台、工具、场景、钩子也都想到了。", en="Platform, tool, scene and hook are there for all.")
NO_HOOK = Text(zh="没写", en="not stated")
PARTS = {
    "platform": Text(zh="平台", en="platform"),
    "tool": Text(zh="工具", en="tool"),
    "scene": Text(zh="场景", en="scene"),
    "hook": Text(zh="钩子", en="hook"),
}
