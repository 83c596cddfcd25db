"""What the section on channels and products says, in both languages."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="消费变了，是买家在渠道之间移动，还是商品变了（上新、下架、件数、结构、价格）？",
    en="Did spend move because buyers shifted between channels, or because of products (new, gone, units, mix, "
    "prices)?",
)
DEFINITION = Text(
    zh="渠道：人均消费 = 有身份客户的 GMV ÷ 各渠道买家数之和（同一人在两个渠道购买计两次）；水平效应为各渠道自身人均消"
    "费的变化，结构效应为买家在高、低消费渠道之间的比重变化，两者之和等于总变化（Kitagawa 对称分解，无交叉项）。商品："
    "按商品编码比较两个可比期的 GMV，只在本期卖出的为新增，只在上期卖出的为退出，各为一项；两期都卖的，价格 = 各商品件"
    "均实付价之差 × 平均件数，件数 = 总件数之差 × 平均件均价，结构 = 件数在贵、便宜商品间的移动；没有商品编码的行与退"
    "款各列一项，各项之和等于 GMV 变化。长尾商品偶然只在一期售出，也计入新增或退出。区间：按客户分组的刀切法，95%。",
    en="Channels: spend per buyer = GMV of known customers over the buyers of all channels (who buys in two channels "
    "counts in both); rate is the change within channels, mix the change of weights between dear and cheap channels, "
    "and both sum to the whole change (Kitagawa, symmetric, without interaction). Products: GMV of both periods by "
    "product code; one sold only now entered, one sold only before left, each is a term; of products sold in both, "
    "price = difference of each paid price × mean units, units = difference of all units × the mean price, mix = "
    "units moving between dear and cheap products; lines without a code and refunds are terms of their own, and all "
    "sum to the change of GMV. A slow seller that happens to sell in one period only counts as entered or left. "
    "Intervals: jackknife over groups of customers, 95%.",
)
NEITHER = Text(
    zh="两个可比期里，既没有两个带客户身份的渠道，也没有带商品编码的销售额",
    en="the two comparable periods hold neither two channels with known customers nor sales with product codes",
)
BRINGS_BOTH = Text(zh="带客户标识与商品编码的订单导出", en="an order export with customers and product codes")
NO_CHANNELS = Text(
    zh="两个可比期内带客户身份的渠道不足两个，渠道结构无从谈起；各渠道带客户标识的订单导出可补。",
    en="Fewer than two channels have known customers in both periods, so there is no mix of channels; order exports of "
    "the channels with customers bring it.",
)
NO_PRODUCTS = Text(
    zh="两个可比期里没有带商品编码的销售额，看不出是不是商品变了；带商品编码的订单明细导出可补。",
    en="Neither period holds sales with product codes, so what products did can't be told; an order export with "
    "product codes brings it.",
)
CHANNELS = Text(
    zh="人均消费由 {before} 变为 {after}：各渠道自身 {rate}（95% 区间 {rate_low} 至 {rate_high}），渠道结构 {mix}"
    "（{mix_low} 至 {mix_high}）。",
    en="Spend per buyer went from {before} to {after}: {rate} within channels (95% interval {rate_low} to "
    "{rate_high}), {mix} by the mix of channels ({mix_low} to {mix_high}).",
)
TITLE = Text(
    zh="买家流向低消费的{channel}，人均消费因此下降 {share}",
    en="Buyers move to channels with lower spend, above all {channel}: spend per buyer falls {share} by mix alone",
)
CAUSE = Text(
    zh="各渠道自身的人均消费合计变动 {rate}，而渠道结构使人均消费减少 {mix}（区间 {low} 至 {high}）；"
    "高消费渠道的买家由 {old} 人减为 {new} 人。",
    en="Within channels spend per buyer moved by {rate}; the mix of channels took {mix} ({low} to {high}). Buyers in "
    "the dearer channels went from {old} to {new}.",
)
ACTION = Text(
    zh="为高消费渠道设专属货盘与老客权益，把低消费渠道的新客在第二单引向高消费渠道，并按渠道而非合计考核人均消费。",
    en="Give the dearer channels a range and benefits of their own, lead new customers of cheap channels there with "
    "their second order, and set targets for spend per buyer by channel rather than in total.",
)
STOP = Text(
    zh="一个季度后高消费渠道的买家占比未回升，则停止引导并复核渠道定位。",
    en="Stop after a quarter without a recovery of the dearer channels' share of buyers, and review what each is for.",
)
PRODUCTS = Text(
    zh="GMV 上，新增的 {came} 个商品带来 {entered}，退出的 {went} 个带走 {left}；两期都卖的 {stayed} 个商品：件数 "
    "{units}，商品结构 {mix}，价格 {price}。",
    en="In GMV, products that entered ({came}) brought {entered}, those that left ({went}) took {left}; of those sold "
    "in both periods ({stayed}), units made {units}, mix {mix}, prices {price}.",
)
SAME_PRODUCTS = Text(
    zh="GMV 上，两期卖的是同样的 {stayed} 个商品，没有上新也没有下架：件数 {units}，商品结构 {mix}，价格 {price}。",
    en="In GMV, with the same {stayed} products in both periods, none new and none gone, units made {units}, mix "
    "{mix}, prices {price}.",
)
LABELS = {
    "entered": Text(zh="新增商品", en="Products that entered"),
    "left": Text(zh="退出商品", en="Products that left"),
    "units": Text(zh="件数", en="Units"),
    "mix": Text(zh="商品结构", en="Mix of products"),
    "price": Text(zh="件均实付价", en="Paid prices"),
    "uncoded": Text(zh="无商品编码", en="Without a product code"),
    "refunds": Text(zh="退款", en="Refunds"),
}
KINDS = {
    "entered": Text(zh="新增", en="Entered"),
    "left": Text(zh="退出", en="Left"),
    "stayed": Text(zh="两期都卖", en="Sold in both"),
    "uncoded": Text(zh="未售出", en="Not sold"),
}
REST = Text(zh="其余渠道（{n} 个）", en="Other channels ({n})")
