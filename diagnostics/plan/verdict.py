"""The verdict: how the business stands, in one sentence, and the troubles that matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diagnostics.model.wording import Text, word_money, word_money_range, word_number

if TYPE_CHECKING:
    from diagnostics.model.engagement import Engagement
    from diagnostics.model.finding import Finding

MOST_TROUBLES = 3
SIZE = Text(zh="年 GMV 约 {gmv}", en="On a GMV of about {gmv} a year,")
NO_SIZE = Text(zh="本次数据不足以测算年 GMV", en="A year's GMV can't be measured from these data;")
HEALTHY = Text(
    zh="{size}，没有发现严重问题；按自身渠道与历史比较，经营在正常波动之内。",
    en="{size} no serious trouble was found: against its own channels and past, the business moves within its usual "
    "range.",
)
MINOR = Text(
    zh="{size}，没有发现严重问题；可改进之处主要是：{troubles}。其中最大的一项每年 {range}。",
    en="{size} no serious trouble was found. What can be improved is mainly: {troubles}. The largest is worth {range} "
    "a year.",
)
SERIOUS = Text(
    zh="{size}，最要紧的{count}是：{troubles}。其中最大的一项每年 {range}；各项有重叠，不可相加。",
    en="{size} {count}: {troubles}. The largest is worth {range} a year; the amounts overlap and must not be added up.",
)
ONE = Text(zh="问题", en="one trouble matters most")
SEVERAL = Text(zh=" {n} 个问题", en="{n} troubles matter most")


def give_verdict(findings: Sequence[Finding], engagement: Engagement) -> Text:
    """The conclusion for the first page; `findings` come from `rank_findings`.

    Names the three ranked highest among those graded high; where none is, those graded medium, as improvements;
    where there is none of either, says that no serious trouble was found.
    """
    sized = [finding for finding in findings if finding.impact is not None]
    serious = [finding for finding in sized if finding.severity == "high"]
    matter = (serious or [finding for finding in sized if finding.severity == "medium"])[:MOST_TROUBLES]
    size = _tell_size(engagement)
    if not matter:
        return HEALTHY.fill(size=size)
    largest = max((finding.impact for finding in matter if finding.impact), key=lambda impact: impact.mid)
    parts = {
        "size": size,
        "troubles": join_troubles([finding.title for finding in matter]),
        "range": word_money_range(largest.low, largest.high, engagement.currency),
    }
    if not serious:
        return MINOR.fill(**parts)
    count = ONE if len(matter) == 1 else SEVERAL.fill(n=word_number(len(matter)))
    return SERIOUS.fill(**parts, count=count)


def join_troubles(titles: Sequence[Text]) -> Text:
    """Titles in one sentence, numbered where there are several.

    >>> join_troubles([Text(zh="甲。", en="A."), Text(zh="乙", en="B")]).en
    '(1) A; (2) B'
    """
    bare = [Text(zh=title.zh.rstrip("。；"), en=title.en.rstrip(".;")) for title in titles]
    if len(bare) == 1:
        return bare[0]
    return Text(
        zh="；".join(f"（{place}）{title.zh}" for place, title in enumerate(bare, start=1)),
        en="; ".join(f"({place}) {title.en}" for place, title in enumerate(bare, start=1)),
    )


def _tell_size(engagement: Engagement) -> Text:
    if engagement.annual_gmv <= 0:
        return NO_SIZE
    money = word_money(engagement.annual_gmv, engagement.currency)
    return SIZE.fill(gmv=money)
