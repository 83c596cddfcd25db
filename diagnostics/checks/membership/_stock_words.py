"""What is said of registered members who never bought and of the sleeping stock."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_DAYS = Text(
    zh="没有会员在数据期内入会满 90 天，或名单没有入会日，多少人从未购买、存量是否醒来算不出；"
    "请导出带入会日的会员名单。",
    en="No member joined inside the data 90 days ago or earlier, or the list tells no day of joining, so how many "
    "never bought and whether the stock wakes can't be told; a list of members with the day of joining brings it.",
)
ANSWER = Text(
    zh="{channel}：入会满 90 天的 {n} 位新会员里 {share}（{low} 至 {high}）从未购买{median}。",
    en="{channel}: of {n} members who joined 90 days ago or earlier, {share} never bought ({low} to {high}){median}.",
)
MEDIAN = Text(zh="；半数在入会 {days}内首购", en="; half had bought within {days} of joining")
SAME_DAY = Text(zh="；半数在入会当天首购", en="; half bought on the day of joining")
WAKING = Text(
    zh="沉睡半年的 {n} 位存量会员，随后半年有 {woken} 人（{rate}）购买{year}。",
    en="Of {n} members asleep for half a year, {woken} ({rate}) bought in the next{year}.",
)
YEAR = Text(zh="，一年前为 {woken} 人（{rate}）", en="; a year earlier {woken} ({rate})")
UNMET = Text(
    zh="{channels}的会员名单与订单的键对不上，未作判断。",
    en="The list of members and the orders of {channels} have no key in common: not judged.",
)
TITLE = Text(
    zh="{channel}有 {n} 位注册会员从未购买，占新入会的 {share}",
    en="{channel}: {n} registered members never bought, {share} of those who joined",
)
CAUSE = Text(
    zh="入会满 90 天仍未购买的占 {share}（95% 区间 {low} 至 {high}）。沉睡会员半年内的自然购买率为 {rate}，"
    "醒来者每人花 {each}；金额按唤醒率最多再翻一倍（25% 至 100%）估算，是算术不是预测。",
    en="{share} had not bought 90 days after joining (95% interval {low} to {high}). {rate} of sleeping members buy in "
    "half a year by themselves and spend {each}; the money takes a waking rate at most doubled (25% to 100% more): "
    "arithmetic, no forecast.",
)
CAUSE_ALONE = Text(
    zh="入会满 90 天仍未购买的占 {share}（95% 区间 {low} 至 {high}）：入会没有和首单绑在一起。",
    en="{share} had not bought 90 days after joining (95% interval {low} to {high}): joining is not tied "
    "to a purchase.",
)
ACTION = Text(
    zh="把入会与首单绑定：入会当天给限时首购礼，第 3、14 天各提醒一次；对已沉睡的按来源分批唤醒，每批留一成对照组。",
    en="Tie joining to the first order: a gift for the first purchase on the day of joining, reminders on days 3 and "
    "14; wake the sleeping by source in batches, each with a tenth as a comparison group.",
)
STOP = Text(
    zh="两批之后被唤醒组的购买率不高于对照组，则停止触达并清理名单，改查入会入口的质量。",
    en="Stop after two batches if those reached buy no more often than the comparison group; clean the list and look "
    "at where members join.",
)
NO_RATE = Text(
    zh="数据不足一年半，测不出沉睡会员的自然购买率，无法定价",
    en="with so short a history the rate at which sleeping members buy can't be measured, so it has no price",
)
NEVER_REASON = Text(
    zh="四成以上的新会员 90 天不下单，入会已与购买脱节；没有可靠的行业基准，这是本工具的设定，可改",
    en="with four in ten new members not buying in 90 days joining is cut off from buying; there is no "
    "reliable benchmark, so this is a setting of this workbook and can be changed",
)
LEAST_REASON = Text(zh="少于 300 位不值得单独做唤醒", en="fewer than 300 are not worth a programme of their own")
