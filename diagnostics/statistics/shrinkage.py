"""Pulls many noisy effects towards their mean, so that the most extreme is not taken at face value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Shrunk:
    """Effects after shrinkage with their errors; `mean` and `spread` are those of the true effects."""

    values: Numbers
    errors: Numbers
    mean: float
    spread: float

    def bounds(self, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
        """Low and high of each effect, at Bonferroni's level for all of them together."""
        z = float(ndtri(1 - (1 - confidence) / 2 / max(len(self.values), 1)))
        return self.values - z * self.errors, self.values + z * self.errors


def shrink(effects: ArrayLike, errors: ArrayLike) -> Shrunk:
    """Empirical Bayes for normal effects: the spread of the true ones by moments, then the posterior of each.

    `errors` are standard errors, all positive. Where the effects differ no more than their errors explain, the
    spread is 0 and all shrink to the mean. `ValueError` on lengths that differ or an error that is not positive.

    Source: R. DerSimonian and N. Laird (1986), Controlled Clinical Trials 7:177-188 for the spread;
    B. Efron and C. Morris (1975), JASA 70:311-319 for the posterior.

    >>> shrunk = shrink([0.0, 0.0, 0.3], [0.05, 0.05, 0.05])
    >>> [round(float(value), 3) for value in shrunk.values]
    [0.008, 0.008, 0.283]
    """
    observed, error = np.asarray(effects, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if observed.shape != error.shape or np.any(error <= 0):
        message = "effects need one positive error each"
        raise ValueError(message)
    variance = _estimate_variance(observed, error)
    weight = 1 / (error**2 + variance)
    mean = float(np.average(observed, weights=weight)) if len(observed) else float("nan")
    trust = variance / (variance + error**2)
    values = mean + trust * (observed - mean)
    # The doubt about the mean itself counts in so far as an effect leans on it.
    doubt = 1 / weight.sum() if len(observed) else 0.0
    errors_after = np.sqrt(trust * error**2 + (1 - trust) ** 2 * doubt)
    return Shrunk(values=values, errors=errors_after, mean=mean, spread=float(np.sqrt(variance)))


def _estimate_variance(observed: Numbers, error: Numbers) -> float:
    """The variance of the true effects by the moment of Cochran's Q, never below 0."""
    if len(observed) <= 1:
        return 0.0
    weight = error**-2
    mean = float(np.average(observed, weights=weight))
    excess = float(np.sum(weight * (observed - mean) ** 2)) - (len(observed) - 1)
    scale = float(weight.sum() - np.sum(weight**2) / weight.sum())
    return max(excess / scale, 0.0)
