"""The tables of viewers who come back: channels with their intervals, and the sessions behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.live._returns import name_room
from diagnostics.metrics.live_viewers import SOON
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.live._returns import CarryOver, Channel


def tabulate_returns(measured: CarryOver) -> tuple[Exhibit, ...]:
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
    listed = measured.sessions.assign(channel=measured.sessions.channel.map(name_room)).tail(60)
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
        "channel": name_room(one.channel),
        "sessions": one.next.clusters,
        "viewers": one.next.n,
        "next": one.next.share,
        "low": one.next.low,
        "high": one.next.high,
        "soon": one.soon.share,
        "joined": one.joined.share if one.joined is not None else np.nan,
        "each": one.each if one.each is not None else np.nan,
    }
