"""What the question on customers of several venues says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="客户习惯在哪里买，跨几个渠道和店，渠道之间是在抢同一批客户吗？",
    en="Where do customers buy by habit, across how many venues, and do channels take each other's customers?",
)
DEFINITION = Text(
    zh="除“转走”的上限外，都只数能认出的同一人。多渠道、多店客户的价值与订单数相同的单渠道、单店客户比（6 单及以上为一"
    "档），免得把“买得多”当作“买得宽”；是相关，不是因果。常用渠道 = 本期两单及以上的客户订单最多的渠道。成交场中立 = "
    "加好友前后都买过的客户里，加好友后最常用的渠道没有变的比例（Wilson 95%）；变了的再看是否换到了自有线上；"
    "换了渠道就认不出的人不在其中，因此没变的比例是上限。反哺公域 = 好友加入后本期在公域平台的成交额，是上限；"
    "有触达记录时另给下限：触达后 7 天内的成交额。线上线下回流：首购在一侧、本期又在另一侧买的客户。"
    "转走 = 上一期在甲渠道买过、本期不再买，而本期新到乙渠道的人：下限是能认出的同一人（扣除错认），上限把认不出的也按"
    "“最多可能是同一人”计入。涉及的销售是估数，不是界限：低端 = 认出的人在乙的销售扣除错认，高端 = 人数上限 × 新到者人"
    "均（不低于认出的人所花）；转走的若多是大客户，会更多。转走不等于被抢走：因此另比较上期买甲、没买过乙的人里，本期去"
    "了乙的与没去乙的，谁更多地离开甲（Newcombe 区间，按渠道对数校正）。反而少走是互补；多走可能是替代，也可能本来就要"
    "走，所以只给界限，不下断言。",
    en="Only people who are recognised count, save in the high end of moving. Customers of several channels or shops "
    "are compared with customers of one who placed equally many orders (6 and more are one step), so that buying more "
    "does not pass for buying wider; an association, no effect. Home = the channel with most orders of a customer with "
    "two and more in the period. Neutral = of customers who bought before and after being added, those whose home "
    "stayed the same (Wilson, 95%); of the others, whether it moved to own shops; who is not recognised after a move "
    "is not in it, so the share is an upper end. Fed back to public channels = sales there to contacts after they were "
    "added, an upper end; with a log of touches also a lower one, sales in the 7 days after a touch. Flow between "
    "stores and online: first order on one side, another one in the period on the other. May have moved = bought in "
    "one channel before and no more now, and new in another now: the low end are people found in both (less those who "
    "may be mistaken), the high end takes all who could be the same person. The sales at stake are estimates and no "
    "bounds: the low end is what those found spend in the other channel, less the part that may be mistaken, the high "
    "end the most people at the mean spend of those who arrived (or what those found spend, if more); large buyers who "
    "moved would make it more. Moving is not being taken: of the first channel's customers who had not bought in the "
    "second, those who took it up are set against those who did not (who left the first more often; Newcombe's "
    "interval, corrected for the number of pairs). Takers who stay more complement it; takers who leave more may be a "
    "substitution, or were leaving anyway. Hence bounds, and no claim.",
)
NO_CUSTOMERS = Text(zh="本期没有有身份的客户", en="no known customer in the period")
ANSWER = Text(
    zh="本期 {customers} 位有身份的买家里，在两个及以上渠道买的占 {channels}，两家及以上店的占 {outlets}{worth}。",
    en="Of {customers} known buyers of the period {channels} bought in two channels or more, {outlets} in two shops or "
    "more{worth}.",
)
WORTH = Text(
    zh="；订单数相同时，跨渠道客户人均消费 {mean}，单渠道 {other}（差额区间 {low} 至 {high}）",
    en="; with equally many orders those of several channels spend {mean}, of one {other} (difference {low} to {high})",
)
HABIT = Text(zh="{home}{stays}{fed}。", en="{home}{stays}{fed}.")
HOME = Text(
    zh="两单及以上的客户，{share} 的订单下在自己的常用渠道",
    en="Customers of two orders and more place {share} of them in their home channel",
)
NO_HOME = Text(zh="没有客户在本期买过两单", en="No customer placed two orders in the period")
STAYS = Text(
    zh="；加好友后 {share} 没换常用渠道（{n} 人，区间 {low} 至 {high}），{moved} 换到自有线上，{policy}",
    en="; once added, {share} keep their home channel ({n} people, {low} to {high}) and {moved} move it to own shops: "
    "{policy}",
)
NEUTRAL = Text(zh="没有把人引到特定场所成交", en="they are not led to buy in one place")
STEERED = Text(zh="有一部分被引到自有商城", en="some are led to the own shop")
ASSISTED = Text(
    zh="；好友在公域平台成交 {money}，占公域 {share}（{basis}）",
    en="; contacts spend {money} on public platforms, {share} of their sales ({basis})",
)
AT_MOST = Text(zh="反哺的上限", en="an upper end of what is fed back")
BETWEEN = Text(zh="其中触达后 7 天内 {low}，为下限", en="of it {low} within 7 days of a touch, the lower end")
NO_CONTACTS = Text(
    zh="没有能与客户对上的联系人名单，触达后在哪里成交、反哺多少算不出；企业微信客户列表可补。",
    en="No contact list that can be matched to customers: where contacts buy, and what is fed back, can't be told; the "
    "WeCom list would show it.",
)
FEW_BOTH = Text(
    zh="加好友前后都买过、又能认出的不足 {n} 人，成交场是否中立不作判断。",
    en="Fewer than {n} recognised customers bought before and after being added, so neutrality is not judged.",
)
POLICY = {
    "single_channel": Text(
        zh="需求表写的链接策略是“单一渠道”，与中立成交相反：留住常用渠道的客户要换路才能买。",
        en="The sheet's link policy is one channel only, which is the contrary of a neutral venue.",
    ),
    "all_channel_neutral": Text(
        zh="需求表写的链接策略是“全渠道中立”。", en="The sheet's link policy is the same link for all channels."
    ),
    "by_group": Text(zh="需求表写的链接策略是“按人群区分”。", en="The sheet's link policy differs by customer group."),
}
NUMBERS = {
    1: Text(zh="1 个", en="One"),
    2: Text(zh="2 个", en="Two"),
    3: Text(zh="3 个及以上", en="Three and more"),
}
KINDS = {"channels": Text(zh="渠道", en="Channels"), "outlets": Text(zh="店", en="Shops")}
SIDES = {"store": Text(zh="门店", en="Store"), "online": Text(zh="线上", en="Online")}
AXIS = Text(
    zh="常用渠道里的订单占比（n 为以它为常用渠道的客户）",
    en="Share of orders at home (n: customers whose home it is)",
)
MOVED_TITLE = Text(zh="加好友前后的常用渠道", en="Home before and after being added")
NO_PREVIOUS = Text(
    zh="数据不足两个可比期，渠道之间是否互相抢客看不出；至少需要两个完整月份的订单。",
    en="The data hold no two comparable periods, so whether channels take each other's customers can't be told; at "
    "least two whole months of orders are needed.",
)
ONE_CHANNEL = Text(
    zh="两期都有客户的渠道不足两个，或没有渠道流失客户，渠道之间是否互相抢客无从比较；若还有别的渠道，补其订单。",
    en="Fewer than two channels lost and won customers between the periods, so whether they take each other's can't be "
    "told; if there are more channels, their orders would show it.",
)
TAKEN = Text(
    zh="涉及销售最多的一对渠道：{first}流失的 {lost} 位客户里，{low} 至 {high} 人本期出现在{second}"
    "（约合其 {money} 的销售，高端按新到者人均）；{reading}。",
    en="The pair of channels with most at stake: of {lost} customers lost by {first}, {low} to {high} now buy in "
    "{second} (about {money} of its sales, the high end at the mean spend of those who arrived); {reading}.",
)
READINGS = {
    "more": Text(
        zh="能认出的人里，去了{second}的更多地离开{first}（{gap}），可能有替代",
        en="of those recognised, takers of {second} left {first} more often ({gap}), so there may be substitution",
    ),
    "fewer": Text(
        zh="能认出的人里，去了{second}的反而更少离开{first}（{gap}），更像互补",
        en="of those recognised, takers of {second} left {first} less often ({gap}), so they look complementary",
    ),
    "same": Text(
        zh="能认出的人里，去没去{second}与离开{first}看不出关系",
        en="of those recognised, taking up {second} and leaving {first} show no relation",
    ),
    "few": Text(
        zh="能认出的人太少，无法判断是替代还是互补",
        en="too few are recognised to tell substitution from complement",
    ),
}
SHORT = {
    "more": Text(zh="可能替代", en="May substitute"),
    "fewer": Text(zh="互补", en="Complement"),
    "same": Text(zh="看不出", en="No relation"),
    "few": Text(zh="人数太少", en="Too few"),
}
BASIS = Text(
    zh="比对只在 {share} 的客户上做得到，其余只能给出可能的上限。",
    en="Only {share} of the customers could be compared; for the rest only what is possible is stated.",
)
LEAST_SALES = Text(zh="认出者的销售（扣除错认）", en="Sales of those found, less mistaken")
MOST_SALES = Text(
    zh="转走至多时的销售（按新到者人均）", en="Sales if most moved, at the mean spend of those who arrived"
)
PAIR = Text(zh="{first} → {second}", en="{first} → {second}")
