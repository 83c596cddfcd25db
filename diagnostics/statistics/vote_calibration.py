"""Whether votes predict sales: rank correlation with an interval, and the products that votes got wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri
from scipy.stats import spearmanr

if TYPE_CHECKING:
    import pandas as pd

LEAST_PRODUCTS = 8


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Products with vote_share, sales_share and ranks, the rank correlation with its ends, and the mean error.

    `error` is half of the summed differences of both shares: the part of all votes that would have to move.
    """

    products: pd.DataFrame
    correlation: float
    low: float
    high: float
    error: float


def calibrate(products: pd.DataFrame, confidence: float = 0.95) -> Calibration | None:
    """Set votes against units sold; `None` with fewer than 8 products or where all are alike.

    `products` are rows of `count_votes`. The interval is Fisher's with the standard error for ranks,
    sqrt((1 + r²/2) / (n − 3)). Source: D. G. Bonett and T. A. Wright (2000), Psychometrika 65:23-28.
    """
    if len(products) < LEAST_PRODUCTS or 1 in {len(set(products.votes)), len(set(products.units))}:
        return None
    r = float(spearmanr(products.votes, products.units).statistic)
    error = np.sqrt((1 + r**2 / 2) / (len(products) - 3))
    middle, half = np.arctanh(np.clip(r, -0.999999, 0.999999)), float(ndtri((1 + confidence) / 2)) * error
    shares = products.assign(
        vote_share=products.votes / products.votes.sum(),
        sales_share=products.units / products.units.sum(),
        vote_rank=products.votes.rank(pct=True),
        sales_rank=products.units.rank(pct=True),
    )
    return Calibration(
        products=shares.sort_values("votes", ascending=False, ignore_index=True),
        correlation=r,
        low=float(np.tanh(middle - half)),
        high=float(np.tanh(middle + half)),
        error=float((shares.vote_share - shares.sales_share).abs().sum() / 2),
    )
