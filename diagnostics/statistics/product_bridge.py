"""The change of GMV split by products: those that came, those that went, and units, mix and prices of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = NDArray[np.float64]

KINDS = ("entered", "left", "stayed", "uncoded")
SUMS = ("units", "paid", "gmv", "value")
PARTS = ("entered", "left", "units", "mix", "price", "uncoded", "refunds")


@dataclass(frozen=True, kw_only=True)
class ProductBridge:
    """GMV before and after, and every part with its interval; the parts sum to the change."""

    before: float
    after: float
    effects: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]


def bridge_products(sums: pd.DataFrame, confidence: float = 0.95) -> ProductBridge:
    """Split the change; `sums` come from `metrics.product_changes.sum_products`.

    Of products sold in both periods: price is the change of each price at mean units, the rest of their change is
    units at mean prices; of that, `units` is the change of all units at the mean price of all, `mix` the rest (two
    factors' Shapley values, and Kitagawa's split of the average). Intervals by a jackknife over buckets of customers
    with each product's mean price held fixed.
    """
    buckets, bucket = np.unique(sums.bucket, return_inverse=True)
    counts = np.zeros((max(len(buckets), 2), len(KINDS), 2, len(SUMS)))
    kind = sums.kind.map({name: place for place, name in enumerate(KINDS)}).to_numpy(dtype=int)
    np.add.at(counts, (bucket, kind, sums.is_current.astype(int)), sums[list(SUMS)].to_numpy(dtype=float))
    whole = counts.sum(axis=0)
    effects = split_products(whole)
    low, high = find_interval(effects, split_products(leave_one_out(counts)), confidence)
    before, after = whole[..., SUMS.index("gmv")].sum(axis=0).tolist()
    return ProductBridge(
        before=before,
        after=after,
        effects=dict(zip(PARTS, effects.tolist(), strict=True)),
        low=dict(zip(PARTS, low.tolist(), strict=True)),
        high=dict(zip(PARTS, high.tolist(), strict=True)),
    )


def split_products(counts: Numbers) -> Numbers:
    """The parts (…, parts) from sums (…, kinds, periods, sums)."""
    units, paid, gmv, value = np.moveaxis(counts, -1, 0)
    change = paid[..., 1] - paid[..., 0]
    entered, left, stayed, uncoded = np.moveaxis(change, -1, 0)
    place = KINDS.index("stayed")
    sold, worth = units[..., place, :], paid[..., place, :]
    at_mean = value[..., place, 1] - value[..., place, 0]
    price = np.nan_to_num(worth / np.where(sold > 0, sold, np.nan)).mean(axis=-1)
    all_units = price * (sold[..., 1] - sold[..., 0])
    taken = (gmv - paid).sum(axis=-2)
    refunds = taken[..., 1] - taken[..., 0]
    return np.stack([entered, left, all_units, at_mean - all_units, stayed - at_mean, uncoded, refunds], axis=-1)
