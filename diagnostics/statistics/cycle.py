"""The cycle of repeat purchases from gaps of which some are still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from diagnostics.statistics.survival import Survival, fit_survival

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


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


def find_cycle(
    days: ArrayLike, events: ArrayLike, censored: ArrayLike, *, longest: float, least_at_risk: float
) -> Cycle | None:
    """The cycle; `None` if no gap ended while enough were at risk.

    A short window sees short gaps only. The Kaplan-Meier curve F allows for the open ones, and F(t) / F(window) is the
    share of those who come back within the window that is back by t; the window is `longest`, or the last day with
    `least_at_risk` at risk. The interval of the median is that of order statistics (normal approximation); gaps of one
    customer resemble each other, so it is rather narrow.
    """
    curve = fit_survival(days, events, censored, least_at_risk=least_at_risk)
    window = min(longest, curve.followed_to) if curve is not None else 0.0
    share = curve.share_by(window) if curve is not None else None
    if curve is None or share is None or share.value <= 0:
        return None
    inside = float(curve.events[curve.days <= window].sum())
    spread = float(ndtri(0.975)) * np.sqrt(0.25 / inside)
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


def _day(curve: Survival, share: float) -> float:
    day = curve.day_of(share).day
    # Any share up to that of the window is reached on the curve; the last day stands for rounding.
    return curve.followed_to if day is None else day
