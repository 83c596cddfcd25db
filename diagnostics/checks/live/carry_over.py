"""Whether viewers of one live session come back to the next, or join a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.live import _carry_words as words
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
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.clustered import ClusteredShare, rate_clusters
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST_SESSIONS = 6
UNKNOWN = Text(zh="未写渠道", en="Channel not given")
NOTHING = Text(zh="", en="")


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


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for returns, joins and orders by session."""
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


def measure(replies: Replies) -> CarryOver | NotComputable:
    """Rate each channel's carry-over over its sessions."""
    sessions = replies["returns"]
    for extra in ("joins", "buyers"):
        if extra in replies:
            sessions = sessions.merge(replies[extra], on=["channel", "session"], how="left")
    channels = [
        _measure_channel(str(channel), own, replies)
        for channel, own in sessions.groupby("channel")
        if len(own) > LEAST_SESSIONS
    ]
    if not channels:
        most = int(sessions.groupby("channel").size().max()) if len(sessions) else 0
        reason = words.TOO_FEW.fill(least=word_number(LEAST_SESSIONS + 1), n=word_number(most))
        return NotComputable(reason=reason, unlocked_by=words.UNLOCKED_BY)
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


def track(measured: CarryOver) -> tuple[Reading, ...]:
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


def judge(measured: CarryOver, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel whose viewers hardly come back, nor join a group, or far less than in the other channels."""
    found = (_judge_channel(channel, measured, limits) for channel in measured.channels)
    return tuple(finding for finding in found if finding is not None)


def _judge_channel(channel: Channel, measured: CarryOver, limits: Limits) -> Finding | None:
    if channel.next.n < limits["viewings"]:
        return None
    others = _pool(
        [other for other in measured.channels if other is not channel and other.next.n >= limits["viewings"]]
    )
    hardly = channel.next.high < limits["least_next"] and not _is_kept(channel, limits)
    behind = others is not None and channel.next.high < limits["behind"] * others.low
    if not (hardly or behind):
        return None
    aim = max(limits["least_next"] if hardly else 0.0, others.share if behind and others is not None else 0.0)
    impact = _size(channel, aim, limits)
    return Finding(
        code="live.no_carry_over",
        scope={"channel": channel.channel} if channel.channel != UNNAMED else {},
        title=words.TITLE.fill(channel=_name(channel.channel), next=word_percent(channel.next.share))
        + (words.AGAINST.fill(others=word_percent(others.share)) if behind and others is not None else NOTHING),
        cause=_explain(channel, aim, measured.currency),
        action=words.ACTION,
        owner_role="live",
        validation=Validation(metric="carry", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=rate_gap(aim - channel.next.share, aim - channel.next.high),
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY,
        severity=None if impact else "low",
        evidence=(Evidence(table="channels", n=channel.next.n, value=channel.next.share),),
    )


def _is_kept(channel: Channel, limits: Limits) -> bool:
    """Whether viewers are at least taken into groups, so that the next session can call them."""
    return channel.joined is not None and channel.joined.high >= limits["least_joined"]


def _pool(others: list[Channel]) -> ClusteredShare | None:
    """The strongest of the other channels; `None` without any."""
    return max((other.next for other in others), key=lambda rate: rate.share, default=None)


def _size(channel: Channel, aim: float, limits: Limits) -> Impact | None:
    if channel.each is None:
        return None
    ends = (channel.next.high, channel.next.share, channel.next.low)
    missed = [max(aim - share, 0.0) * channel.viewings * channel.each for share in ends]
    low, mid, high = size_stake(
        (missed[0], missed[1], missed[2]), least=limits["feasible_low"], likely=limits["feasible_mid"]
    )
    return Impact(low=low, mid=mid, high=high)


def _explain(channel: Channel, aim: float, currency: str) -> Text:
    joined = channel.joined
    said = words.CAUSE.fill(
        sessions=word_number(channel.next.clusters),
        viewers=word_number(channel.next.n),
        next=word_percent(channel.next.share),
        low=word_percent(channel.next.low),
        high=word_percent(channel.next.high),
        soon=word_percent(channel.soon.share),
        joined=words.JOIN_UNKNOWN if joined is None else words.JOIN_SHARE.fill(share=word_percent(joined.share)),
    )
    if channel.each is None:
        return said
    return said + words.SIZED.fill(aim=word_percent(aim, 0), each=word_price(channel.each, currency))


def _name(channel: str) -> Text:
    return name_channel(channel) if channel != UNNAMED else UNKNOWN


def tell(measured: CarryOver) -> Text:
    """Carry-over of the two largest channels."""
    said = NOTHING
    for channel in measured.channels[:2]:
        said += words.ANSWER.fill(
            channel=_name(channel.channel),
            next=word_percent(channel.next.share),
            low=word_percent(channel.next.low),
            high=word_percent(channel.next.high),
            soon=word_percent(channel.soon.share),
            sessions=word_number(channel.next.clusters),
            viewers=word_number(channel.next.n),
        )
        tail = words.NO_GROUPS
        if channel.joined is not None:
            tail = words.JOINED.fill(share=word_percent(channel.joined.share))
        said = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    return said


def caveats(measured: CarryOver) -> tuple[Text, ...]:
    """How many viewers can be followed."""
    return (words.PART.fill(share=word_percent(measured.known)),)


def tabulate(measured: CarryOver) -> tuple[Exhibit, ...]:
    """Channels with their intervals, and the sessions behind them."""
    channel = Field(name="channel", label=Text(zh="渠道", en="Channel"))
    viewers = Field(name="viewers", label=Text(zh="可识别观众", en="Known viewers"), unit="count")
    channels = (
        channel,
        Field(name="sessions", label=Text(zh="场次", en="Sessions"), unit="count"),
        viewers,
        Field(name="next", label=Text(zh="下一场再来", en="Come to the next"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="soon", label=Text(zh="后三场内再来", en="Come to one of three"), unit="share"),
        Field(name="joined", label=Text(zh="14 天内进群", en="Join a group"), unit="share"),
        Field(name="each", label=Text(zh="观众人均下单", en="Sales a viewing"), unit="price"),
    )
    sessions = (
        channel,
        Field(name="session", label=Text(zh="场次", en="Session")),
        Field(name="held_on", label=Text(zh="日期", en="Day"), unit="date"),
        viewers,
        Field(name="again", label=Text(zh="以前来过", en="Came before"), unit="count"),
        Field(name="next", label=Text(zh="下一场再来", en="Came to the next"), unit="count"),
        Field(name="soon", label=Text(zh="后三场内再来", en="Came to one of three"), unit="count"),
    )
    rows = pd.DataFrame([_row(one) for one in measured.channels])
    listed = measured.sessions.assign(channel=measured.sessions.channel.map(_name)).tail(60)
    # What lies beyond the last sessions is not observed yet.
    left = measured.sessions.groupby("channel").turn.transform("max") - measured.sessions.turn
    listed = listed.assign(
        next=listed.next.astype(float).where(left >= 1), soon=listed.soon.astype(float).where(left >= SOON)
    )
    return (
        Exhibit(
            name="channels", title=Text(zh="各渠道场次回流", en="Carry-over by channel"), fields=channels, frame=rows
        ),
        Exhibit(
            name="sessions",
            title=Text(zh="各场观众（最近 60 场）", en="Viewers by session (last 60)"),
            fields=sessions,
            frame=listed,
        ),
    )


def _row(one: Channel) -> dict[str, object]:
    return {
        "channel": _name(one.channel),
        "sessions": one.next.clusters,
        "viewers": one.next.n,
        "next": one.next.share,
        "low": one.next.low,
        "high": one.next.high,
        "soon": one.soon.share,
        "joined": one.joined.share if one.joined is not None else np.nan,
        "each": one.each if one.each is not None else np.nan,
    }


def draw(measured: CarryOver, language: Language) -> Figure:
    """The share that comes to the next session by channel, with its interval."""
    shares = [channel.next for channel in measured.channels]
    figure = draw_bars(
        [_name(channel.channel).word(language) for channel in measured.channels],
        [rate.share for rate in shares],
        [word_percent(rate.share).word(language) for rate in shares],
        axis_label=Text(zh="下一场再来的观众比例", en="Share of viewers who come to the next session").word(language),
        low=[rate.low for rate in shares],
        high=[rate.high for rate in shares],
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# Eight sessions of 60 viewers a week apart: nobody watches two of them, except three of the first in the second.
EXAMPLE_VIEWERS = "\n".join(
    [
        "channel session day contact customer",
        *(
            f"wecom L{n} 2024-0{1 + n // 4}-{1 + 7 * (n % 4):02} {who} {who}"
            for n in range(8)
            for who in [f"v{n}x{i}" for i in range(57)]
            + ([f"v0x{i}" for i in range(3)] if n == 1 else [f"w{n}x{i}" for i in range(3)])
        ),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-54",),
    finds=("live.no_carry_over",),
    needs=(Need(table="live_viewers", columns=("day",)),),
    limits=(
        Limit(
            name="viewings",
            value=300,
            reason=Text(zh="可识别的观看不足 300 人次时不判断", en="fewer than 300 known viewings are not judged"),
        ),
        Limit(
            name="least_next",
            value=0.1,
            reason=Text(
                zh="区间上限不到一成：十个观众九个以上要重新找，直播没有积累",
                en="with the upper end under a tenth, more than nine viewers in ten must be won afresh each time",
            ),
        ),
        Limit(
            name="least_joined",
            value=0.1,
            reason=Text(
                zh="一成以上的观众进了群，下一场就能在群里召回，不算断流",
                en="where a tenth or more join a group the next session can call them: the flow is not cut",
            ),
        ),
        Limit(
            name="behind",
            value=0.5,
            reason=Text(
                zh="上限不到自己其他渠道下限的一半", en="the upper end below half of the lower end of another channel"
            ),
        ),
        Limit(
            name="feasible_low",
            value=0.25,
            reason=Text(
                zh="补回四分之一是保守值：一部分回流者本来就会买",
                en="a quarter is the careful end: some who return would have bought anyway",
            ),
        ),
        Limit(
            name="feasible_mid",
            value=0.5,
            reason=Text(zh="按补回一半估计", en="half of the gap is taken as likely"),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    # Three of the 420 viewings that a session followed: 0.7 %.
    example=Example(
        tables={
            "live_viewers": EXAMPLE_VIEWERS,
            "order_lines": "customer ordered_at paid_amount\nv0x0 2024-01-01 60\nv9 2024-02-29 10",
        },
        says="0.7% of a session's viewers",
        finds=(("live.no_carry_over", {"channel": "wecom"}),),
    ),
    place=20,
)
