"""What the section on the lever tree says, in both languages."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="GMV 的变化由哪个杠杆造成，两期的促销日与节假日又对得上吗？",
    en="Which lever moved GMV, and do both periods hold the same promotion days and holidays?",
)
DEFINITION = Text(
    zh="GMV = 访客数 × 转化率 × 人均订单数 × 每单件数 × 件均标价 × (1 − 折扣)（× 退款后留存比例，仅当 GMV 按扣除退款"
    "计），逐渠道比较两个可比期，数据到哪一层就拆到哪一层：没有标价时用件均实付价，没有件数时用笔单价。访客 = 各月一"
    "级来源访客之和（按日下载的为日访客之和），只计两期都下载完整、且口径（按月、按日）相同的月份，买家按月去重后相加"
    "；没有这样流量数据的渠道与月份用购买人数代替访客数 × 转化率；完全没有客户身份的渠道用订单数；新增与停止的渠道各"
    "为一项。用对数平均迪氏分解（LMDI），含零时用 Shapley 值；各项之和等于 GMV 变化，精确到分。促销日历：每一天属于一"
    "个促销阶段（年货节、春节、38 节、五一、618、99 大促、国庆、双 11、双 12）或平日；日历效应 = 各阶段天数之差 × 两"
    "期日均 GMV 的平均（只在一期出现的阶段用该期日均），同日比较 = 平均天数 × 日均 GMV 之差，两者之和等于 GMV 变化，"
    "无余项；促销日取自内置日历，平台与客户的实际日期可能不同。区间：按客户分组的刀切法，95%。",
    en="GMV = visitors × conversion × orders per buyer × items per order × list price per item × (1 − discount) (× "
    "share kept after refunds, where GMV is net of refunds), by channel, between two comparable periods, as deep as "
    "the data go: the paid price where no list amounts are stated, spend per order where no items are. Visitors = "
    "first-level sources summed over months (daily visitors where delivered by day), only of months that both "
    "periods tell in full and alike (by month, by day); buyers are counted by month and summed. Channels and months "
    "without such traffic use buyers in place of visitors × conversion; channels without any known customer use "
    "orders; channels that entered or left are terms of their own. Split by logarithmic means (LMDI), by Shapley "
    "values where a factor is zero; terms sum to the change of GMV to the cent. Promotion calendar: every day "
    "belongs to one promotion phase (run-up to Spring Festival, Spring Festival, 8 March, May Day, 618, 9.9, "
    "National Day, double 11, double 12) or is ordinary; calendar effect = difference of days of each phase × the "
    "mean of the two daily GMVs (the one there is for a phase that lies in one period only), like days = mean number "
    "of days × the difference of daily GMV; both sum to the change of GMV, nothing is left over; the days come from "
    "a built-in calendar, those of a platform or client may differ. Intervals: jackknife over groups of customers, "
    "95%.",
)
NO_PREVIOUS = Text(
    zh="数据不足两个可比期，无法比较；至少需要两个完整月份的订单",
    en="the data hold no two comparable periods; at least two whole months of orders are needed",
)
NO_SALES = Text(
    zh="两个可比期里都没有销售额（全部退款、全部为 0，或没有订单）",
    en="neither of the two comparable periods holds any sales (all refunded, all zero, or no orders)",
)
ANSWER = Text(
    zh="GMV 从 {before} 变为 {after}（{change}）。",
    en="GMV went from {before} to {after} ({change}).",
)
PULLED = Text(zh="拉动最大的是{lever}（{effect}{unsure}）", en="largest pull up: {lever}, {effect}{unsure}")
DRAGGED = Text(zh="拖累最大的是{lever}（{effect}{unsure}）", en="largest drag: {lever}, {effect}{unsure}")
UNSURE = Text(zh="，区间含零", en=" (may be chance)")
TWICE = Text(
    zh="访客数为所下载的每月（或每日）、各一级来源访客之和：同一人经两个来源、在两个月（或两天）到访会计两次。",
    en="Visitors are summed over the months (or days) delivered and over first-level sources: who comes by two sources "
    "or in two of those months (days) counts twice.",
)
APART = Text(
    zh="无身份客户的订单占本期 GMV 的 {share}，单列一项，不拆成人数与频次。",
    en="Orders without a known customer are {share} of current GMV; they are one term and not split into buyers and "
    "orders per buyer.",
)
LATE_REFUNDS = Text(
    zh="退款多半记在原订单上，最近几周的订单还会继续退款：本期 GMV 与留存比例因此略偏高，上期不受影响。",
    en="Refunds mostly stand with the order they concern, and orders of the last weeks may still be refunded: current "
    "GMV and the share kept read a little high, those of the previous period do not.",
)
NOT_JUDGED = Text(
    zh="以下渠道可识别客户的订单比例变化过大，其杠杆不作判断：{channels}。",
    en="The share of orders with a known customer moved too much for the levers to be judged in: {channels}.",
)
FALL = Text(
    zh="{channel}{lever}下降 {change}，一年少 {loss}",
    en="{channel}: {lever} down {change}, {loss} a year",
)
CAUSE = Text(
    zh="{channel}的{lever}由 {old} 变为 {new}，单此一项使 GMV 在比较期内减少 {effect}（占该渠道上期 GMV 的 {share}，"
    "95% 区间 {low} 至 {high}）；该渠道 GMV 合计变动 {total}。",
    en="In {channel}, {lever} went from {old} to {new}; that alone took {effect} off GMV over the period ({share} of "
    "the channel's previous GMV, interval {low} to {high}). The channel's GMV as a whole moved by {total}.",
)
BASKET_PARTS = Text(
    zh="其中每单件数 {units}，件均价格 {price}（不含折扣变化）。",
    en="Items per order {units}, price per item {price} (changes of discount not counted).",
)
PAID_PARTS = Text(
    zh="其中每单件数 {units}，件均实付价 {price}。", en="Items per order {units}, paid price per item {price}."
)
CALENDAR_TAKEN = Text(
    zh="促销日与节假日错位可能造成的 {calendar} 已扣除。",
    en="{calendar} that other promotion days and holidays may have cost is taken off.",
)
ONLY_BUYERS = Text(
    zh="没有两期可比的流量数据，无法区分是来访变少还是转化变差。",
    en="Without traffic that can be compared it can't be told whether fewer people came or fewer of them bought.",
)
