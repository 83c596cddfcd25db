"""What the question on the whole base says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_SHORT = Text(
    zh="完整的时段不足两个，看不出各批客户的走势", en="there are fewer than two whole stretches of time to compare"
)
ANSWER = Text(
    zh="最近一{grain}有 {active} 位活跃客户（{change}）；上一{grain}活跃者中 {again}（95% 区间 {low} 至 {high}）又买，"
    "占全部买过的客户 {share}。",
    en="In the latest {grain} {active} customers were active ({change}); of the active of the one before {again} "
    "bought "
    "again (95% interval {low} to {high}), and {share} of all who ever bought were active.",
)
ON_YEAR = Text(zh="较上年同期 {change}", en="{change} on a year before")
ON_LAST = Text(zh="较上一段 {change}", en="{change} on the one before")
FILLED = Text(
    zh="老客本期少花 {gap}，{won} 位新客带来 {brought}，补上 {ratio}{interval}；按新客人均，需要 {needed} 位才补平。",
    en="Existing customers spend {gap} less; {won} new ones bring {brought} and fill {ratio} of it{interval}; at their "
    "spend {needed} would fill it.",
)
INTERVAL = Text(zh="（95% 区间 {low} 至 {high}）", en=" (95% interval {low} to {high})")
NO_GAP = Text(
    zh="老客本期没有少花（{gap}），新客另带来 {brought}。",
    en="Existing customers spend no less ({gap}), and new ones bring {brought} on top.",
)
NOT_FILLED = Text(
    zh="老客本期少花 {gap}，新客没有补上（{won} 位，带来 {brought}）。",
    en="Existing customers spend {gap} less, and new ones make up for none of it (there are {won}, with {brought}).",
)
CUT = Text(
    zh="第一个时段只含部分月份，它与之后一段不比较。",
    en="The first stretch holds only some of its months and is not compared with the next.",
)
TAIL = Text(zh="末尾不足整月的日子未列入。", en="Days after the last whole month are left out.")
GRAINS = {
    1: Text(zh="个月", en="month"),
    3: Text(zh="个季度", en="quarter"),
    6: Text(zh="个半年", en="half year"),
    12: Text(zh="年", en="year"),
}
