"""Compares shares of two periods group by group, so that a shift between groups does not count as a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import norm

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, kw_only=True)
class Change:
    """Share now and before, at the group sizes of now, and the interval of the difference before minus now."""

    now: float
    before: float
    low: float
    high: float
    n: float

    @property
    def fall(self) -> float:
        """How far the share fell."""
        return self.before - self.now


def compare_groups(
    now: tuple[ArrayLike, ArrayLike],
    before: tuple[ArrayLike, ArrayLike],
    *,
    confidence: float = 0.95,
    least: int = 30,
) -> Change | None:
    """Direct standardisation to the sizes of now over groups with `least` cases in both periods; `None` without one.

    `now` and `before` are successes and cases, one entry a group. The interval is normal, with one success and
    one failure added to each share for its variance, so that a share of 0 or 1 keeps some doubt.

    Source: J. L. Fleiss, B. Levin and M. C. Paik (2003), Statistical Methods for Rates and Proportions, 19.3;
    A. Agresti and B. Caffo (2000), The American Statistician 54:280-288 for the variance.

    >>> change = compare_groups(([40, 30], [100, 100]), ([60, 30], [100, 100]))
    >>> round(change.fall, 2), round(change.low, 2)
    (0.1, 0.01)
    """
    x1, n1, x0, n0 = (np.asarray(values, dtype=np.float64) for values in (*now, *before))
    kept = (n1 >= least) & (n0 >= least)
    if not kept.any():
        return None
    x1, n1, x0, n0 = x1[kept], n1[kept], x0[kept], n0[kept]
    weight = n1 / n1.sum()
    soft1, soft0 = (x1 + 1) / (n1 + 2), (x0 + 1) / (n0 + 2)
    variance = np.sum(weight**2 * (soft1 * (1 - soft1) / (n1 + 2) + soft0 * (1 - soft0) / (n0 + 2)))
    half = float(norm.ppf((1 + confidence) / 2) * np.sqrt(variance))
    share, former = float(np.sum(weight * x1 / n1)), float(np.sum(weight * x0 / n0))
    fall = former - share
    return Change(now=share, before=former, low=fall - half, high=fall + half, n=float(n1.sum()))
