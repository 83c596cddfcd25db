"""How many first buyers are still expected back, and how far such expectations missed at earlier cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from diagnostics.statistics.repeat_buying.forecast import Misfit
from diagnostics.statistics.repeat_buying.misses import LEAST_EXPECTED, Miss
from diagnostics.statistics.survival import Numbers, Survival, fit_survival


@dataclass(frozen=True, kw_only=True)
class Waits:
    """First buyers by how many days ago they first bought (`age`) and how many days they waited (`days`).

    `events` of them came back after that wait, `censored` had not yet.
    """

    age: Numbers
    days: Numbers
    events: Numbers
    censored: Numbers


def expect_back(curve: Survival, days: Numbers, censored: Numbers, day: float) -> float:
    """The share of all first buyers who have not come back and, by the curve, still will within `day` days.

    A part of `curve.share_by(day)`: the rest has come back already (B. Efron 1967, self-consistency).

    >>> curve = fit_survival([10, 20], [50, 25], [25, 0])
    >>> expect_back(curve, np.array([10.0, 20.0]), np.array([25.0, 0.0]), 20)
    0.25
    """
    waiting = days < day
    left = 1 - _survive(curve, np.array([day])) / np.maximum(_survive(curve, days[waiting]), 1e-12)
    return float(censored[waiting] @ left) / curve.n


def miss_returns(waits: Waits, windows: Sequence[tuple[float, float]], *, least_at_risk: float) -> tuple[Miss, ...]:
    """How many of those still waiting came back within earlier windows, beside what the curve of then foretold.

    A window is how many days ago it began and how many days it lasted. Windows of fewer than 30 expected returns, and
    such in which nobody came back, are left out.
    """
    return tuple(miss for window in windows for miss in _miss(waits, *window, least_at_risk))


def _miss(waits: Waits, ago: float, ahead: float, least_at_risk: float) -> Iterator[Miss]:
    watched = waits.age - ago
    then = watched >= 0
    watched, days, events, censored = (part[then] for part in (watched, waits.days, waits.events, waits.censored))
    back = np.where(days <= watched, events, 0.0)
    waiting = events + censored - back
    ends = np.concatenate([days, watched])
    none = np.zeros_like(back)
    curve = fit_survival(
        ends, np.concatenate([back, none]), np.concatenate([none, waiting]), least_at_risk=least_at_risk
    )
    if curve is None:
        return
    until = np.minimum(watched + ahead, curve.followed_to)
    left = 1 - _survive(curve, until) / np.maximum(_survive(curve, watched), 1e-12)
    foretold = float(waiting @ np.maximum(left, 0.0))
    came = float(events[(days > watched) & (days <= until)].sum())
    if foretold >= LEAST_EXPECTED and came > 0:
        yield Miss(cut=f"{ago:.0f}", segment="", ahead=ahead, foretold=foretold, came=came, noise=foretold**-0.5)


def widen_share(
    curve: Survival, day: float, expected: float, misfit: Misfit, *, confidence: float
) -> tuple[float, float]:
    """Low and high of the share back by a day on the curve, of which `expected` is still to come.

    What is to come may be missed as `misfit` says; that and the sampling error of the curve are added as independent,
    on either side by itself. `ValueError` beyond the curve.
    """
    share = curve.share_by(day)
    if share is None:
        message = "the day lies beyond the curve"
        raise ValueError(message)
    level = (1 + confidence) / 2
    scale = float(ndtri(level)) / curve.z
    reach = float(np.exp(misfit.size * stdtrit(misfit.cuts, level)))
    down = np.hypot((share.value - share.low) * scale, expected * (1 - 1 / reach))
    up = np.hypot((share.high - share.value) * scale, expected * (reach - 1))
    return max(share.value - float(down), 0.0), min(share.value + float(up), 1.0)


def _survive(curve: Survival, days: Numbers) -> Numbers:
    place = np.searchsorted(curve.days, days, side="right")
    return np.concatenate([[1.0], curve.survival])[place]
