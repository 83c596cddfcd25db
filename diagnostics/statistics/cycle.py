"""The cycle of repeat purchases from gaps of which some are still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from diagnostics.statistics.jackknife import find_interval
from diagnostics.statistics.survival import Survival, fit_survival

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

# From fewer groups of customers no spread can be told.
LEAST_BUCKETS = 10

# Days within which the cycle of a whole shop is sought: what is bought once a year has one too.
LONGEST_WHOLE = 730
LEAST_AT_RISK = 30


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """Quantiles, in days, of the gaps that end within `window` days, and the share of gaps that do (`returning`).

    `low`, `median`, `high` and `far` are P25, P50, P75 and P90; `gaps` ended in a purchase, `open_gaps` did not yet.
    """

    low: float
    median: float
    median_low: float
    median_high: float
    high: float
    far: float
    returning: float
    gaps: int
    open_gaps: int
    window: float


@dataclass(frozen=True, kw_only=True)
class Buckets:
    """Gaps counted by group of customers drawn at random: four columns of one length."""

    bucket: ArrayLike
    days: ArrayLike
    events: ArrayLike
    censored: ArrayLike


def find_shop_cycle(gaps: pd.DataFrame) -> Cycle | None:
    """The cycle of a shop without categories, from `metrics.gaps.count_shop_gaps`."""
    return find_cycle(gaps.days, gaps.events, gaps.censored, longest=LONGEST_WHOLE, least_at_risk=LEAST_AT_RISK)


def find_cycle(
    days: ArrayLike,
    events: ArrayLike,
    censored: ArrayLike,
    *,
    longest: float,
    least_at_risk: float,
    buckets: Buckets | None = None,
) -> Cycle | None:
    """The cycle; `None` if no gap ended while enough were at risk.

    A short window sees short gaps only. The Kaplan-Meier curve F allows for the open ones, and F(t) / F(window) is the
    share of those who come back within the window that is back by t; the window is `longest`, or the last day with
    `least_at_risk` at risk. The interval of the median is read off the curve at one half plus and minus the error of
    that share at the median: by customers where `buckets` are given (a jackknife over them, for gaps of one customer
    resemble each other), else as if every gap were another customer's.
    """
    curve = fit_survival(days, events, censored, least_at_risk=least_at_risk)
    window = min(longest, curve.followed_to) if curve is not None else 0.0
    share = curve.share_by(window) if curve is not None else None
    if curve is None or share is None or share.value <= 0:
        return None
    inside = float(curve.events[curve.days <= window].sum())
    spread = float(ndtri(0.975)) * float(np.sqrt(0.25 / inside))
    if buckets is not None:
        spread = max(spread, _spread_by_customers(buckets, _day(curve, 0.5 * share.value), window))
    parts = (0.25, 0.5, max(0.5 - spread, 0.0), min(0.5 + spread, 1.0), 0.75, 0.9)
    low, median, median_low, median_high, high, far = (_day(curve, part * share.value) for part in parts)
    return Cycle(
        low=low,
        median=median,
        median_low=median_low,
        median_high=median_high,
        high=high,
        far=far,
        returning=share.value,
        gaps=int(np.sum(np.asarray(events))),
        open_gaps=int(np.sum(np.asarray(censored))),
        window=window,
    )


def _spread_by_customers(buckets: Buckets, median: float, window: float) -> float:
    """Half the 95 % interval of the share back by the median (of those back in the window); 0 if it can't be told."""
    names, place = np.unique(np.asarray(buckets.bucket), return_inverse=True)
    days, at = np.unique(np.asarray(buckets.days, dtype=np.float64), return_inverse=True)
    shape = (len(names), len(days))
    if len(names) < LEAST_BUCKETS:
        return 0.0
    ended, lost = np.zeros(shape), np.zeros(shape)
    np.add.at(ended, (place, at), np.asarray(buckets.events, dtype=np.float64))
    np.add.at(lost, (place, at), np.asarray(buckets.censored, dtype=np.float64))
    ended, lost = ended.sum(axis=0) - ended, lost.sum(axis=0) - lost
    at_risk = np.cumsum((ended + lost)[:, ::-1], axis=1)[:, ::-1]
    back = 1 - np.cumprod(1 - ended / np.maximum(at_risk, 1.0), axis=1)
    whole = back[:, int(np.searchsorted(days, window, side="right")) - 1]
    # Weeks are coarser than days: read between them.
    share = np.array([np.interp(median, days, own) for own in back]) / np.where(whole > 0, whole, np.inf)
    low, high = find_interval(share.mean(), share)
    return float(high - low) / 2


def _day(curve: Survival, share: float) -> float:
    day = curve.day_of(share).day
    # Any share up to that of the window is reached on the curve; the last day stands for rounding.
    return curve.followed_to if day is None else day
