"""Gamma-Gamma: what a customer spends a purchase, shrunk towards all customers the less is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import digamma, gammaln

from diagnostics.statistics.repeat_buying.estimate import Fit, make_fit
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.peak import climb

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

NAMES = ("p", "q", "gamma")
START = (1.0, 3.0, 2.0)
REACH = 10.0


@dataclass(frozen=True, kw_only=True)
class Spending:
    """Customers' mean spend over so many purchases; `counts` customers share a row. All above 0, else `ValueError`."""

    purchases: Numbers
    spend: Numbers
    counts: Numbers

    def __post_init__(self) -> None:
        columns = (self.purchases, self.spend, self.counts)
        if any(not np.isfinite(column).all() or np.any(column <= 0) for column in columns):
            message = "purchases, mean spend and counts must be above 0; leave out customers without paid purchases"
            raise ValueError(message)

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.counts.sum())


def gather_spending(purchases: ArrayLike, spend: ArrayLike, counts: ArrayLike | None = None) -> Spending:
    """Make arrays of it; without `counts` each entry is one customer."""
    x, z = (np.asarray(column, dtype=np.float64) for column in (purchases, spend))
    return Spending(
        purchases=x, spend=z, counts=np.ones_like(x) if counts is None else np.asarray(counts, dtype=np.float64)
    )


def fit_spend(spending: Spending) -> Fit | None:
    """Fit by maximum likelihood; `None` without customers. Money is measured in mean spends while climbing.

    Source: P. S. Fader and B. G. S. Hardie (2013), "The Gamma-Gamma model of monetary value", note 025.
    """
    if not len(spending.counts):
        return None
    unit = float(spending.counts @ spending.spend / spending.customers)
    sums = _sum_up(spending, unit)

    def objective(point: Numbers) -> tuple[float, Numbers]:
        parameters = np.exp(point)
        value, slope = _log_likelihood(parameters, sums)
        return value, slope * parameters

    peak = climb(objective, np.log(np.array(START)), size=spending.customers, bounds=((-REACH, REACH),) * 3)
    return make_fit(
        "Gamma-Gamma",
        NAMES,
        (("q", "gamma"),),
        objective,
        peak,
        units=np.array([1.0, 1.0, unit]),
        shift=-spending.customers * float(np.log(unit)),
        customers=spending.customers,
    )


def mean_spend(parameters: Numbers) -> float:
    """Mean spend a purchase over all customers; infinite if q is not above 1.

    >>> round(mean_spend(np.array([6.25, 3.74, 15.44])), 2)
    35.22
    """
    p, q, gamma = parameters
    return float(p * gamma / (q - 1)) if q > 1 else float("inf")


def expect_spend(parameters: Numbers, purchases: Numbers, spend: Numbers) -> Numbers:
    """Mean spend a purchase of customers of whom so many purchases of this mean are known (0 of any mean: none)."""
    p, q, gamma = parameters
    depth = p * purchases + q - 1
    return np.where(depth > 0, p * (gamma + purchases * spend) / np.where(depth > 0, depth, 1.0), np.inf)


def thin_spend(parameters: Numbers, share: float) -> Numbers:
    """Parameters of spend a purchase where only a `share` of purchases is kept and the others bring nothing.

    A Gamma-Gamma with the mean and, given the customer, the variance of such purchases: what is known of a customer
    then holds nothings too, and counts for less.

    >>> kept = np.array([6.25, 3.74, 15.44])
    >>> round(mean_spend(thin_spend(kept, 0.7)) / mean_spend(kept), 10)
    0.7
    """
    p, q, gamma = parameters
    wider = 1 + p * (1 - share)
    return np.array([p * share / wider, q, gamma * wider])


@dataclass(frozen=True, kw_only=True)
class _Sums:
    purchases: Numbers
    customers: Numbers
    totals: Numbers
    by_row: Numbers
    counts: Numbers
    log_spend: float
    weighted_log: float


def _sum_up(spending: Spending, unit: float) -> _Sums:
    x, z, counts = spending.purchases, spending.spend / unit, spending.counts
    distinct, place = np.unique(x, return_inverse=True)
    return _Sums(
        purchases=distinct,
        customers=np.bincount(place, counts, len(distinct)).astype(np.float64),
        totals=x * z,
        by_row=x,
        counts=counts,
        log_spend=float(counts @ np.log(z)),
        weighted_log=float((counts * x) @ np.log(x * z)),
    )


def _log_likelihood(parameters: Numbers, sums: _Sums) -> tuple[float, Numbers]:
    p, q, gamma = parameters
    x, weights, n = sums.purchases, sums.customers, sums.counts.sum()
    plus = gamma + sums.totals
    logs = sums.counts * np.log(plus)
    all_logs, x_logs = logs.sum(), sums.by_row @ logs
    value = (
        weights @ (gammaln(p * x + q) - gammaln(p * x) - gammaln(q))
        + n * q * np.log(gamma)
        + p * sums.weighted_log
        - sums.log_spend
        - p * x_logs
        - q * all_logs
    )
    both = digamma(p * x + q)
    return float(value), np.array(
        [
            (weights * x) @ (both - digamma(p * x)) + sums.weighted_log - x_logs,
            weights @ (both - digamma(q)) + n * np.log(gamma) - all_logs,
            n * q / gamma - (sums.counts / plus) @ (p * sums.by_row + q),
        ]
    )
