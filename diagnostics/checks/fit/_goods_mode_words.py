"""What the question on seldom bought goods says."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_CUSTOMERS = Text(zh="没有可跟踪的购买", en="no purchase could be followed")
NONE = Text(
    zh="没有低频品类：常用的复购指标适用于全部 {n} 个品类{best}。",
    en="No goods are bought seldom: the usual repeat indicators hold for all categories ({n}){best}.",
)
BEST = Text(zh="，一年内回购率 {rate}", en=", {rate} return within a year")
SOME = Text(
    zh="{names}属于低频：一年内回购率 {rate}，改用跨品类、存量首购、转介绍和服务指标。",
    en="Bought seldom: {names} ({rate} return within a year); crossing, first purchases of members, referral and "
    "service "
    "replace repeat rates.",
)
TITLE = Text(
    zh="{name}是低频品类：复购率不适用，改用另一套指标",
    en="{name} is bought seldom: repeat rates do not apply, other indicators take their place",
)
FROM_DATA = Text(
    zh="购买一年内只有 {rate}（{low} 至 {high}）再买，跟踪 {n} 次购买{sheet}。",
    en="Only {rate} ({low} to {high}) buy again within a year, over {n} purchases followed{sheet}.",
)
AGREES = Text(zh="；需求表也这样写", en="; the sheet says so too")
DENIES = Text(zh="；需求表写的是高频，以数据为准", en="; the sheet says otherwise, the data go first")
FROM_SHEET = Text(
    zh="依需求表判断（耐用品或周期超过一年）；数据里一年内回购率为 {rate}。",
    en="Judged from the sheet (durable, or a cycle beyond a year); in the data {rate} return within a year.",
)
ACTION = Text(
    zh="把考核换成：跨品类购买率、存量会员首购人数、老带新占比、首次响应时长；复购目标只留给高频的配件与耗材。",
    en="Set other targets: crossing to other categories, first purchases of stock members, referred customers, time to "
    "the first reply; keep repeat targets for accessories and consumables.",
)
STOP = Text(
    zh="半年后一年内回购率的区间回到限值之上，则恢复复购指标。",
    en="Go back to repeat indicators if after half a year the interval of the return within a year rises above the "
    "limit.",
)
NO_MONEY = Text(zh="这是换一套指标，不是一笔损失", en="this changes the indicators; it is no loss")
WHOLE = Text(zh="全店", en="The whole shop")
ALTERNATIVES = Text(
    zh="跨品类购买率、存量会员首购、老带新占比、首次响应时长",
    en="crossing categories, first purchases of members, referred customers, time to first reply",
)
USUAL = Text(zh="复购率、复购周期、流失线", en="repeat rate, cycle, lapse line")
