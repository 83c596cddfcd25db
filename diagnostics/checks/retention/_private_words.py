"""What the question on repurchase inside the private domain says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="复购有多少发生在私域，加好友前后变了吗，买家里有多少成了粉丝？",
    en="How much repurchase happens in the private domain, did it change after the add, and how many buyers became "
    "fans?",
)
DEFINITION = Text(
    zh="复购 = 首购日之后的订单。分三块，先符合先算：私域成交（按需求表的归因规则）、好友在别处买（下单时已是好友）、"
    "与私域无关。“在私域或由好友买”是私域参与的上限，不是私域带来的。加好友前后：只看加之前已买满 6 个月、"
    "加之后又跟了 6 个月的人，逐月（30 天）看多少人买过；加好友往往就发生在下单的时候，所以跳开紧挨着的一个月，前看第 "
    "−4 至 −2 个月，后看第 2 至 4 个月（各 3 个月，对称）。没有对照组，只是相关。粉丝阶梯逐级收窄：买过 → 再买过 → "
    "还是好友 → 在群里 → 邀请过人。",
    en="Repurchase = orders after the first day. Three parts, the first that fits: sold in private (by the sheet's "
    "rule), bought elsewhere by a contact (already added at the order), no part of the private domain. Private or by a "
    "contact is an upper end of its part, not what it brings. Before and after: people who had bought six months "
    "before they were added and were followed for six months after, by months of 30 days; people are often added at "
    "an order, so the months next to it are skipped: months -4 to -2 against months 2 to 4, alike on both sides. "
    "There is no control group: an association. The ladder narrows: bought, bought again, a contact still, in a "
    "group, invited somebody.",
)
NO_REPEATS = Text(zh="本期没有首购日之后的订单", en="the period has no order after a customer's first day")
ANSWER = Text(
    zh="本期复购成交额里，私域成交占 {sold}，好友在别处买的占 {assisted}，两者合计 {both} 是私域参与的上限。",
    en="Of the period's repurchase {sold} is sold in private and {assisted} is bought elsewhere by contacts; together "
    "{both} is the most that the private domain takes part in.",
)
HIGHER = Text(zh="上升", en="rose")
LOWER = Text(zh="下降", en="fell")
SAME = Text(zh="看不出变化", en="shows no change")
CHANGE = Text(
    zh="{n} 位老客加好友前每月有 {before} 的人买，加好友后 {after}（差 {low} 至 {high}）：{verdict}。",
    en="Of {n} older customers {before} bought in a month before they were added and {after} after ({low} to {high}): "
    "buying {verdict}.",
)
FEW_JOINERS = Text(
    zh="能前后各跟 6 个月的老客不足 {n} 位，加好友前后不作比较。",
    en="Fewer than {n} older customers could be followed for six months on both sides, so before and after is not "
    "told.",
)
FANS = Text(
    zh="{buyers} 位买家里，再买过的 {repeat}，其中还是好友的 {contact}。",
    en="Of {buyers} buyers {repeat} bought again, and {contact} of these are contacts.",
)
NO_MEMBERS = Text(
    zh="没有能对上客户的群成员名单，“在群里”这一级空着；企业微信客户群详情可补。",
    en="No list of group members that matches customers: the rung “in a group” is empty; WeCom's group details would "
    "show it.",
)
NO_INVITES = Text(
    zh="没有邀请记录，“邀请过人”这一级空着；裂变任务导出可补。",
    en="No referrals were delivered: the rung “invited” is empty; the referral export would show it.",
)
NO_RULE = Text(
    zh="订单里没有私域成交标记，私域成交空着；请在需求表写明归因规则。",
    en="Orders don't tell which were sold in private; state the rule of attribution in the sheet.",
)
KINDS = {
    "sold": Text(zh="私域成交", en="Sold in private"),
    "assisted": Text(zh="好友在别处买", en="Bought elsewhere by a contact"),
    "outside": Text(zh="与私域无关", en="No part of the private domain"),
}
RUNGS = {
    "buyers": Text(zh="买过", en="Bought"),
    "repeat": Text(zh="再买过", en="Bought again"),
    "contact": Text(zh="还是好友", en="A contact still"),
    "grouped": Text(zh="在群里", en="In a group"),
    "inviting": Text(zh="邀请过人", en="Invited somebody"),
}
AXIS = Text(zh="当月有购买的人（n={n}）", en="Share who bought in the month (n={n})")
ALONG = Text(zh="距加好友的月数（0 为加好友当月）", en="Months from the add (0 is the month after it)")
LABEL = Text(zh="占复购成交额", en="Share of repurchase")
