"""What the question on first products says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(zh="首单商品带来的客户会回来吗？", en="Do the products bought first bring customers who come back?")
DEFINITION = Text(
    zh="新客 = 数据最初三个月之后首次出现的客户。90 天复购率 = 首购日买过该商品的新客中，90 天内在另一天再次购买的"
    "比例，只含已满 90 天观察期者。应有值 = 同渠道、同首购月份、首购日没买该商品的新客的复购率，因此渠道与季节的差"
    "异已被扣除。差距经过收缩（经验贝叶斯，防止把偶然的极端当真），区间按商品数做了 Bonferroni 校正。金额 = 这些新"
    "客首购日之后在本期少花的钱，与同渠道、同月份其他新客的人均相比，全部已观察到的首购月份合计。",
    en="New customers = first seen after the first three months of the data. 90-day repeat rate = of the new "
    "customers who bought the product on their first day, those who bought again on another day within 90 days, "
    "observed for at least 90 days. Expected = the rate of new customers of the same channel and month who did not "
    "buy it first, so channel and season are taken out. Gaps are shrunk towards their mean (empirical Bayes, "
    "against chance extremes); intervals are Bonferroni's for the products judged. Money = what these customers "
    "spent less in the current period, after their first day, than others of the same channel and month did on "
    "average; all observed months of first purchase together.",
)
TOO_FEW = Text(
    zh="没有一个首单商品有 {n} 位以上已满 90 天观察期的新客",
    en="no first-order product has {n} new customers observed for 90 days",
)
ANSWER = Text(
    zh="带来新客最多的是「{name}」（{share} 的新客首购日买了它），其 90 天复购率 {rate}，应有 {expected}（n = {n}）。",
    en="“{name}” brings most new customers ({share} buy it on their first day); {rate} of them buy again within 90 "
    "days, {expected} would be expected (n = {n}).",
)
WORST = Text(
    zh="相对应有值最低的是「{name}」：{rate}，应有 {expected}。",
    en="Furthest below: “{name}” with {rate}, expected {expected}.",
)
NONE_LOW = Text(zh="主要首单商品中没有一个明显低于应有值。", en="No main first-order product is clearly below.")
TITLE = Text(
    zh="「{name}」引来 {share} 的新客，却留不住：90 天复购 {rate}，同类新客为 {expected}，每年少收约 {money}",
    en="“{name}” brings {share} of new customers, and few return: {rate} within 90 days against {expected}, about "
    "{money} a year less",
)
CAUSE = Text(
    zh="首购该商品的 {n} 位新客，复购率比同渠道、同月份的其他新客低 {gap} 个百分点（95% 区间内至少 {low}）；首购之后，"
    "他们本期人均再花 {mine}，其他新客为 {theirs}。该品满足的可能是一次性需求，首单之后没有承接品。",
    en="The repeat rate of the {n} new customers who bought it first lies {gap} points below that of others of the "
    "same channel and month (at least {low} within the 95% interval). After their first day they spent {mine} each in "
    "the current period, the others {theirs}. It probably meets a one-off need, and nothing is offered next.",
)
ACTION = Text(
    zh="把投放与首页首单位换成复购率高的商品；保留该品时改为组合装，并在签收后第 7、21 天推送承接品与第二单权益。",
    en="Give its place in ads and on the front page to a product whose buyers return; if it stays, bundle it, and "
    "offer the next product with a benefit on days 7 and 21 after delivery.",
)
STOP = Text(
    zh="新一批首购客户满 90 天后，复购率仍未缩小一半差距，则停止在该品上投放拉新费用。",
    en="Stop spending on acquisition with this product if the next cohort, observed for 90 days, has not closed half "
    "of the gap.",
)
SEEN = Text(
    zh="本期首购日之后的消费中，{share} 来自首单商品可见的新客；其余（更早的老客等）是否同样少花看不到，只计"
    "入金额上限。",
    en="Of spend after first days, {share} comes from new customers whose first product is seen; whether the "
    "rest, such as older customers, lack as much is not seen and enters the upper end of the money only.",
)
PART_KNOWN = Text(
    zh="只有 {share} 的新客首单能看到商品（其余渠道的导出没有商品），占比以这些新客为分母。",
    en="Only {share} of new customers have a first order that names a product; shares are of those.",
)
