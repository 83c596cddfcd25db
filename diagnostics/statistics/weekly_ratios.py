"""Ratios of sums with an error from how they move from week to week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

# Fewer weeks tell nothing of how far a ratio moves.
LEAST_WEEKS = 4


def estimate_ratios(moments: pd.DataFrame) -> pd.DataFrame:
    """Moments by unit with `value` (x / w) and `error`, its standard error; NaN error under 4 weeks.

    Weeks are the clusters, so days that hang together within a week do not make the error too small. `moments` has
    weeks, x, w, xx, xw, ww, as `metrics.recent.sum_weeks` counts them.
    Source: W. G. Cochran (1977), Sampling Techniques, 6.4, the ratio estimate by linearisation.

    >>> import pandas as pd
    >>> one = pd.DataFrame([{"weeks": 4, "x": 10.0, "w": 4.0, "xx": 30.0, "xw": 10.0, "ww": 4.0}])
    >>> estimated = estimate_ratios(one).iloc[0]
    >>> float(estimated.value), round(float(estimated.error), 4)
    (2.5, 0.6455)
    """
    value = moments.x / moments.w
    squares = (moments.xx - 2 * value * moments.xw + value**2 * moments.ww).clip(lower=0)
    error = np.sqrt(squares * moments.weeks / (moments.weeks - 1).clip(lower=1)) / moments.w
    return moments.assign(value=value, error=error.where(moments.weeks >= LEAST_WEEKS))


def estimate_shares(moments: pd.DataFrame) -> pd.DataFrame:
    """The same for shares of cases: the error is at least that of independent cases, so none of few keeps a doubt.

    `x` are the successes of `w` cases; one success and one failure are added for the least error.
    Source: A. Agresti and B. Caffo (2000), The American Statistician 54:280-288.
    """
    estimated = estimate_ratios(moments)
    soft = (moments.x + 1) / (moments.w + 2)
    least = np.sqrt(soft * (1 - soft) / (moments.w + 2))
    return estimated.assign(error=estimated.error.clip(lower=least))
