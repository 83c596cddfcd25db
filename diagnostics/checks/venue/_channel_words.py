"""What the question on the mix of channels says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="各渠道各贡献多少，是否过于依赖某一个，私域占比在客户设定的范围内吗？",
    en="What does each channel bring, does one carry too much, and is the private domain's share inside the client's "
    "own range?",
)
DEFINITION = Text(
    zh="按渠道合计可比期的 GMV、订单、有身份的买家（同一人在两个渠道购买，两处都计）。新客 = "
    "首次观察到的购买（任何渠道）在本期内；时期开始得过早、无法判断新老时留空。集中度 HHI = 各渠道 GMV "
    "占比的平方和（1 为只有一个渠道）。"
    "私域占比 = 按需求表归因规则算作私域的 GMV ÷ 全部 GMV；规则未能判定的订单给出下限（都不算）与上限（都算）。"
    "范围取自需求表「私域占比目标/上限」：限制条件写明是上限的只看是否超过；否则超过它、或不到它的一半，都算在范围之外。"
    "区间：按客户分组的刀切法，95%。",
    en="GMV, orders and known buyers of the compared periods by channel (who buys in two channels counts in both). "
    "New = first observed purchase, in any channel, inside the period; left empty where the period starts too early to "
    "tell. HHI = sum of squared shares of GMV (1 is a single channel). "
    "Private share = GMV that the sheet's attribution rule counts as private over all GMV; orders that the rule "
    "doesn't decide give a lower bound (none of them) and an upper bound (all of them). The range comes from the "
    "sheet's private share target or cap: where the constraints call it a cap, only more than it counts; else more "
    "than it, or less than half of it, lies outside. Intervals: jackknife over groups of customers, 95%.",
)
NO_SALES = Text(zh="本期没有成交", en="nothing was sold in the current period")
ANSWER = Text(
    zh="{channel}占 GMV 的 {share}{change}；共 {n} 个渠道，集中度 HHI 为 {hhi}。",
    en="{channel} brings {share} of GMV{change}; {n} channels in all, HHI {hhi}.",
)
WAS = Text(zh="（上期 {before}）", en=" ({before} before)")
TITLE = Text(zh="{share} 的 GMV 系于{channel}一个渠道", en="{share} of GMV hangs on one channel, {channel}")
CAUSE = Text(
    zh="{channel}一年约 {gmv}，是第二大渠道的 {times} 倍；该渠道的规则、流量价格或店铺状态一变，整体业绩随之波动。",
    en="{channel} brings about {gmv} a year, {times} times the second channel: a change of its rules, of the price of "
    "its traffic or of the shop's standing moves the whole business.",
)
ONLY = Text(
    zh="收到的订单只来自{channel}一个渠道（一年约 {gmv}）；可能确实只有一个渠道，也可能其他渠道的订单未提供。",
    en="All orders delivered come from {channel} (about {gmv} a year): either there is no other channel, or the "
    "orders of the others were not delivered.",
)
ACTION = Text(
    zh="把该渠道的买家引入可直接触达的私域（包裹卡、会员通、企微），为第二渠道定季度目标与专属货盘，"
    "并为该渠道规则变化准备预案。",
    en="Bring the channel's buyers into a pool that can be reached directly (parcel cards, member link, WeCom), set "
    "quarterly goals and a range of its own for the second channel, and prepare for changes of the channel's rules.",
)
STOP = Text(
    zh="若第二渠道两个季度的投入产出低于主渠道一半，则停止加投，改为只沉淀私域。",
    en="Stop adding spend if the second channel returns less than half of the main one for two quarters; build the "
    "private domain only.",
)
NO_LOSS = Text(
    zh="依赖是风险而非已发生的损失，不折算金额；受影响的规模见占比",
    en="dependence is a risk and no loss so far, so no money is stated; the share shows what is exposed",
)
BEFORE_UNKNOWN = Text(
    zh="上期距数据起点太近，新客占比无法判断，留空。",
    en="The previous period starts too close to the beginning of the data: new buyers can't be told there.",
)
REST = Text(zh="其余渠道（{n} 个）", en="Other channels ({n})")
