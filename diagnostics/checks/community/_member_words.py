"""What the question on members who join, leave and buy says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="社群成员是在增加还是在流失，进群之后买了吗？",
    en="Do groups gain or lose members, and do members buy after joining?",
)
DEFINITION = Text(
    zh="净流失 = 退群 − 入群，按周汇总最近 {window} "
    "天；统计没有退群数时，由成员总数的变化倒推（企业微信接口只给入群与总数），"
    "解散的群也会减少总数。95% 区间按周的波动，逐个判断按错误发现率 5%。入群留存 = 入群满 "
    "7、30、90 天的人中仍在群的占比，"
    "名单里没有退群时间时靠前后两次导出比较，退群日取发现的那次导出。转化 = 入群后 30 天购买的成员 ÷ "
    "能对应客户且前后各 30 天"
    "都在订单期内的成员，与同一批人入群前 30 天相比（入群常因刚购买，前后之差不是群的效果）。",
    en="Net loss = left less joined, by week over the last {window} days; where leaving is not told it is read off the "
    "change in members (WeCom's interface gives only joins and totals); groups dissolved also lower the total. 95% "
    "intervals from the scatter of weeks; single units at a false discovery rate of 5%. Staying = of those who "
    "joined 7, "
    "30 or 90 days ago or more, those still in the group; without a time of leaving, two exports are compared and the "
    "later one is the day of leaving. Conversion = members who buy within 30 days of joining over members who can be "
    "matched and whose 30 days on both sides lie within the orders, beside the same people in the 30 days before "
    "(people "
    "often join because they have just bought, so the difference is not the effect of the group).",
)
NOTHING = Text(
    zh="群统计没有成员总数与入群、退群数", en="the group statistics tell no members in all, nor who joined and left"
)
UNLOCKED_BY = Text(
    zh="企业微信群聊统计（成员总数、新增成员），或门店群日统计（入群、退群）",
    en="WeCom group statistics (members, joins), or the store group statistics (joined, left)",
)
ANSWER = Text(
    zh="最近 {weeks} 周社群净{way} {n} 人（每周 {weekly}，95% 区间 {low} 至 {high}，负数为流失）",
    en="In the last {weeks} weeks groups {way} {n} members net ({weekly} a week, 95% interval {low} to {high}, "
    "below zero is a loss)",
)
GAINED = Text(zh="增加", en="gained")
LOST = Text(zh="流失", en="lost")
BLEEDING = Text(zh="；{n} 个单位明显流失：{names}", en="; {n} clearly lose members ({names})")
CONVERTED = Text(
    zh="；入群 30 天内购买的成员占 {after}，入群前 30 天为 {before}（{n} 人）",
    en="; {after} of members buy within 30 days of joining, {before} did in the 30 days before ({n} people)",
)
STOP_MARK = Text(zh="。", en=".")
TITLE = Text(zh="{who}在 {weeks} 周里净流失 {n} 位成员{rate}", en="{who}: {n} members lost net in {weeks} weeks{rate}")
TITLE_WHOLE = Text(
    zh="全部社群在 {weeks} 周里净流失 {n} 位成员{rate}", en="Groups lost {n} members net in {weeks} weeks{rate}"
)
RATE = Text(zh="（期初的 {rate}）", en=" ({rate} of those at the start)")
CAUSE = Text(
    zh="每周净流失 {weekly} 人（95% 区间 {low} 至 {high}），同期入群 {joined} "
    "人。先查入群后第一周的欢迎与权益、推送频率、"
    "是否有广告成员，再看活动群是否到期未转。",
    en="{weekly} lost net a week (95% interval {low} to {high}) with {joined} joining. Look first at the welcome "
    "and benefit "
    "of the first week, at how often messages go out, at advertisers in the group, and at event groups past their "
    "event.",
)
ACTION = Text(
    zh="入群当天发群规与一项入群权益，7 天内完成一次互动；推送每天不超过一条；退群当日一对一问原因。"
    "选流失最重的一半群试四周，"
    "另一半对照。",
    en="Send the rules and one benefit on the day of joining and get one exchange within 7 days; at most one "
    "message a day; "
    "ask those who leave why, in person, on the day. Do so in half of the worst groups for four weeks and compare.",
)
STOP = Text(
    zh="四周后试点群的周退群数不低于对照群，则停止加权益，改查群的定位与入群来源。",
    en="If after four weeks no fewer leave the pilot groups, stop adding benefits and look at what the group is for "
    "and "
    "where members come from.",
)
NOT_A_CONTACT = Text(
    zh="退群的人多仍是好友，不按流失联系人计价",
    en="who leaves a group mostly stays a contact, so no contact is counted as lost",
)
SOURCES = {
    "group": Text(zh="流失数据来源：按群的日统计。", en="Flows from daily statistics by group."),
    "owner": Text(zh="流失数据来源：企业微信群聊统计（按群主）。", en="Flows from WeCom group statistics by owner."),
    "whole": Text(zh="流失数据来源：全部群的日统计。", en="Flows from statistics of all groups by day."),
    "store": Text(zh="流失数据来源：门店群日统计（入群与退群）。", en="Flows from the store group statistics."),
}
DERIVED = Text(
    zh="统计没有退群数，净流失由成员总数倒推。", en="Leaving is not told; the net loss is read off the members in all."
)
ONE_LOOK = Text(
    zh="成员名单只有一次导出且没有退群时间：留存未知（未退的人才在名单里）。",
    en="There is one export of members and no time of leaving: staying is not known, for only those who stayed are "
    "listed.",
)
