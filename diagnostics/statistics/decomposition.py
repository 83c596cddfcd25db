"""Splits the change of a product of factors into one part a factor, so that the parts sum to the change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Split:
    """The change of a sum over segments of products of factors.

    `effects` (…, segments, factors) hold each factor's part; `whole` (…, segments) holds the change of a
    segment that can't be split, because a factor is not defined on one side (it entered or left).
    `effects` and `whole` together sum to `after - before` (…), exactly up to floating point.
    """

    effects: Numbers
    whole: Numbers
    before: Numbers
    after: Numbers

    @property
    def by_factor(self) -> Numbers:
        """Each factor's part over all segments, (…, factors)."""
        total: Numbers = self.effects.sum(axis=-2)
        return total

    @property
    def ratios(self) -> Numbers:
        """Each factor's part as a ratio, (…, factors); with `whole_ratio` they multiply to `after / before`.

        The multiplicative LMDI-I follows from the additive one by D = exp(effect / L(after, before)).
        """
        ratios: Numbers = np.exp(self.by_factor / log_mean(self.after, self.before)[..., np.newaxis])
        return ratios

    @property
    def whole_ratio(self) -> Numbers:
        """The part of the segments that can't be split, as a ratio, (…)."""
        ratio: Numbers = np.exp(self.whole.sum(axis=-1) / log_mean(self.after, self.before))
        return ratio


def decompose(before: ArrayLike, after: ArrayLike) -> Split:
    """Split the change of `sum over segments of product over factors`.

    `before` and `after` are (…, segments, factors). Segments whose factors are all positive on both sides are
    split by LMDI-I, others (a zero or a negative factor) by Shapley values; a segment with a NaN factor on
    either side is not split. A NaN side counts as a segment that is not there (worth 0).

    >>> split = decompose([[100.0, 0.5]], [[110.0, 0.4]])
    >>> split.effects.round(3), float(split.after - split.before)
    (array([[  4.473, -10.473]]), -6.0)
    """
    old, new = np.broadcast_arrays(np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64))
    defined = ~np.isnan(old + new).any(axis=-1)
    old_value, new_value = _multiply(old), _multiply(new)
    # Positive factors may have a product too small for a float.
    positive = defined & (old > 0).all(axis=-1) & (new > 0).all(axis=-1) & (old_value > 0) & (new_value > 0)
    ones = np.ones_like(old)
    by_logs = split_by_logs(np.where(positive[..., None], old, ones), np.where(positive[..., None], new, ones))
    effects = np.where(positive[..., None], by_logs, 0.0)
    if (rest := defined & ~positive).any():
        by_orders = split_by_orders(np.where(rest[..., None], old, ones), np.where(rest[..., None], new, ones))
        effects = np.where(rest[..., None], by_orders, effects)
    return Split(
        effects=effects,
        whole=np.where(defined, 0.0, new_value - old_value),
        before=old_value.sum(axis=-1),
        after=new_value.sum(axis=-1),
    )


def split_by_logs(before: Numbers, after: Numbers) -> Numbers:
    """LMDI-I: the part of a factor is L(after, before) × ln(its ratio); all factors must be positive.

    `before` and `after` are (…, factors). Source: B. W. Ang (2005), Energy Policy 33:867-871.
    """
    weight = log_mean(after.prod(axis=-1), before.prod(axis=-1))
    return weight[..., np.newaxis] * np.log(after / before)


def split_by_orders(before: Numbers, after: Numbers) -> Numbers:
    """Shapley values: the part of a factor is its effect averaged over all orders of changing the factors.

    `before` and `after` are (…, factors); zero and negative factors are allowed.
    Source: L. S. Shapley (1953); for products see J. Albrecht, D. François and K. Schoors (2002), Energy Policy
    30:727-736.
    """
    count = before.shape[-1]
    parts = np.zeros_like(before)
    for factor in range(count):
        others = [other for other in range(count) if other != factor]
        for size in range(count):
            chance = factorial(size) * factorial(count - 1 - size) / factorial(count)
            for changed in combinations(others, size):
                kept = [other for other in others if other not in changed]
                rest = after[..., list(changed)].prod(axis=-1) * before[..., kept].prod(axis=-1)
                parts[..., factor] += chance * rest * (after[..., factor] - before[..., factor])
    return parts


def log_mean(first: ArrayLike, second: ArrayLike) -> Numbers:
    """The logarithmic mean (a - b) / ln(a / b) of positive numbers, and a where a equals b.

    >>> float(log_mean(8, 8)), round(float(log_mean(2, 1)), 6)
    (8.0, 1.442695)
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    distance = np.log(a / b)
    near = np.where(distance == 0, 1.0, distance)
    return b * np.where(distance == 0, 1.0, np.expm1(distance) / near)


def settle_cents(parts: ArrayLike, change: float) -> NDArray[np.int64]:
    """Parts in whole cents that sum exactly to the change in cents, by largest remainders.

    `parts` may have any shape; `ValueError` if they don't sum to the change within a cent a part.

    >>> settle_cents([0.014, 0.014, 0.012], 0.04)
    array([2, 1, 1])
    """
    cents = np.asarray(parts, dtype=np.float64) * 100
    whole = np.floor(cents).astype(np.int64)
    short = round(change * 100) - int(whole.sum())
    if not 0 <= short <= cents.size:
        message = f"parts of {cents.sum() / 100:.4f} are not the parts of a change of {change:.4f}"
        raise ValueError(message)
    order = np.argsort(-(cents - whole).ravel(), kind="stable")
    whole.ravel()[order[:short]] += 1
    return whole


def _multiply(factors: Numbers) -> Numbers:
    product: Numbers = np.where(np.isnan(factors).any(axis=-1), 0.0, factors.prod(axis=-1))
    return product
