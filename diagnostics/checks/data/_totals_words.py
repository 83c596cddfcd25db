"""What the question on totals says of totals that do and do not tie out."""

from __future__ import annotations

from diagnostics.model.wording import Text

LACKING = Text(
    zh="没有可比的第二个总额；需求表的年 GMV、平台汇总、结算或售后报表可补。",
    en="There is no second total to compare with; annual GMV in the requirement sheet, a platform summary, a "
    "settlement or an after-sales report brings one.",
)
ALL_TIE = Text(
    zh="对了 {n} 项总额，合计全部相符（差异最大的是{name}，{gap}）。",
    en="All totals compared tie out ({n}; the largest gap is {gap}, {name}).",
)
LARGEST = Text(
    zh="对了 {n} 项总额，{open} 项对不上。差异最大的是{name}：我方 {ours}，对方 {theirs}（{gap}），主要原因：{cause}。",
    en="Totals compared: {n}; not tied out: {open}. Largest gap: {name}, {ours} in our orders against {theirs} "
    "({gap}); main cause: {cause}.",
)
FAR_MONTHS = Text(zh="但有的月份相差两成以上：{months}。", en="Yet some months are a fifth off or more: {months}.")
NONE_COMPARABLE = Text(
    zh="收到了 {n} 项总额，但都无法比较：{causes}。", en="Totals received: {n}, but none can be compared: {causes}."
)
PAIR = Text(zh="{channel}（{source}）", en="{channel} ({source})")
TITLE = Text(
    zh="{name}的订单加总与对方总额相差 {gap}，主要原因：{cause}",
    en="{name}: orders differ from the other total by {gap}, mainly {cause}",
)
TITLE_MONTH = Text(
    zh="{name}的订单加总在 {month} 与对方总额相差 {gap}，主要原因：{cause}",
    en="{name}: in {month} orders differ from the other total by {gap}, mainly {cause}",
)
CAUSE = Text(
    zh="我方合计 {ours}，对方 {theirs}；差异 {money} 的构成：{parts}。",
    en="Orders sum to {ours}, the other side says {theirs}; the gap of {money} is made of: {parts}.",
)
CAUSE_ALSO = Text(zh="同一渠道还对不上：{names}。", en="Also open in this channel: {names}.")
PART = Text(zh="{cause} {money}", en="{cause} {money}")
ACTION = Text(
    zh="先书面确认口径（付款/结算、是否扣退款、是否含运费），再补导缺少的店铺和月份；核平之前，涉及{name}的金额只看比例。",
    en="Agree on the definition in writing (paid or settled, refunds, postage), then export the shops and months that "
    "lack; until it ties out, read money of {name} as proportions only.",
)
STOP = Text(
    zh="差异降到 {limit} 以内，或客户书面确认口径差异的原因，即关闭。",
    en="Close it once the gap is within {limit}, or the client confirms in writing where it comes from.",
)
NO_MONEY = Text(
    zh="这是数据口径的差异，不是业务损失", en="this is a difference in the data, not a loss of the business"
)
BY_SOURCES = Text(
    zh="生意参谋的合计由各流量来源相加得到，同一订单可能计入几个来源。",
    en="Sycm's total was added up from traffic sources; an order may count for several of them.",
)
NOT_COMPARED = Text(zh="无法比较的有 {n} 项：{causes}。", en="Totals that can't be compared: {n} ({causes}).")
CAUSE_AND_COUNT = Text(zh="{cause} {n} 项", en="{cause}: {n}")
ALL = Text(zh="全部渠道", en="All channels")
OTHER_CAUSES = Text(zh="其他原因", en="Other causes")
MONTH_LABEL = Text(
    zh="各月差异（%，标出超限的月份；绿色 = 我方多，红色 = 我方少，空白 = 无法比较）",
    en="Gap by month in % (green = ours is more, red = less, blank = not compared)",
)
PART_LABEL = Text(
    zh="差异（◆）与各原因，占对方总额的比例", en="Gap (diamond) and its causes, as a share of the other total"
)
