"""Splits the change of a sum over days into what other numbers of promotion days did and what like days did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diagnostics.model.promotions import PhaseDays

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class CalendarEffect:
    """The change of GMV by phase in two parts that sum to it exactly.

    `calendar` and `rest` are (channels, phases); `gmv` is (channels, phases, 2). `low` and `high` hold the interval of
    each channel's calendar effect, `total_low` and `total_high` that of all together.
    """

    channels: tuple[str, ...]
    phases: tuple[PhaseDays, ...]
    gmv: Numbers
    calendar: Numbers
    rest: Numbers
    low: Numbers
    high: Numbers
    total_low: float
    total_high: float

    @property
    def by_channel(self) -> dict[str, float]:
        """What the calendar alone did to each channel's GMV."""
        return dict(zip(self.channels, self.calendar.sum(axis=1).tolist(), strict=True))

    @property
    def total(self) -> float:
        """What the calendar alone did to GMV."""
        return float(self.calendar.sum())


def split_calendar(days: ArrayLike, sums: ArrayLike) -> tuple[Numbers, Numbers]:
    """The parts of the change of `sums` (…, phases, 2) by `days` (phases, 2): calendar and rest, (…, phases).

    A phase's sum is its days times its mean a day. Calendar is the change of days at the mean of the two daily sums,
    rest the change of the daily sum over the mean number of days (Kitagawa 1955, as in `statistics.mix`); a phase
    that lies in one period only has the same daily sum in both, so it is calendar alone.

    >>> split_calendar([[0, 3], [30, 27]], [[0, 900], [3000, 2700]])
    (array([ 900., -300.]), array([0., 0.]))
    """
    days_, sums_ = np.asarray(days, dtype=np.float64), np.asarray(sums, dtype=np.float64)
    daily = sums_ / np.where(days_ > 0, days_, np.nan)
    old, new = daily[..., 0], daily[..., 1]
    old, new = np.where(np.isnan(old), new, old), np.where(np.isnan(new), old, new)
    old, new = np.nan_to_num(old), np.nan_to_num(new)
    calendar = (days_[:, 1] - days_[:, 0]) * (old + new) / 2
    rest = (days_[:, 0] + days_[:, 1]) / 2 * (new - old)
    return calendar, rest


def measure_calendar(sums: pd.DataFrame, phases: Sequence[PhaseDays]) -> CalendarEffect:
    """Split every channel's change; `sums` come from `metrics.phases.sum_phases`. Intervals by buckets of customers."""
    channels = tuple(sorted(sums.channel.unique()))
    buckets, bucket = np.unique(sums.bucket, return_inverse=True)
    gmv = np.zeros((max(len(buckets), 2), len(channels), len(phases), 2))
    place = pd.Index(channels).get_indexer(pd.Index(sums.channel))
    phase = pd.Index([days.phase for days in phases]).get_indexer(pd.Index(sums.phase))
    np.add.at(gmv, (bucket, place, phase, sums.is_current.astype(int)), sums.gmv.to_numpy(dtype=float))
    days = np.array([[held.before, held.after] for held in phases], dtype=np.float64)
    calendar, rest = split_calendar(days, gmv.sum(axis=0))
    repeated = split_calendar(days, leave_one_out(gmv))[0].sum(axis=-1)
    low, high = find_interval(calendar.sum(axis=-1), repeated)
    total_low, total_high = find_interval(calendar.sum(), repeated.sum(axis=-1))
    return CalendarEffect(
        channels=channels,
        phases=tuple(phases),
        gmv=gmv.sum(axis=0),
        calendar=calendar,
        rest=rest,
        low=low,
        high=high,
        total_low=float(total_low),
        total_high=float(total_high),
    )


def find_losses(effect: CalendarEffect | None) -> Mapping[str, float]:
    """By channel, what the calendar took (positive) or brought (negative); empty where nothing was measured."""
    return {} if effect is None else {channel: -gmv for channel, gmv in effect.by_channel.items()}
