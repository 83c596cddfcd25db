"""How many new people one referrer brings (K), from counts with long tails, and how long the loop takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

# A count of people is never steadier than if each had come by chance alone.
LEAST_DISPERSION = 1.0


@dataclass(frozen=True, kw_only=True)
class Offspring:
    """Mean number brought a referrer with its interval; `n` referrers, `total` brought, spread over chance."""

    mean: float
    low: float
    high: float
    n: float
    total: float
    dispersion: float

    @property
    def reach(self) -> float:
        """All who come in the end for each referrer of the first round, if newcomers refer alike: K / (1 - K).

        Infinite from K = 1 on. Source: T. E. Harris (1963), The Theory of Branching Processes, ch. I.
        """
        return self.mean / (1 - self.mean) if self.mean < 1 else float("inf")


def count_offspring(brought: ArrayLike, referrers: ArrayLike, alpha: float = 0.05) -> Offspring:
    """K from a histogram: `referrers[i]` of them brought `brought[i]` people each.

    The interval is the quasi-score one of a mean of overdispersed counts, solved for the mean, with Student's
    quantile; it stays above 0 and holds where nobody was brought. Source: P. McCullagh and J. A. Nelder (1989),
    Generalized Linear Models, 2nd ed., ch. 9.

    >>> k = count_offspring([0, 1, 2], [50, 30, 20])
    >>> round(k.mean, 2), round(k.low, 2), round(k.high, 2)
    (0.7, 0.55, 0.89)
    """
    number, count = np.asarray(brought, dtype=np.float64), np.asarray(referrers, dtype=np.float64)
    n, total = float(count.sum()), float((number * count).sum())
    if n <= 0:
        return Offspring(mean=np.nan, low=np.nan, high=np.nan, n=0, total=0, dispersion=np.nan)
    mean = total / n
    variance = float((count * (number - mean) ** 2).sum()) / max(n - 1, 1)
    return find_mean(total, n, variance / mean if mean > 0 else LEAST_DISPERSION, freedom=n - 1, alpha=alpha)


def find_mean(total: float, n: float, dispersion: float, *, freedom: float, alpha: float = 0.05) -> Offspring:
    """The mean `total / n` with its quasi-score interval: all k with (mean - k)^2 <= q^2 * dispersion * k / n."""
    spread = max(dispersion, LEAST_DISPERSION)
    mean = total / n
    quantile = float(stdtrit(max(freedom, 1), 1 - alpha / 2))
    half = quantile**2 * spread / n
    middle = mean + half / 2
    width = float(np.sqrt(half * mean + half**2 / 4))
    return Offspring(
        mean=mean, low=max(middle - width, 0.0), high=middle + width, n=n, total=total, dispersion=dispersion
    )


def compare_offspring(mine: Offspring, others: Offspring) -> float:
    """The upper end (95 %) of the ratio of two means of counts, by the logarithm; infinite where the others have none.

    >>> round(compare_offspring(count_offspring([0, 1], [80, 20]), count_offspring([0, 1], [20, 80])), 2)
    0.41
    """
    if others.total <= 0:
        return float("inf")
    errors = [max(k.dispersion, LEAST_DISPERSION) / max(k.total, 1.0) for k in (mine, others)]
    ratio = max(mine.total, 0.5) / mine.n / (others.total / others.n)
    return float(ratio * np.exp(1.96 * np.sqrt(sum(errors))))
