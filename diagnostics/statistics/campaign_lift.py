"""What a campaign added: sales in its window and after it against quiet days, with the error of windows without one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

Numbers: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Verdict = Literal["lift", "no_lift", "unclear", "cannot_tell"]
Window: TypeAlias = tuple[str, int, int]
Reason = Literal["", "long", "overlap", "edge", "noise"]

WHOLE = ""

LONGEST = 45
LEAST_AFTER, MOST_AFTER = 7, 28
# Quiet days on each side that serve as reference; the days just before a campaign are left out, for people wait.
REACH, WAITING, LEAST_QUIET = 42, 3, 10
LEAST_PLACEBOS, LEAST_APART = 20, 4
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Lift:
    """One campaign in one channel; shares are of what its window would have sold anyway (`expected`, money).

    `inside` is the extra share in the window, `after` that of the days after it (below 0 where sales were pulled
    forward), `net` both together with its ends; NaN where nothing can be said, and `why` says why.
    """

    campaign: str
    channel: str
    start: pd.Timestamp
    end: pd.Timestamp
    cost: float
    sold: float
    expected: float
    inside: float
    after: float
    low: float
    high: float
    placebos: int
    why: Reason = ""

    @property
    def net(self) -> float:
        """What window and days after added together."""
        return self.inside + self.after


def measure_lifts(campaigns: pd.DataFrame, daily: pd.DataFrame, days: pd.DatetimeIndex) -> tuple[Lift, ...]:
    """One lift a campaign, latest first.

    `campaigns` are rows of `list_campaigns`, `daily` of `total_daily_sales`, `days` all days observed. Expected is
    the level of quiet days around the campaign (between the channel's first and last sale, no campaign that touches the
    channel, nor the days after one), carried by the weekday. A campaign of all channels touches each of them, and is
    touched by those of each. The error is the spread of the same estimate over windows of the same length that lie in
    quiet days; t on as many degrees of freedom as such windows fit side by side, at Bonferroni's level for all
    campaigns.
    """
    many = max(sum(not _is_standing(row) for row in campaigns.to_dict("records")), 1)
    found = []
    for channel, mine in campaigns.groupby("channel"):
        sales = daily[daily.channel == channel].set_index("day").gmv.reindex(days).fillna(0.0)
        series = _Series(sold=sales.to_numpy(dtype=float), days=days)
        touching = campaigns if channel == WHOLE else campaigns[campaigns.channel.isin([channel, WHOLE])]
        windows = {_name(row, days) for row in touching.to_dict("records") if not _is_standing(row)}
        found += [_measure(row, windows, series, many) for row in mine.to_dict("records")]
    return tuple(sorted(found, key=lambda lift: (lift.start, lift.campaign, lift.channel), reverse=True))


def judge_lift(lift: Lift, least: float, wide: float) -> Verdict:
    """Whether a campaign added sales, surely added less than `least`, or can't be told from noise.

    `least` and `wide` are shares of what the window would have sold anyway.
    """
    if lift.why:
        return "cannot_tell"
    if lift.low > 0:
        return "lift"
    if (lift.high - lift.low) / 2 > wide:
        return "cannot_tell"
    return "no_lift" if lift.high < least else "unclear"


@dataclass(frozen=True, kw_only=True)
class _Series:
    sold: Numbers
    days: pd.DatetimeIndex

    @property
    def is_open(self) -> Flags:
        """Days from the first to the last with a sale: without any, a channel is not quiet but not there."""
        selling = np.flatnonzero(self.sold > 0)
        flags = np.zeros(len(self.sold), dtype=np.bool_)
        if len(selling):
            flags[selling[0] : selling[-1] + 1] = True
        return flags

    @property
    def weekday(self) -> NDArray[np.int64]:
        return np.asarray(self.days.day_of_week, dtype=np.int64)


def _place(row: Mapping[Hashable, Any], days: pd.DatetimeIndex) -> tuple[int, int]:
    first = days[0]
    start, end = ((pd.Timestamp(row[name]) - first).days for name in ("starts_on", "ends_on"))
    return int(start), int(max(end, start + 1))


def _name(row: Mapping[Hashable, Any], days: pd.DatetimeIndex) -> Window:
    """A campaign's name and place: the same in two channels is one campaign."""
    return str(row["campaign"]), *_place(row, days)


def _find_after(length: int) -> int:
    return min(max(length, LEAST_AFTER), MOST_AFTER)


def _is_standing(row: Mapping[Hashable, Any]) -> bool:
    """Whether a row is spend that runs on: over 45 days, or booked by whole calendar months."""
    start, end = (pd.Timestamp(row[name]) for name in ("starts_on", "ends_on"))
    return (end - start).days > LONGEST or (start.day == 1 and end.day == 1 and end > start)


def _measure(row: Mapping[Hashable, Any], windows: set[Window], series: _Series, many: int) -> Lift:
    own = _name(row, series.days)
    _, start, closed = own
    length = closed - start
    after = _find_after(length)
    last = closed + after
    if _is_standing(row):
        return _give_up(row, series, "long")
    if start < 0 or last > len(series.sold):
        return _give_up(row, series, "edge")
    # What another campaign pulled forward lacks in the days after it, too.
    if any(first < last and start < end + _find_after(end - first) for _, first, end in windows - {own}):
        return _give_up(row, series, "overlap")
    quiet = _mark_quiet(windows, series.is_open)
    factors = _find_factors(series, quiet)
    estimate = _estimate(series.sold, factors, quiet, (start, closed, last))
    if estimate is None:
        return _give_up(row, series, "edge")
    expected, inside, dip = estimate
    errors = _try_placebos(series.sold, factors, quiet, length, after)
    apart = int(quiet.sum() // (length + after))
    if len(errors) < LEAST_PLACEBOS or apart < LEAST_APART:
        return _give_up(row, series, "noise")
    half = float(stdtrit(apart - 1, 1 - 0.05 / 2 / many)) * float(np.sqrt(np.mean(np.square(errors))))
    net = inside + dip
    return replace(
        _give_up(row, series, ""),
        expected=expected,
        inside=inside,
        after=dip,
        low=net - half,
        high=net + half,
        placebos=len(errors),
    )


def _give_up(row: Mapping[Hashable, Any], series: _Series, why: Reason) -> Lift:
    start, end = _place(row, series.days)
    nothing = float("nan")
    return Lift(
        campaign=str(row["campaign"]),
        channel=str(row["channel"]),
        start=pd.Timestamp(row["starts_on"]),
        end=pd.Timestamp(row["ends_on"]),
        cost=float(row["cost"]),
        sold=float(series.sold[max(start, 0) : max(end, 0)].sum()),
        expected=nothing,
        inside=nothing,
        after=nothing,
        low=nothing,
        high=nothing,
        placebos=0,
        why=why,
    )


def _mark_quiet(windows: set[Window], is_open: Flags) -> Flags:
    """Days without a campaign, not just before one and not in the days after it; standing spend is no campaign."""
    quiet = is_open.copy()
    for _, start, end in windows:
        quiet[max(start - WAITING, 0) : max(end + _find_after(end - start), 0)] = False
    return quiet


def _find_factors(series: _Series, quiet: Flags) -> Numbers:
    """How strong each day's weekday is, from quiet days; 1 where a weekday has none."""
    factors = np.ones(WEEK)
    level = series.sold[quiet].mean() if quiet.any() else 0.0
    for weekday in range(WEEK):
        mine = series.sold[quiet & (series.weekday == weekday)]
        if len(mine) and level > 0:
            factors[weekday] = max(float(mine.mean() / level), 0.01)
    return factors[series.weekday]


def _estimate(
    values: Numbers, factors: Numbers, quiet: Flags, window: tuple[int, int, int]
) -> tuple[float, float, float] | None:
    """Expected money of the window, and the extra shares inside and after; `None` without quiet days on both sides."""
    start, end, last = window
    before = np.arange(max(start - WAITING - REACH, 0), max(start - WAITING, 0))
    behind = np.arange(last, min(last + REACH, len(values)))
    before, behind = before[quiet[before]], behind[quiet[behind]]
    if min(len(before), len(behind)) < LEAST_QUIET:
        return None
    # Both sides weigh the same, so that a steady trend cancels out.
    level = (values[before].sum() / factors[before].sum() + values[behind].sum() / factors[behind].sum()) / 2
    expected = level * factors[start:end].sum()
    if expected <= 0:
        return None
    inside = values[start:end].sum() / expected - 1
    dip = (values[end:last].sum() - level * factors[end:last].sum()) / expected
    return float(expected), float(inside), float(dip)


def _try_placebos(values: Numbers, factors: Numbers, quiet: Flags, length: int, after: int) -> list[float]:
    found = []
    for start in range(0, len(values) - length - after + 1, max(1, length // 3)):
        if not quiet[start : start + length + after].all():
            continue
        estimate = _estimate(values, factors, quiet, (start, start + length, start + length + after))
        if estimate is not None:
            found.append(estimate[1] + estimate[2])
    return found
