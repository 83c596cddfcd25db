"""How far the newcomers of each product fall behind other newcomers: in return rate, shrunk, and in money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from diagnostics.statistics.certainty import LIKELY
from diagnostics.statistics.proportions import wilson
from diagnostics.statistics.shrinkage import shrink

if TYPE_CHECKING:
    import pandas as pd

# What nobody saw is taken to be no more than what was seen.
LEAST_SEEN = 0.5


def bound_gaps(products: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Add rate, its interval, expected_rate, gap (expected minus own, shrunk), gap_low, gap_high, and the loss.

    `products` has followed, returned, expected and others, and for the money later, later_expected,
    later_variance and seen_share, as `count_gateways` gives them. Intervals of gap are Bonferroni's for the
    rows given. `loss` is the later spend that the product's newcomers lack, shrunk as their rate is, with an 80 %
    range; its low end, not below 0, counts what was seen only; its high end takes the same loss for customers whose
    first product was not seen (`seen_share`).
    """
    rate, expected = products.returned / products.followed, products.expected / products.followed
    low, high = wilson(products.returned, products.followed)
    # The variance is that of no difference, which holds for rates of 0 too.
    even = np.clip(expected, 0.01, 0.99)
    errors = np.sqrt(even * (1 - even) * (1 / products.followed + 1 / products.others))
    shrunk = shrink(expected - rate, errors)
    gap_low, gap_high = shrunk.bounds(confidence)
    bounded = products.assign(
        rate=rate, low=low, high=high, expected_rate=expected, gap=shrunk.values, gap_low=gap_low, gap_high=gap_high
    )
    return _add_losses(bounded)


def _add_losses(products: pd.DataFrame) -> pd.DataFrame:
    raw = (products.expected_rate - products.rate).to_numpy()
    trust = np.clip(np.divide(products.gap, raw, out=np.ones(len(raw)), where=raw != 0), 0, 1)
    loss = (products.later_expected - products.later) * trust
    half = float(ndtri((1 + LIKELY) / 2)) * np.sqrt(np.maximum(products.later_variance, 0))
    seen = products.seen_share.fillna(1).clip(LEAST_SEEN, 1)
    return products.assign(loss=loss, loss_low=(loss - half).clip(lower=0), loss_high=(loss + half) / seen)
