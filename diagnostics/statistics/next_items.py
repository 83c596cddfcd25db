"""Which product follows which more often than chance, with intervals and a limit on false discoveries."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc
from scipy.stats import chi2

Numbers: TypeAlias = NDArray[np.float64]
LEAST_EXPECTED = 3.0
DIGITS = 12


def adjust_false_discoveries(p_values: ArrayLike) -> Numbers:
    """Adjusted p-values: raising all those up to q keeps the share of false ones among the raised below q.

    Source: Y. Benjamini and Y. Hochberg (1995), Journal of the Royal Statistical Society B 57:289-300.

    >>> adjust_false_discoveries([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p)[::-1]
    rank = np.arange(len(p), 0, -1)
    adjusted = np.minimum(np.minimum.accumulate(p[order] * len(p) / rank), 1.0)
    found = np.empty_like(p)
    found[order] = adjusted
    return found


def bound_ratio(observed: ArrayLike, expected: ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Low and high of observed over expected, the observed taken as a Poisson count (wider than what is drawn).

    Source: F. Garwood (1936), Biometrika 28:437-442.

    >>> low, high = bound_ratio([30], [15.0])
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (1.35, 2.86)
    """
    count, fair = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    tail = (1 - confidence) / 2
    low = np.where(count > 0, chi2.ppf(tail, 2 * np.maximum(count, 1)) / 2, 0.0)
    return low / fair, chi2.ppf(1 - tail, 2 * (count + 1)) / 2 / fair


def find_chance(observed: ArrayLike, expected: ArrayLike, variance: ArrayLike) -> Numbers:
    """The chance of as many or more, for a sum of draws without replacement of known mean and variance.

    The tail of the binomial with that mean and variance, that of the Poisson where the variance reaches the mean or
    the binomial has no room: a normal tail is too thin for small expectations.

    >>> find_chance([10, 0], [3.0, 3.0], [3.0, 2.7]).round(4).tolist()
    [0.0011, 1.0]
    """
    count, mean, spread = (np.asarray(values, dtype=np.float64) for values in (observed, expected, variance))
    share = np.clip(1 - spread / mean, 0.0, 1.0)
    room = np.divide(mean, share, out=np.zeros_like(mean), where=share > 0) - count + 1
    some = np.maximum(count, 1.0)
    poisson = gammainc(some, mean)
    binomial = betainc(some, np.where(room > 0, room, 1.0), share)
    return np.where(count > 0, np.where((share > 0) & (room > 0), binomial, poisson), 1.0)


def bound_next(pairs: pd.DataFrame) -> pd.DataFrame:
    """Add share, lift, low, high, p and q to the pairs that could be told (3 expected and more), the surest first.

    `pairs` are rows of `count_next`. Pairs are chosen by what is expected, not by what was seen, so that choosing makes
    no discoveries. p is one-sided (`find_chance`); q is Benjamini and Hochberg's over all pairs chosen.
    """
    kept = pairs[(pairs.expected >= LEAST_EXPECTED) & (pairs.variance > 0)].reset_index(drop=True)
    low, high = bound_ratio(kept.together, kept.expected)
    p = find_chance(kept.together, kept.expected, kept.variance)
    bounded = kept.assign(
        share=kept.together / kept.customers,
        lift=kept.together / kept.expected,
        low=low,
        high=high,
        p=p,
        q=adjust_false_discoveries(p),
    )
    # Sums come in any order: their last digits must not decide which of two equal pairs stands first.
    keys = pd.DataFrame({"q": bounded.q.round(DIGITS), "low": -bounded.low.round(DIGITS)})
    order = keys.join(bounded[["sku", "other"]]).sort_values(["q", "low", "sku", "other"]).index
    return bounded.loc[order].reset_index(drop=True)
