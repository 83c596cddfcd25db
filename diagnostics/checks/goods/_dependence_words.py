"""What the question on roles says of the largest product."""

from __future__ import annotations

from diagnostics.model.wording import Text

LACKING = Text(
    zh="本期没有带商品的成交，看不出对单品的依赖；更完整的商品明细报表可补。",
    en="No sale of the current period names a product, so what hangs on one of them is unknown; a fuller item report "
    "brings it.",
)
ANSWER = Text(
    zh="共 {products} 个商品，{half} 个贡献一半 GMV，{most} 个贡献 80%；最大单品「{name}」占 {share}{change}，前 10 个"
    "合计 {top10}。",
    en="Of {products} products, {half} make half of GMV and {most} make 80%; the largest, “{name}”, holds "
    "{share}{change}, the first ten {top10}.",
)
CHANGE = Text(zh="（上一期 {before}）", en=" ({before} before)")
BEST = Text(zh="本期 GMV 最高的商品", en="Products with the highest GMV")
CONCENTRATION = Text(zh="集中度 HHI {now}，上一期 {before}", en="Concentration (HHI) {now}, {before} before")
TENTHS = Text(zh="商品按 GMV 从高到低每 10% 一档", en="Products ordered by GMV, a tenth a row")
GINI = Text(zh="基尼系数 {gini}", en="Gini {gini}")
TITLE = Text(
    zh="「{name}」一个商品占 GMV 的 {share}：断货一个月就少卖约 {money}",
    en="One product, “{name}”, holds {share} of GMV: a month out of stock costs about {money}",
)
CAUSE = Text(
    zh="该品本期 {orders} 个订单，GMV {gmv}，份额较上一期 {change}；第二大商品只占 {second}，没有可以接替的品。金额"
    "为断货或被跟价半个月至两个月的损失，未计替代购买。",
    en="It has {orders} orders and GMV of {gmv} in the current period, its share moved by {change}; the second "
    "product holds only {second}, so nothing can take its place. Money is the loss of half a month to two months "
    "out of stock or undercut, without purchases that switch to another product.",
)
FIRST_PERIOD = Text(zh="无法比较", en="an unknown amount")
ACTION = Text(
    zh="为该品备两条供货与安全库存；从复购率高的前十商品里选两个做接替品，用该品的包裹卡、私聊与加购位带动。",
    en="Secure a second source and a safety stock; choose two successors among the ten best whose buyers return, "
    "and let the hero's parcel card, chats and add-on places carry them.",
)
STOP = Text(
    zh="一个季度后接替品份额没有上升，或该品份额下降只因自身销量下滑，则停止现有推法，重选接替品。",
    en="Stop and choose other successors if after a quarter their share has not risen, or the hero's fell only "
    "because it sells less.",
)
PART_ITEMISED = Text(
    zh="只有 {share} 的 GMV 来自逐件列出商品的导出，其余（{channels}）不在本节数字内。",
    en="Only {share} of GMV comes from exports that list products one by one; the rest ({channels}) is left out here.",
)
