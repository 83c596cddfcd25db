"""What the question on customers of several venues says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="客户习惯在哪里买，跨几个渠道和店，触达之后又在哪里成交？",
    en="Where do customers buy by habit, across how many venues, and where do they buy once they are contacts?",
)
DEFINITION = Text(
    zh="都只数能认出的同一人。多渠道、多店客户的价值与订单数相同的单渠道、单店客户比（6 单及以上为一档），"
    "免得把“买得多”当作“买得宽”；是相关，不是因果。常用渠道 = 本期两单及以上的客户订单最多的渠道。成交场中立 = "
    "加好友前后都买过的客户里，加好友后最常用的渠道没有变的比例（Wilson 95%）；变了的再看是否换到了自有线上；"
    "换了渠道就认不出的人不在其中，因此没变的比例是上限。反哺公域 = 好友加入后本期在公域平台的成交额，是上限；"
    "有触达记录时另给下限：触达后 7 天内的成交额。线上线下回流：首购在一侧、本期又在另一侧买的客户。",
    en="Only people who are recognised count. Customers of several channels or shops are compared with customers of "
    "one who placed equally many orders (6 and more are one step), so that buying more does not pass for buying "
    "wider; an association, no effect. Home = the channel with most orders of a customer with two and more in the "
    "period. Neutral = of customers who bought before and after being added, those whose home stayed the same "
    "(Wilson, 95%); of the others, whether it moved to own shops; who is not recognised after a move is not in it, so "
    "the share is an upper end. Fed back to public channels = sales there to contacts after they were added, an upper "
    "end; with a log of touches also a lower one, sales in the 7 days after a touch. Flow between stores and online: "
    "first order on one side, another one in the period on the other.",
)
NO_CUSTOMERS = Text(zh="本期没有有身份的客户", en="no known customer in the period")
ANSWER = Text(
    zh="本期 {customers} 位有身份的买家里，在两个及以上渠道买的占 {channels}，两家及以上店的占 {outlets}。",
    en="Of {customers} known buyers of the period {channels} bought in two channels or more, {outlets} in two shops or "
    "more.",
)
WORTH = Text(
    zh="订单数相同时，跨渠道客户人均消费 {mean}，单渠道 {other}（差额区间 {low} 至 {high}）。",
    en="With equally many orders, customers of several channels spend {mean}, of one channel {other} (difference "
    "{low} to {high}).",
)
HOME = Text(
    zh="两单及以上的客户，{share} 的订单下在自己的常用渠道。",
    en="Customers of two orders and more place {share} of them in their home channel.",
)
STAYS = Text(
    zh="加好友后 {share} 的客户常用渠道没变（{n} 人，区间 {low} 至 {high}），换到自有线上的 {moved}：{policy}。",
    en="After being added {share} keep their home channel ({n} people, {low} to {high}), {moved} move it to own shops: "
    "{policy}.",
)
NEUTRAL = Text(zh="没有把人引到特定场所成交", en="they are not led to buy in one place")
STEERED = Text(zh="有一部分被引到自有商城", en="some are led to the own shop")
ASSISTED = Text(
    zh="好友在公域平台的成交额为 {money}，占公域 {share}（{basis}）。",
    en="Contacts spend {money} on public platforms, {share} of their sales ({basis}).",
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
