"""What is asked and said of rewards that cost more than the referred customers bring."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_COST = Text(
    zh="裂变记录里没有奖励成本或新客数，奖励是否赚得回来算不出；请导出带奖励成本的裂变明细或活动费用表。",
    en="The referral records tell no cost of rewards or nobody who came, so whether rewards are earned back can't be "
    "told; referral exports with the cost of rewards bring it.",
)
ANSWER = Text(
    zh="每带来一位新客花奖励 {reward}（{joined} 位）",
    en="Each newcomer costs {reward} of reward ({joined} newcomers)",
)
WORTH = Text(
    zh="；{kind}在 {days}内带来{what} {mid}（区间 {low} 至 {high}，{n} 位），{verdict}{ticket}。",
    en="; {kind} bring {what} of {mid} within {days} (range {low} to {high}, {n} people): {verdict}{ticket}.",
)
NO_WORTH = Text(
    zh="；没有能与订单对应的好友，无法判断是否值得{ticket}。",
    en="; no contacts meet orders, so whether it pays can't be told{ticket}.",
)
PAYS = Text(zh="奖励赚得回来", en="the reward is earned back")
DOES_NOT = Text(zh="奖励赚不回来", en="the reward is not earned back")
UNCLEAR = Text(zh="是否赚得回来还看不清", en="whether it is earned back can't be told yet")
TICKET = Text(zh="；奖励相当于笔单价的 {ratio}", en="; the reward is {ratio} of an average order")
MARGIN = Text(zh="毛利", en="gross margin")
SALES = Text(zh="消费", en="sales")
KINDS = {
    "campaign": Text(zh="该活动的新客", en="this campaign's newcomers"),
    "referred": Text(zh="被推荐的新客", en="referred newcomers"),
    "all": Text(zh="全部新好友（认不出被推荐者）", en="all new contacts (referred ones can't be told)"),
}
TITLE = Text(
    zh="{campaign}每位新客花奖励 {reward}，{days}内只带来{what} {worth}：一年多付约 {money}",
    en="{campaign}: {reward} of reward a newcomer who brings {what} of {worth} in {days}; about {money} a year too "
    "much",
)
CAUSE = Text(
    zh="{joined} 位新客的奖励共 {cost}；{kind}的价值区间为 {low} 至 {high}（{n} 位）。奖励先付、与是否购买无关，"
    "容易引来只领奖的人。",
    en="{cost} of rewards for {joined} newcomers; {kind} are worth {low} to {high} each ({n} people). Rewards are "
    "paid up "
    "front whatever is bought, which draws those who come for the reward.",
)
ACTION = Text(
    zh="把奖励改为新客首单完成并过退货期后发放，面额压到价值区间的下限以内；现金改为毛利高的试用装或到店权益；"
    "同一设备、地址、收款账号只计一次。先在一半老客中试行。",
    en="Pay after the newcomer's first order and its return period, and keep the reward within the lower end of the "
    "worth; give samples of good margin or benefits in the store instead of cash; count a device, address or account "
    "once. Try it with half of the customers first.",
)
STOP = Text(
    zh="改后两个月 K 下降超过三成而单客亏损没有消失，停止该奖励。",
    en="Drop the reward if after two months K fell by more than 30% and a newcomer still loses money.",
)
NO_MARGIN = Text(zh="没有毛利率，价值按消费额计：实际更低。", en="No margin is known: worth is spend, and truly lower.")
PROXY = Text(
    zh="好友名单里认不出谁是被推荐来的，价值取全部新好友；请给裂变海报单独的渠道码。",
    en="The contact list does not tell who was referred, so all new contacts stand for them; give referral posters a "
    "code of their own.",
)
UNNAMED_CAMPAIGN = Text(zh="裂变", en="Referral")
