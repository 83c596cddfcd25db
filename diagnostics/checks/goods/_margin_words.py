"""What the question on margins says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(zh="哪些品类、商品的毛利在变薄？", en="Where is the gross margin getting thinner?")
DEFINITION = Text(
    zh="毛利率 = 1 − 单件成本 × 件数 ÷ 买家实付，退款不扣（退款另有一节），只含有成本的商品。本期与上一期比较；区间"
    "取两种算法中较宽的一种：客户抽样的波动（分组刀切法），以及相同月份之差的波动（t 区间，大促月份的起伏因此已计"
    "入），并按比较的个数校正。降幅拆成两部分：同一商品自身变薄，与商品结构改变；金额按本期件数计，自身变薄的部分"
    "按上一期实付价应多收的钱计。商品档案只有一个成本时，成本上涨看不出来，降幅只来自实付价与结构。",
    en="Gross margin = 1 − unit cost × units over what buyers paid, refunds not taken off (they have a section of "
    "their own), products with a known cost only. Current against previous period; the interval is the wider of two: "
    "sampling of customers (grouped jackknife) and the spread of the differences of the same months (t, so that "
    "promotion months count in), corrected for the number of comparisons. A fall has two parts: the same products "
    "earn less, and other products are sold; money takes the units sold now, the former part at the paid prices of "
    "before. With one cost a product in the item master a rise of cost can't show: "
    "falls come from paid prices and mix.",
)
NO_COST = Text(zh="没有一个品类在两期都有可算毛利的销售", en="no category has sales with a known cost in both periods")
UNLOCK = Text(zh="商品档案（含单件成本）", en="the item master with unit costs")
ANSWER = Text(
    zh="有成本的销售毛利率 {now}，上一期 {before}（变动 {change}）；{n} 个{kind}中 {down} 个确有下降。",
    en="Sales with a known cost earn {now}, {before} before ({change}); of {n} {kind} {down} fell for sure.",
)
NO_FALL = Text(
    zh="有成本的销售毛利率 {now}，上一期 {before}（变动 {change}）；{n} 个{kind}没有一个确有下降。",
    en="Sales with a known cost earn {now}, {before} before ({change}); none of {n} {kind} fell for sure.",
)
KINDS = {
    "category": Text(zh="品类", en="categories"),
    "sku": Text(zh="商品", en="products"),
}
MOST = Text(zh="降得最多的是「{name}」：{before} 降到 {now}。", en="“{name}” fell most, from {before} to {now}.")
TITLE = Text(
    zh="「{name}」毛利率由 {before} 降到 {now}，每年少赚约 {money}",
    en="The gross margin of “{name}” fell from {before} to {now}: about {money} a year",
)
CAUSE = Text(
    zh="毛利率变动 {fall}（95% 区间 {range}），其中同一商品自身 {within}，其余来自商品结构；本期该部分销售 {sold}，"
    "{n} 个订单。",
    en="The margin moved by {fall} (95% interval {range}), {within} of it inside the same products, the rest by "
    "another mix; {sold} of sales and {n} orders now.",
)
WORST = Text(
    zh="自身变薄最多的商品：「{name}」，均价 {before} → {now}。",
    en="The product that thinned most: “{name}”, paid price {before} → {now}.",
)
ACTION = Text(
    zh="先查变薄最多的三个商品的成交价：收回叠加的券与赠品，设最低毛利线；结构变化则在首页与私聊里把位置让给毛利高"
    "的同类品；向供应商核对成本并更新档案。",
    en="Look at the paid prices of the three products that thinned most: take back stacked coupons and gifts and set a "
    "floor; where the mix changed, give front page and chats to the better earning products; check costs with "
    "suppliers and update the item master.",
)
STOP = Text(
    zh="四周后该品类毛利额（不是毛利率）低于调整前，则恢复原价。",
    en="Go back to the old prices if after four weeks the gross profit, not the margin, is lower than before.",
)
PART = Text(
    zh="只有 {share} 的本期成交有成本，其余不在本节数字内。",
    en="Costs are known for {share} of what was paid in the period; the rest is left out.",
)
AXIS = Text(
    zh="毛利率降幅，百分点（线段为 95% 区间；负值为上升）",
    en="Fall of the gross margin in percentage points (line: 95% interval; below 0: a rise)",
)
LIMIT = Text(
    zh="降幅下限超过 2 个百分点才提出：活动节奏与赠品每年都会带来一两个点的起伏",
    en="raised only if even the lower end exceeds 2 points: promotions and gifts move a margin by a point or two",
)
LIMIT_WEIGHT = Text(
    zh="占有成本销售不足 2% 的品类或商品，不影响整体", en="under 2% of sales with a cost it does not move the whole"
)
NO_CATEGORY = Text(zh="未分类", en="No category")
