"""What the question on buying across says."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_PARTS = Text(
    zh="订单没有品类、品牌或店铺，或只有一个", en="orders name no category, brand or shop, or only one of them"
)
UNLOCK = Text(zh="商品档案（含品类与品牌）", en="the item master with category and brand")
ANSWER = Text(
    zh="本期 {share} 的买家跨{dimension}购买（{crossed} / {buyers}）。",
    en="{share} of the buyers bought across {dimension} ({crossed} of {buyers}).",
)
MEMBERS = Text(
    zh="同为 {orders} 单的客户里，会员跨购 {member}，非会员 {other}（比值 {ratio}，95% 区间 {low} 至 {high}）。",
    en="Among customers with {orders} orders {member} of members and {other} of others crossed (ratio {ratio}, 95% "
    "interval {low} to {high}).",
)
TITLE = Text(
    zh="买{small}的客户很少再买{large}：只有其他组合通常的 {part}，少 {n} 位跨购客户",
    en="Buyers of {small} seldom buy {large}: {part} of what other pairs show, {n} crossing customers fewer",
)
CAUSE = Text(
    zh="{buyers} 位{small}买家里 {share} 也买{large}，倍数 {lift}（{low} 至 {high}），其他组合的中位数为 {usual}。"
    "跨购客户每年在{small}上花 {spend}，金额按缺口的 25% 至 100% 估算。",
    en="Of {buyers} buyers of {small}, {share} also buy {large}: a lift of {lift} ({low} to {high}), where the median "
    "of the other pairs is {usual}. Customers of both spend {spend} a year on {small}; the money takes "
    "25% to 100% of the gap.",
)
ACTION = Text(
    zh="在两者之间搭一座桥：{small}订单的包裹与售后节点推{large}小样或搭配装，会员权益里设“首次跨购”积分；留对照组。",
    en="Build a bridge: samples or sets of {large} in parcels and care messages of {small} orders, points for the "
    "first crossing among member benefits, with a comparison group.",
)
STOP = Text(
    zh="两个复购周期后跨购率与对照组无差异，则停止，两类客群本就不同。",
    en="Stop if after two cycles crossing is no higher than in the comparison group: the two simply have other buyers.",
)
LIFT = Text(
    zh="组合倍数（1 = 与偶然相同；各组合中位数约 {usual}）",
    en="Lift (1 = as by chance; the median of the pairs is about {usual})",
)
