"""Means over a beta-distributed chance of leaving, safe where the beta has hardly any shape left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.statistics.repeat_buying.histories import Numbers

STEP = 0.1
# Log odds of leaving up to 1.57 sinh 10.5 = 28,500 either way, beyond which lies less than a ten-thousandth even of a
# shape of 1/3000, the least that is fitted.
NODES = np.arange(-10.5, 10.5 + STEP / 2, STEP)
# Below this the first term of the series is exact to rounding.
SMALL = 1e-17
# So many entries at a time keep the nodes in the processor's cache.
BLOCK = 256


def mean_count(a: Numbers, b: Numbers, shape: Numbers, time: Numbers) -> Numbers:
    """The mean of (1 - (1 + p time)^-shape) / p over p ~ beta(a, b): purchases until leaving or until the time is up.

    Rates are gamma(shape, 1); a customer leaves after each purchase with chance p.
    """
    return _average(_count, a, b, shape, time)


def mean_power(a: Numbers, b: Numbers, power: Numbers, time: Numbers) -> Numbers:
    """The mean of (1 + p time)^-power over p ~ beta(a, b)."""
    return _average(_power, a, b, power, time)


def _count(chance: Numbers, shape: Numbers, time: Numbers) -> Numbers:
    small = chance * time < SMALL
    safe = np.where(small, 1.0, chance)
    return np.where(small, shape * time, -np.expm1(-shape * np.log1p(safe * time)) / safe)


def _power(chance: Numbers, power: Numbers, time: Numbers) -> Numbers:
    return np.asarray(np.exp(-power * np.log1p(chance * time)))


def _average(function: Callable[[Numbers, Numbers, Numbers], Numbers], *columns: Numbers) -> Numbers:
    spread = np.broadcast_arrays(*columns)
    a, b, shape, time = (column.ravel() for column in spread)
    found = np.empty(a.shape)
    for start in range(0, len(found), BLOCK):
        own = slice(start, start + BLOCK)
        # Rows come sorted by repeats, so a block holds few betas.
        betas, place = np.unique(a[own] + 1j * b[own], return_inverse=True)
        chance, weights = _weigh_nodes(betas.real[:, None], betas.imag[:, None])
        values = function(chance[place], shape[own, None], time[own, None])
        found[own] = np.einsum("ij,ij->i", weights[place], values)
    return found.reshape(spread[0].shape)


def _weigh_nodes(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Chances of leaving and their weights, summing to 1, for beta(a, b), one row an entry.

    The log odds of leaving are about log(a / b) + c pi / 2 sinh w, with the trapezoidal rule on w (H. Takahasi and
    M. Mori 1974) and c the width of the log odds, at most 1. Weights are worked out on the log odds, unbounded: a
    chance that rounds to 0 or 1 keeps its own. Self-normalised, so that a beta squeezed onto 0 or 1 keeps its limit.
    """
    width = np.minimum(1.0, np.sqrt(1 / a + 1 / b))
    odds = np.log((a + 1) / (b + 1)) + width * np.pi / 2 * np.sinh(NODES)
    terms = np.log(np.cosh(NODES)) - a * np.logaddexp(0, -odds) - b * np.logaddexp(0, odds)
    weights = np.exp(terms - terms.max(axis=1, keepdims=True))
    return expit(odds), weights / weights.sum(axis=1, keepdims=True)
