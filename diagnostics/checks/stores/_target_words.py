"""What the question on store targets says of what was reached, and of a city that falls short."""

from __future__ import annotations

from diagnostics.model.wording import Text

METRIC_NAMES = {"sales": Text(zh="销售", en="sales"), "adds": Text(zh="加粉", en="new-contact")}
NO_ACTUALS = Text(
    zh="本期有目标的月份里没有一家门店的实际值可查（目标表未填，订单和入口统计也没有对应门店）",
    en="no actual is known for any store and month with a target (none stated, none in orders or entrance statistics)",
)
UNLOCKED_BY = Text(
    zh="带门店编码的门店订单或支付账单，或在目标表中填写实际值",
    en="store orders or payment bills with store codes, or actuals in the target sheet",
)
ANSWER = Text(
    zh="{metric}目标完成 {achieved}（{stores} 家门店，{reached} 家达到目标）{lowest}",
    en="{stores} stores reach {achieved} of their {metric} target ({reached} of them in full){lowest}",
)
LOWEST = Text(zh="，最低的城市是{city}，{share}。", en="; lowest city: {city}, {share}.")
STOP_MARK = Text(zh="。", en=".")
TITLE = Text(
    zh="{city} {stores} 家门店{metric}只完成目标的 {achieved}，其他城市中位数为 {others}",
    en="{city}: {stores} stores reach only {achieved} of their {metric} target, other cities {others} (median)",
)
WORTH = Text(zh="，一年约可追回 {money}", en="; about {money} a year could be won back")
CAUSE = Text(
    zh="{city}实际 {actual}，目标 {target}；{below} / {stores} 家门店低于目标的 {limit}。"
    "区间上限 {high}，仍低于其他城市的中位数。",
    en="{city} reaches {actual} of a target of {target}; {below} of {stores} stores are below {limit} of their target. "
    "The upper end of the interval is {high}, still below the median of the other cities.",
)
ALL_BELOW = Text(
    zh="全部门店都低，原因更可能在全城（目标、区域管理、商圈），而非个别门店。",
    en="As every store is low, the reason is more likely the city's (target, regional lead, area) than a store's.",
)
ACTION = Text(
    zh="先核对该城市的目标是否按客流与会员基数拆解；再由区域负责人逐店过一遍客流、进店加粉、导购在岗与社群触达，"
    "派达成率最高的城市店长结对两周，按周公布榜单并跟进末位门店。",
    en="First see whether the city's target follows footfall and members; then let the regional lead go through each "
    "store's footfall, adds at the counter, guides on duty and group touches, pair it with the best city's managers "
    "for two weeks, publish the league each week and follow up the bottom stores.",
)
STOP = Text(
    zh="八周后该城市达成率仍未回升 5 个百分点，则停止督促，改查商圈客流与目标本身。",
    en="Stop if the city has not gained 5 points after eight weeks; look at the area's footfall and the target itself.",
)
NO_MONEY = Text(
    zh="加粉差额不等于销售额；没有该店客户的消费数据对应，不折算金额",
    en="missing adds are not sales; they are not turned into money here",
)
UNKNOWN_STORES = Text(
    zh="{metric}：{stores} 家门店没有可查的实际值，未计入。",
    en="For the {metric} target no actual is known of {stores} stores; they are left out.",
)
NO_CITY = Text(
    zh="{metric}：{stores} 家门店不在门店档案或没有城市，未计入城市汇总。",
    en="{stores} stores with a {metric} target have no city in the store master and are in no city's sum.",
)
SMALL_CITIES = Text(
    zh="门店少于 3 家的城市不作判断：{cities}。", en="Cities of fewer than 3 stores are not judged: {cities}."
)
