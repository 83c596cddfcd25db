"""Pareto/NBD: customers may leave at any moment, each at an own rate."""

from __future__ import annotations

import numpy as np
from scipy.special import exprel, logsumexp

from diagnostics.statistics.repeat_buying.counts import log_nbd
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.likelihood import Terms, Ways
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.nbd import count_terms, wait_terms
from diagnostics.statistics.repeat_buying.pareto_integral import log_integral

# The published likelihood is what is active at T plus an integral from t_x to T, a difference of two large numbers
# for heavy buyers. Integration by parts turns it into a sum of two positive ones: left after t_x before the next
# purchase would have come (`early`), or would have bought next after T before leaving (`late`).


def _common(parameters: Numbers, repeats: Numbers) -> Terms:
    s, beta = parameters[2:]
    value, slopes = count_terms(parameters, repeats)
    slopes[2], slopes[3] = np.log(beta), s / beta
    return value + s * np.log(beta), slopes


def _early(parameters: Numbers, repeats: Numbers, last: Numbers) -> Terms:
    r, alpha, s, beta = parameters
    found = log_integral(r + repeats, np.array(s + 1), alpha + last, beta + last)
    return np.asarray(np.log(s) + found.value), np.stack([found.by_p, found.by_a, 1 / s + found.by_q, found.by_b])


def _late(parameters: Numbers, repeats: Numbers, age: Numbers) -> Terms:
    r, alpha, s, beta = parameters
    shape = r + repeats
    found = log_integral(shape + 1, np.array(s), alpha + age, beta + age)
    return np.asarray(np.log(shape) + found.value), np.stack(
        [1 / shape + found.by_p, found.by_a, found.by_q, found.by_b]
    )


def _active(parameters: Numbers, repeats: Numbers, age: Numbers) -> Numbers:
    _, _, s, beta = parameters
    return np.asarray(wait_terms(parameters, repeats, age)[0] - s * np.log(beta + age))


def _stay(parameters: Numbers, age: Numbers, ahead: Numbers) -> Numbers:
    _, _, s, beta = parameters
    return np.asarray(np.exp(-s * np.log1p(ahead / (beta + age))))


def _rate(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: Numbers) -> Numbers:
    r, alpha = parameters[:2]
    return np.asarray((r + repeats) / (alpha + age) * _stay(parameters, age, ahead))


def _pair_rate(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: Numbers) -> Numbers:
    r, alpha = parameters[:2]
    return np.asarray((r + repeats) * (r + repeats + 1) / (alpha + age) ** 2 * _stay(parameters, age, ahead))


def _mean(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: float) -> Numbers:
    r, alpha, s, beta = parameters
    span = np.log1p(ahead / (beta + age))
    # (1 - (1 + ahead / (beta + age))^(1 - s)) / (s - 1), which is the span itself at s = 1.
    stays = (beta + age) * span * exprel((1 - s) * span)
    return np.asarray((r + repeats) / (alpha + age) * stays)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(96)


def _chance(parameters: Numbers, repeats: Numbers, age: Numbers, ahead: float, count: Numbers) -> Numbers:
    """Active all the time, or left at a moment in between; by quadrature over the logarithm of that moment."""
    r, alpha, s, beta = parameters
    shape, scale, ease = (np.asarray(part)[..., None] for part in (r + repeats, alpha + age, beta + age))
    span = np.log1p(ahead / ease)
    depth = span * (NODES + 1) / 2
    left = np.log(s * span / 2 * WEIGHTS) - s * depth
    within = logsumexp(log_nbd(np.asarray(count)[..., None], shape, scale, ease * np.expm1(depth)) + left, axis=-1)
    whole = log_nbd(count, shape[..., 0], scale[..., 0], np.array(ahead)) - s * span[..., 0]
    return np.asarray(np.exp(np.logaddexp(within, whole)))


# Source: D. C. Schmittlein, D. G. Morrison and R. Colombo (1987), Management Science 33:1-24.
PARETO_NBD = Model(
    name="Pareto/NBD",
    names=("r", "alpha", "s", "beta"),
    timed=(False, True, False, True),
    pairs=(("r", "alpha"), ("s", "beta")),
    ease=4,
    starts=((0.5, 1.0, 0.6, 0.5), (1.0, 1.0, 0.1, 1.0), (0.5, 1.0, 3.0, 3.0)),
    ways=Ways(common=_common, late=_late, early=_early, active=_active),
    rate=_rate,
    pair_rate=_pair_rate,
    mean=_mean,
    chance=_chance,
    pace=lambda parameters, _repeats, age: (parameters[3] + age) / (1 + parameters[2]),
    born=lambda _parameters: 1.0,
)
