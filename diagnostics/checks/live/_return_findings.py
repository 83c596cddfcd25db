"""Raises channels whose viewers hardly come back to the next live session, nor join a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.check import Limit, Limits
from diagnostics.checks.live import _return_words as words
from diagnostics.checks.live._returns import CarryOver, Channel, name_room
from diagnostics.metrics.live_viewers import UNNAMED
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from diagnostics.statistics.clustered import ClusteredShare

LIMITS = (
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
)


def judge_returns(measured: CarryOver, limits: Limits) -> tuple[Finding, ...]:
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
        title=words.TITLE.fill(
            channel=name_room(channel.channel),
            next=word_percent(channel.next.share),
            against=words.AGAINST.fill(others=word_percent(others.share)) if behind and others is not None else NOTHING,
        ),
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
