"""Which kinds of activity the client plans on each platform, and where it plans the same everywhere or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number

if TYPE_CHECKING:
    from diagnostics.model.brief import Brief

NO_EVENTS = Text(
    zh="需求表的营销节点没有一行写了活动类型，各平台排了哪些玩法看不出；把营销节点填上即可。",
    en="No row of the sheet's calendar of events states a kind of activity, so the plays planned on each platform "
    "can't be told; fill in the calendar.",
)
ANSWER = Text(
    zh="计划的 {events} 次活动分布在 {channels} 个平台、{kinds} 种玩法上{same}{blank}。",
    en="{events} planned activities on {channels} platforms, of {kinds} kinds{same}{blank}.",
)
SAME = Text(zh="；玩法相同的平台有{names}", en="; the same plays on {names}")
BLANK = Text(zh="；有销售却一次没排的是{names}", en="; selling but without any: {names}")
KINDS = {
    "new_item": Text(zh="上新", en="New item"),
    "promo": Text(zh="大促", en="Promotion"),
    "brand_event": Text(zh="品牌事件", en="Brand event"),
    "member_day": Text(zh="会员日", en="Member day"),
    "co_brand": Text(zh="联名", en="Co-branding"),
    "live": Text(zh="直播", en="Live show"),
}
EVERYWHERE = Text(zh="全部渠道", en="All channels")


@dataclass(frozen=True, kw_only=True)
class Plays:
    """Activities by channel ("" for all channels) and kind, and channels that sell without any."""

    counts: pd.DataFrame
    blank: tuple[str, ...]

    @property
    def own(self) -> pd.DataFrame:
        """The rows of single platforms."""
        return self.counts[self.counts.index != ""]

    @property
    def same(self) -> tuple[str, ...]:
        """Platforms whose kinds are just those of another."""
        kinds = {str(channel): frozenset(row.index[row > 0]) for channel, row in self.own.iterrows()}
        return tuple(one for one, plays in kinds.items() if sum(plays == other for other in kinds.values()) > 1)


def read_plays(brief: Brief) -> Plays | None:
    """Count the calendar by channel and kind; `None` without a row that states a kind."""
    rows = [
        (str(row.get("channel") or ""), str(row.get("type")))
        for row in brief.rows("events_calendar")
        if row.get("type") in KINDS
    ]
    if not rows:
        return None
    events = pd.DataFrame(rows, columns=["channel", "kind"])
    counts = pd.crosstab(events.channel, events.kind).reindex(columns=list(KINDS), fill_value=0)
    sold = [str(row.get("channel") or "") for row in brief.rows("main_channels")]
    blank = tuple(channel for channel in dict.fromkeys(sold) if channel and channel not in counts.index)
    return Plays(counts=counts, blank=blank)


def tell_plays(plays: Plays) -> Text:
    """Activities by platform, those that play the same, and the blank ones."""
    return ANSWER.fill(
        events=word_number(int(plays.counts.to_numpy().sum())),
        channels=word_number(len(plays.own)),
        kinds=word_number(int((plays.counts.sum() > 0).sum())),
        same=SAME.fill(names=_join(plays.same)) if plays.same else NOTHING,
        blank=BLANK.fill(names=_join(plays.blank)) if plays.blank else NOTHING,
    )


def _join(channels: tuple[str, ...]) -> Text:
    return join_texts(name_channel(channel) for channel in channels)


def _name(channel: str) -> Text:
    return name_channel(channel) if channel else EVERYWHERE


def tabulate_plays(plays: Plays) -> Exhibit:
    """The matrix of platforms by kinds; a kind that was not planned stays empty."""
    rows = [
        {"channel": _name(str(channel))} | {kind: int(n) or None for kind, n in row.items()}
        for channel, row in plays.counts.iterrows()
    ]
    rows += [{"channel": name_channel(channel)} for channel in plays.blank]
    fields = (
        Field(name="channel", label=Text(zh="平台", en="Platform")),
        *(Field(name=kind, label=name, unit="count") for kind, name in KINDS.items()),
    )
    title = Text(zh="平台 × 玩法", en="Platforms by plays")
    frame = pd.DataFrame(rows, columns=[field.name for field in fields], dtype=object)
    return Exhibit(name="plays", title=title, fields=fields, frame=frame)
