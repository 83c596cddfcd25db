"""The shape of a model of buying again: its likelihood, and what its customers will do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from diagnostics.statistics.repeat_buying.estimate import Fit, make_fit
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers
from diagnostics.statistics.repeat_buying.likelihood import Layout, Ways, lay_out, log_likelihood
from diagnostics.statistics.repeat_buying.peak import climb

# Logarithms of shapes beyond which they can't be told from 0 or infinity, and of times in mean ages.
REACH, TIME_REACH = 8.0, 16.0


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model in continuous time, for customers who may leave unseen.

    `timed` marks parameters that are times. `ease` orders models from simple to complex. Of customers active now,
    with `repeats` and `age`: `rate` is how often they buy at a time ahead, `pair_rate` the density of pairs of
    purchases of which the later is at that time, divided by it, `chance` that of so many purchases within a time
    ahead; all by (parameters, repeats, age, time ahead), broadcast. `pace` is the time in which rates fall noticeably.
    `born` is the share of new customers who are active after the first purchase.
    """

    name: str
    names: tuple[str, ...]
    timed: tuple[bool, ...]
    pairs: tuple[tuple[str, str], ...]
    ease: int
    starts: tuple[tuple[float, ...], ...]
    ways: Ways
    rate: Callable[[Numbers, Numbers, Numbers, Numbers], Numbers]
    pair_rate: Callable[[Numbers, Numbers, Numbers, Numbers], Numbers]
    mean: Callable[[Numbers, Numbers, Numbers, float], Numbers]
    chance: Callable[[Numbers, Numbers, Numbers, float, Numbers], Numbers]
    pace: Callable[[Numbers, Numbers, Numbers], Numbers]
    born: Callable[[Numbers], float]


def fit_model(model: Model, histories: Histories, *, start: Numbers | None = None) -> Fit | None:
    """Fit by maximum likelihood; `None` if nobody bought again or nobody was observed for any time.

    Time is measured in mean ages while climbing, so the result does not depend on the unit.
    `start` are parameters to start from, in the unit of the data; from the usual places if that leads nowhere.
    """
    return fit_layout(model, lay_out(histories), start=start)


def fit_layout(model: Model, layout: Layout, *, start: Numbers | None = None) -> Fit | None:
    """The same for histories already laid out."""
    rows = layout.histories
    if not rows.bought_again or not rows.counts @ rows.age:
        return None
    unit = float(rows.counts @ rows.age / rows.customers)
    scaled = _rescale(layout, unit)
    units = np.where(model.timed, unit, 1.0)

    def objective(point: Numbers) -> tuple[float, Numbers]:
        parameters = np.exp(point)
        value, slope = log_likelihood(model.ways, parameters, scaled)
        return value, slope * parameters

    starts = [np.array(own) for own in _place(model, rows, unit)]
    if start is not None:
        starts = [start / units, *starts]
    reach = np.where(model.timed, TIME_REACH, REACH)
    bounds = tuple(zip(-reach, reach, strict=True))
    peak = climb(objective, np.log(starts[0]), size=rows.customers, bounds=bounds)
    for other in starts[1:] if not peak.converged else ():
        tried = climb(objective, np.log(other), size=rows.customers, bounds=bounds)
        peak = tried if (tried.converged, tried.height) > (peak.converged, peak.height) else peak
    return make_fit(
        model.name,
        model.names,
        model.pairs,
        objective,
        peak,
        units=units,
        shift=-rows.bought_again * float(np.log(unit)),
        customers=rows.customers,
    )


def _rescale(layout: Layout, unit: float) -> Layout:
    rows = layout.histories
    inside = Histories(repeats=rows.repeats, last=rows.last / unit, age=rows.age / unit, counts=rows.counts)
    return Layout(**{**vars(layout), "histories": inside})


def _place(model: Model, rows: Histories, unit: float) -> list[tuple[float, ...]]:
    """The starts, with the second parameter such that the mean rate is that of the data."""
    rate = rows.bought_again / float(rows.counts @ rows.age) * unit
    return [(own[0], own[0] / rate, *own[2:]) for own in model.starts]
