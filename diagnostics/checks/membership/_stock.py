"""How many registered members never bought, and how many of the sleeping stock come to buy: measured and judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from diagnostics.checks.membership import _stock_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.members import count_listed_buyers, count_stock, follow_joins
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_days,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.member_stock import Joined, Woken, compare_woken, read_joined
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables

HALF_YEAR = 182
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Stock:
    """Channels with members: who never bought, how the sleeping wake, and the channels whose keys don't meet."""

    joined: tuple[Joined, ...]
    woken: Mapping[str, Woken]
    unmet: tuple[str, ...]
    currency: str


def find_windows(horizon: Horizon) -> tuple[date, date | None] | None:
    """First days of the last half-year and of the same a year before; `None` where the look-back is not observed."""
    opens = horizon.as_of - timedelta(days=HALF_YEAR)
    if opens - timedelta(days=HALF_YEAR) < horizon.history.start:
        return None
    before = opens - timedelta(days=365)
    return opens, before if before - timedelta(days=HALF_YEAR) >= horizon.history.start else None


def ask_stock(tables: Tables, members: ir.Table, lines: ir.Table, firsts: ir.Table) -> Mapping[str, ir.Table]:
    """Ask for days from joining to buying, for the stock at two times, and whether lists meet."""
    if not tables.has("customers", "joined_on"):
        return {}
    horizon = tables.engagement.horizon
    asked = {
        "followed": follow_joins(members, firsts, horizon.history),
        "listed": count_listed_buyers(members, lines),
    }
    windows = find_windows(horizon)
    if windows is None:
        return asked
    return asked | {
        name: count_stock(members, lines, opens, HALF_YEAR, HALF_YEAR)
        for name, opens in zip(("stock", "stock_before"), windows, strict=True)
        if opens is not None
    }


def read_stock(replies: Replies) -> Stock | None:
    """Every channel with members, largest first; `None` where nobody is known to have joined long enough ago."""
    if "followed" not in replies:
        return None
    joins = replies["followed"]
    found = [one for channel in sorted(set(joins.channel)) if (one := read_joined(joins, str(channel))) is not None]
    if not found:
        return None
    woken = {}
    if "stock" in replies:
        before = replies.frames.get("stock_before")
        pairs = {one.channel: compare_woken(replies["stock"], before, one.channel) for one in found}
        woken = {channel: pair for channel, pair in pairs.items() if pair is not None}
    met = {one.channel for one in found if keys_meet(replies["listed"], one.channel)}
    return Stock(
        joined=tuple(sorted(found, key=lambda one: (-one.followed, one.channel))[:MOST_ROWS]),
        woken=woken,
        unmet=tuple(one.channel for one in found if one.channel not in met),
        currency=replies.engagement.currency,
    )


def keys_meet(listed: pd.DataFrame, channel: str) -> bool:
    """Whether most members of a channel are known by a kind of key that its buyers have, and any buyer was found."""
    part = listed[listed.channel == channel]
    return bool(part.listed.sum() > 0 and part[part.buyers > 0].members.sum() * 2 >= part.members.sum())


def track_stock(measured: Stock) -> tuple[Reading, ...]:
    """The share of followed members that came to buy, by channel."""
    return tuple(
        reading
        for one in measured.joined
        if one.followed
        for reading in track_value(
            "first_buy",
            1 - one.share,
            1 - one.high,
            1 - one.low,
            n=one.followed,
            scope={"channel": one.channel},
            span="history",
        )
    )


def judge_stock(measured: Stock, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel with a large and certain share of members who never bought."""
    return tuple(
        _find(one, measured)
        for one in measured.joined
        if one.channel not in measured.unmet
        and one.never >= limits["least_members"]
        and one.low > limits["never_share"]
    )


def _find(one: Joined, measured: Stock) -> Finding:
    woken = measured.woken.get(one.channel)
    channel = name_channel(one.channel)
    ends = {"share": word_percent(one.share), "low": word_percent(one.low), "high": word_percent(one.high)}
    impact, cause = None, words.CAUSE_ALONE.fill(**ends)
    if woken is not None and woken.woken:
        low, high = woken.rate_interval
        # Two half-years make the year.
        scale = 2 * one.never * woken.each
        stake = size_stake((low * scale, woken.rate * scale, high * scale), least=0.25, likely=0.5)
        impact = Impact(low=stake[0], mid=stake[1], high=stake[2])
        cause = words.CAUSE.fill(**ends, rate=word_percent(woken.rate), each=word_price(woken.each, measured.currency))
    return Finding(
        code="people.members_never_bought",
        scope={"channel": one.channel},
        title=words.TITLE.fill(channel=channel, n=word_number(one.never), share=ends["share"]),
        cause=cause,
        action=words.ACTION,
        owner_role="member",
        validation=Validation(metric="first_buy", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=rate_gap(one.share, one.low),
        impact=impact,
        impact_reason=None if impact is not None else words.NO_RATE,
        severity=None if impact is not None else "low",
        evidence=(Evidence(table="joined", n=one.followed, value=one.share),),
    )


def tell_stock(measured: Stock) -> Text:
    """The channel where most joined, and its sleeping stock."""
    one = measured.joined[0]
    middle = one.curve.day_of(0.5).day if one.curve is not None else None
    said = words.ANSWER.fill(
        channel=name_channel(one.channel),
        n=word_number(one.followed),
        share=word_percent(one.share),
        low=word_percent(one.low),
        high=word_percent(one.high),
        median=NOTHING if middle is None else words.MEDIAN.fill(days=word_days(middle)) if middle else words.SAME_DAY,
    )
    woken = measured.woken.get(one.channel)
    if woken is None:
        return said
    year = NOTHING
    if woken.rate_before is not None:
        year = words.YEAR.fill(woken=word_number(woken.woken_before), rate=word_percent(woken.rate_before))
    return said + words.WAKING.fill(
        n=word_number(woken.sleeping), woken=word_number(woken.woken), rate=word_percent(woken.rate), year=year
    )


def warn_of_stock(measured: Stock) -> tuple[Text, ...]:
    """Channels that can't be judged."""
    if not measured.unmet:
        return ()
    return (words.UNMET.fill(channels=join_texts(name_channel(channel) for channel in measured.unmet)),)
