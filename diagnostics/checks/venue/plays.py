"""Which kinds of activity the client plans on each platform, and where it plans the same everywhere or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="各平台排了哪些玩法，是各有各的打法，还是一套打法走天下？",
    en="Which plays are planned on each platform: each its own, or the same everywhere?",
)
DEFINITION = Text(
    zh="依需求表的营销节点：按渠道和活动类型数次数；没写渠道的节点归“全部渠道”，不算某个平台的玩法。"
    "两个平台的活动类型完全相同，记为“同一套”。主要销售渠道里一次都没排的，列为空白。次数是计划，不是效果；"
    "效果见活动一章。",
    en="From the sheet's calendar: activities counted by channel and kind; those without a channel are for all "
    "channels and no platform's own play. Two platforms with just the same kinds play the same. Sales channels "
    "without any activity are listed as blank. Counts are plans and no effects, which the chapter on campaigns shows.",
)
FIELD = Asked(key="events_calendar", label=Text(zh="营销节点", en="Calendar of events"))
NO_EVENTS = Text(zh="营销节点没有一行写了活动类型", en="no row of the calendar states a kind of activity")
ANSWER = Text(
    zh="{events} 次活动分布在 {channels} 个平台、{kinds} 种玩法上{same}{blank}。",
    en="{events} activities on {channels} platforms, of {kinds} kinds{same}{blank}.",
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
AXIS = Text(zh="活动次数", en="Activities")


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


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> Plays | NotComputable:
    """Count the calendar by channel and kind."""
    brief = replies.engagement.brief
    rows = [
        (str(row.get("channel") or ""), str(row.get("type")))
        for row in brief.rows("events_calendar")
        if row.get("type") in KINDS
    ]
    if not rows:
        return NotComputable(reason=NO_EVENTS)
    events = pd.DataFrame(rows, columns=["channel", "kind"])
    counts = pd.crosstab(events.channel, events.kind).reindex(columns=list(KINDS), fill_value=0)
    sold = [str(row.get("channel") or "") for row in brief.rows("main_channels")]
    blank = tuple(channel for channel in dict.fromkeys(sold) if channel and channel not in counts.index)
    return Plays(counts=counts, blank=blank)


def judge(_measured: Plays, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a calendar is a plan."""
    return ()


def tell(measured: Plays) -> Text:
    """Activities by platform, those that play the same, and the blank ones."""
    return ANSWER.fill(
        events=word_number(int(measured.counts.to_numpy().sum())),
        channels=word_number(len(measured.own)),
        kinds=word_number(int((measured.counts.sum() > 0).sum())),
        same=SAME.fill(names=_join(measured.same)) if measured.same else NOTHING,
        blank=BLANK.fill(names=_join(measured.blank)) if measured.blank else NOTHING,
    )


def _join(channels: tuple[str, ...]) -> Text:
    return join_texts(name_channel(channel) for channel in channels)


def _name(channel: str) -> Text:
    return name_channel(channel) if channel else EVERYWHERE


def tabulate(measured: Plays) -> tuple[Exhibit, ...]:
    """The matrix of platforms by kinds; a kind that was not planned stays empty."""
    rows = [
        {"channel": _name(str(channel))} | {kind: int(n) or None for kind, n in row.items()}
        for channel, row in measured.counts.iterrows()
    ]
    rows += [{"channel": name_channel(channel)} for channel in measured.blank]
    fields = (
        Field(name="channel", label=Text(zh="平台", en="Platform")),
        *(Field(name=kind, label=name, unit="count") for kind, name in KINDS.items()),
    )
    title = Text(zh="平台 × 玩法", en="Platforms by plays")
    frame = pd.DataFrame(rows, columns=[field.name for field in fields], dtype=object)
    return (Exhibit(name="plays", title=title, fields=fields, frame=frame),)


def draw(measured: Plays, language: Language) -> Figure:
    """The matrix as a heat map."""
    names = [_name(str(channel)).word(language) for channel in measured.counts.index]
    values = measured.counts.to_numpy(dtype=float)
    return draw_heat(
        names,
        [kind.word(language) for kind in KINDS.values()],
        np.where(values > 0, values, np.nan),
        axis_label=AXIS.word(language),
        word=lambda count: word_number(count).en,
    )


# Tmall and JD both hold one promotion, Douyin a live show; the store sells and holds nothing.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-27",),
    finds=(),
    needs=(),
    asks=(FIELD,),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        brief=Brief(
            answers={
                "events_calendar": (
                    {"event": "618", "type": "promo", "channel": "tmall"},
                    {"event": "618", "type": "promo", "channel": "jd"},
                    {"event": "周末直播", "type": "live", "channel": "douyin"},
                ),
                "main_channels": ({"channel": "tmall"}, {"channel": "store"}),
            }
        ),
        says="3 次活动分布在 3 个平台、2 种玩法上；玩法相同的平台有京东、天猫；有销售却一次没排的是线下门店",
    ),
    place=85,
)
