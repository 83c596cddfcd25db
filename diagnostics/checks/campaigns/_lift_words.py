"""What the question on campaigns says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(zh="活动真的多卖了，还是把后面的销售提前了？", en="Do campaigns add sales, or only pull them forward?")
DEFINITION = Text(
    zh="本应销售 = 活动前后 42 天里没有活动的平常日的日均销售（渠道首单之前、末单之后的日子不算），按星期几折算"
    "（活动前 3 天客户在等，不用；前后两侧同权，平稳的涨跌因此抵消）。增量 = 活动期实际 − 本应；回落 = 活动后同样长的"
    "天数（7 至 28 天）实际 − 本应；净增 = 两者之和，占活动期本应销售的比例。误差来自安慰剂：把同样的算法用在没有活动"
    "的同长时段上，看净增会有多大的假象；区间按活动个数校正。误差超过限度、与其他活动及其后的天数重叠（没写渠道的"
    "活动涉及每个渠道，每个渠道的活动也涉及它）、两侧没有足够平常日的，一律写“看不出”。超过 45 天的投放不算活动。",
    en="Expected = the daily sales of quiet days within 42 days before and after (from the channel's first sale to its "
    "last), by weekday (the 3 days before are left out, for people wait; both sides weigh the same, so a steady trend "
    "cancels out). Extra = the window's sales beyond expected; dip = the same for as many days after (7 to 28); net = "
    "both, as a share of what the window would have sold anyway. The error comes from placebos: the same estimate on "
    "windows of the same length without a campaign; intervals are corrected for the number of campaigns. Where the "
    "error is too wide, another campaign with its days after overlaps (one without a channel touches every channel, "
    "and is touched by campaigns of each) or quiet days are lacking, the answer is “cannot tell”. Spend that runs "
    "for over 45 days, or is booked by month, is no campaign.",
)
NONE = Text(zh="活动表里没有在数据期间开始的活动", en="the calendar has no campaign that begins within the data")
UNLOCK = Text(
    zh="活动日历：名称、渠道、起止日、费用", en="the campaign calendar: name, channel, first and last day, cost"
)
STANDING_ONLY = Text(
    zh="活动表里只有超过 45 天或按整月列支的投放，没有可以评估的活动",
    en="the calendar holds standing spend only (over 45 days or by month), and no campaign to assess",
)
STANDING = Text(
    zh="{n} 行投放超过 45 天或按整月列支，按常年投放看待，未评估。",
    en="{n} rows run for over 45 days or are booked by month: standing spend, not assessed.",
)
ANSWER = Text(
    zh="{n} 场活动中，{lift} 场确有净增，{none} 场没有净增，{unclear} 场介于其间，{unknown} 场看不出。",
    en="Of {n} campaigns {lift} added sales, {none} added none, {unclear} lie between, and {unknown} can't be told.",
)
BEST = Text(
    zh="净增最高的是「{name}」：{net}（区间 {low} 至 {high}）。",
    en="Highest: “{name}” with {net} ({low} to {high}).",
)
VERDICTS = {
    "lift": Text(zh="有净增", en="Added sales"),
    "no_lift": Text(zh="没有净增", en="Added none"),
    "unclear": Text(zh="介于其间", en="Between"),
    "cannot_tell": Text(zh="看不出", en="Cannot tell"),
}
REASONS = {
    "": Text(zh="", en=""),
    "overlap": Text(
        zh="活动期及其后的天数，与涉及该渠道的其他活动或其后的天数重叠",
        en="its window and the days after meet those of another campaign that touches the channel",
    ),
    "edge": Text(zh="前后没有足够的平常日", en="too few quiet days on a side"),
    "noise": Text(zh="没有足够的同长平常时段来估误差", en="too few quiet windows for the error"),
}
TOO_WIDE = Text(zh="误差太大", en="error too wide")
TITLE = Text(
    zh="「{name}」没有带来净增：活动期 {inside}，之后 {after}，合计 {net}",
    en="“{name}” added nothing: {inside} in its window, {after} after it, {net} in all",
)
WORTH = Text(zh="，约 {money} 的费用没有换回毛利", en="; about {money} of its cost earned nothing")
CAUSE = Text(
    zh="{channel} {period} 卖出 {sold}，平常本应 {expected}；净增的区间 {low} 至 {high}，由 {n} 个没有活动的同长时段"
    "得出。活动期多卖的，被之后的少卖抵掉。",
    en="{channel} sold {sold} in {period}, where {expected} would be usual; the net lies between {low} and {high}, "
    "from {n} windows of the same length without a campaign. What it sold more was sold less afterwards.",
)
ACTION = Text(
    zh="下次只对一半门店或一半客户做同样的活动，另一半不做，比两边六周的毛利；优惠改给新客与沉睡客，不再给本来就要买的"
    "人。",
    en="Run it next time for half of the stores or customers only and compare six weeks' gross profit; give the offer "
    "to new and lapsed customers, not to those who would buy anyway.",
)
STOP = Text(
    zh="对照试验里净增毛利仍低于费用，则取消该活动。",
    en="Drop the campaign if the test, too, earns less than it costs.",
)
NO_MONEY = Text(
    zh="活动费用或毛利率未知，白花的钱无法折算", en="its cost or the gross margin is unknown, so no waste can be sized"
)
ALL = Text(zh="全部渠道", en="All channels")
AXIS = Text(
    zh="净增占活动期本应销售的比例，%（线段为区间）",
    en="Net lift, % of what the window would have sold (line: interval)",
)
LIMIT_LEAST = Text(
    zh="区间上限也不到两成净增才提出：一般折扣要多卖两成以上才保本",
    en="raised only if even the upper end is under a fifth: a usual discount needs a fifth more to break even",
)
LIMIT_WIDE = Text(
    zh="误差超过本应销售的一半，连翻半倍的活动也看不出来，就不下结论",
    en="with an error of over half of usual sales even a large effect can't be seen, so nothing is said",
)
