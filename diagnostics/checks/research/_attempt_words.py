"""What the question on earlier attempts says, and the causes that it knows."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="以前为什么没做成，那些原因今天还在吗？", en="Why did earlier attempts fail, and do the causes still stand?"
)
DEFINITION = Text(
    zh="依需求表的过往尝试。原因按用词归为七类：数据没有打通、内容、人手、权益与价格、服务、系统工具、门店执行；"
    "一条可归入几类，归不进的留给面谈。每类原因只看需求表今天写明的一件事，判断它是否还在：数据看各渠道是否用手机号、"
    "unionid 等跨平台身份打通（平台用户号只在本平台内有效，不算）；内容、人手、服务看有没有专人；"
    "权益看有没有私域专享的权益；工具看 SCRM 或 CRM 是否已对接；门店看有没有导购激励。没有写明的按未知处理。",
    en="From the sheet's earlier attempts. Causes are sorted by their words into seven kinds: data not bridged, "
    "content, people, benefits and price, service, tools, stores; a cause may be of several kinds, one of none is "
    "left for the talk. For each kind one thing that the sheet states today tells whether it still stands: data, "
    "whether channels are bridged by an identity that holds across platforms (a platform's own number doesn't); "
    "content, people and service, whether somebody is in charge; benefits, whether one holds in the private domain "
    "only; tools, whether an SCRM or CRM is connected; stores, whether guides have an incentive. What is not stated "
    "counts as not known.",
)
ANSWER = Text(
    zh="写明 {n} 次尝试，{reasoned} 次写了原因；归出 {causes} 类原因{standing}{removed}{open}。",
    en="Attempts stated: {n}, with a cause: {reasoned}; kinds of cause: {causes}{standing}{removed}{open}.",
)
STANDING = Text(zh="，今天仍在的是{names}", en="; still standing: {names}")
REMOVED = Text(zh="，已消除的是{names}", en="; removed: {names}")
OPEN = Text(zh="，无从判断的是{names}", en="; not to be told: {names}")
NO_ROWS = Text(zh="过往尝试里没有写做了什么", en="the earlier attempts don't say what was done")
ASKED = Text(zh="过往尝试", en="earlier attempts")
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
