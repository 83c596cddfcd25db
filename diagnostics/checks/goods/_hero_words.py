"""What the question on the largest product says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(zh="业绩有多依赖单一爆品？", en="How much of GMV hangs on one product?")
DEFINITION = Text(
    zh="商品按编码汇总（没有编码的用品名），份额 = 该商品本期 GMV ÷ 逐件列出的全部商品本期 GMV。集中度（HHI）= 各商"
    "品份额的平方和，0 为极分散，1 为只有一个商品。",
    en="Products are totalled by code, or by name where there is no code; share = the product's GMV in the current "
    "period over that of all products listed one by one. Concentration (HHI) = the sum of squared shares: near 0 "
    "is spread out, 1 is one product only.",
)
NO_SALES = Text(zh="本期没有带商品的成交", en="no sale of the current period names a product")
ANSWER = Text(
    zh="最大单品「{name}」占本期 GMV 的 {share}{change}，前 10 个商品合计 {top10}；{most} 个商品（共 {products} 个）"
    "贡献 80%。",
    en="The largest product, “{name}”, holds {share} of GMV{change}, the first ten {top10}; {most} of {products} "
    "products make 80%.",
)
CHANGE = Text(zh="（上一期 {before}）", en=" ({before} in the comparison period)")
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
