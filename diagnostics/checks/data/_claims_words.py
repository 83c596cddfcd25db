"""What the question on totals says of other figures that the requirement sheet states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.statistics.claims import Verdict

LACKING = Text(
    zh="需求表没有可与数据核对的数字；填写年GMV、客单价、购买频次、渠道与品类占比即可核对。",
    en="The requirement sheet states no figure that the data could be compared with; annual GMV, spend per order, "
    "purchase frequency and shares by channel and category bring it.",
)
ALL_AGREE = Text(
    zh="需求表中可核对的 {n} 个数字都与数据相符。", en="Figures of the sheet compared: {n}; all agree with the data."
)
SOME_DIFFER = Text(
    zh="需求表中可核对的 {n} 个数字有 {differ} 个与数据不符，差得最多的是{name}：填写 {stated}，数据为 {measured}。",
    en="Figures of the sheet compared: {n}; different from the data: {differ}, most of all {name} ({stated} is stated, "
    "{measured} is measured).",
)
SHORT_YEAR = Text(
    zh="数据不足12个整月，购买频次与复购率没有核对。",
    en="The data hold less than 12 whole months: purchase frequency and repeat rate were not compared.",
)
VERDICTS: dict[Verdict, Text] = {
    "agrees": Text(zh="相符", en="agrees"),
    "differs": Text(zh="不符", en="differs"),
    "too_few": Text(zh="样本太少", en="too few to say"),
}
ASKS = {
    "gmv": Text(
        zh="GMV按哪个口径、含哪些渠道和月份？", en="By which definition is GMV counted, with which channels and months?"
    ),
    "ticket": Text(
        zh="客单价按订单还是按人算，是否扣退款？", en="Is it spend per order or per person, before or after refunds?"
    ),
    "frequency": Text(
        zh="频次是全部客户的平均，还是只算老客？", en="Is it the mean of all customers, or of regulars only?"
    ),
    "repeat": Text(
        zh="复购率按哪个口径、多长时间统计？", en="By which definition and over how long is the repeat rate counted?"
    ),
    "cycle": Text(
        zh="周期是按产品用完估计，还是按回头客统计？", en="Is the cycle how long a pack lasts, or what regulars do?"
    ),
    "share": Text(
        zh="占比按哪段时间统计，是否有店铺或月份没有导出？",
        en="Over which time is the share counted, and does an export lack?",
    ),
    "new": Text(
        zh="新客是历史首购、店铺首购还是近一年首购？",
        en="Is a new customer one of all times, of the shop, or of a year?",
    ),
    "count": Text(zh="这个数量是哪一天的，名单是否完整？", en="Of which day is the number, and is the list complete?"),
    "private": Text(zh="私域占比按哪条归因规则算？", en="By which rule is a sale of the private domain counted?"),
}
