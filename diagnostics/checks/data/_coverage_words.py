"""Words of the section on what arrived, whose orders are known and which days are missing."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="收到了哪些数据，能认出多少客户，漏掉了哪些日子？",
    en="What data arrived, how many customers can be told apart, and which days are missing?",
)
DEFINITION = Text(
    zh="可识别比例 = 带客户标识（键控假名）的订单行 ÷ 全部订单行，按渠道；没有标识的订单只能算金额，"
    "算不了复购、重合与客户价值。"
    "一段没有订单的日子，若按该渠道前后八周同一星期几的订单数（中位数，泊松分布，按波动放大）几乎不可能出现，就视为缺口。"
    "全部渠道同时没有订单的日子视为停业（周末、节假日），不算渠道缺口；全店停业超过法定长假且不是每年同期都有的，才单独提示。"
    "订单本来就稀疏的渠道不判断。图中颜色 = 该月有订单的天数占比，红框 = 有缺口。",
    en="Identified share = order lines with a customer key (a pseudonym) / all order lines, by channel. Orders without "
    "a key count in money, but not in repeat buying, overlap or customer value. A run of days without orders is a gap "
    "if it would be all but impossible given the channel's orders on the same weekdays in the eight weeks before and "
    "after (median, Poisson, widened by their spread). Days on which no channel sells count as closed (weekends, "
    "holidays) and are no channel's gap; the whole client's silence is pointed out only if it is longer than a holiday "
    "and does not come back every year. Channels with few orders are not judged. Colour = share of the month's days "
    "with orders, red frame = a gap.",
)
ANSWER = Text(
    zh="订单覆盖 {period}，{channels} 个渠道、{lines} 行，其中 {keyed} 的订单行能认出客户。",
    en="Orders cover {period} (channels: {channels}); {keyed} of {lines} order lines have a known customer.",
)
MISSING = Text(
    zh="还缺 {n} 类表，补齐后可再回答 {checks} 个问题。",
    en="Kinds of data missing: {n}; questions that they would answer: {checks}.",
)
ONE_QUESTION = Text(zh="1", en="1 question stays")
QUESTIONS = Text(zh="{n}", en="{n} questions stay")
TITLE = Text(
    zh="没有收到「{table}」，{checks} 个问题因此无法回答（{wings}）",
    en="“{table}” did not arrive: {checks} unanswered ({wings})",
)
CAUSE = Text(
    zh="这些问题要用到「{table}」，这次交付的文件里没有。",
    en="The questions left open draw on “{table}”; no file delivered holds it.",
)
ACTION = Text(
    zh="请数据负责人提供：{export}；收到后重新诊断。",
    en="Ask the data owner for {export}; the diagnosis is run again when it arrives.",
)
STOP = Text(
    zh="如系统确实没有这类记录，在需求表注明即可，不再追索。",
    en="If no system keeps it, say so in the requirement sheet and stop asking.",
)
NO_MONEY = Text(zh="数据缺失本身没有金额，补齐后才能测算", en="missing data has no size in money until it is there")
NO_KEYS = Text(
    zh="{channels}的订单没有客户标识，涉及客户的结论不含这些渠道。",
    en="Orders of {channels} carry no customer key: findings on customers leave them out.",
)
AXIS = Text(
    zh="有订单的天数占比，按月（渠道名后：能认出客户的订单行占比）",
    en="Share of days with orders, by month (beside each channel: lines with a known customer)",
)
ROW = Text(zh="{name} {share}", en="{name} {share}")
