"""What the question on earlier attempts says, and the causes that it knows."""

from __future__ import annotations

from diagnostics.model.wording import Text

ANSWER = Text(
    zh="写明 {n} 次尝试，{reasoned} 次写了原因；归出 {causes} 类原因{standing}{removed}{open}。",
    en="Attempts stated: {n}, with a cause: {reasoned}; kinds of cause: {causes}{standing}{removed}{open}.",
)
STANDING = Text(zh="，今天仍在的是{names}", en="; still standing: {names}")
REMOVED = Text(zh="，已消除的是{names}", en="; removed: {names}")
OPEN = Text(zh="，无从判断的是{names}", en="; not to be told: {names}")
NOT_STATED = Text(
    zh="需求表没有写过往尝试做了什么、为何没成，以前的原因是否还在无从判断；请填「过往尝试」。",
    en="The sheet doesn't say what was tried before and why it failed, so whether those causes still stand can't be "
    "told; fill in “earlier attempts”.",
)
CAUSES: dict[str, Text] = {
    "data": Text(zh="数据没有打通", en="data not bridged"),
    "content": Text(zh="缺内容", en="lack of content"),
    "people": Text(zh="缺人手", en="lack of people"),
    "benefit": Text(zh="权益与价格", en="benefits and price"),
    "service": Text(zh="服务跟不上", en="service"),
    "tools": Text(zh="系统工具", en="tools"),
    "stores": Text(zh="门店执行", en="stores"),
}
PATTERNS: dict[str, str] = {
    "data": "数据|打通|身份|会员通|识别|对不上|data|bridg|identit|match",
    "content": "内容|文案|素材|种草|只有促销|硬广|content|copy|only sell",
    "people": "人手|没人|人员|专人|团队|兼职|people|staff|team",
    "benefit": "权益|优惠|价格|福利|礼品|benefit|price|discount|reward",
    "service": "客服|服务|回复|售后|service|repl",
    "tools": "系统|工具|软件|SCRM|tool|system|software",
    "stores": "门店|导购|店长|加盟|store|guide|franchise",
}
STATES: dict[bool | None, Text] = {
    True: Text(zh="已消除", en="removed"),
    False: Text(zh="仍在", en="still stands"),
    None: Text(zh="未写明", en="not stated"),
}
UNPLACED = Text(zh="归不进，留给面谈", en="of no kind: to be talked through")
NO_CAUSE = Text(zh="没有写原因", en="no cause stated")
SEEN_BRIDGES = Text(zh="{n}/{all} 个渠道用跨平台身份打通", en="{n} of {all} channels bridged across platforms")
SEEN_ROLE = Text(zh="{fte} 人", en="{fte} full-time")
SEEN_BENEFITS = Text(zh="私域专享权益 {n} 项", en="benefits of the private domain only: {n}")
SEEN_INCENTIVES = Text(zh="激励 {n} 项", en="incentives: {n}")
AXIS = Text(zh="提到该原因的尝试数（突出的今天仍在）", en="Attempts that name the cause (marked: still stands)")
