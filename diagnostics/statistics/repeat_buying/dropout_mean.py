"""Means over a beta-distributed chance of leaving, safe where the beta has hardly any shape left."""

from __future__ import annotations

import numpy as np

from diagnostics.statistics.repeat_buying.histories import Numbers

STEP = 0.1
# Chances of leaving down to exp(-1.57 sinh 9.5) and, on the other side, so close to one that nobody stays.
NODES = np.arange(-9.5, 4.0 + STEP / 2, STEP)


def weigh_nodes(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Chances of leaving and their weights, summing to 1, for beta(a, b); a last axis of nodes is added.

    The odds of leaving are a / b times exp(c pi / 2 sinh w), with the trapezoidal rule on w (Takahasi and Mori 1974)
    and c the width of the log odds, at most 1. Self-normalised, so that a beta squeezed onto 0 or 1 keeps its limit.
    """
    a, b = np.asarray(a)[..., None], np.asarray(b)[..., None]
    width = np.minimum(1.0, np.sqrt(1 / a + 1 / b))
    centre = (a + 1) / (b + 1)
    power = np.clip(width * np.pi / 2 * np.sinh(NODES), -690.0, 690.0)
    odds = centre * np.exp(power)
    terms = np.log(np.cosh(NODES)) + a * power - (a + b) * np.log1p(odds)
    weights = np.exp(terms - terms.max(axis=-1, keepdims=True))
    return odds / (1 + odds), weights / weights.sum(axis=-1, keepdims=True)


def mean_count(a: Numbers, b: Numbers, shape: Numbers, time: Numbers) -> Numbers:
    """The mean of (1 - (1 + p time)^-shape) / p over p ~ beta(a, b): purchases until leaving or until the time is up.

    Rates are gamma(shape, 1); a customer leaves after each purchase with chance p.
    """
    chance, weights = weigh_nodes(a, b)
    shape, time = np.asarray(shape)[..., None], np.asarray(time)[..., None]
    small = chance * time < SMALL
    safe = np.where(small, 1.0, chance)
    stopped = -np.expm1(-shape * np.log1p(safe * time)) / safe
    return np.asarray((weights * np.where(small, shape * time, stopped)).sum(axis=-1))


# Below this the first term of the series is exact to rounding.
SMALL = 1e-17


def mean_power(a: Numbers, b: Numbers, power: Numbers, time: Numbers) -> Numbers:
    """The mean of (1 + p time)^-power over p ~ beta(a, b)."""
    chance, weights = weigh_nodes(a, b)
    power, time = np.asarray(power)[..., None], np.asarray(time)[..., None]
    return np.asarray((weights * np.exp(-power * np.log1p(chance * time))).sum(axis=-1))
