"""Splits the change of an average into what each segment did (rate) and how weights moved between them (mix)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Mix:
    """Averages before and after (…), and parts by segment (…, segments) that sum to their difference."""

    before: Numbers
    after: Numbers
    rate: Numbers
    mix: Numbers


def split_mix(
    weights_before: ArrayLike, sums_before: ArrayLike, weights_after: ArrayLike, sums_after: ArrayLike
) -> Mix:
    """Split the change of `sum / weight` over segments; all arguments are (…, segments).

    Symmetric (mean weights and mean levels of the two sides), so there is no interaction term. A segment that is
    missing on one side has the level of the other there, so that its coming or going is mix alone.
    Source: E. M. Kitagawa (1955), JASA 50:1168-1194.

    >>> split = split_mix([100, 50], [20000, 5000], [60, 90], [12000, 9000])
    >>> float(split.mix.sum().round(2)), float(split.rate.sum())
    (-26.67, 0.0)
    """
    weight0, sum0, weight1, sum1 = (
        np.asarray(values, dtype=np.float64) for values in (weights_before, sums_before, weights_after, sums_after)
    )
    level0, level1 = _divide(sum0, weight0), _divide(sum1, weight1)
    level0, level1 = np.where(np.isnan(level0), level1, level0), np.where(np.isnan(level1), level0, level1)
    level0, level1 = np.nan_to_num(level0), np.nan_to_num(level1)
    before = _divide(sum0.sum(axis=-1), weight0.sum(axis=-1))
    after = _divide(sum1.sum(axis=-1), weight1.sum(axis=-1))
    share0 = weight0 / weight0.sum(axis=-1, keepdims=True)
    share1 = weight1 / weight1.sum(axis=-1, keepdims=True)
    middle = ((before + after) / 2)[..., np.newaxis]
    return Mix(
        before=before,
        after=after,
        rate=(share0 + share1) / 2 * (level1 - level0),
        mix=(share1 - share0) * ((level0 + level1) / 2 - middle),
    )


def _divide(upper: Numbers, lower: Numbers) -> Numbers:
    ratio: Numbers = np.asarray(upper) / np.where(np.asarray(lower) == 0, np.nan, lower)
    return ratio
