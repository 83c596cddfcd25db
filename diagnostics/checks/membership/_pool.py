"""Whether the private domain is a club of the best members, and which points they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.membership import _club_words as say
from diagnostics.metrics.club import count_club, total_points
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.reach import count_assets, list_reachable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
)
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.brief import Row
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FIFTH = 0.2
LEAST = 30
BURN = re.compile(r"(\d+(?:\.\d+)?)\s*(?:积分|分|points)\D{0,6}?(\d+(?:\.\d+)?)\s*(?:元|yuan|cny)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Top customers in the pool, members in it, points by channel, and what the sheet says of benefits and bridges."""

    reached: int
    top: int
    reached_top: int
    members: int | None
    members_reached: int | None
    points: pd.DataFrame
    rates: Mapping[str, float]
    benefits: tuple[Row, ...]
    bridges: tuple[Row, ...]
    rule: str
    currency: str

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the share of top customers in the pool."""
        low, high = wilson(self.reached_top, self.reached)
        return float(low), float(high)

    @property
    def verdict(self) -> str:
        """Against the fifth that an open door would bring."""
        low, high = self.interval
        return "reserved" if low > FIFTH else "diluted" if high < FIFTH else "open"

    @property
    def worth(self) -> float | None:
        """What the points held are worth where every channel's rule can be read."""
        if self.points.empty or not set(self.points.channel) <= set(self.rates):
            return None
        return sum(points * self.rates[channel] for channel, points in zip(*self._held, strict=True))

    @property
    def _held(self) -> tuple[list[str], list[float]]:
        return [str(channel) for channel in self.points.channel], [float(points) for points in self.points.points]


def read_rate(rule: str) -> float | None:
    """What a point is worth by a burning rule; `None` where it does not say so many points for so much money.

    >>> read_rate("100分抵1元"), read_rate("兑换礼品")
    (0.01, None)
    """
    found = BURN.search(rule)
    return float(found[2]) / float(found[1]) if found and float(found[1]) else None


def ask_pool(tables: Tables) -> dict[str, ir.Table]:
    """Ask for top customers in the pool, members in it, and points; nothing where buyers or contacts are not known."""
    if not (tables.has("order_lines", "customer") and tables.has("contacts", "customer")):
        return {}
    engagement = tables.engagement
    lines = within(value_lines(tables["order_lines"], engagement.gmv_basis), engagement.horizon.current)
    reachable = tables.share(list_reachable(tables["contacts"], engagement.horizon.as_of))
    asked = {"assets": count_assets(lines, reachable)}
    if tables.has("customers", "customer", "is_member"):
        asked["club"] = count_club(tables["customers"], reachable)
    if tables.has("customers", "points"):
        asked["points"] = total_points(tables["customers"])
    return asked


def measure_pool(replies: Replies) -> Pool | None:
    """Put the pool beside the best customers and read the sheet; `None` with too few buyers in the pool."""
    assets = replies["assets"].iloc[0].fillna(0) if "assets" in replies else None
    if assets is None or assets.reached < LEAST:
        return None
    brief = replies.engagement.brief
    club = replies["club"].iloc[0].fillna(0) if "club" in replies else None
    points = replies.frames.get("points", pd.DataFrame(columns=["channel", "known", "holders", "points"]))
    rules = {str(row.get("channel")): read_rate(str(row.get("burn") or "")) for row in brief.rows("points_rules")}
    return Pool(
        reached=int(assets.reached),
        top=int(assets.top),
        reached_top=int(assets.reached_top),
        members=None if club is None else int(club.members),
        members_reached=None if club is None else int(club.reached),
        points=points[points.holders > 0].sort_values("points", ascending=False, ignore_index=True),
        rates={channel: rate for channel, rate in rules.items() if rate is not None},
        benefits=brief.rows("benefits"),
        bridges=brief.rows("bridge_status"),
        rule=(brief.text("high_value_rule") or "").strip(),
        currency=replies.engagement.currency,
    )


def tell_pool(measured: Pool) -> Text:
    """How many of the best are in the pool, and what points are held."""
    said = say.ANSWER.fill(
        share=word_percent(measured.reached_top / measured.reached),
        reached_top=word_number(measured.reached_top),
        reached=word_number(measured.reached),
        cover=word_percent(measured.reached_top / measured.top if measured.top else None),
        verdict=say.VERDICTS[measured.verdict],
    )
    if measured.points.empty:
        return said
    worth = say.WORTH.fill(money=word_money(measured.worth, measured.currency)) if measured.worth else NOTHING
    return said + say.POINTS.fill(
        holders=word_number(measured.points.holders.sum()),
        points=word_number(measured.points.points.sum()),
        worth=worth,
    )


def doubt_pool(measured: Pool) -> tuple[Text, ...]:
    """The client's own rule, and the logs that would tell what points and gifts do."""
    rule = (say.RULE.fill(rule=name_verbatim(shorten(measured.rule))),) if measured.rule else ()
    return (*rule, say.NO_LEDGER, say.NO_USE)


def draw_pool(measured: Pool, language: Language) -> Figure:
    """The share of top customers in the pool beside an open door."""
    low, high = measured.interval
    share = measured.reached_top / measured.reached
    cover = measured.reached_top / measured.top if measured.top else 0.0
    low_cover, high_cover = (float(end) for end in wilson(measured.reached_top, measured.top or 1))
    names = (
        Text(zh="私域里的高价值占比", en="Top share of the pool"),
        Text(zh="高价值客户入私域", en="Top customers in"),
    )
    figure = draw_bars(
        [name.word(language) for name in names],
        [share, cover],
        [word_percent(value).word(language) for value in (share, cover)],
        low=[low, low_cover],
        high=[high, high_cover],
        axis_label=Text(zh="占比（95% 区间）", en="Share (95% interval)").word(language),
        reference=FIFTH,
        reference_label=Text(zh="不设门槛", en="an open door").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure
