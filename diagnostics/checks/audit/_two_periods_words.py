"""What the question on two periods says."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_BUYERS = Text(zh="两期里有一期没有身份已知的买家", en="one of the two periods has no known buyer")
ANSWER = Text(
    zh="对比期的 {before} 位客户中 {kept}（95% 区间 {low} 至 {high}）本期又买；本期 {now} 位客户里，{new} 位是新客"
    "{back}。",
    en="Of {before} customers of the comparison period {kept} bought again (95% interval {low} to {high}); of {now} "
    "customers now, {new} are new{back}.",
)
CAME_BACK = Text(zh="，{n} 位是回来的老客", en=" and {n} came back")
BRIDGE = Text(
    zh="{what}由 {before} 变为 {after}：流失 {lost}，少买 {down}，多买 {up}，{back}新客 {new}。",
    en="{what} went from {before} to {after}: lost {lost}, down {down}, up {up}, {back}new {new}.",
)
BACK_STEP = Text(zh="回来 {money}，", en="back {money}, ")
WHAT = {
    "spend": Text(zh="消费额", en="Spend"),
    "earned": Text(zh="利润", en="Profit"),
}
WHAT_COSTED = Text(zh="利润（成本已知部分）", en="Profit where costs are known")
GROUP_WORDS = {
    "lost": Text(zh="流失的客户", en="Lost"),
    "down": Text(zh="少买的客户", en="Down"),
    "up": Text(zh="多买的客户", en="Up"),
    "back": Text(zh="回来的客户", en="Back"),
    "new": Text(zh="新客", en="New"),
    "returns": Text(zh="只有退款", en="Refunds only"),
}
FACTOR_WORDS = {
    "orders": Text(zh="订单数", en="Orders"),
    "order_value": Text(zh="笔单价", en="Spend per order"),
    "margin": Text(zh="利润率", en="Margin"),
}
UP, DOWN = Text(zh="升", en="up"), Text(zh="降", en="down")
BEFORE, NOW = Text(zh="对比期", en="Comparison period"), Text(zh="本期", en="Current period")
CUSTOMERS = Text(zh="客户数", en="Customers")
CHANGE = Text(zh="变动", en="Change")
