"""What is said of coupons and of who buys without one."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="没有一个渠道本期有 {n} 个以上标明是否用券的订单，看不出没有券客户还买不买；带优惠券字段的订单报表可补。",
    en="No channel has {n} orders in the period that say whether a coupon was used, so it can't be told who buys "
    "without one; order reports with coupon columns would show it.",
)
ANSWER = Text(
    zh="{n} 单里 {share} 用券；最高的是{channel}，{top}。",
    en="{share} of {n} orders use a coupon; {channel} most, {top}.",
)
RETURNS = Text(
    zh="{channel}首购未用券的新客，90 天复购 {now}，用券的为 {before}。",
    en="In {channel} {now} of newcomers without a coupon return within 90 days, {before} of those with one.",
)
TITLE = Text(
    zh="{channel}离不开券：{share} 的订单用券，不用券的新客更少回来（{gap}）",
    en="{channel} lives on coupons: {share} of orders use one, and newcomers without one return less often ({gap})",
)
WORTH = Text(zh="，每年多让利约 {money}", en="; about {money} a year of extra discount")
CAUSE = Text(
    zh="用券单折扣深度 {deep}，不用券单 {plain}；回购中只有 {free} 不靠券。首购未用券的新客 90 天复购 {now}，同月份用券"
    "的为 {before}（差距 95% 区间内至少 {low}）。金额按多给折扣的 25% 至 100% 计。",
    en="Coupon orders are discounted by {deep}, others by {plain}; only {free} of returns needed none. Of newcomers "
    "without a coupon {now} return within 90 days, of those of the same months with one {before} (a gap of at least "
    "{low} within the 95% interval). Money takes 25% to 100% of the extra discount.",
)
ACTION = Text(
    zh="把全场券改为条件券（满额、新品、会员日），随机留一成客户不发券四周，看成交差多少；对不用券也买的老客改送服务与"
    "赠品。",
    en="Turn coupons for everything into coupons with a condition (threshold, new item, member day); leave a random "
    "tenth of customers without for four weeks and see what sales differ; give loyal buyers service and gifts instead.",
)
STOP = Text(
    zh="不发券的一组四周毛利额低于发券组，则恢复发券。",
    en="Go back if the group without coupons earns less gross profit after four weeks.",
)
NO_MONEY = Text(
    zh="订单没有优惠前金额，多给的折扣无法折算",
    en="orders lack the amount before discounts, so no discount can be sized",
)
SILENT = Text(
    zh="以下渠道的订单没有标明是否用券，未纳入：{channels}。",
    en="Not included, for their orders do not say whether a coupon was used: {channels}.",
)
AXIS = Text(zh="用券订单占比（线段为 95% 区间）", en="Share of orders with a coupon (line: 95% interval)")
LIMIT_SHARE = Text(
    zh="一半以上的订单要券才成交，价格就由券决定",
    en="where more than half of the orders need a coupon, the coupon is the price",
)
LIMIT_GAP = Text(
    zh="复购差距的下限超过 5 个百分点才提出：用券的人本就更活跃，几个点的差异属正常",
    en="raised only if even the lower end exceeds 5 points: those who use coupons are more active anyway",
)
