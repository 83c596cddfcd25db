"""How many purchases fall into a time, for rates that follow a gamma distribution."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, betaln, gammaln, xlog1py

from diagnostics.statistics.repeat_buying.histories import Numbers


def log_nbd(count: Numbers, shape: Numbers, scale: Numbers, time: Numbers) -> Numbers:
    """Logarithm of the chance of `count` purchases within `time`, rates being gamma(shape, scale as a time).

    >>> round(float(np.exp(log_nbd(np.array(0.0), np.array(2.0), np.array(1.0), np.array(1.0)))), 4)
    0.25
    """
    ways = gammaln(shape + count) - gammaln(shape) - gammaln(count + 1)
    return np.asarray(ways - xlog1py(shape, time / scale) - xlog1py(count, scale / np.maximum(time, 1e-300)))


def reach_nbd(count: Numbers, shape: Numbers, scale: Numbers, time: Numbers) -> Numbers:
    """The chance of at least `count` purchases within `time`, for count of 1 or more."""
    return np.asarray(betainc(count, shape, time / (scale + time)))


def log_beta_ratio(a: Numbers, b: Numbers, more_a: Numbers, more_b: Numbers) -> Numbers:
    """Logarithm of B(a + more_a, b + more_b) / B(a, b)."""
    return np.asarray(betaln(a + more_a, b + more_b) - betaln(a, b))
