"""What is said of the care of top customers."""

from __future__ import annotations

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="高价值客户有没有专人，要带客户编号的订单与能与之对上的好友名单，并有至少 {n} 位有身份的买家；"
    "CRM 打通后的企业微信客户列表可补。",
    en="Whether top customers have a person of their own takes orders by customer, a contact list that names the same "
    "customers, and {n} known buyers; the WeCom list joined with the CRM brings it.",
)
ANSWER = Text(
    zh="{tops} 位高价值客户贡献销售额的 {share}，{kept}（{low} 至 {high}）有专人，其他买家为 {others}；"
    "没有专人的 {missing} 位一期消费 {gmv}。",
    en="The {tops} top customers bring {share} of sales; {kept} ({low} to {high}) of them have a person of their own, "
    "of other buyers {others}, and the {missing} without one spent {gmv} in the period.",
)
SHARED = Text(
    zh="有专人的由 {staff} 个账号分担，最多的一个照顾 {most} 位{talk}。",
    en="Accounts that share those with one: {staff}; the fullest has {most}{talk}.",
)
TALK = Text(
    zh="；其中 {recent} 在 30 天内沟通过，{silent} 超过 90 天没有沟通",
    en="; {recent} were written to within 30 days, {silent} not for over 90",
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
