"""What the question on two cohorts says, and what it calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.model.wording import Text, word_period

if TYPE_CHECKING:
    from diagnostics.checks.audit.two_cohorts import TwoCohorts

NO_PAIR = Text(
    zh="数据太短，没有两批可以同龄相比的新客", en="the data are too short for two cohorts of new customers of one age"
)
TOO_FEW = Text(
    zh="两批新客各有 {older} 与 {newer} 人，少于 30 人不作比较",
    en="the cohorts hold {older} and {newer} customers; fewer than 30 are not compared",
)
ANSWER = Text(
    zh="首购后 {days} 天内，{newer_span} 的 {newer_n} 位新客人均{what} {newer}，{older_span} 的 {older_n} 位为 "
    "{older}，"
    "相差 {gap}（95% 区间 {low} 至 {high}）：{verdict}。",
    en="Within {days} days of the first purchase the {newer_n} new customers of {newer_span} brought {what} of {newer} "
    "each, the {older_n} of {older_span} {older}: {gap} (95% interval {low} to {high}), {verdict}.",
)
AGAIN = Text(zh="再次购买的比例为 {newer}，前一批为 {older}。", en="{newer} bought again, of the older cohort {older}.")
VERDICTS = {
    "less": Text(zh="新一批更低", en="the newer are worth less"),
    "more": Text(zh="新一批更高", en="the newer are worth more"),
    "same": Text(zh="看不出差别", en="no clear difference"),
}
WHAT = {"spend": Text(zh="消费", en="spend"), "earned": Text(zh="利润", en="profit")}
TO_DATE = {
    "spend": Text(zh="累计人均消费", en="Spend to date each"),
    "earned": Text(zh="累计人均利润", en="Profit to date each"),
}
OLDER_WORD, NEWER_WORD = Text(zh="前一批", en="Older cohort"), Text(zh="新一批", en="Newer cohort")
PART_WORDS = {
    "first": Text(zh="首购当日", en="Day of the first purchase"),
    "again": Text(zh="再次购买的比例", en="Share who buy again"),
    "orders": Text(zh="再购者的订单数", en="Their orders"),
    "order_value": Text(zh="再购笔单价", en="Later spend per order"),
    "margin": Text(zh="再购利润率", en="Later margin"),
    "later": Text(zh="首购之后", en="After the first purchase"),
}
SEASON_CAVEAT = Text(
    zh="数据不足以取相隔一年的同一季度，差别里可能有季节因素。",
    en="The data hold no two cohorts of the same season; part of a difference may be season.",
)
NAMES = ("older", "newer")


def word_span(measured: TwoCohorts, name: str) -> Text:
    """When a cohort bought first."""
    first = measured.cohorts[name].first
    return word_period(first.start, first.end)
