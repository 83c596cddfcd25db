"""A share added up over clusters (sessions, campaigns, stores), with the interval that their spread demands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, stdtrit

from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

LEAST_CLUSTERS = 2


@dataclass(frozen=True, kw_only=True)
class ClusteredShare:
    """A share with its 95 % interval, from `clusters` with `n` people of whom `count` did it."""

    share: float
    low: float
    high: float
    n: int
    count: int
    clusters: int


def rate_clusters(counts: ArrayLike, totals: ArrayLike, confidence: float = 0.95) -> ClusteredShare:
    """The share of `counts` in `totals` over all clusters; never narrower than if everybody were drawn alone.

    Each cluster is one draw: the variance is that of a ratio of sums, with Student's quantile for the number of
    clusters, on the odds' scale. NaN bounds from fewer than two clusters. Source: W. G. Cochran (1977), Sampling
    Techniques, 3rd ed., ch. 6 (ratio estimates).

    >>> rate = rate_clusters([10, 10, 10], [100, 100, 100])
    >>> round(rate.share, 3), round(rate.low, 3), round(rate.high, 3)
    (0.1, 0.071, 0.139)
    """
    done, asked = np.asarray(counts, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    n, count, clusters = float(asked.sum()), float(done.sum()), int((asked > 0).sum())
    if clusters < LEAST_CLUSTERS:
        share = count / n if n > 0 else float("nan")
        return ClusteredShare(share=share, low=np.nan, high=np.nan, n=int(n), count=int(count), clusters=clusters)
    alone_low, alone_high = (float(end) for end in wilson(count, n, confidence))
    share = count / n
    smooth = (count + 0.5) / (n + 1)
    spread = float(((done - share * asked) ** 2).sum()) * clusters / (clusters - 1)
    half = float(stdtrit(clusters - 1, (1 + confidence) / 2)) * np.sqrt(spread) / n / (smooth * (1 - smooth))
    low, high = float(expit(logit(smooth) - half)), float(expit(logit(smooth) + half))
    return ClusteredShare(
        share=share,
        low=min(low, alone_low),
        high=max(high, alone_high),
        n=int(n),
        count=int(count),
        clusters=clusters,
    )
