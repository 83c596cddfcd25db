"""What is asked and said before a referral campaign: whether to begin, by which route, with which poster."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="现在适合做裂变吗，走利益还是口碑，海报备齐了吗？",
    en="Is it time for referral, by benefit or by reputation, and is the poster complete?",
)
DEFINITION = Text(
    zh="先过基础关：承接、复购两步没有做好之前不做裂变。路线：奖励占客单价的比例太小（高客单）或行业靠信任（家装、"
    "汽车、医疗、金融）时走口碑，用服务与案例换推荐；否则走利益。海报四要素 = 痛点、卖点、紧迫、福利："
    "只检查需求表里有没有写它们的原料，成品海报仍要人看。",
    en="First a gate: no referral before reception and repeat buying work. Route: by reputation (service and cases "
    "earn the recommendation) where a reward is too small a part of the ticket, or where the trade lives on trust "
    "(home decor, cars, medicine, finance); else by benefit. The poster's four elements are pain, selling point, "
    "urgency and reward: the sheet is searched for their raw material; the poster itself needs a person's eye.",
)
BENEFIT = Text(zh="利益裂变", en="benefit")
REPUTATION = Text(zh="口碑裂变", en="reputation")
ANSWER = Text(
    zh="{gate}；客单价 {ticket}，建议走{route}（{why}）。海报四要素备齐 {n} 项",
    en="{gate}; at a ticket of {ticket} the route is {route} ({why}). {n} of the poster's four elements are at hand",
)
LACKING = Text(zh="，缺：{names}。", en="; wanting: {names}.")
COMPLETE = Text(zh="。", en=".")
OPEN_GATE = Text(zh="复购与承接两道基础关都已过", en="Both gates are open")
UNKNOWN_GATE = Text(zh="基础关还判断不了（{names}没有数据）", en="The gate can't be judged yet (not known: {names})")
CLOSED_GATE = Text(zh="基础关未过（{names}），先补基础", en="The gate is shut ({names}): mend that first")
BY_TRADE = Text(zh="行业靠信任成交", en="the trade lives on trust")
BY_RATIO = Text(
    zh="奖励只占客单价的 {ratio}，打动不了人", en="the reward is only {ratio} of the ticket and moves nobody"
)
BY_TICKET = Text(
    zh="客单价高，奖励要足够大才有人转", en="at so high a ticket only a reward beyond reason would move anybody"
)
BY_REWARD = Text(zh="奖励相对客单价足够有吸引力", en="the reward is attractive at this ticket")
BY_LOW_TICKET = Text(
    zh="客单价不高，奖励拿得出手；奖励还没有写", en="the ticket is low, so a reward can attract; none is stated yet"
)
GATES = {
    "repeat": Text(zh="复购", en="repeat buying"),
    "reception": Text(zh="承接", en="reception"),
}
ELEMENTS = {
    "pain": Text(zh="痛点", en="pain"),
    "selling_point": Text(zh="卖点", en="selling point"),
    "urgency": Text(zh="紧迫", en="urgency"),
    "reward": Text(zh="福利", en="reward"),
}
SOURCES = {
    "pain": Text(zh="调研材料或评价", en="research inputs or reviews"),
    "selling_point": Text(zh="产品卖点", en="selling points"),
    "urgency": Text(zh="营销节点", en="event calendar"),
    "reward": Text(zh="权益、券政策或裂变奖励", en="benefits, coupons or referral rewards"),
}
HAVE = Text(zh="有原料", en="at hand")
WANT = Text(zh="缺", en="wanting")
NO_TICKET = Text(zh="没有订单，需求表也没有填客单价", en="neither orders nor a stated average order value are known")
EYE = Text(
    zh="需求表只能说明四要素的原料是否齐备；海报的措辞、真实性与平台规则须由人审核。",
    en="The sheet tells only whether the raw material is there; wording, truth and platform rules need a person.",
)
