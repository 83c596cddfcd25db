"""Where live sessions lose people, against the client's own other sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.live import _funnel_words as words
from diagnostics.metrics.live import list_sessions
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_date, word_money, word_number, word_percent
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
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
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
    limits: Mapping[str, float]
    currency: str

    @property
    def short(self) -> tuple[Shortfall, ...]:
        """What clearly falls short, by this check's own limits, the costliest first."""
        return choose(self, self.limits)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sessions."""
    return {"sessions": list_sessions(tables["live_sessions"], tables.engagement.horizon.as_of)}


def measure(replies: Replies) -> Funnel | NotComputable:
    """Rate the steps and look for groups and sessions that fall short."""
    sessions = replies["sessions"]
    steps = list_steps(sessions)
    fit = steps[steps.logit.notna()] if "logit" in steps else steps
    if fit.empty or fit.groupby(["channel", "step"]).size().max() < LEAST_SESSIONS:
        reason = words.TOO_FEW.fill(n=word_number(fit.session.nunique()))
        return NotComputable(reason=reason, unlocked_by=words.UNLOCKED_BY)
    horizon = replies.engagement.horizon
    given = replies.engagement.limits.get("live.funnel", {})
    return Funnel(
        steps=steps,
        rates=rate_steps(steps),
        channels=total_channels(sessions),
        groups=find_shortfalls(steps, horizon.yearly, pd.Timestamp(horizon.current.start)),
        odd=find_odd_sessions(steps),
        limits={limit.name: limit.value for limit in LIMITS} | dict(given),
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
    kept += sorted(odd, key=lambda one: -one.missed_paid[1])[:MOST_SESSIONS]
    return tuple(sorted(kept, key=lambda group: -group.missed_paid[1]))


def _explains(group: Shortfall, one: Shortfall, anchor: object) -> bool:
    """Whether an odd session is one of a group that falls short on the same step as a whole."""
    if (group.channel, group.step) != (one.channel, one.step):
        return False
    return group.name == anchor if group.kind == "anchor" else group.since <= one.since


def _is_diluted(group: Shortfall) -> bool:
    """Whether as many people came into the room as ever: then only more were shown it, which is bought with ads."""
    return group.step.endswith(f"_to_{VIEWING}") and group.is_enough


def judge(measured: Funnel, limits: Limits) -> tuple[Finding, ...]:
    """Raise every step of an anchor, of the last weeks or of one session that lies far below the others."""
    return tuple(_find(group, measured.currency, limits) for group in choose(measured, limits))


def _find(group: Shortfall, currency: str, limits: Limits) -> Finding:
    low, mid, high = size_stake(group.missed_paid, least=limits["feasible_low"], likely=limits["feasible_mid"])
    end = words.split_step(group.step)[1]
    hint = words.HINTS[end]
    hint += words.SINGLE if group.kind == "session" else Text(zh="", en="")
    hint += words.ENOUGH if group.is_enough else Text(zh="", en="")
    sure = rate_gap(1 - group.ratio, 1 - group.ratio_high) if group.kind != "session" else LEAST
    return Finding(
        code="live.funnel_leak",
        scope=_scope(group),
        title=words.TITLE.fill(
            channel=name_channel(group.channel),
            what=name_group(group),
            rate=word_percent(group.rate),
            expected=word_percent(group.expected),
            money=word_money(group.missed_paid[1], currency),
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
        impact=Impact(low=0.0 if group.is_enough else low, mid=mid, high=high),
        evidence=(Evidence(table="short", n=group.sessions, value=group.rate),),
    )


def _scope(group: Shortfall) -> dict[str, str]:
    named = {"anchor": {"staff": group.name}, "session": {"session": group.name}, "recent": {}}
    return {"channel": group.channel, "step": group.step, **named[group.kind]}


def name_group(group: Shortfall) -> Text:
    """What falls short, in words."""
    step = words.name_step(group.step)
    if group.kind == "anchor":
        return words.ANCHOR.fill(name=words.name_code(group.name), step=step)
    if group.kind == "recent":
        return words.RECENT.fill(weeks=group.name, step=step)
    return words.SESSION.fill(day=word_date(group.since), step=step)


def tell(measured: Funnel) -> Text:
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
    short = measured.short
    if not short:
        return said + words.STEADY
    return said + words.WEAK.fill(count=word_number(len(short)), what=name_group(short[0]))


def caveats(measured: Funnel) -> tuple[Text, ...]:
    """Rows that can't be right."""
    unfit = int(measured.steps.unfit.sum())
    return (words.UNFIT.fill(count=word_number(unfit)),) if unfit else ()


def tabulate(measured: Funnel) -> tuple[Exhibit, ...]:
    """Channels side by side, their steps, and what falls short."""
    channel = Field(name="channel", label=Text(zh="平台", en="Platform"), unit="channel")
    step = Field(name="step", label=Text(zh="环节", en="Step"))
    sessions = Field(name="sessions", label=Text(zh="场次", en="Sessions"), unit="count")
    people = Field(name="people", label=Text(zh="进入人数", en="Entered"), unit="count")
    rate = Field(name="rate", label=Text(zh="转化率", en="Rate"), unit="share")
    steps = (
        channel,
        step,
        sessions,
        people,
        Field(name="passed", label=Text(zh="通过人数", en="Got through"), unit="count"),
        rate,
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="p10", label=Text(zh="较差一成场次", en="Worst tenth of sessions"), unit="share"),
        Field(name="p90", label=Text(zh="较好一成场次", en="Best tenth of sessions"), unit="share"),
    )
    platforms = (
        channel,
        sessions,
        Field(name="hours", label=Text(zh="直播小时", en="Hours"), unit="count"),
        Field(name="viewers", label=Text(zh="观看人数", en="Viewers"), unit="count"),
        Field(name="paid", label=Text(zh="成交金额", en="Sales"), unit="money"),
        Field(name="gpm", label=Text(zh="每千次观看成交", en="Sales per 1,000 views"), unit="price"),
        Field(name="viewer_value", label=Text(zh="UV 价值", en="Sales per viewer"), unit="price"),
        Field(name="fans", label=Text(zh="每千观众新增粉丝", en="New fans per 1,000 viewers"), unit="number", digits=1),
    )
    short = (
        channel,
        Field(name="what", label=Text(zh="偏低之处", en="What falls short")),
        sessions,
        people,
        rate,
        Field(name="expected", label=Text(zh="应有", en="Expected"), unit="share"),
        Field(name="money", label=Text(zh="少成交", en="Sales missed"), unit="money"),
    )
    rates = measured.rates.assign(step=measured.rates.step.map(words.name_step))
    return (
        Exhibit(name="steps", title=Text(zh="各平台直播漏斗", en="Live funnel by platform"), fields=steps, frame=rates),
        Exhibit(
            name="platforms",
            title=Text(zh="各平台直播效率", en="What live rooms bring, by platform"),
            fields=platforms,
            frame=measured.channels,
        ),
        Exhibit(
            name="short",
            title=Text(zh="明显低于自己其他场次之处", en="What lies clearly below the other sessions"),
            fields=short,
            frame=pd.DataFrame([_row(group) for group in measured.short]),
        ),
    )


def _row(group: Shortfall) -> dict[str, object]:
    return {
        "channel": group.channel,
        "what": name_group(group),
        "sessions": group.sessions,
        "people": group.people,
        "rate": group.rate,
        "expected": group.expected,
        "money": group.missed_paid[1],
    }


def draw(measured: Funnel, language: Language) -> Figure:
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


# Forty sessions of 1,000 exposed, 200 viewers and 20 clicks; 10 buy, but only 2 with the anchor of every other one.
EXAMPLE_SESSIONS = "\n".join(
    [
        "session channel anchor starts_at exposed viewers product_clicked buyers paid_amount",
        *(
            f"s{i:02} douyin {'ab'[i % 2]} 2024-0{1 + i // 10}-{1 + 2 * (i % 10):02} 10000 2000 {200 + i % 3} "
            f"{20 if i % 2 else 100} {2000 if i % 2 else 10000}"
            for i in range(40)
        ),
    ]
)
LIMITS = (
    Limit(
        name="ratio",
        value=0.75,
        reason=Text(
            zh="主播、季节与选品本来就有两三成的高低；连区间上限也不到应有水平的四分之三才提出",
            en="anchors, seasons and products differ by a fifth or more as it is; raised only where even the upper "
            "end "
            "stays under three quarters of what is expected",
        ),
    ),
    Limit(
        name="session_ratio",
        value=0.5,
        reason=Text(
            zh="单场波动大，不到前后场次的一半才值得查",
            en="single sessions vary much: worth a look below half of their neighbours",
        ),
    ),
    Limit(
        name="feasible_low",
        value=0.5,
        reason=Text(
            zh="补回一半是保守值：一部分观众会在别处成交",
            en="half of it is the careful end: some viewers buy elsewhere",
        ),
    ),
    Limit(
        name="feasible_mid",
        value=0.8,
        reason=Text(
            zh="同一客户的其他场次已做到，按八成计", en="the client's other sessions do it already; four fifths count"
        ),
    ),
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-56", "001-78"),
    finds=("live.funnel_leak",),
    needs=(Need(table="live_sessions", columns=("viewers", "buyers")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "live_sessions": EXAMPLE_SESSIONS,
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-04-30 10",
        },
        says="exposed to viewers 20.0%",
        finds=(
            (
                "live.funnel_leak",
                {"channel": "douyin", "step": "product_clicked_to_buyers", "staff": "b"},
            ),
        ),
    ),
    place=10,
)
