"""What is asked and said of the ladder from fan to super member."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="从粉丝到超级会员，每一级还剩多少人；注册会员里有多少从没买过，存量会员在醒来吗？",
    en="How many are left on each step from fan to super member, how many registered members never bought, and does "
    "the sleeping stock wake?",
)
DEFINITION = Text(
    zh="好友 = 企微联系人（未流失）；会员 = 会员名单里的人（多个渠道只算一次）；已购 = 本期在任何渠道买过的会员；复购 "
    "= 本期购买两天及以上的会员；超级会员 = 复购会员中属于本期消费前 20% 买家的人；好友与会员人群不同，两者之间不算"
    "比例。会员资产表：期初 + 入会 = 期末；导出只有在册会员，退会看不到，所以期末是上限。“老客入会”= 入会前已买过，"
    "占比很高说明会员体系只在接老客。从未购买 = 数据期内入会、入会前没买过、入会满 90 天仍没有任何渠道订单的会员 ÷ "
    "同类会员；数据期之前入会的人可能早就买过，不计入。入会到首购的天数用 Kaplan-Meier，未买的按删失处理。存量唤醒 = "
    "期初已入会、此前半年无订单的会员，随后半年内购买的人数与比例，与一年前同口径比；存量变大时人数会涨、比例可以跌，"
    "因此分开看。若多数会员的键与该渠道买家的键不是同一类、或一个也没对上，不判断。",
    en="Contact = a WeCom contact who is not lost; member = anybody on the lists of members, once over all channels; "
    "bought = members who bought in the period in any channel; repeated = on two days and more; super = repeated "
    "members among the fifth of buyers who spend most; contacts and members are other people, so between these two no "
    "rate is formed. Balance: opening + joined = closing; exports list present members only and show nobody who left, "
    "so the closing is an upper end. “Old customers” had bought before joining: a high share says that the membership "
    "takes in customers, not newcomers. Never bought = members who joined inside the data, had not bought before, and "
    "have no order in any channel though they joined 90 days ago or earlier, over all such members; who joined before "
    "the data may have bought long ago and is left out. Days from joining to the first purchase by Kaplan-Meier, those "
    "without one censored. Waking = members who joined before a half-year and had no order in the half-year before it, "
    "and how many bought in it, as a count and as a rate, against the same a year earlier: a growing stock lifts the "
    "count while the rate may fall. Where most members are known by another kind of key than the channel's buyers, or "
    "none was found, the lists don't meet: not judged.",
)
NO_MEMBERS = Text(zh="会员名单里没有会员", en="the lists hold no member")
ANSWER = Text(
    zh="会员 {members} 人，本期 {bought}（{share}）买过，{repeated} 复购，{supers} 是超级会员，后者贡献可识别客户 "
    "GMV 的 {gmv}{sources}。",
    en="Of {members} members {bought} ({share}) bought in the period, {repeated} repeated and {supers} are super "
    "members, "
    "who bring {gmv} of known GMV{sources}.",
)
SOURCES = Text(
    zh="；本期新会员 {joined} 人，其中 {old} 是老客入会", en="; of {joined} new members {old} had bought before joining"
)
STEPS: dict[str, Text] = {
    "contacts": Text(zh="企微好友", en="WeCom contacts"),
    "members": Text(zh="会员", en="Members"),
    "bought": Text(zh="本期已购会员", en="Members who bought"),
    "repeated": Text(zh="复购会员", en="Members who repeated"),
    "supers": Text(zh="超级会员", en="Super members"),
}
UNKNOWN_SOURCE = Text(zh="未写来源", en="no source")
SHARE = Text(
    zh="名单上的会员在所有渠道合计占可识别客户 GMV 的 {share}；认不出身份的跨渠道购买不在内。",
    en="Members on the lists bring {share} of known GMV over all channels, without purchases under another identity.",
)
