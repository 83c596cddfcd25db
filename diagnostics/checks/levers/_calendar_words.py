"""What the section on the lever tree says of the promotion calendar."""

from __future__ import annotations

from diagnostics.model.wording import Text

UNKNOWN = Text(
    zh="两期的促销日是否对得上，看不出：内置促销日历只含人民币市场 2015 至 2030 年的促销与节假日。",
    en="Whether both periods hold the same promotion days can't be told: the built-in promotion calendar holds "
    "promotions and holidays of the CNY market from 2015 to 2030 only.",
)
EVEN = Text(
    zh="两期各促销阶段天数相同，可以直接相比。",
    en="Both periods hold the same number of days of every promotion, so like is compared with like.",
)
UNEVEN = Text(
    zh="两期的促销日不同：{phases}；GMV 的变化中日历占 {calendar}（区间 {low} 至 {high}），同日比较为 {rest}。",
    en="The periods hold other promotion days: {phases}; of the change the calendar made {calendar} ({low} to {high}), "
    "like days {rest}.",
)
PHASE = Text(zh="{name}由 {before} 天变为 {after} 天", en="{name} from {before} to {after} days")
LENGTH = Text(zh="总天数由 {before} 天变为 {after} 天", en="from {before} to {after} days in all")
MORE = Text(zh="另有 {n} 个阶段", en="{n} more")
OTHER_SEASON = Text(
    zh="两期是先后相邻的月份：同为平日，季节不同，「同日比较」含季节变化。",
    en="The periods follow each other: ordinary days of one are of another season than those of the other, so like "
    "days hold the season too.",
)
BUILT_IN = Text(
    zh="618 与双 11 的开始日逐年提前，内置日历按天猫付款开始日；请与客户自己的活动日历核对。",
    en="618 and double 11 have begun earlier from year to year; the built-in days follow Tmall's opening of payments. "
    "Hold them against the client's own calendar.",
)
