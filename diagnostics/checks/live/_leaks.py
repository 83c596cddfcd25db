"""Where live sessions lose people, against the client's own other sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.live import _funnel_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.wording import NOTHING, Text, join_texts, word_date, word_money, word_number, word_percent
from diagnostics.statistics.certainty import LEAST, rate_gap
from diagnostics.statistics.live_steps import (
    LEAST_SESSIONS,
    Shortfall,
    find_odd_sessions,
    find_shortfalls,
    list_steps,
    rate_steps,
)
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.wording import Language

MOST_SESSIONS = 3
MOST_CHANNELS = 2
# More people let in rather than fewer getting through is a doubt that no interval shows.
DOUBTFUL = 0.6
VIEWING = "viewers"


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Steps by session and by channel, what may fall short, and the sessions' money by channel."""

    steps: pd.DataFrame
    rates: pd.DataFrame
    channels: pd.DataFrame
    groups: tuple[Shortfall, ...]
    odd: tuple[Shortfall, ...]
    currency: str


def measure_funnel(replies: Replies) -> Funnel | None:
    """Rate the steps and look for what falls short; `None` where too few sessions report viewers and buyers."""
    sessions = replies["sessions"]
    if not sessions[["viewers", "buyers"]].notna().any().all():
        return None
    steps = list_steps(sessions)
    fit = steps[steps.logit.notna()] if "logit" in steps else steps
    if fit.empty or fit.groupby(["channel", "step"]).size().max() < LEAST_SESSIONS:
        return None
    horizon = replies.engagement.horizon
    return Funnel(
        steps=steps,
        rates=rate_steps(steps),
        channels=total_channels(sessions),
        groups=find_shortfalls(steps, horizon.yearly, pd.Timestamp(horizon.current.start)),
        odd=find_odd_sessions(steps),
        currency=replies.engagement.currency,
    )


def total_channels(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row a channel, most sales first: sessions, start, end, hours, viewers, paid, gpm, viewer_value, fans.

    Start and end are of its first and last session; fans are per 1,000 viewers. Each ratio is over the sessions that
    report both of its parts.
    """
    rows = [{"channel": channel, **_total(own)} for channel, own in sessions.groupby("channel")]
    return pd.DataFrame(rows).sort_values("paid", ascending=False, ignore_index=True)


def _total(own: pd.DataFrame) -> dict[str, object]:
    return {
        "sessions": len(own),
        "start": own.starts_at.min(),
        "end": own.starts_at.max(),
        "hours": float(own.minutes.sum(min_count=1) / 60),
        "viewers": float(own.viewers.sum(min_count=1)),
        "paid": float(own.paid_amount.sum(min_count=1)),
        "gpm": _ratio(own, "paid_amount", "views") * 1000,
        "viewer_value": _ratio(own, "paid_amount", "viewers"),
        "fans": _ratio(own, "new_fans", "viewers") * 1000,
    }


def _ratio(own: pd.DataFrame, upper: str, lower: str) -> float:
    both = own[own[upper].notna() & own[lower].notna()]
    total = float(both[lower].sum())
    return float(both[upper].sum()) / total if total > 0 else np.nan


def choose(measured: Funnel, limits: Limits) -> tuple[Shortfall, ...]:
    """What clearly falls short: anchors, else the clearest of the windows, of each step; and the costliest sessions."""
    short = [group for group in measured.groups if group.ratio_high < limits["ratio"] and not _is_diluted(group)]
    kept = [group for group in short if group.kind == "anchor"]
    told = {(group.channel, group.step) for group in kept}
    for group in sorted((group for group in short if group.kind == "recent"), key=lambda group: group.ratio_high):
        if (group.channel, group.step) not in told:
            told.add((group.channel, group.step))
            kept.append(group)
    anchors = dict(zip(measured.steps.session, measured.steps.anchor, strict=True))
    odd = [
        one
        for one in measured.odd
        if one.ratio < limits["session_ratio"]
        and not _is_diluted(one)
        and not any(_explains(group, one, anchors.get(one.name)) for group in kept)
    ]
    kept += sorted(odd, key=_rank)[:MOST_SESSIONS]
    return tuple(sorted(kept, key=_rank))


def _rank(group: Shortfall) -> tuple[float, float]:
    """Costliest first; those without money come last, the clearest of them first."""
    return (-group.missed_paid[1] if group.missed_paid else 0.0, group.ratio_high)


def _explains(group: Shortfall, one: Shortfall, anchor: object) -> bool:
    """Whether an odd session is one of a group that falls short on the same step as a whole."""
    if (group.channel, group.step) != (one.channel, one.step):
        return False
    return group.name == anchor if group.kind == "anchor" else group.since <= one.since


def _is_diluted(group: Shortfall) -> bool:
    """Whether as many people came into the room as ever: then only more were shown it, which is bought with ads."""
    return group.step.endswith(f"_to_{VIEWING}") and group.is_enough


def judge_funnel(measured: Funnel, limits: Limits) -> tuple[Finding, ...]:
    """Raise every step of an anchor, of the last weeks or of one session that lies far below the others."""
    return tuple(_find(group, measured.currency, limits) for group in choose(measured, limits))


def _find(group: Shortfall, currency: str, limits: Limits) -> Finding:
    impact, missed = None, NOTHING
    if group.missed_paid:
        low, mid, high = size_stake(group.missed_paid, least=limits["feasible_low"], likely=limits["feasible_mid"])
        impact = Impact(low=0.0 if group.is_enough else low, mid=mid, high=high)
        missed = words.MISSED.fill(money=word_money(group.missed_paid[1], currency))
    end = words.split_step(group.step)[1]
    hint = words.HINTS[end]
    hint += words.SINGLE if group.kind == "session" else NOTHING
    hint += words.ENOUGH.fill(zero=words.FROM_ZERO if impact else NOTHING) if group.is_enough else NOTHING
    sure = rate_gap(1 - group.ratio, 1 - group.ratio_high) if group.kind != "session" else LEAST
    return Finding(
        code="live.funnel_leak",
        scope=_scope(group),
        title=words.TITLE.fill(
            channel=name_channel(group.channel),
            what=words.name_group(group),
            rate=word_percent(group.rate),
            expected=word_percent(group.expected),
            missed=missed,
        ),
        cause=words.CAUSE.fill(
            sessions=word_number(group.sessions),
            people=word_number(group.people),
            ratio=word_percent(group.ratio, 0),
            low=word_percent(group.ratio_low, 0),
            high=word_percent(group.ratio_high, 0),
            hint=hint,
        ),
        action=words.ACTION.fill(hint_short=words.SHORT_HINTS[end]),
        owner_role="live",
        validation=Validation(metric="live_funnel", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=min(sure, DOUBTFUL) if group.is_enough else sure,
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY,
        severity=None if impact else "medium",
        evidence=(Evidence(table="short", n=group.sessions, value=group.rate),),
    )


def _scope(group: Shortfall) -> dict[str, str]:
    named = {"anchor": {"staff": group.name}, "session": {"session": group.name}, "recent": {}}
    return {"channel": group.channel, "step": group.step, **named[group.kind]}


def tell_funnel(measured: Funnel, limits: Limits) -> Text:
    """The funnel of the largest channels, and what falls short."""
    said = Text(zh="", en="")
    for row in measured.channels.head(MOST_CHANNELS).to_dict("records"):
        own = measured.rates[measured.rates.channel == row["channel"]]
        rates = [
            words.STEP_RATE.fill(step=words.name_step(step), rate=word_percent(rate))
            for step, rate in zip(own.step, own.rate, strict=True)
        ]
        if rates:
            said += words.ANSWER.fill(
                channel=name_channel(row["channel"]),
                sessions=word_number(row["sessions"]),
                start=word_date(row["start"]),
                end=word_date(row["end"]),
                rates=join_texts(rates),
                gpm=words.GPM.fill(gpm=word_money(row["gpm"], measured.currency)) if row["gpm"] > 0 else words.STOPPED,
            )
    short = choose(measured, limits)
    if not short:
        return said + words.STEADY
    return said + words.WEAK.fill(count=word_number(len(short)), what=words.name_group(short[0]))


def draw_funnel(measured: Funnel, language: Language) -> Figure:
    """Each step of the largest channel by month."""
    steps = measured.steps[measured.steps.logit.notna()]
    largest = next((name for name in measured.channels.channel if (steps.channel == name).any()), "")
    own = steps[steps.channel == largest]
    ordered = own.sort_values(["place", "day"]).assign(month=own.day.dt.to_period("M"))
    parts = {
        str(step): part.groupby("month")[["people", "passed"]].sum()
        for step, part in ordered.groupby("step", sort=False)
    }
    return draw_panels([_panel(part, step, language) for step, part in parts.items()])


def _panel(part: pd.DataFrame, step: str, language: Language) -> Panel:
    return Panel(
        label=words.name_step(step).word(language),
        along=Text(zh="月份", en="Month").word(language),
        names=[f"{month.strftime('%y-%m')}" for month in part.index],
        series={"": (part.passed / part.people).tolist()},
        scale=scale_share,
    )
