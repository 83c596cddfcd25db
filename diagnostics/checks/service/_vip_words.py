"""What the question on the care of top customers says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="高价值客户有专人一对一照顾吗？", en="Do top customers have a person of their own who looks after them?"
)
DEFINITION = Text(
    zh="高价值客户 = 近一期消费最高的五分之一有身份买家。有专人 = 数据末日仍是好友，"
    "且知道是哪个员工账号（多人添加时取最后一位）。最近沟通 = 触达记录里最后一次触达距数据末日的天数：30 "
    "天内算有照顾，90 天以上算失联；没有触达记录就看不到沟通，只看覆盖。与其他买家的差距用 95% 区间（Newcombe）。",
    en="Top customers = the fifth of the current period's known buyers who spend most. A person of their own = still a "
    "contact on the last day, of a staff account that is named (of several, the last to add them). Last talk = days "
    "from the last touch logged to the end of the data: within 30 days counts as looked after, over 90 as out of "
    "touch; without a log of touches talk can't be seen and only coverage is told. The gap to other buyers comes with "
    "a 95% interval (Newcombe).",
)
TOO_FEW = Text(zh="有身份的买家不足 {n} 人，分不出高价值客户", en="under {n} known buyers, so no top fifth can be told")
ANSWER = Text(
    zh="{tops} 位高价值客户贡献销售额的 {share}，其中 {kept}（{low} 至 {high}）有专人，其他买家为 {others}。"
    "没有专人的 {missing} 位一期消费 {gmv}。",
    en="The {tops} top customers bring {share} of sales; {kept} ({low} to {high}) of them have a person of their own, "
    "of other buyers {others}. The {missing} without one spent {gmv} in the period.",
)
TALK = Text(
    zh="有专人的里面 {recent} 在 30 天内沟通过，{silent} 超过 90 天没有沟通。",
    en="Of those with one, {recent} were written to within 30 days, {silent} not for over 90.",
)
LOAD = Text(
    zh="{staff} 个账号分担，最多的一个照顾 {most} 位。", en="Accounts that share them: {staff}; the fullest has {most}."
)
NO_TALK = Text(
    zh="没有触达记录，看不到最近一次沟通；SCRM 的群发、单聊触达记录可以补上。",
    en="No log of touches was delivered, so the last talk can't be seen; the SCRM's logs of sends and chats bring it.",
)
STATES: dict[str, Text] = {
    "recent": Text(zh="有专人，30 天内沟通过", en="A person, written to within 30 days"),
    "late": Text(zh="有专人，31–90 天前沟通", en="A person, 31 to 90 days ago"),
    "silent": Text(zh="有专人，90 天没有沟通", en="A person, not for 90 days"),
    "kept": Text(zh="有专人", en="A person of their own"),
    "unnamed": Text(zh="是好友，没有专人", en="A contact without a person"),
    "none": Text(zh="不是好友", en="No contact"),
}
PLANS: dict[str, Text] = {
    "recent": Text(zh="保持节奏，记下偏好与家人生日", en="keep the rhythm; note likes and dates"),
    "late": Text(zh="本月一次不带促销的问候", en="a greeting without an offer this month"),
    "silent": Text(
        zh="先由专人回访，问用得怎样，再谈权益", en="call back and ask how the product does before any benefit"
    ),
    "kept": Text(zh="补触达记录，先看谁久未沟通", en="log touches first to see who was left alone"),
    "unnamed": Text(zh="按门店或区域指定专人", en="name a person by store or region"),
    "none": Text(zh="用订单后的专属权益邀请添加", en="invite them after an order with a benefit of their own"),
}
AXIS = Text(zh="高价值客户人数", en="Top customers")
