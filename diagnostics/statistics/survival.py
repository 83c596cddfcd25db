"""Kaplan-Meier curves from aggregated durations: how many have not come back yet, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Share:
    """The share that had the event by a day: value, interval, standard error and how many were at risk."""

    day: float
    value: float
    low: float
    high: float
    error: float
    at_risk: float


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """The day on which a share is reached, with its interval; `None` where the curve does not get there."""

    day: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Survival:
    """A Kaplan-Meier curve: one entry per distinct duration, censored ones too (there the curve stays level).

    `at_risk` counts those still under observation just before the day. `error` is Greenwood's standard error;
    `low` and `high` are the log-log band, NaN before the first event and where nobody survives.
    """

    days: Numbers
    survival: Numbers
    error: Numbers
    low: Numbers
    high: Numbers
    at_risk: Numbers
    events: Numbers
    z: float

    @property
    def n(self) -> float:
        """How many were observed at all."""
        return float(self.at_risk[0])

    @property
    def followed_to(self) -> float:
        """The last day of the curve."""
        return float(self.days[-1])

    def share_by(self, day: float) -> Share | None:
        """The share that had the event up to and with a day; `None` beyond the curve."""
        if day > self.followed_to:
            return None
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        waiting = int(np.searchsorted(self.days, day, side="left"))
        at_risk = float(self.at_risk[waiting])
        if place < 0:
            return Share(day=day, value=0.0, low=0.0, high=0.0, error=0.0, at_risk=at_risk)
        level, error = float(self.survival[place]), float(self.error[place])
        low, high = 1 - float(self.high[place]), 1 - float(self.low[place])
        return Share(day=day, value=1 - level, low=low, high=high, error=error, at_risk=at_risk)

    def day_of(self, share: float) -> Crossing:
        """The first day by which a share had the event, with the interval read off the band.

        Source: R. Brookmeyer and J. Crowley (1982), Biometrics 38:29-41, on the log-log scale.
        """
        level = 1 - share
        return Crossing(
            day=self._first(self.survival, level), low=self._first(self.low, level), high=self._first(self.high, level)
        )

    def _first(self, curve: Numbers, level: float) -> float | None:
        # Rounding of the product must not move the day by one step.
        below = np.flatnonzero(curve <= level + 1e-12)
        return float(self.days[below[0]]) if len(below) else None


def fit_survival(
    days: ArrayLike, events: ArrayLike, censored: ArrayLike, *, least_at_risk: float = 1, confidence: float = 0.95
) -> Survival | None:
    """Fit the curve; `None` if fewer than `least_at_risk` were observed.

    `days` are durations (any order, repeats allowed), `events` and `censored` how many ended there with and
    without the event. Who is censored on a day is still at risk on it. The curve ends on the last day with at
    least `least_at_risk` at risk. `ValueError` on negative counts.

    Source: E. L. Kaplan and P. Meier (1958), JASA 53:457-481; M. Greenwood (1926); log-log band of
    J. D. Kalbfleisch and R. L. Prentice (1980).

    >>> curve = fit_survival([6, 7, 10], [3, 1, 1], [1, 0, 1])
    >>> [round(float(level), 4) for level in curve.survival]
    [0.5714, 0.381, 0.1905]
    """
    times, ended, lost = _gather(days, events, censored)
    if not len(times):
        return None
    at_risk = np.cumsum((ended + lost)[::-1])[::-1]
    kept = at_risk >= max(least_at_risk, 1e-9)
    if not kept.any():
        return None
    times, ended, at_risk = times[kept], ended[kept], at_risk[kept]
    survival: Numbers = np.cumprod(1 - ended / at_risk).astype(np.float64)
    left = at_risk - ended
    hazard = np.divide(ended, at_risk * left, out=np.zeros_like(ended), where=left > 0)
    root = np.sqrt(np.cumsum(hazard))
    z = float(ndtri((1 + confidence) / 2))
    low, high = _band(survival, root, z)
    return Survival(
        days=times,
        survival=survival,
        error=survival * root,
        low=low,
        high=high,
        at_risk=at_risk,
        events=ended,
        z=z,
    )


def subtract_shares(one: Share, other: Share, *, pairs: int = 1, confidence: float = 0.95) -> tuple[float, float]:
    """Low and high of `one - other` by Greenwood's variances, at Bonferroni's level for so many pairs."""
    z = float(ndtri(1 - (1 - confidence) / 2 / max(pairs, 1)))
    half = z * float(np.hypot(one.error, other.error))
    gap = one.value - other.value
    return gap - half, gap + half


def divide_shares(one: Share, other: Share, *, pairs: int = 1, confidence: float = 0.95) -> tuple[float, float, float]:
    """Low, value and high of `one / other`, on the log scale, at Bonferroni's level for so many pairs.

    Both shares must be above 0. Source: D. Katz, J. Baptista, S. P. Azen and M. C. Pike (1978), Biometrics
    34:469-474, with Greenwood's variances in place of the binomial ones.
    """
    z = float(ndtri(1 - (1 - confidence) / 2 / max(pairs, 1)))
    ratio = one.value / other.value
    width = float(np.exp(z * np.hypot(one.error / one.value, other.error / other.value)))
    return ratio / width, ratio, ratio * width


def _gather(days: ArrayLike, events: ArrayLike, censored: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    raw, ended, lost = (np.asarray(values, dtype=np.float64) for values in (days, events, censored))
    if np.any(ended < 0) or np.any(lost < 0):
        message = "events and censored must not be negative"
        raise ValueError(message)
    times, place = np.unique(raw, return_inverse=True)
    sums = [np.bincount(place, counts, len(times)).astype(np.float64) for counts in (ended, lost)]
    return times, sums[0], sums[1]


def _band(survival: Numbers, root: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """The log-log band, NaN where the survival is 1 or 0 and has none."""
    inside = (survival > 0) & (survival < 1)
    logs = np.log(np.where(inside, survival, 0.5))
    width = z * root / np.abs(logs)
    low = np.where(inside, np.exp(logs * np.exp(width)), np.nan)
    high = np.where(inside, np.exp(logs * np.exp(-width)), np.nan)
    return low, high
