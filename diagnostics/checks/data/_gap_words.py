"""Words on days without orders although there should be some."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_GAPS = Text(zh="{days}内没有发现漏掉的日子{closed}。", en="No day is missing in {days}{closed}.")
CLOSED = Text(
    zh="，全部渠道都没有订单的 {closed}是休息日与节假日",
    en="; on {closed} no channel had an order (days off and holidays)",
)
GAPS = Text(
    zh="发现 {n} 处缺口，最长的是{name}：{span}，{days}没有订单，按平时应有约 {expected} 单。",
    en="Gaps found: {n}; the longest is that of {name}: {span}, {days} without orders where about {expected} were "
    "usual.",
)
TITLE = Text(
    zh="{name}缺少 {days}的订单，按平时应有约 {expected} 单",
    en="{name}: {days} of orders are missing, about {expected} orders",
)
CAUSE = Text(
    zh="没有订单的时段：{spans}；同期其他渠道照常出单，多半是导出时漏了这段，也可能是店铺停业。",
    en="Without orders: {spans}. Other channels sold as usual, so an export was probably left out, unless the shop was "
    "closed.",
)
CAUSE_ALL = Text(
    zh="没有订单的时段：{spans}；所有渠道同时没有订单，可能是停业，也可能是整段漏导。",
    en="Without orders: {spans}. No channel sold anything: either it was closed or a whole export is missing.",
)
ACTION = Text(
    zh="请客户确认这些日子是否停业；如未停业，补导这段订单后重跑。在此之前，涉及这段时间的环比会偏低。",
    en="Ask the client whether it was closed on those days; if not, export them again and rerun. Until then, "
    "comparisons that touch those days are too low.",
)
STOP = Text(
    zh="客户确认停业，或补齐后缺口消失，即关闭。",
    en="Close it once the client confirms a closing, or the days are filled.",
)
NO_MONEY = Text(
    zh="漏导的订单不是损失，补齐后才有金额",
    en="orders left out of an export are no loss; money shows once they are there",
)
ALL = Text(zh="全部渠道", en="All channels")
