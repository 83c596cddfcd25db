"""What the question on roles says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="货盘里每类角色齐不齐，卖在哪些价格带，又有多依赖一个单品？",
    en="Which roles does the range fill, in which price bands does it sell, and how much hangs on one product?",
)
DEFINITION = Text(
    zh="角色按本期行为划分，一个商品可兼多个：爆品 = GMV 从高到低累计到 30% 的商品，至多 20 个；引流品 = 在新客首单中出"
    "现的比例明显高于其他订单（1.2 倍以上，差异按商品数校正后仍显著）；利润品 = 毛利率高于全盘 5 个百分点以上（需商品"
    "成本）；形象品 = 均价在最高的 10%，销量在中位数以下；其余为常规品。只评本期 30 单以上、GMV 前 300 的商品。价格带"
    "按单价（该行实付 ÷ 件数，赠品与退货行不计）划分，用需求表所填的带；没有填时按 1、1.5、2、3、5、7 的档位，并与相邻"
    "档合并到各占 8% 以上 GMV。首单倍数 = 该带占新客首单商品行的比例 ÷ 占其他商品行的比例，大于 1 且区间下限为正才算新"
    "客入口（按客户分组刀切的区间，按价格带数校正）。毛利 = 实付 − 件数 × 成本，只含有成本的商品，未扣退款。"
    "份额 = 商品（按编码汇总，没有编码的用品名）本期 GMV ÷ 逐件列出的全部商品本期 GMV；集中度（HHI）= 各商品份额的平方"
    "和，0 为极分散，1 为只有一个商品。",
    en="Roles come from behaviour in the current period; a product may play several. Hero = the products that, best "
    "first, make 30% of GMV, at most 20; traffic = in first orders of new customers clearly more often than in other "
    "orders (1.2 times, and beyond chance after correction for the number of products); profit = gross margin 5 "
    "points above the range's (needs product costs); image = price among the highest 10% and units below the median; "
    "regular = the rest. Only products with 30 orders, among the 300 with most GMV. Price bands go by unit price "
    "(paid over units of the line, gifts and return lines left out): as the sheet states them, else steps of 1, 1.5, "
    "2, 3, 5 and 7, neighbours joined until each holds 8% of GMV. First-order index = a band's share of the lines in "
    "first orders of newcomers over its share of other lines; an entrance only where the difference is above 0 for "
    "sure (jackknife over customers, corrected for the number of bands). Margin = paid − units × cost of products "
    "with a known cost, refunds not taken off. Share = GMV of a product (by code, or by name where there is none) over "
    "that of all products listed one by one; concentration (HHI) = the sum of squared shares: near 0 is spread out, 1 "
    "is one product only.",
)
NO_SALES = Text(
    zh="本期没有扣除退款后仍有销售额的商品，也没有带件数与实付的商品销售",
    en="in the current period no product has sales left after refunds, and no sale has units and a price",
)
NO_ROLES = Text(
    zh="本期没有 30 单以上、扣除退款后仍有销售额的商品，角色判断不了；更完整的商品明细报表可补。",
    en="No product of the current period has 30 orders and sales left after refunds, so roles are not judged; a fuller "
    "item report brings them.",
)
ANSWER = Text(
    zh="已评的 {n} 个商品中：{roles}（可兼）{state}。",
    en="Of {n} products judged: {roles} (roles may overlap){state}.",
)
ALL_THERE = Text(zh="，五类角色都有", en="; all five roles are filled")
LACKING = Text(zh="，缺{roles}", en="; nothing plays: {roles}")
ROLE_COUNT = Text(zh="{role} {n} 个", en="{role} {n}")
NO_COST = Text(
    zh="没有商品成本，利润品无法判断；请补充商品档案（含成本、吊牌价、品类）。",
    en="Without product costs the profit role is not computable; the item master with cost, list price and "
    "category brings them.",
)
NO_FIRSTS = Text(
    zh="首单订单只有 {n} 个，引流品无法判断。", en="There are only {n} first orders, so the traffic role is not judged."
)
PART_COST = Text(
    zh="只有 {share} 的 GMV 有商品成本，利润品只在其中判断。",
    en="Only {share} of GMV has a product cost; the profit role is judged within it.",
)
TITLES = {
    "traffic": Text(
        zh="货盘缺引流品：没有一个商品明显更吸引新客",
        en="The range lacks a traffic product: none draws newcomers more than others",
    ),
    "profit": Text(
        zh="货盘缺利润品：没有一个够分量的商品毛利高于全盘 {step}",
        en="The range lacks a profit product: none of any weight earns {step} more margin than the range",
    ),
}
CAUSES = {
    "traffic": Text(
        zh="在 {first} 个新客首单与 {later} 个其他订单之间，{n} 个商品的出现比例没有显著高出者。",
        en="Between {first} first orders and {later} other orders none of {n} products stands out for newcomers.",
    ),
    "profit": Text(
        zh="全盘毛利率 {margin}，占 GMV 2% 以上的商品中最高也只有 {best}；金额按 10% 的 GMV 换到高 {step} 毛利的商"
        "品计。",
        en="The range earns {margin}; the best product with 2% of GMV earns {best}. Money takes 10% of GMV moved "
        "to a product with {step} more margin.",
    ),
}
ACTIONS = {
    "traffic": Text(
        zh="选一款低试错成本、与主力品有承接关系的小规格做引流品，先在一个渠道测款。",
        en="Make a small, low-risk size that leads to the main products the traffic item, and test it in one "
        "channel first.",
    ),
    "profit": Text(
        zh="以组合装、升级规格或服务包做利润品，先在复购客户中小批量测价。",
        en="Make a bundle, a larger size or a service the profit item and test its price with repeat customers first.",
    ),
}
STOPS = {
    "traffic": Text(
        zh="四周后新客首单中的占比未达全店平均，或其新客 90 天复购低于平均，则换品。",
        en="Change the product if after four weeks it is no more frequent in first orders than others, or its "
        "buyers return less.",
    ),
    "profit": Text(
        zh="八周后该品占 GMV 不足 2%，或整体转化率下降，则停止。",
        en="Stop if after eight weeks it holds less than 2% of GMV or conversion has fallen.",
    ),
}
NO_MONEY = Text(
    zh="缺引流品影响的是获客效率，现有数据无法折算成金额",
    en="what a missing traffic product costs shows in acquisition, which these data cannot price",
)
ROLES = {
    "hero": Text(zh="爆品", en="Hero"),
    "traffic": Text(zh="引流品", en="Traffic"),
    "profit": Text(zh="利润品", en="Profit"),
    "image": Text(zh="形象品", en="Image"),
    "regular": Text(zh="常规品", en="Regular"),
}
