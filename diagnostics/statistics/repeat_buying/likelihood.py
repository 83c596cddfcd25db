"""One log-likelihood for all models of buying up to a hidden end, worked out on the distinct times only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, Places, group_rows

# A value an entry, and its derivatives by every parameter, one row a parameter.
Terms: TypeAlias = tuple[Numbers, Numbers]


@dataclass(frozen=True, kw_only=True)
class Ways:
    """A history's likelihood is exp(common) * (exp(late) + exp(early)): two ways to have bought no more since.

    `common` depends on repeats, `late` on repeats and age, `early` (gone soon after the last purchase) on repeats and
    last; all take the parameters first and give `Terms`. `active` is the part of `late` that is active now.
    """

    common: Callable[[Numbers, Numbers], Terms]
    late: Callable[[Numbers, Numbers, Numbers], Terms]
    early: Callable[[Numbers, Numbers, Numbers], Terms] | None
    active: Callable[[Numbers, Numbers, Numbers], Numbers]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The distinct repeats, (repeats, age) and (repeats, last) of histories, and where each row finds its own."""

    histories: Histories
    repeats: Numbers
    at_repeats: Places
    at_age: Places
    first_age: Places
    at_last: Places
    first_last: Places


def lay_out(histories: Histories | Layout) -> Layout:
    """Find what is distinct, once for all evaluations; what is laid out already stays as it is."""
    if isinstance(histories, Layout):
        return histories
    repeats, at_repeats = np.unique(histories.repeats, return_inverse=True)
    first_age, at_age = group_rows(histories.repeats, histories.age)
    first_last, at_last = group_rows(histories.repeats, histories.last)
    return Layout(
        histories=histories,
        repeats=repeats,
        at_repeats=at_repeats,
        at_age=at_age,
        first_age=first_age,
        at_last=at_last,
        first_last=first_last,
    )


def reweigh(layout: Layout, counts: Numbers) -> Layout:
    """The same rows with other counts, as a bootstrap needs them."""
    return replace(layout, histories=replace(layout.histories, counts=counts))


def log_likelihood(ways: Ways, parameters: Numbers, layout: Layout) -> tuple[float, Numbers]:
    """Log-likelihood of all customers, and its gradient by the parameters."""
    rows, counts = layout.histories, layout.histories.counts
    common, common_slopes = ways.common(parameters, layout.repeats)
    weights = np.bincount(layout.at_repeats, counts, len(layout.repeats))
    value, slope = float(weights @ common), common_slopes @ weights
    late, late_slopes = ways.late(parameters, rows.repeats[layout.first_age], rows.age[layout.first_age])
    if ways.early is None:
        own = np.bincount(layout.at_age, counts, len(late))
        return value + float(own @ late), slope + late_slopes @ own
    early, early_slopes = ways.early(parameters, rows.repeats[layout.first_last], rows.last[layout.first_last])
    gap = early[layout.at_last] - late[layout.at_age]
    small = np.exp(-np.abs(gap))
    # log(exp(late) + exp(early)) and the early share of it, from one exponential a row.
    both = np.log1p(small)
    gone = np.where(gap > 0, 1.0, small) / (1 + small)
    value += float(counts @ (late[layout.at_age] + np.maximum(gap, 0) + both))
    by_early = np.bincount(layout.at_last, counts * gone, len(early))
    by_late = np.bincount(layout.at_age, counts * (1 - gone), len(late))
    return value, slope + late_slopes @ by_late + early_slopes @ by_early


def share_active(ways: Ways, parameters: Numbers, layout: Layout) -> Numbers:
    """The chance that a customer of each row is still active at the end of observation."""
    rows = layout.histories
    repeats, age = rows.repeats[layout.first_age], rows.age[layout.first_age]
    active = ways.active(parameters, repeats, age)[layout.at_age]
    late = ways.late(parameters, repeats, age)[0][layout.at_age]
    if ways.early is None:
        return np.exp(active - late)
    early = ways.early(parameters, rows.repeats[layout.first_last], rows.last[layout.first_last])[0][layout.at_last]
    return np.minimum(np.exp(active - np.logaddexp(late, early)), 1.0)
