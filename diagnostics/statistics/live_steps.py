"""Steps of the live funnel by session, and groups of sessions that fall short of the client's own others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit, stdtrit

if TYPE_CHECKING:
    from collections.abc import Iterator

Numbers: TypeAlias = NDArray[np.float64]

STAGES = ("exposed", "viewers", "product_exposed", "product_clicked", "buyers")
# Fewer people than this entering a step of a session say nothing of it.
LEAST_PEOPLE = 30
LEAST_SESSIONS = 8
# Weeks that may lie behind: a slump is looked for in each of them.
WINDOWS = (8, 13, 26, 52)
YEAR_WEEKS = 52
ALPHA = 0.05
# Half of the sessions must report a stage for it to be a stage of the channel.
REPORTED = 0.5
# Degrees of freedom that stand for the long tails of single sessions.
TAILS = 10
# 1.4826 times the median deviation is the spread of a normal draw.
MAD = 1.4826


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A group of sessions against the client's others on one step; `ratio` is rate over expected rate.

    `kind` is `anchor`, `recent` or `session`, `name` the anchor, the number of weeks or the session; `since` is the
    group's first day. `ratio_high` ends the interval towards 1, `ratio_low` the other way. `missed_paid` is money a
    year (or of the one session) that is missing (low, mid, high), each person missed at what a person who got through
    pays in the sessions that report their money; `None` where none does. `people` entered the step; `is_enough` says
    that no fewer came out of it per session than in the others: then more were let in, rather than fewer got through.
    """

    channel: str
    step: str
    kind: str
    name: str
    since: pd.Timestamp
    sessions: int
    people: int
    passed: int
    expected: float
    ratio: float
    ratio_low: float
    ratio_high: float
    missed_paid: tuple[float, float, float] | None
    is_enough: bool

    @property
    def rate(self) -> float:
        """The share that got through."""
        return self.passed / self.people


def name_step(start: str, end: str) -> str:
    """The id of a step: exposed_to_viewers."""
    return f"{start}_to_{end}"


def list_steps(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row a session and step, a step joining two neighbouring stages that half of its channel's sessions report.

    Columns: channel, session, anchor, day, week, step, place, people, passed, paid, unfit, logit, error. `unfit` marks
    rows with more people after the step than before it; they and rows of fewer than 30 people have no logit.
    """
    parts = [_step_channel(own) for _, own in sessions.groupby("channel")]
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame(
            columns=["channel", "session", "anchor", "day", "week", "step", "place", "people", "passed"]
        )
    rows = pd.concat(parts, ignore_index=True)
    fit = (rows.people >= LEAST_PEOPLE) & (rows.passed <= rows.people)
    success, failure = rows.passed + 0.5, rows.people - rows.passed + 0.5
    return rows.assign(
        unfit=rows.passed > rows.people,
        logit=np.log(success.where(fit) / failure.where(fit)),
        error=np.sqrt(1 / success.where(fit) + 1 / failure.where(fit)),
    )


def rate_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """One row a channel and step: sessions, people, passed, rate, low, high (95 %), p10, p90 of sessions' rates.

    The interval takes the spread between sessions into account (a ratio estimated from clusters).
    """
    ordered = sorted(_groups(steps), key=lambda item: (item[0][0], int(item[1].place.iloc[0])))
    rows = [_rate(own, channel, step) for (channel, step), own in ordered]
    return pd.DataFrame(
        rows, columns=["channel", "step", "sessions", "people", "passed", "rate", "low", "high", "p10", "p90"]
    )


def find_shortfalls(steps: pd.DataFrame, yearly: float, since: pd.Timestamp) -> tuple[Shortfall, ...]:
    """Every group of sessions (an anchor's, the last weeks') that may fall short, with its simultaneous interval.

    `since` starts the current period, `yearly` scales it to a year.
    """
    tested: list[Shortfall] = []
    tests = sum(len(WINDOWS) + own.anchor.nunique() for _, own in _groups(steps))
    alpha = ALPHA / max(tests, 1)
    for _, own in _groups(steps):
        tested += _compare_anchors(own, alpha, yearly, since)
        tested += _compare_recent(own, alpha)
    return tuple(tested)


def find_odd_sessions(steps: pd.DataFrame) -> tuple[Shortfall, ...]:
    """Single sessions below what sessions of their channel, step and month around usually show.

    The spread between sessions is taken from the median deviation, so that the odd ones don't widen it, and the
    interval is Student's with ten degrees of freedom, for sessions have long tails. Bonferroni over all sessions.
    """
    count = int(steps.logit.notna().sum())
    quantile = float(stdtrit(TAILS, 1 - ALPHA / max(count, 1) / 2))
    return tuple(odd for _, own in _groups(steps) for odd in _find_odd(own, quantile))


def _groups(steps: pd.DataFrame) -> Iterator[tuple[Any, pd.DataFrame]]:
    fit = steps[steps.logit.notna()] if len(steps) else steps
    for key, own in fit.groupby(["channel", "step"], sort=True) if len(fit) else ():
        if len(own) >= LEAST_SESSIONS:
            yield key, own.sort_values("day", ignore_index=True)


def _step_channel(own: pd.DataFrame) -> pd.DataFrame:
    stages = [stage for stage in STAGES if own[stage].notna().mean() >= REPORTED]
    frames = []
    for place, (start, end) in enumerate(pairwise(stages)):
        both = own[own[start].notna() & own[end].notna()]
        frames.append(
            pd.DataFrame(
                {
                    "channel": both.channel,
                    "session": both.session,
                    "anchor": both.anchor,
                    "day": both.starts_at,
                    "week": both.starts_at.dt.to_period("W-SUN").dt.start_time,
                    "step": name_step(start, end),
                    "place": place,
                    "people": both[start].astype(float),
                    "passed": both[end].astype(float),
                    "paid": both.paid_amount.astype(float),
                }
            )
        )
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _rate(own: pd.DataFrame, channel: str, step: str) -> dict[str, object]:
    people, passed = float(own.people.sum()), float(own.passed.sum())
    rate = passed / people
    count = len(own)
    spread = ((own.passed - rate * own.people) ** 2).sum() * count / (count - 1)
    # On the odds' scale, so that the interval stays within 0 and 1.
    half = stdtrit(count - 1, 0.975) * np.sqrt(spread) / people / max(rate * (1 - rate), 1e-12)
    low, high = (expit(logit(rate) + sign * half) if 0 < rate < 1 else rate for sign in (-1, 1))
    rates = own.passed / own.people
    return {
        "channel": channel,
        "step": step,
        "sessions": count,
        "people": people,
        "passed": passed,
        "rate": rate,
        "low": float(low),
        "high": float(high),
        "p10": float(rates.quantile(0.1)),
        "p90": float(rates.quantile(0.9)),
    }


def _compare_anchors(own: pd.DataFrame, alpha: float, yearly: float, since: pd.Timestamp) -> list[Shortfall]:
    """Each anchor against the others of the same months, by the difference of stratified means."""
    named = own[own.anchor.notna()].assign(month=lambda table: table.day.dt.to_period("M"))
    found = []
    for anchor, mine in named.groupby("anchor"):
        others = named[named.anchor != anchor]
        if len(mine) < LEAST_SESSIONS or len(others) < LEAST_SESSIONS:
            continue
        gap = _difference(mine, others, "month")
        if gap is None:
            continue
        difference, error, freedom = gap
        current = mine[mine.day >= since]
        if len(current):
            half = float(stdtrit(freedom, 1 - alpha / 2)) * error
            found.append(_state(current, others, ("anchor", str(anchor)), (difference, half), yearly))
    return found


def _difference(mine: pd.DataFrame, others: pd.DataFrame, stratum: str) -> tuple[float, float, float] | None:
    """Mean difference within strata, its standard error and degrees of freedom; `None` without common strata."""
    both = pd.concat([mine.assign(side=1), others.assign(side=0)])
    sides = [both[both.side == side].groupby(stratum).logit.agg(["mean", "count"]) for side in (0, 1)]
    cells = sides[1].merge(sides[0], left_index=True, right_index=True, suffixes=("", "_others"))
    if cells.empty:
        return None
    weight = cells["count"] * cells["count_others"] / (cells["count"] + cells["count_others"])
    gaps = cells["mean"] - cells["mean_others"]
    inside = both[both[stratum].isin(cells.index)]
    residual = inside.logit - inside.groupby([stratum, "side"]).logit.transform("mean")
    freedom = len(inside) - 2 * len(cells)
    if freedom < LEAST_SESSIONS // 2:
        return None
    variance = float((residual**2).sum() / freedom)
    return float(np.average(gaps, weights=weight)), float(np.sqrt(variance / weight.sum())), float(freedom)


def _compare_recent(own: pd.DataFrame, alpha: float) -> list[Shortfall]:
    """The last 8, 13, 26 and 52 weeks against the same weeks a year before, or against all weeks before."""
    weeks = own.groupby("week").logit.mean().sort_index()
    last = weeks.index[-1]
    found = []
    for span in WINDOWS:
        start = last - pd.Timedelta(weeks=span - 1)
        recent, before = weeks[weeks.index >= start], weeks[weeks.index < start]
        if len(recent) < span // 2 or len(before) < max(span // 2, LEAST_SESSIONS):
            continue
        gap = _fall(recent, before)
        if gap is None:
            continue
        difference, error, freedom = gap
        mine, others = own[own.week >= start], own[own.week < start]
        half = float(stdtrit(freedom, 1 - alpha / 2)) * error
        yearly = YEAR_WEEKS / span
        found.append(_state(mine, others, ("recent", f"{span}"), (difference, half), yearly))
    return found


def _fall(recent: pd.Series[float], before: pd.Series[float]) -> tuple[float, float, float] | None:
    weeks = pd.DatetimeIndex(recent.index) - pd.Timedelta(weeks=YEAR_WEEKS)
    year_ago = before.reindex(weeks).to_numpy(dtype=float)
    pairs = recent.to_numpy(dtype=float) - year_ago
    pairs = pairs[~np.isnan(pairs)]
    if len(pairs) >= max(len(recent) // 2, 4):
        return float(pairs.mean()), find_error(pairs), len(pairs) - 1.0
    now, then = recent.to_numpy(dtype=float), before.to_numpy(dtype=float)
    error = float(np.hypot(find_error(now), find_error(then)))
    return float(now.mean() - then.mean()), error, float(min(len(now), len(then)) - 1)


def find_error(values: NDArray[np.floating[Any]]) -> float:
    """Standard error of a mean of neighbouring weeks, wider where they go up and down together.

    The usual error times (1 + r) / (1 - r), r the correlation of neighbours between 0 and 0.9: that of a series in
    which only neighbours hang together.
    """
    centred = values - values.mean()
    spread = float((centred**2).sum())
    along = float((centred[1:] * centred[:-1]).sum() / spread) if spread > 0 else 0.0
    along = min(max(along, 0.0), 0.9)
    variance = spread / max(len(values) - 1, 1)
    return float(np.sqrt(variance / len(values) * (1 + along) / (1 - along)))


def _find_odd(own: pd.DataFrame, quantile: float) -> list[Shortfall]:
    usual = own.logit.rolling(21, center=True, min_periods=LEAST_SESSIONS).median().fillna(own.logit.median())
    away = (own.logit - usual).to_numpy(dtype=float)
    # The error that the usual rate would have: an odd session's own few would excuse it.
    rate = expit(usual.to_numpy(dtype=float))
    chance = 1 / np.sqrt(own.people.to_numpy(dtype=float) * rate * (1 - rate))
    spread = (MAD * float(np.median(np.abs(away)))) ** 2 - float(np.median(chance)) ** 2
    whole = np.sqrt(max(spread, 0.0) + chance**2)
    found = []
    for place in np.flatnonzero(away < -quantile * whole).tolist():
        row, gap = own.iloc[place : place + 1], (float(away[place]), 2 * float(whole[place]))
        found.append(_state(row, own.drop(index=place), ("session", str(row.session.iloc[0])), gap, 1))
    return found


def _state(
    mine: pd.DataFrame, others: pd.DataFrame, called: tuple[str, str], gap: tuple[float, float], yearly: float
) -> Shortfall:
    (kind, name), (difference, half) = called, gap
    people, passed = float(mine.people.sum()), float(mine.passed.sum())
    # Half a person, so that a group nobody of which got through still has an expectation.
    rate = (passed + 0.5) / (people + 1)
    expected, nearest, farthest = (
        float(expit(logit(rate) - shift)) for shift in (difference, difference + half, difference - half)
    )
    low, mid, high = (max(share * people - passed, 0.0) * yearly for share in (nearest, expected, farthest))
    each = _value_passing(mine, others)
    return Shortfall(
        channel=str(mine.channel.iloc[0]),
        step=str(mine.step.iloc[0]),
        kind=kind,
        name=name,
        since=mine.day.min(),
        sessions=len(mine),
        people=int(people),
        passed=int(passed),
        expected=expected,
        ratio=rate / expected,
        ratio_low=rate / farthest,
        ratio_high=rate / nearest,
        missed_paid=None if each is None else (low * each, mid * each, high * each),
        is_enough=passed / len(mine) >= float(others.passed.mean()),
    )


def _value_passing(mine: pd.DataFrame, others: pd.DataFrame) -> float | None:
    """What a person who gets through pays: in the group's own sessions if 30 got through, else in the others."""
    own, rest = (rows[rows.paid.notna()] for rows in (mine, others))
    payers = own if own.passed.sum() >= LEAST_PEOPLE or rest.passed.sum() <= 0 else rest
    return float(payers.paid.sum() / max(payers.passed.sum(), 1)) if len(payers) else None
