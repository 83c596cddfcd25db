"""BG/BB: buying or not at each of a number of occasions, until leaving unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln, digamma

from diagnostics.statistics.repeat_buying.estimate import Fit, make_fit
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, Places
from diagnostics.statistics.repeat_buying.peak import climb

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = ("alpha", "beta", "gamma", "delta")
STARTS = ((1.0, 1.0, 1.0, 2.0), (1.0, 1.0, 0.5, 10.0))
REACH = 10.0

# Here `repeats`, `last` and `age` of histories are occasions used, the last one used, and occasions passed.


def fit_occasions(histories: Histories) -> Fit | None:
    """Fit by maximum likelihood; `None` if nobody used an occasion. `ValueError` unless all entries are whole.

    Source: P. S. Fader, B. G. S. Hardie and J. Shang (2010), Marketing Science 29:1086-1108.
    """
    if not histories.bought_again:
        return None
    if np.any(histories.last % 1) or np.any(histories.age % 1):
        message = "occasions must be whole numbers"
        raise ValueError(message)

    def objective(point: Numbers) -> tuple[float, Numbers]:
        parameters = np.exp(point)
        value, slopes = log_likelihoods(parameters, histories)
        return float(histories.counts @ value), slopes @ histories.counts * parameters

    peaks = [
        climb(objective, np.log(np.array(start)), size=histories.customers, bounds=((-REACH, REACH),) * 4)
        for start in STARTS
    ]
    return make_fit(
        "BG/BB",
        NAMES,
        (("alpha", "beta"), ("gamma", "delta")),
        objective,
        max(peaks, key=lambda peak: (peak.converged, peak.height)),
        units=np.ones(4),
        shift=0.0,
        customers=histories.customers,
    )


def log_likelihoods(parameters: Numbers, histories: Histories) -> tuple[Numbers, Numbers]:
    """Log-likelihood of each row, and its derivatives, one row a parameter."""
    row, left = _list_ends(histories)
    x, passed = histories.repeats[row], np.where(left < 0, histories.age[row], left)
    value, slopes = _weigh_end(parameters, x, passed, left >= 0)
    top = np.full(len(histories.repeats), -np.inf)
    np.maximum.at(top, row, value)
    share = np.exp(value - top[row])
    total = np.bincount(row, share, len(top))
    share /= total[row]
    return top + np.log(total), np.stack([np.bincount(row, share * slope, len(top)) for slope in slopes])


def share_active(parameters: Numbers, histories: Histories, *, ahead: int = 1) -> Numbers:
    """The chance that a customer is active at the occasion so many ahead (1: the next one; 0: the last one passed)."""
    beta_part, lives = _know(parameters, histories)
    _, _, gamma, delta = parameters
    return np.asarray(np.exp(beta_part + betaln(gamma, delta + histories.age + ahead) - betaln(gamma, delta) - lives))


def expect_purchases(parameters: Numbers, histories: Histories, occasions: int, *, rate: float = 0.0) -> Numbers:
    """Mean occasions used of the next so many, each discounted at `rate` an occasion (the next one by one period)."""
    alpha, beta, gamma, delta = parameters
    own, lives = _know(parameters, histories)
    buys = (alpha + histories.repeats) / (alpha + beta + histories.age)
    ahead = np.arange(1, occasions + 1)
    staying = betaln(gamma, delta + histories.age[:, None] + ahead) - betaln(gamma, delta)
    return np.asarray(np.exp(own - lives) * buys * (np.exp(staying) @ (1 + rate) ** -ahead.astype(np.float64)))


def expect_new(parameters: Numbers, occasions: int) -> float:
    """Mean occasions used of the first so many by a new customer."""
    alpha, beta, gamma, delta = parameters
    ahead = np.arange(1, occasions + 1)
    return float(alpha / (alpha + beta) * np.exp(betaln(gamma, delta + ahead) - betaln(gamma, delta)).sum())


def _know(parameters: Numbers, histories: Histories) -> tuple[Numbers, Numbers]:
    alpha, beta = parameters[:2]
    x, n = histories.repeats, histories.age
    return betaln(alpha + x, beta + n - x) - betaln(alpha, beta), log_likelihoods(parameters, histories)[0]


def _list_ends(histories: Histories) -> tuple[Places, Places]:
    """Every way a row's history can have ended: its row, and the occasions passed when leaving, -1 if still there."""
    ways = (histories.age - histories.last).astype(np.int64) + 1
    row = np.repeat(np.arange(len(ways)), ways)
    step = np.arange(len(row)) - np.repeat(np.cumsum(ways) - ways, ways)
    return row, np.where(step == 0, -1, histories.last[row].astype(np.int64) + step - 1)


def _weigh_end(parameters: Numbers, x: Numbers, passed: Numbers, is_left: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    alpha, beta, gamma, delta = parameters
    left = is_left.astype(np.float64)
    value = betaln(alpha + x, beta + passed - x) - betaln(alpha, beta)
    value = value + betaln(gamma + left, delta + passed) - betaln(gamma, delta)
    bought = digamma(alpha + beta) - digamma(alpha + beta + passed)
    stayed = digamma(gamma + delta) - digamma(gamma + delta + left + passed)
    return value, np.stack(
        [
            digamma(alpha + x) - digamma(alpha) + bought,
            digamma(beta + passed - x) - digamma(beta) + bought,
            digamma(gamma + left) - digamma(gamma) + stayed,
            digamma(delta + passed) - digamma(delta) + stayed,
        ]
    )
