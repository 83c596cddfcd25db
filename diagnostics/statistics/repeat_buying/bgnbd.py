"""BG/NBD: customers may leave after a repeat purchase, each with an own chance."""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, digamma

from diagnostics.statistics.repeat_buying.counts import log_beta_ratio, log_nbd, reach_nbd
from diagnostics.statistics.repeat_buying.dropout_mean import mean_count, mean_power
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.likelihood import Terms, Ways
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.nbd import count_terms, wait_terms


def stay_terms(parameters: Numbers, repeats: Numbers, age: Numbers, chances: Numbers) -> Terms:
    """`wait_terms` and staying at all of `chances` occasions: times B(a, b + chances) / B(a, b)."""
    a, b = parameters[2:]
    value, slopes = wait_terms(parameters, repeats, age)
    shared = digamma(a + b) - digamma(a + b + chances)
    slopes[2] = shared
    slopes[3] = digamma(b + chances) - digamma(b) + shared
    return value + betaln(a, b + chances) - betaln(a, b), slopes


def leave_terms(parameters: Numbers, repeats: Numbers, last: Numbers, chances: Numbers) -> Terms:
    """`wait_terms` and leaving at the last of `chances` occasions: times B(a + 1, b + chances - 1) / B(a, b)."""
    a, b = parameters[2:]
    value, slopes = stay_terms(parameters, repeats, last, chances)
    odds = b + chances - 1
    slopes[2] += 1 / a
    slopes[3] -= 1 / odds
    return value + np.log(a) - np.log(odds), slopes


def rate_of_stayers(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: Numbers, stayed: Numbers) -> Numbers:
    """How often customers buy at a time ahead who are active now and stayed at so many occasions."""
    r, alpha, a, b = parameters
    shape, scale = r + repeats, alpha + age
    return np.asarray(shape / scale * mean_power(a + 0 * stayed, b + stayed, shape + 1, ahead / scale))


def pairs_of_stayers(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: Numbers, stayed: Numbers) -> Numbers:
    """The density of pairs of purchases, the later of which is at a time ahead, divided by that time."""
    r, alpha, a, b = parameters
    shape, scale = r + repeats, alpha + age
    between = (b + stayed) / (a + b + stayed)
    again = mean_power(a + 0 * stayed, b + stayed + 1, shape + 2, ahead / scale)
    return np.asarray(shape * (shape + 1) / scale**2 * between * again)


def mean_of_stayers(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: float, stayed: Numbers) -> Numbers:
    """Mean purchases within a time ahead."""
    r, alpha, a, b = parameters
    return mean_count(a + 0 * stayed, b + stayed, r + repeats, ahead / (alpha + age))


def pace_of_stayers(parameters: Numbers, repeats: Numbers, age: Numbers, stayed: Numbers) -> Numbers:
    """The time in which a typical customer makes so many purchases that leaving shows."""
    r, alpha, a, b = parameters
    return np.asarray((alpha + age) / (1 + (r + repeats) * a / (a + b + stayed)))


def chance_of_stayers(
    parameters: Numbers, repeats: Numbers, age: Numbers, ahead: float, count: Numbers, *, stayed: Numbers
) -> Numbers:
    """The chance of `count` purchases within a time ahead: all stayed, or left right after the last one."""
    r, alpha, a, b = parameters
    shape, scale, time = r + repeats, alpha + age, np.array(ahead)
    some = np.maximum(count, 1)
    stay = np.exp(log_beta_ratio(a, b + stayed, np.zeros(1), count) + log_nbd(count, shape, scale, time))
    leave = np.exp(log_beta_ratio(a, b + stayed, np.ones(1), some - 1)) * reach_nbd(some, shape, scale, time)
    return np.asarray(stay + np.where(count > 0, leave, 0.0))


def _stay(parameters: Numbers, repeats: Numbers, age: Numbers) -> Terms:
    return stay_terms(parameters, repeats, age, repeats)


def _leave(parameters: Numbers, repeats: Numbers, last: Numbers) -> Terms:
    value, slopes = leave_terms(parameters, repeats, last, np.maximum(repeats, 1))
    # Nobody leaves before a first repeat purchase.
    return np.where(repeats > 0, value, -np.inf), slopes


# Source: P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), Marketing Science 24:275-284.
BG_NBD = Model(
    name="BG/NBD",
    names=("r", "alpha", "a", "b"),
    timed=(False, True, False, False),
    pairs=(("r", "alpha"), ("a", "b")),
    ease=2,
    starts=((0.5, 1.0, 0.5, 1.5), (2.0, 1.0, 0.1, 2.0), (0.1, 1.0, 1.5, 3.0)),
    ways=Ways(common=count_terms, late=_stay, early=_leave, active=lambda p, x, age: _stay(p, x, age)[0]),
    rate=lambda p, x, age, ahead: rate_of_stayers(p, x, age, ahead, x),
    pair_rate=lambda p, x, age, ahead: pairs_of_stayers(p, x, age, ahead, x),
    mean=lambda p, x, age, ahead: mean_of_stayers(p, x, age, ahead, x),
    chance=lambda p, x, age, ahead, count: chance_of_stayers(p, x, age, ahead, count, stayed=x),
    pace=lambda p, x, age: pace_of_stayers(p, x, age, x),
    born=lambda _parameters: 1.0,
)
