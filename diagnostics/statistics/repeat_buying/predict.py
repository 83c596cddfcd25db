"""What customers of given histories, and new ones, will buy: means, chances, variances and discounted means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.repeat_buying import likelihood
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, group_rows
from diagnostics.statistics.repeat_buying.likelihood import Layout, lay_out
from diagnostics.statistics.repeat_buying.model import Model

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FINE, ROUGH = 64, 16
RULES = {count: np.polynomial.legendre.leggauss(count) for count in (FINE, ROUGH)}
# exp(-40) is nothing beside 1: so far ahead reaches a discounted sum without end.
FAR = 40.0


def share_active(model: Model, parameters: Numbers, histories: Histories | Layout) -> Numbers:
    """The chance, row by row, that a customer is still active (P(alive) at the end of observation)."""
    return likelihood.share_active(model.ways, parameters, lay_out(histories))


def expect_purchases(model: Model, parameters: Numbers, histories: Histories | Layout, ahead: float) -> Numbers:
    """Mean purchases of a customer of each row within the time `ahead` after the end of observation."""
    layout = lay_out(histories)
    active = likelihood.share_active(model.ways, parameters, layout)
    repeats, age = _ages(layout)
    return active * model.mean(parameters, repeats, age, ahead)[layout.at_age]


def discount_purchases(
    model: Model, parameters: Numbers, histories: Histories | Layout, *, ahead: float, rate: float, nodes: int = FINE
) -> Numbers:
    """Mean purchases, each discounted by exp(-rate * time from now); with `ahead` infinite, DERT.

    Up to some years ahead `ROUGH` nodes give all digits. `rate` is continuous, per unit of time of the data (an annual
    rate d is log(1 + d) a year). `ValueError` for an endless horizon without discount. DERT: P. S. Fader, B. G. S.
    Hardie and K. L. Lee (2005), Journal of Marketing Research 42:415-430, which gives the closed form of the
    Pareto/NBD.
    """
    layout = lay_out(histories)
    active = likelihood.share_active(model.ways, parameters, layout)
    repeats, age = _ages(layout)
    reach = _find_reach(ahead, rate)

    def flow(time: Numbers) -> Numbers:
        return np.exp(-rate * time) * model.rate(parameters, repeats, age, time)

    return active * integrate(flow, model.pace(parameters, repeats, age), reach, nodes)[layout.at_age]


def vary_purchases(
    model: Model,
    parameters: Numbers,
    histories: Histories | Layout,
    ahead: float,
    rate: float = 0.0,
    *,
    nodes: int = FINE,
) -> Numbers:
    """Variance of a customer's (discounted) purchases within the time `ahead`, the parameters taken as known.

    `ROUGH` nodes do where only a range is asked for: a quarter of the work, and three digits.
    """
    layout = lay_out(histories)
    active = likelihood.share_active(model.ways, parameters, layout)
    repeats, age = _ages(layout)
    pace, reach = model.pace(parameters, repeats, age), _find_reach(ahead, rate)

    def flow(time: Numbers) -> Numbers:
        return np.exp(-rate * time) * model.rate(parameters, repeats, age, time)

    def squares(time: Numbers) -> Numbers:
        alone = np.exp(-2 * rate * time) * model.rate(parameters, repeats, age, time)
        # Discount of the earlier of two purchases, integrated up to the later one.
        before = time if rate == 0 else -np.expm1(-rate * time) / rate
        return alone + 2 * np.exp(-rate * time) * before * model.pair_rate(parameters, repeats, age, time)

    mean = active * integrate(flow, pace, reach, nodes)[layout.at_age]
    square = active * integrate(squares, pace, reach, nodes)[layout.at_age]
    return np.maximum(square - mean**2, 0.0)


def chance_of(
    model: Model, parameters: Numbers, histories: Histories | Layout, ahead: float, count: ArrayLike
) -> Numbers:
    """The chance of exactly `count` purchases (one number, or one a row) within the time `ahead`."""
    layout = lay_out(histories)
    active = likelihood.share_active(model.ways, parameters, layout)
    wanted = np.broadcast_to(np.asarray(count, dtype=np.float64), active.shape)
    rows = layout.histories
    first, place = group_rows(rows.repeats, rows.age, wanted)
    bought = model.chance(parameters, rows.repeats[first], rows.age[first], ahead, wanted[first])
    return np.where(wanted == 0, 1 - active, 0.0) + active * bought[place]


def expect_new(model: Model, parameters: Numbers, ahead: float) -> float:
    """Mean repeat purchases of a new customer within the time `ahead` after the first purchase: E[X(t)]."""
    none = np.zeros(1)
    return model.born(parameters) * float(model.mean(parameters, none, none, ahead)[0])


def chance_new(model: Model, parameters: Numbers, ahead: float, count: ArrayLike) -> Numbers:
    """The chances of so many repeat purchases of a new customer within the time `ahead`: P(X(t) = count)."""
    wanted = np.atleast_1d(np.asarray(count, dtype=np.float64))
    none, born = np.zeros_like(wanted), model.born(parameters)
    return np.where(wanted == 0, 1 - born, 0.0) + born * model.chance(parameters, none, none, ahead, wanted)


def integrate(flow: Callable[[Numbers], Numbers], pace: Numbers, reach: float, nodes: int = FINE) -> Numbers:
    """The integral of a flow over the time from 0 to `reach`, by Gauss-Legendre on log(1 + time / pace)."""
    span = np.log1p(reach / pace)
    total = np.zeros_like(pace)
    for node, weight in zip(*RULES[nodes], strict=True):
        depth = span * (node + 1) / 2
        total += weight / 2 * span * pace * np.exp(depth) * flow(pace * np.expm1(depth))
    return total


def _find_reach(ahead: float, rate: float) -> float:
    if not np.isfinite(ahead) and rate <= 0:
        message = "an endless horizon needs a discount rate above 0"
        raise ValueError(message)
    return min(ahead, FAR / rate) if rate > 0 else ahead


def _ages(layout: Layout) -> tuple[Numbers, Numbers]:
    rows = layout.histories
    return rows.repeats[layout.first_age], rows.age[layout.first_age]
