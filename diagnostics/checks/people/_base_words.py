"""What the question on the customer base says."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_BUYERS = Text(zh="本期没有能识别客户的订单", en="no order of the current period has a known customer")
ANSWER = Text(
    zh="本期有 {buyers} 位有身份的买家{change}，其中 {repeat} 重复购买；{known} 的 GMV 能对应到客户。",
    en="{buyers} known customers bought in the current period{change}; {repeat} of them bought again; {known} of GMV "
    "belongs to a known customer.",
)
BUYER_CHANGE = Text(zh="（较对比期 {change}）", en=" ({change} on the comparison period)")
NEWCOMERS = Text(
    zh="新客月均由 {before} 位变为 {now} 位。", en="First-time buyers went from {before} to {now} a month on average."
)
UNKNOWN_ORDERS = Text(
    zh="本期 {n} 个订单（{share}）没有客户身份，不计入买家数；买家数因此是下限。",
    en="{n} orders of the current period ({share}) have no known customer and are not counted as buyers, so the "
    "number of buyers is a lower limit.",
)
OLDER_NOTE = Text(
    zh="{day} 之前首次出现的客户年资未知，单独列为「早于数据的客户」。",
    en="Customers first seen before {day} are of unknown age and shown as “older than the data”.",
)
CUT_MONTHS = Text(zh="首尾不足整月的月份未列入图表。", en="Months that the data cover only in part are left out.")
LAYERS = {
    "older": Text(zh="早于数据的客户", en="Older than the data"),
    "returning": Text(zh="回头客", en="Returning"),
    "first_time": Text(zh="新客", en="First-time"),
}
