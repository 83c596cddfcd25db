"""What the question on the cost of a new customer says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="一个新客要花多少钱，多久能赚回来，是不是越来越贵？",
    en="What does a new customer cost, how soon is it earned back, and is it getting dearer?",
)
DEFINITION = Text(
    zh="获客成本 = 投放费用（活动与投放表，按天摊到月）÷ 同渠道同月的新客（首次观察到的购买，任何渠道；"
    "数据开头分不清新老客的几个月，费用与新客都不计）。费用若也服务"
    "老客，则此数为上限。每新客毛利 = 首购起若干个 30 天内在各渠道的实付 − 退款 − 成本，只用已观察满该时长的新客；没有"
    "成本的部分，区间下端按不赚钱、上端按零成本计，完全没有成本时用需求表的毛利率。回本 = 累计毛利首次达到获客成本的"
    "月龄。涨得过快 = 相同月份获客成本的平均涨幅，扣除新客 90 天净消费的涨幅（t 区间，按渠道数校正）。",
    en="Cost of a new customer = spend (campaign and media table, spread over months by day) over the new customers of "
    "the same channel and month (first purchase seen, in any channel; without the first months of the data, in which "
    "new customers can't be told from older ones); an upper bound where the spend serves old "
    "customers too. Margin per newcomer = paid − refunds − cost over all channels in so many times 30 days from the "
    "first purchase, of those observed for so long; for sales without a cost the interval's low end takes no profit "
    "and the high end no cost; without any cost the sheet's gross margin is taken. Payback = the age at which margin "
    "first covers the cost. Rising too fast = the mean rise of the same months' cost beyond the rise of newcomers' "
    "net spend in 90 days (Student's t, corrected for the number of channels).",
)
NO_SPEND = Text(
    zh="本期没有可与新客对应的投放费用（费用表的渠道与订单渠道不同名，或当期没有新客）",
    en="no spend of the period can be set against new customers (channels named otherwise, or no newcomers)",
)
UNLOCK = Text(
    zh="按渠道、起止日和金额列出的投放费用表", en="the table of media spend with channel, first and last day, amount"
)
ANSWER = Text(zh="本期新客成本：{channels}。", en="Cost of a new customer in the period: {channels}.")
ONE = Text(zh="{channel} {cac}（{payback}）", en="{channel} {cac} ({payback})")
PAID_BACK = Text(zh="约 {n} 个月回本", en="earned back in about {n} months")
NOT_BACK = Text(zh="{n} 个月内未回本", en="not earned back in {n} months")
BACK_UNKNOWN = Text(zh="毛利未知", en="margin not known")
ALL = Text(zh="全部渠道", en="All channels")
TITLE = Text(
    zh="{channel}一个新客花 {cac}，{days} 天只赚回 {margin}：每年倒贴约 {money}",
    en="{channel}: a new customer costs {cac} and earns back {margin} in {days} days, about {money} a year short",
)
CAUSE = Text(
    zh="本期投放 {cost} 带来 {n} 位新客；{followed} 位观察满 {days} 天的新客人均毛利 {margin}（区间 {low} 至 {high}）。"
    "费用若有一部分服务老客，缺口会相应变小。",
    en="{cost} of spend brought {n} new customers; {followed} newcomers observed for {days} days earned {margin} each "
    "({low} to {high}). Where part of the spend serves old customers the gap is smaller.",
)
ACTION = Text(
    zh="按计划与素材拆开费用，先停人均毛利最低的三分之一；把省下的预算移到包裹卡、会员通等私域入口；首单后 7、21 天做"
    "承接，把第二单提前。",
    en="Split the spend by plan and creative and stop the worst third first; move what is saved to parcel cards and "
    "member links; follow up on days 7 and 21 to bring the second order forward.",
)
STOP = Text(
    zh="削减四周后新客数下降的比例超过费用下降的比例，则恢复原投放。",
    en="Restore the spend if after four weeks new customers fell by a larger part than the spend.",
)
TITLE_UP = Text(
    zh="{channel}获客成本涨了 {up}，新客价值只变动 {value}：每年多花约 {money}",
    en="{channel}: a new customer costs {up} more, its value moved by {value}; about {money} a year more",
)
CAUSE_UP = Text(
    zh="{months} 个相同月份相比，获客成本平均上涨 {up}；扣除新客 90 天净消费的变化后，仍快 {excess}（95% 区间 {low} 至 "
    "{high}）。",
    en="Over {months} pairs of the same months the cost rose by {up} on average; beyond the change of newcomers' net "
    "spend in 90 days it rose by {excess} (95% interval {low} to {high}).",
)
ACTION_UP = Text(
    zh="先看单价还是转化在变：单次点击变贵就换人群与时段，转化变差就换落地页与首单商品；把老客转介绍和私域入口作为第二"
    "来源，占比逐季提高。",
    en="See first whether clicks got dearer (change audience and hours) or convert less (change page and first "
    "product); build referrals and private-domain entrances as a second source and raise their share quarter by "
    "quarter.",
)
STOP_UP = Text(
    zh="两个月后获客成本未回落 10%，则把该渠道预算封顶在上一期水平。",
    en="Cap the channel's budget at last period's if the cost has not fallen by 10% after two months.",
)
MIXED = Text(
    zh="费用表没有区分拉新与老客活动，获客成本按全部费用计，是上限。",
    en="The spend table does not tell acquisition from spend on old customers: the cost counts all of it, an upper "
    "bound.",
)
STATED = Text(
    zh="没有单品成本，毛利按需求表所填毛利率计。", en="Without unit costs margins go by the gross margin of the sheet."
)
UNMATCHED = Text(
    zh="{money} 的费用没有渠道或渠道没有新客，只计入全部渠道。",
    en="{money} of spend names no channel, or one without new customers; it counts for all channels only.",
)
AXIS = Text(zh="首购后月数（每月 30 天）", en="Months since the first purchase (30 days each)")
AXIS_Y = Text(zh="每新客累计毛利（虚线为获客成本）", en="Margin per newcomer so far (dashed: cost of one)")
LIMIT_AGE = Text(
    zh="半年内赚不回的获客，占用现金且难以靠复购补回", en="what is not earned back in half a year ties up cash"
)
LIMIT_RISE = Text(
    zh="扣除客户价值变化后，涨幅区间下限超过一成才提出：竞价逐月波动本就有几个百分点",
    en="raised only if even the lower end of the rise beyond the value exceeds a tenth: bids move by some points a "
    "month",
)
LIMIT_NEW = Text(
    zh="新客不足 100 位，成本由个别活动决定", en="under 100 new customers single campaigns decide the cost"
)
