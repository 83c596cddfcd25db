"""What the question on companions says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="一单买几样、带走什么，下一次又买什么？",
    en="How many products does an order hold, what goes along, and what is bought next?",
)
DEFINITION = Text(
    zh="单品单 = 只含一种商品的订单。连带率 = 含该品类的订单中还含其他品类的比例；没有品类时按订单数前 30 的商品计，看"
    "是否还含其他商品。与上一期相比时按本期渠道结构折算，渠道此消彼长不算变化；与最好渠道相比只用 100 单以上的渠道。同"
    "单提升度 = 两品同单的实际次数 ÷ 各自独立时的期望次数，区间按比较的对数做了校正，只列同单 30 次以上者；订单按彼此"
    "独立计，少数客户反复下单的生意，区间偏窄。先后提升度 = 第一个购买日买 A 的客户里，第二个购买日买 B 的人数 ÷ 同渠"
    "道、同季度、同样大小的第二单里两者无关时应有的人数（首购观察不到的老客，以数据里的前两次计）；两侧各取客户最多的 "
    "20 个商品，应有 3 人以上才检验，Garwood 95% 区间，所有组合一起按 Benjamini–Hochberg 控制误报（列出的组合里误报不"
    "超过 5%）。“同款”指第二次又买同一商品。提升度大于 1 说明多于偶然，不等于推了就会买。",
    en="Single-product orders hold one product only. Attach rate = of the orders with a category, those that hold "
    "another category too; without categories, the 30 products in most orders stand in, with any other product. "
    "Against the comparison period, rates are weighted by the channels of the current one, so a shift between "
    "channels is no change; against the best channel, only channels with 100 orders count. Lift in one order = how "
    "often two products share it over how often chance would have it; the interval is corrected for the number of "
    "pairs, and pairs in fewer than 30 orders are left out; orders count as independent, so intervals are too narrow "
    "where few customers order often. Lift in turn = customers who bought A on their first purchase day and B on "
    "their second over those expected if the two had nothing to do with each other within channel, quarter and size "
    "of the second order (for customers older than the data, the first two days that are seen); the 20 products with "
    "most customers on each side, tested where 3 and more are expected, Garwood's 95% interval, all pairs held "
    "together to a false discovery rate of 5% (Benjamini–Hochberg). “The same again” is buying the same product. A "
    "lift above 1 is more than chance, which is no promise that an offer sells.",
)
TOO_FEW = Text(zh="本期只有 {n} 个带商品的订单", en="only {n} orders of the current period name a product")
ANSWER = Text(
    zh="{share} 的订单只买一种商品，平均每单 {products} 种（n = {n}）{change}。",
    en="{share} of orders hold one product only; the average order holds {products} (n = {n}){change}.",
)
CHANGE = Text(zh="，上一期单品单占 {before}", en="; {before} held one in the comparison period")
PAIR = Text(
    zh="最强的搭配是「{one}」与「{other}」：{together} 单同购，提升度 {lift}（{low} 至 {high}）。",
    en="The strongest pair is “{one}” with “{other}”: {together} orders together, lift {lift} ({low} to {high}).",
)
NO_PAIR = Text(
    zh="出现订单最多的 30 个商品中，没有一对同购多于偶然。",
    en="Among the 30 products in most orders no pair goes together more than by chance.",
)
NEXT = Text(
    zh="检验 {tested} 个先后组合（{n} 位客户），{found} 个的承接超出偶然，最确定的是先「{one}」后「{other}」：{share} "
    "的人这样买，提升度 {lift}（{low} 至 {high}）{same}。",
    en="Of {tested} pairs in turn ({n} customers) {found} follow each other more often than by chance, most surely "
    "“{one}”, then “{other}”: {share} do so, lift {lift} ({low} to {high}){same}.",
)
NONE_NEXT = Text(
    zh="检验 {tested} 个先后组合（{n} 位客户），没有一个的承接超出偶然，下一次推什么在数据里没有依据{same}。",
    en="Of {tested} pairs in turn ({n} customers) none follow each other more often than by chance, so the data name "
    "no next item to push{same}.",
)
SAME = Text(
    zh="；先买「{one}」的人里 {share} 第二次又买同款（提升度 {lift}）",
    en="; of those who bought “{one}” first {share} buy the same again (lift {lift})",
)
NO_NEXT = Text(
    zh="能看到第一次与第二次各买了什么的客户太少，下一次买什么看不出；带会员号或手机号、时间更长的订单导出可补。",
    en="Too few customers are seen to buy products on two days, so what is bought next can't be told; a longer order "
    "export with member or phone numbers brings it.",
)
TITLE_BEFORE = Text(
    zh="「{name}」的连带率由 {before} 降到 {now}，每年少卖约 {money}",
    en="Orders with “{name}” carry less along: {before} before, {now} now, about {money} a year less",
)
CAUSE_BEFORE = Text(
    zh="含「{name}」的 {n} 个订单，在渠道结构不变的口径下，连带率变动 {gap}（95% 区间内至少 {low}）；每个连带订单带"
    "来 {value} 的其他商品。",
    en="Of {n} orders with “{name}”, at an unchanged mix of channels, the attach rate moved by {gap} (at least "
    "{low} within the 95% interval); each attached order brings {value} of other goods.",
)
TITLE_CHANNEL = Text(
    zh="「{name}」在{channels}的连带率远低于{best}，补到一半每年约值 {money}",
    en="“{name}” carries far less along in {channels} than in {best}: half of the way is worth about {money} a year",
)
CAUSE_CHANNEL = Text(
    zh="连带率{best}为 {top}，{channels}合计 {now}（{n} 个订单），最大差距 {gap}（95% 区间内至少 {low}）；每个连带"
    "订单带来 {value} 的其他商品。渠道客群不同，金额按差距的 25% 至 100% 估算。",
    en="The attach rate is {top} in {best} and {now} in {channels} ({n} orders), a difference of up to {gap} (at "
    "least {low} within the 95% interval); each attached order brings {value} of other goods. Channels have "
    "different buyers, so money takes 25% to 100% of the gap.",
)
ACTION = Text(
    zh="按提升度最高的搭配做组合装与加购位，客服与导购在成交后 10 分钟内推荐一件搭配品；满额门槛设在当前笔单价上浮 "
    "15% 处。",
    en="Bundle the pairs with the highest lift and place them as add-ons; let the service desk and guides suggest "
    "one companion within ten minutes of the order; set the free-gift threshold 15% above today's spend per order.",
)
STOP = Text(
    zh="四周后连带率未回升，或笔单价上升而转化率下降更多，则撤下组合与门槛。",
    en="Withdraw bundles and threshold if after four weeks the attach rate has not risen, or conversion fell by "
    "more than spend per order rose.",
)
SILENT = Text(
    zh="{channels}的导出没有逐件列出商品，不在本节数字内；请补充商品明细报表。",
    en="{channels}: the export does not list products one by one, so these figures leave it out; the item report "
    "brings them.",
)
OTHERS = Text(zh="其他渠道", en="Other channels")
AXIS_RATE = Text(zh="连带率（线段为 95% 区间{before}）", en="Attach rate (line: 95% interval{before})")
AXIS_SIZE = Text(
    zh="订单占比，按所含商品种数（线段为 95% 区间{before}）",
    en="Share of orders by products held (line: 95% interval{before})",
)
AXIS_BEFORE = Text(zh="，竖线为上一期", en=", tick: before")
