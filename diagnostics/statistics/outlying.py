"""Which of many like units stand out from the others, when units differ anyway and each is measured with an error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import false_discovery_control, t

Numbers: TypeAlias = NDArray[np.float64]
Worse = Literal["high", "low"]

# With fewer units nothing is known of how far like units lie apart.
LEAST_UNITS = 5
# The normal quartile: a median deviation times this is a standard deviation.
NORMAL_MAD = 1.4826


@dataclass(frozen=True, kw_only=True)
class Outlying:
    """Each unit against the middle of all: the gap in the bad direction, its 95% interval, and its adjusted p.

    `middle` is the median, `spread` how far like units lie apart beyond their errors. All arrays follow the units;
    NaN where a unit can't be judged.
    """

    middle: float
    spread: float
    gap: Numbers
    low: Numbers
    high: Numbers
    adjusted: Numbers

    def marks(self, rate: float) -> NDArray[np.bool_]:
        """The units that stand out, of which at most the share `rate` is expected to be false."""
        return np.nan_to_num(self.adjusted, nan=1.0) <= rate


def find_outlying(values: ArrayLike, errors: ArrayLike, worse: Worse) -> Outlying:
    """Hold every unit against the median of all, by the usual spread of units and its own error together.

    The spread comes from the median deviation, which some bad units do not move; p-values are of Student's t with
    one degree less than half the units (a median deviation uses about that much of the data) and adjusted by
    Benjamini and Hochberg. Units with an error of NaN or fewer than 5 units are not judged. The interval of the gap
    is by the unit's own error.

    Source: Y. Benjamini and Y. Hochberg (1995), JRSS B 57:289-300; P. J. Rousseeuw and C. Croux (1993), JASA
    88:1273-1283 for the efficiency of the median deviation.

    >>> found = find_outlying([8, 9, 8, 10, 9, 8, 60], [1, 1, 1, 1, 1, 1, 4], "high")
    >>> found.middle, found.marks(0.05).tolist()
    (9.0, [False, False, False, False, False, False, True])
    """
    value, error = np.asarray(values, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    known = np.isfinite(value) & np.isfinite(error)
    nothing = np.full(value.shape, np.nan)
    if known.sum() < LEAST_UNITS:
        middle = float(np.median(value[known])) if known.any() else float("nan")
        return Outlying(middle=middle, spread=0.0, gap=nothing, low=nothing, high=nothing, adjusted=nothing)
    middle = float(np.median(value[known]))
    deviation = NORMAL_MAD * float(np.median(np.abs(value[known] - middle)))
    variance = max(deviation**2 - float(np.median(error[known] ** 2)), 0.0)
    gap = (value - middle) if worse == "high" else (middle - value)
    doubt = np.sqrt(np.maximum(error**2 + variance, 1e-18))
    adjusted = nothing.copy()
    adjusted[known] = false_discovery_control(t.sf((gap / doubt)[known], max(known.sum() / 2 - 1, 2)))
    half = t.ppf(0.975, max(known.sum() - 1, 2)) * error
    return Outlying(
        middle=middle, spread=float(np.sqrt(variance)), gap=gap, low=gap - half, high=gap + half, adjusted=adjusted
    )


def find_outlying_shares(successes: ArrayLike, n: ArrayLike, errors: ArrayLike, worse: Worse) -> Outlying:
    """The same for shares of cases, judged on the scale of the arcsine of the root; gap and interval are of shares.

    Shares near 0 lie skewed: some of many like units have three times the median. On the arcsine scale they spread
    evenly, so these do not stand out. `errors` are of the shares, at least those of independent cases.

    Source: F. J. Anscombe (1948), Biometrika 35:246-254.
    """
    count, total = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    error = np.asarray(errors, dtype=np.float64)
    share = count / total
    soft = (count + 0.375) / (total + 0.75)
    scaled = np.maximum(error / (2 * np.sqrt(soft * (1 - soft))), 0.5 / np.sqrt(total + 0.5))
    found = find_outlying(share, error, worse)
    return replace(found, adjusted=find_outlying(np.arcsin(np.sqrt(soft)), scaled, worse).adjusted)


def find_outlying_times(values: ArrayLike, errors: ArrayLike, worse: Worse) -> Outlying:
    """The same for times and other figures above 0 that lie skewed, judged by their logarithms.

    Figures of 0 are taken as a thousandth of the median. Gap and interval are of the figures themselves.
    """
    value, error = np.asarray(values, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    found = find_outlying(value, error, worse)
    least = max(found.middle / 1000, 1e-12) if np.isfinite(found.middle) else 1e-12
    held = np.maximum(value, least)
    return replace(found, adjusted=find_outlying(np.log(held), error / held, worse).adjusted)
