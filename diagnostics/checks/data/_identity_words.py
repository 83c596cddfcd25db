"""What the question on people behind the customers says."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_BUYERS = Text(zh="没有能识别客户的订单", en="no order has a known customer")
ANSWER = Text(
    zh="本期 {known} 位已识别买家背后有 {low} 至 {high} 人；{share} 的买家持有可跨渠道比对的键。",
    en="Between {low} and {high} people stand behind the {known} known buyers of the period; {share} of the buyers are "
    "known by a key that channels can compare.",
)
CROSSING = Text(
    zh="在两个及以上渠道购买的至少 {low} 人，至多 {high} 人。",
    en="At least {low} and at most {high} of them bought in two channels or more.",
)
NOT_CROSSING = Text(zh="跨渠道重合{basis}。", en="Overlap of channels is {basis}.")
TITLE = Text(
    zh="{first}与{second}的买家重合只知道在 {range} 之间",
    en="The overlap of {first} and {second} buyers is known only to lie within {range}",
)
CAUSE = Text(
    zh="两个渠道的买家里，较少的一方只有 {share} 持有能与对方比对的键（已认出 {matched} 人）；"
    "跨渠道的客户价值、复购和迁移因此都只有区间。",
    en="Of one of the two only {share} of buyers are known by a key that the other can compare ({matched} recognised), "
    "so that customer value, repeat buying and migration across the two are known within bounds only.",
)
ACTION = Text(
    zh="打通两端会员：申请平台会员通，或在包裹卡、会员注册时以权益换取手机号与微信授权（unionid）；由客户侧带密钥哈希后提供，"
    "按周看可比对份额。",
    en="Bridge the two memberships: the platform's member link, or a benefit for phone and WeChat consent (unionid) on "
    "the parcel card and at sign-up; let the client hash with a key before hand-over and follow the comparable share "
    "by week.",
)
STOP = Text(
    zh="两个月后可比对份额未提高 10 个百分点，则停止该入口，改换权益或触点。",
    en="Stop this entrance if the comparable share is not up by 10 points after two months; change the benefit or the "
    "touchpoint.",
)
NO_MONEY = Text(
    zh="认不出人本身没有金额，它决定其他结论能有多准",
    en="not knowing has no size in money; it limits what others can say",
)
CUT = Text(zh="剪断 {links} 条连接：{reason}。", en="Links cut: {links} ({reason}).")
HIDDEN = Text(
    zh="另有 {n} 个订单没有任何客户标识，未计入人数。",
    en="Besides, {n} orders carry no customer key and are not counted.",
)
BOTH_BUYERS = Text(zh="买家（取两侧较低者）", en="buyers (the lower of both sides)")
KEPT = Text(zh="保留", en="kept")
