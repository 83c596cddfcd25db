"""How many times as many a day come in a window as on the days around it, widened by how unevenly they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def compare_counts(inside: ArrayLike, around: ArrayLike) -> tuple[float, float, float]:
    """Ratio of the daily means of two series of counts, with the low and high of its 95% interval.

    Given the total, the count inside is binomial for two Poisson rates; counts are divided by the dispersion of the
    days around (variance over mean, at least 1), as days come unevenly. NaN if nothing came on the days around.

    Source: J. Przyborowski and H. Wilenski (1940), Biometrika 31:313-323, with Wilson's interval for the share.

    >>> [round(part, 2) for part in compare_counts([10] * 7, [1] * 56)]
    [10.0, 7.05, 14.19]
    """
    first, second = np.asarray(inside, dtype=float), np.asarray(around, dtype=float)
    if not len(first) or not second.sum():
        return float("nan"), float("nan"), float("nan")
    spread = max(1.0, float(second.var(ddof=1) / second.mean())) if len(second) > 1 else 1.0
    low, high = wilson(first.sum() / spread, (first.sum() + second.sum()) / spread)
    days = len(second) / len(first)
    odds = [float(share / (1 - share)) if share < 1 else float("inf") for share in (low, high)]
    return float(first.mean() / second.mean()), days * odds[0], days * odds[1]
