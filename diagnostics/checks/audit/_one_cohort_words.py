"""What the question on one cohort says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="可完整观察的新客同期群只有 {n} 人、{ages} 个年龄段，不足以看出变化",
    en="the new customers that can be followed are {n}, over {ages} ages: too few to see a course",
)
ANSWER = Text(
    zh="{span} 首购的 {n} 位客户：首购后第 31 至 60 天有 {early} 的人购买，到最后 30 天（第 {days} 天止）为 {late}；"
    "到那时"
    "人均消费 {value}，其中价值最高的 10% 占 {top}，{once} 再没回来。",
    en="Of the {n} customers who first bought in {span}, {early} bought in days 31 to 60 and {late} in the 30 days "
    "up to "
    "day {days}; by then each had spent {value}, the best tenth held {top}, and {once} had not come back.",
)
WAITS = Text(
    zh="半年内，估计 {second} 买第二次；买过两次的人里 {third} 买第三次。",
    en="Within half a year an estimated {second} buy a second time, and of those {third} a third time.",
)
CUSTOMERS = Text(zh="客户数", en="Customers")
SPEND = Text(zh="消费额", en="Spend")
ORDERS = Text(zh="订单数", en="Orders")
PROFIT = Text(zh="利润（成本已知部分）", en="Profit where costs are known")
