"""NBD: customers buy at their own steady rates and never leave."""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln

from diagnostics.statistics.repeat_buying.counts import log_nbd
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.likelihood import Terms, Ways
from diagnostics.statistics.repeat_buying.model import Model


def count_terms(parameters: Numbers, repeats: Numbers) -> Terms:
    """Logarithm of gamma(r + x) alpha^r / gamma(r), the part of the rates' gamma distribution in all models."""
    r, alpha = parameters[:2]
    slopes = np.zeros((len(parameters), len(repeats)))
    slopes[0] = digamma(r + repeats) - digamma(r) + np.log(alpha)
    slopes[1] = r / alpha
    return gammaln(r + repeats) - gammaln(r) + r * np.log(alpha), slopes


def wait_terms(parameters: Numbers, repeats: Numbers, time: Numbers) -> Terms:
    """Logarithm of (alpha + time)^-(r + x)."""
    r, alpha = parameters[:2]
    slopes = np.zeros((len(parameters), len(repeats)))
    slopes[0] = -np.log(alpha + time)
    slopes[1] = -(r + repeats) / (alpha + time)
    return (r + repeats) * slopes[0], slopes


def _active(parameters: Numbers, repeats: Numbers, age: Numbers) -> Numbers:
    return wait_terms(parameters, repeats, age)[0]


def _rate(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: Numbers) -> Numbers:
    r, alpha = parameters
    return np.asarray((r + repeats) / (alpha + age) + 0 * ahead)


def _pair_rate(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: Numbers) -> Numbers:
    r, alpha = parameters
    return np.asarray((r + repeats) * (r + repeats + 1) / (alpha + age) ** 2 + 0 * ahead)


def _mean(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: float) -> Numbers:
    return _rate(parameters, repeats, age, np.zeros(1)) * ahead


def _chance(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: float, count: Numbers) -> Numbers:
    r, alpha = parameters
    return np.exp(log_nbd(count, r + repeats, alpha + age, np.array(ahead)))


# Source: A. S. C. Ehrenberg (1959), Applied Statistics 8:26-41; likelihood as in P. S. Fader, B. G. S. Hardie and
# K. L. Lee (2005), Marketing Science 24:275-284.
NBD = Model(
    name="NBD",
    names=("r", "alpha"),
    timed=(False, True),
    pairs=(("r", "alpha"),),
    ease=1,
    starts=((0.5, 1.0), (3.0, 1.0)),
    ways=Ways(common=count_terms, late=wait_terms, early=None, active=_active),
    rate=_rate,
    pair_rate=_pair_rate,
    mean=_mean,
    chance=_chance,
    pace=lambda parameters, _repeats, age: parameters[1] + age,
    born=lambda _parameters: 1.0,
)
