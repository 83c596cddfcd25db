"""What the question on discounts and coupons says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="折扣是否越打越深，没有券客户还买吗？",
    en="Are discounts getting deeper, and do customers buy without a coupon?",
)
DEFINITION = Text(
    zh="折扣深度 = 1 − 买家实付 ÷ 优惠前金额，只含导出中带优惠前金额的销售行；平台出资的优惠可能不在订单里。"
    "「标价未变」看每件的优惠前金额；区间：按客户分组的刀切法，95%。"
    "用券单占比 = 标明用券的订单 ÷ 标明是否用券的全部订单（本期）；多给的折扣 = 用券单比不用券单多出的折扣深度 × "
    "用券单的优惠前金额。不用券也回来 = 首购未用券的新客 90 天内再购的比例，与同渠道、同月份首购用券的新客比较"
    "（按月份加权，区间按渠道数校正）；只含已满 90 天观察期者。用券与否是客户自己选的，差距是相关而非因果。",
    en="Discount depth = 1 − paid over the amount before discounts, over selling lines that state one; discounts paid "
    "by a platform may not show in the order. Whether list prices held is read from the amount before discounts per "
    "unit. Intervals by a jackknife over groups of customers, 95%. "
    "Coupon share = orders with a coupon over all orders that say whether one was used (current period); extra "
    "discount = the depth of coupon orders beyond that of others, times their amount before discounts. Coming back "
    "without one = newcomers whose first purchase had no coupon and who bought again within 90 days, against those of "
    "the same channel and month who used one (weighted by month, interval corrected for the number of channels); "
    "observed for 90 days. Customers choose whether to use one: the gap is an association.",
)
NO_DEPTH = Text(
    zh="没有一个渠道在两个可比期都带有优惠前金额，看不出折扣是否加深；带优惠前金额的订单或宝贝报表（两年）可补。",
    en="No channel states the amount before discounts in two comparable periods, so it can't be told whether discounts "
    "deepen; order or item reports with that amount for two years would show it.",
)
NEITHER = Text(
    zh="没有一个渠道在两个可比期都带有优惠前金额，也没有一个渠道本期有 {n} 个以上标明是否用券的订单",
    en="no channel states the amount before discounts in two comparable periods, and none has {n} orders in the period "
    "that say whether a coupon was used",
)
UNLOCK = Text(
    zh="带优惠前金额的订单或宝贝报表（两年）；带优惠券字段的订单报表",
    en="order or item reports with the amount before discounts, for two years; order reports with coupon columns",
)
ANSWER = Text(
    zh="在带有优惠前金额的 {n} 个渠道里，折扣变动最大的是{channel}：由 {before} 变为 {after}（{change}）。",
    en="Of {n} channels that state list amounts, discounts moved most in {channel}: from {before} to "
    "{after} ({change}).",
)
ONE = Text(
    zh="只有{channel}带有优惠前金额：折扣深度由 {before} 变为 {after}（{change}）。",
    en="Only {channel} states list amounts: discounts went from {before} to {after} ({change}).",
)
TITLE = Text(
    zh="{channel}折扣由 {before} 加深到 {after}，一年多让利 {loss}",
    en="{channel}: discounts deepen from {before} to {after}, {loss} more given away a year",
)
CAUSE = Text(
    zh="{channel}每件标价变动 {list}，基本未降，而折扣深度 {change}（区间 {range}）：让利来自优惠而非标价。",
    en="The list price per unit in {channel} moved by {list} while discounts moved by {change} ({range}): the "
    "money is given away by promotions, not by list prices.",
)
ACTION = Text(
    zh="把优惠拆成满减、券、会员价三类，先停掉对老客无门槛的叠加优惠；用半数客户试行浅一档的折扣，比较毛利额而非销量。",
    en="Split promotions into thresholds, coupons and member prices and end those that stack for returning customers "
    "first; try one step less discount on half of the customers and compare gross profit, not volume.",
)
STOP = Text(
    zh="浅折扣组四周的毛利额低于原折扣组，则恢复原折扣。",
    en="Go back if the gross profit of the lighter discount is lower after four weeks.",
)
LACKING = Text(
    zh="以下渠道的导出没有优惠前金额，未纳入：{channels}。", en="Not included, for want of list amounts: {channels}."
)
