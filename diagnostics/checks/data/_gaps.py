"""Which days have no orders although there should be some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.data import _gap_words as words
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, word_days, word_number, word_period
from diagnostics.statistics.silence import Silence, find_silences, recurs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.checks.check import Limits
    from diagnostics.model.period import Period

EVERYBODY = ""
MOST_SPANS = 3
# The chance, over all days of a channel together, of calling a gap what is none.
MOST_CHANCE = 0.001


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """The gaps (channel, start, stop, days, expected, recurs) and the share of days with orders by month.

    `days` are those that usually sell. `months` has a row a channel, `""` for all first, and a column a month.
    """

    gaps: pd.DataFrame
    months: pd.DataFrame
    closed: int
    observed: int
    holiday_days: float


def find_gaps(daily: pd.DataFrame, history: Period, holiday_days: float) -> Gaps:
    """Look for silences in each channel, and in all of them together."""
    days = pd.date_range(history.start, history.end, inclusive="left")
    wide = daily.pivot_table(index="day", columns="channel", values="orders", fill_value=0)
    counts = wide.reindex(days, fill_value=0)
    total = counts.sum(axis=1)
    ordered = counts[counts.sum().sort_values(ascending=False, kind="stable").index]
    series = {EVERYBODY: total, **{str(name): ordered[name] for name in ordered.columns if len(ordered.columns) > 1}}
    closed = (total == 0).to_numpy()
    found = [row for name, own in series.items() for row in _list_gaps(name, own, closed)]
    columns = ["channel", "start", "stop", "days", "expected", "recurs"]
    return Gaps(
        gaps=pd.DataFrame(found, columns=columns),
        months=_share_days(series),
        closed=int(closed.sum()),
        observed=len(days),
        holiday_days=holiday_days,
    )


def _list_gaps(name: str, own: pd.Series[float], closed: np.ndarray) -> list[dict[str, object]]:
    counts = np.asarray(own, dtype=np.float64)
    days = pd.DatetimeIndex(own.index)
    shut = np.zeros_like(closed) if name == EVERYBODY else closed
    silences = find_silences(counts, days.day_of_week.to_numpy(dtype=np.int64), shut, MOST_CHANCE)
    return [_tell_gap(name, days, counts, silence) for silence in silences]


def _tell_gap(name: str, days: pd.DatetimeIndex, counts: np.ndarray, silence: Silence) -> dict[str, object]:
    return {
        "channel": name,
        "start": days[silence.start],
        "stop": days[silence.stop - 1] + pd.Timedelta(days=1),
        "days": silence.days,
        "expected": silence.expected,
        "recurs": recurs(counts, silence),
    }


def _share_days(series: Mapping[str, pd.Series[float]]) -> pd.DataFrame:
    """Share of a month's days with orders; NaN before a channel's first order."""
    rows = {}
    for name, own in series.items():
        months = pd.DatetimeIndex(own.index).to_period("M")
        first = months[np.flatnonzero(own.to_numpy() > 0)[0]]
        shares = (own > 0).groupby(months).mean()
        rows[name] = shares.where(shares.index >= first)
    return pd.DataFrame(rows).T


def raise_gaps(measured: Gaps, limits: Limits) -> tuple[Finding, ...]:
    """Raise the gaps of each channel; silence of everybody only where it is no holiday."""
    gaps = find_serious(measured.gaps, limits["holiday_days"])
    kept = gaps[gaps.days >= limits["least_days"]]
    return tuple(_raise_gap(str(channel), own, limits) for channel, own in kept.groupby("channel", sort=True))


def find_serious(gaps: pd.DataFrame, holiday_days: float) -> pd.DataFrame:
    """Gaps without those of everybody that are holidays: short, or back every year."""
    holiday = (gaps.channel == EVERYBODY) & ((gaps.days <= holiday_days) | gaps.recurs.astype(bool))
    return gaps[~holiday]


def _raise_gap(channel: str, gaps: pd.DataFrame, limits: Limits) -> Finding:
    days = int(gaps.days.sum())
    longest = gaps.sort_values(["days", "start"], ascending=[False, True]).head(MOST_SPANS).sort_values("start")
    spans = join_texts(_word_span(start, stop) for start, stop in zip(longest.start, longest.stop, strict=True))
    everybody = channel == EVERYBODY
    return Finding(
        code="data.date_gap",
        scope={} if everybody else {"channel": channel},
        title=words.TITLE.fill(
            name=name_row(channel), days=word_days(days), expected=word_number(float(gaps.expected.sum()))
        ),
        cause=(words.CAUSE_ALL if everybody else words.CAUSE).fill(spans=spans),
        action=words.ACTION,
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=words.STOP,
        confidence=0.6 if everybody else 0.9,
        impact_reason=words.NO_MONEY,
        severity="medium" if days >= limits["medium_days"] else "low",
        evidence=(Evidence(table="gaps", n=days, value=float(gaps.expected.sum())),),
    )


def _word_span(start: pd.Timestamp, stop: pd.Timestamp) -> Text:
    return word_period(start.date(), stop.date())


def name_row(channel: str) -> Text:
    """The channel, or all of them."""
    return words.ALL if channel == EVERYBODY else name_channel(channel)


def tell_gaps(measured: Gaps) -> Text:
    """The longest gap, or that there is none."""
    gaps = find_serious(measured.gaps, measured.holiday_days)
    if gaps.empty:
        closed = words.CLOSED.fill(closed=word_days(measured.closed)) if measured.closed else NOTHING
        return words.NO_GAPS.fill(days=word_days(measured.observed), closed=closed)
    longest = gaps.sort_values("days", ascending=False, kind="stable").iloc[0]
    return words.GAPS.fill(
        n=word_number(len(gaps)),
        name=name_row(str(longest.channel)),
        span=_word_span(longest.start, longest.stop),
        days=word_days(int(longest.days)),
        expected=word_number(float(longest.expected)),
    )


def show_gaps(measured: Gaps) -> tuple[Exhibit, ...]:
    """Every silence found, closings too."""
    if measured.gaps.empty:
        return ()
    names = pd.Series([name_row(str(channel)) for channel in measured.gaps.channel], dtype=object)
    last = measured.gaps.stop - pd.Timedelta(days=1)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="start", label=Text(zh="第一天", en="First day"), unit="date"),
        Field(name="last", label=Text(zh="最后一天", en="Last day"), unit="date"),
        Field(name="days", label=Text(zh="平时有单的天数", en="Days that usually sell"), unit="count"),
        Field(name="expected", label=Text(zh="按平时应有订单", en="Usual orders"), unit="count"),
    )
    title = Text(zh="没有订单的时段（含节假日）", en="Days without orders, holidays included")
    return (Exhibit(name="gaps", title=title, fields=fields, frame=measured.gaps.assign(name=names, last=last)),)


def has_gap(gaps: pd.DataFrame, channel: str, month: pd.Period) -> bool:
    """Whether a channel lacks days in a month, those that come back every year aside."""
    own = gaps[(gaps.channel == channel) & ~gaps.recurs.astype(bool)]
    return bool(((own.start <= month.end_time) & (own.stop > month.start_time)).any())
