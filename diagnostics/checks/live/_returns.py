"""Whether viewers of one live session come back to the next, or join a group, by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.live import _return_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.live import list_sessions
from diagnostics.metrics.live_viewers import (
    SOON,
    UNNAMED,
    count_buyers,
    count_joins,
    count_returns,
    count_rows,
    list_appearances,
)
from diagnostics.model.names import name_channel
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent
from diagnostics.statistics.clustered import ClusteredShare, rate_clusters

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST_SESSIONS = 7


@dataclass(frozen=True, kw_only=True)
class Channel:
    """Carry-over of one channel: `joined` is `None` without member lists, `each` (sales a viewing) where not known.

    `viewings` are those of a year at the current period's pace.
    """

    channel: str
    next: ClusteredShare
    soon: ClusteredShare
    joined: ClusteredShare | None
    each: float | None
    viewings: float


@dataclass(frozen=True, kw_only=True)
class CarryOver:
    """Channels, most viewings first, the sessions behind them, and the share of viewers with an id."""

    channels: tuple[Channel, ...]
    sessions: pd.DataFrame
    known: float
    currency: str


def ask_returns(tables: Tables) -> dict[str, ir.Table]:
    """Ask for returns, joins and orders by session; nothing without the days of viewers."""
    if not tables.has("live_viewers", "day"):
        return {}
    as_of = tables.engagement.horizon.as_of
    viewers = tables["live_viewers"]
    appearances = tables.share(list_appearances(viewers, as_of))
    asked = {"returns": count_returns(appearances), "rows": count_rows(viewers)}
    if tables.has("group_members", "joined_at"):
        asked["joins"] = count_joins(appearances, tables["group_members"])
    if tables.has("live_viewers", "customer") and tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        asked["buyers"] = count_buyers(appearances, lines)
    if tables.has("live_sessions", "viewers", "paid_amount"):
        asked["held"] = list_sessions(tables["live_sessions"], as_of)
    return asked


def count_sessions(replies: Replies) -> int:
    """Sessions with known viewers, of the channel that has most of them."""
    if "returns" not in replies or replies["returns"].empty:
        return 0
    return int(replies["returns"].groupby("channel").size().max())


def measure_returns(replies: Replies) -> CarryOver | None:
    """Rate each channel's carry-over over its sessions; `None` where no channel has enough of them."""
    if count_sessions(replies) < LEAST_SESSIONS:
        return None
    sessions = replies["returns"]
    for extra in ("joins", "buyers"):
        if extra in replies:
            sessions = sessions.merge(replies[extra], on=["channel", "session"], how="left")
    channels = [
        _measure_channel(str(channel), own, replies)
        for channel, own in sessions.groupby("channel")
        if len(own) >= LEAST_SESSIONS
    ]
    rows = replies["rows"].iloc[0]
    return CarryOver(
        channels=tuple(sorted(channels, key=lambda channel: -channel.next.n)),
        sessions=sessions.sort_values(["channel", "turn"], ignore_index=True),
        known=float(rows.known) / max(float(rows.rows), 1),
        currency=replies.engagement.currency,
    )


def _measure_channel(channel: str, own: pd.DataFrame, replies: Replies) -> Channel:
    horizon = replies.engagement.horizon
    last = own.turn.max()
    closed, far = own[own.turn < last], own[own.turn <= last - SOON]
    current = own[own.held_on >= pd.Timestamp(horizon.current.start)]
    # Whoever watched less than 14 days before the end may still join.
    settled = own[own.held_on < pd.Timestamp(horizon.as_of) - pd.Timedelta(days=14)]
    return Channel(
        channel=channel,
        next=rate_clusters(closed.next, closed.viewers),
        soon=rate_clusters(far.soon, far.viewers),
        joined=rate_clusters(settled.joined, settled.outside) if "joined" in own and len(settled) else None,
        each=_value_viewing(channel, own, replies),
        viewings=float(current.viewers.sum()) * horizon.yearly,
    )


def _value_viewing(channel: str, own: pd.DataFrame, replies: Replies) -> float | None:
    """Sales a viewing: orders of viewers known as customers, else sales over viewers of the channel's sessions."""
    if "buyers" in own and own.customers.sum() > 0:
        return float(own.gmv.sum() / own.customers.sum())
    if "held" not in replies:
        return None
    held = replies["held"]
    both = held[(held.channel == channel) & held.viewers.notna() & held.paid_amount.notna()]
    return float(both.paid_amount.sum() / both.viewers.sum()) if both.viewers.sum() > 0 else None


def track_returns(measured: CarryOver) -> tuple[Reading, ...]:
    """The share of viewers who come to the next session, by channel."""
    return tuple(
        reading
        for one in measured.channels
        for reading in track_value(
            "carry",
            one.next.share,
            one.next.low,
            one.next.high,
            n=one.next.n,
            scope={"channel": one.channel},
            span="history",
        )
    )


def tell_returns(measured: CarryOver) -> Text:
    """Carry-over of the largest channel, and shortly that of the next one."""
    first, *others = measured.channels
    joined = words.NO_GROUPS
    if first.joined is not None:
        joined = words.JOINED.fill(share=word_percent(first.joined.share))
    return words.ANSWER.fill(
        channel=name_room(first.channel),
        next=word_percent(first.next.share),
        low=word_percent(first.next.low),
        high=word_percent(first.next.high),
        soon=word_percent(first.soon.share),
        sessions=word_number(first.next.clusters),
        viewers=word_number(first.next.n),
        joined=joined,
        second=_tell_second(others[0]) if others else NOTHING,
    )


def _tell_second(channel: Channel) -> Text:
    joined = NOTHING
    if channel.joined is not None:
        joined = words.SECOND_JOINED.fill(share=word_percent(channel.joined.share))
    return words.SECOND.fill(
        channel=name_room(channel.channel),
        next=word_percent(channel.next.share),
        low=word_percent(channel.next.low),
        high=word_percent(channel.next.high),
        joined=joined,
    )


def name_room(channel: str) -> Text:
    """The channel of the live room; viewer lists may not give it."""
    return name_channel(channel) if channel != UNNAMED else words.UNKNOWN


def draw_returns(measured: CarryOver, language: Language) -> Figure:
    """The share that comes to the next session by channel, with its interval."""
    shares = [channel.next for channel in measured.channels]
    figure = draw_bars(
        [name_room(channel.channel).word(language) for channel in measured.channels],
        [rate.share for rate in shares],
        [word_percent(rate.share).word(language) for rate in shares],
        axis_label=Text(zh="下一场再来的观众比例", en="Share of viewers who come to the next session").word(language),
        low=[rate.low for rate in shares],
        high=[rate.high for rate in shares],
    )
    scale_share(figure.axes[0].xaxis)
    return figure
