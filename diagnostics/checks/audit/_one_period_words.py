"""What the question on one period says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(zh="本期有身份的客户只有 {n} 位，不足以谈分布", en="only {n} known customers bought in the period")
ANSWER = Text(
    zh="{n} 位客户人均消费 {mean}，中位数只有 {median}；消费最高的 10% 占 {top}，{once} 只下过一单。",
    en="{n} customers spent {mean} each on average and {median} in the median; the tenth that spends most holds "
    "{top}, "
    "and {once} ordered only once.",
)
PROFITS = Text(
    zh="利润上，最高的 10% 占 {top}；{losers} 位客户亏损（{share}，95% 区间 {low} 至 {high}），共亏 {loss}。",
    en="Of profit the best tenth holds {top}; {losers} customers lose money ({share}, 95% interval {low} to {high}), "
    "{loss} in all.",
)
HALF = Text(zh="一半的利润来自 {n} 位客户（{share}）。", en="Half of the profit comes from {n} customers ({share}).")
ALL_REFUNDS = Text(zh="这些亏损全部由退款造成。", en="All of these losses come from refunds.")
LOSS_KINDS = Text(
    zh="亏损中 {refunds} 位（{refund_loss}）是退款所致，其余是售价低于成本。",
    en="Of the loss-makers {refunds} ({refund_loss}) owe it to refunds, the others bought below cost.",
)
MEASURE_WORDS = {
    "spend": Text(zh="消费额", en="Spend"),
    "orders": Text(zh="订单数", en="Orders"),
    "order_value": Text(zh="笔单价", en="Spend per order"),
    "profit": Text(zh="利润", en="Profit"),
    "margin": Text(zh="利润率", en="Margin"),
}
CUSTOMERS = Text(zh="客户数", en="Customers")
ORDERS = Text(zh="订单数", en="Orders")
SPEND = Text(zh="消费额", en="Spend")
PROFIT = Text(zh="利润（成本已知的客户）", en="Profit, customers of known cost")
