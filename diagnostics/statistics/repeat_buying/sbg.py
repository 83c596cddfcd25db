"""Shifted beta-geometric: how long contracts are renewed, each customer with an own chance to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, digamma, hyp2f1

from diagnostics.statistics.repeat_buying.estimate import Fit, make_fit
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.peak import climb

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

NAMES = ("alpha", "beta")
START = (1.0, 2.0)
REACH = 10.0


def fit_renewals(lost: ArrayLike, staying: ArrayLike) -> Fit | None:
    """Fit by maximum likelihood; `None` if nobody stopped.

    Entry t - 1 of `lost` counts who stopped at the t-th renewal, of `staying` who was last seen right after the t-th
    renewal, still there (for one cohort only the last entry is above 0).
    Source: P. S. Fader and B. G. S. Hardie (2007), Journal of Interactive Marketing 21(1):76-90.
    """
    gone, kept = (np.asarray(counts, dtype=np.float64) for counts in (lost, staying))
    if not gone.sum():
        return None
    periods = np.arange(1, len(gone) + 1, dtype=np.float64)
    size = float(gone.sum() + kept.sum())

    def objective(point: Numbers) -> tuple[float, Numbers]:
        a, b = np.exp(point)
        stopped, stayed = betaln(a + 1, b + periods - 1), betaln(a, b + periods)
        value = gone @ stopped + kept @ stayed - size * betaln(a, b)
        whole = digamma(a + b) * size - (gone + kept) @ digamma(a + b + periods)
        by_a = gone.sum() * digamma(a + 1) + kept.sum() * digamma(a) - size * digamma(a) + whole
        by_b = gone @ digamma(b + periods - 1) + kept @ digamma(b + periods) - size * digamma(b) + whole
        return float(value), np.array([by_a * a, by_b * b])

    peak = climb(objective, np.log(np.array(START)), size=size, bounds=((-REACH, REACH),) * 2)
    return make_fit("sBG", NAMES, (NAMES,), objective, peak, units=np.ones(2), shift=0.0, customers=size)


def share_staying(parameters: Numbers, periods: ArrayLike) -> Numbers:
    """The share that is still there after so many renewals.

    >>> [round(float(share), 3) for share in share_staying(np.array([0.668, 3.806]), [1, 2])]
    [0.851, 0.747]
    """
    a, b = parameters
    return np.asarray(np.exp(betaln(a, b + np.asarray(periods, dtype=np.float64)) - betaln(a, b)))


def renewal_rate(parameters: Numbers, periods: ArrayLike) -> Numbers:
    """The share of those still there before renewal t (1 or more) who renew."""
    a, b = parameters
    times = np.asarray(periods, dtype=np.float64)
    return np.asarray((b + times - 1) / (a + b + times - 1))


def discount_renewals(parameters: Numbers, periods: ArrayLike, rate: float) -> Numbers:
    """Discounted renewals still to come (DERL) of a customer about to decide on renewal `periods` (1 or more).

    `rate` per period; the renewal at hand is not discounted. Source: P. S. Fader and B. G. S. Hardie (2010),
    Marketing Science 29:85-93.
    """
    a, b = parameters
    times = np.asarray(periods, dtype=np.float64)
    return np.asarray(renewal_rate(parameters, times) * hyp2f1(1, b + times, a + b + times, 1 / (1 + rate)))
