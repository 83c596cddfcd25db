"""How far margins fell between two periods, with an interval that months and customers both agree to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from diagnostics.statistics.certainty import find_likely
from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    import pandas as pd

BUCKETS = 50
LEAST_MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class MarginFall:
    """One unit's gross margin before and now, and by how much it fell (low, fall, high), as shares of what is paid.

    The interval is one of `looked_at` units together. `within` is the part of the fall inside products sold in both
    periods, the rest comes from another mix of products. `sold` is what buyers paid now, `orders` the current orders.
    """

    unit: str
    before: float
    now: float
    low: float
    high: float
    within: float
    sold: float
    orders: int
    looked_at: int

    @property
    def fall(self) -> float:
        """Margin before minus margin now."""
        return self.before - self.now

    @property
    def money(self) -> tuple[float, float, float]:
        """What the fall took from gross profit over the period, at the units sold: an 80 % range, never below 0.

        Inside products the paid price fell: at the old one the same units would have brought 1 / (1 − margin before)
        times as much as the fall of the margin says. The part of another mix counts as it is.
        """
        likely = find_likely(self.low, self.fall, self.high, self.looked_at)
        if self.fall <= 0:
            return 0.0, 0.0, max(likely[2], 0.0) * self.sold
        inside = min(max(self.within / self.fall, 0.0), 1.0)
        worth = inside / (1 - self.before) + (1 - inside) if self.before < 1 else 1.0
        low, mid, high = (max(end, 0.0) * worth * self.sold for end in likely)
        return low, mid, high


def compare_margins(
    months: pd.DataFrame, buckets: pd.DataFrame, products: pd.DataFrame | None
) -> tuple[MarginFall, ...]:
    """One fall a unit that sold in both periods, the largest unit first.

    `months` and `buckets` are rows of `total_margin_months` and `total_margin_buckets`, `products` of
    `total_margin_products`. The interval is the wider of two: a jackknife over customers, and Student's t on the
    differences of the same months (from 3 months on), which knows of promotions that move whole months; both at
    Bonferroni's level for so many units.
    """
    units = [str(unit) for unit, part in buckets.groupby("unit") if len(set(part.is_current)) > 1]
    found = [_compare(unit, months, buckets, products, looked_at=len(units)) for unit in units]
    return tuple(sorted((fall for fall in found if fall is not None), key=lambda fall: -fall.sold))


def _compare(
    unit: str, months: pd.DataFrame, buckets: pd.DataFrame, products: pd.DataFrame | None, *, looked_at: int
) -> MarginFall | None:
    confidence = 1 - 0.05 / looked_at
    part = buckets[buckets.unit == unit]
    sums = np.zeros((BUCKETS, 2, 2))
    for side, current in enumerate((False, True)):
        rows = part[part.is_current == current]
        sums[rows.bucket.astype(int), side] = rows[["sold", "cost"]].to_numpy(dtype=float)
    whole = sums.sum(axis=0)
    if (whole[:, 0] <= 0).any():
        return None
    left = leave_one_out(sums)
    safe = np.where(left[..., 0] > 0, left[..., 1] / np.where(left[..., 0] > 0, left[..., 0], 1), np.nan)
    share = whole[:, 1] / whole[:, 0]
    fall = float(share[1] - share[0])
    moved = np.where(np.isnan(safe).any(axis=1), fall, safe[:, 1] - safe[:, 0])
    low, high = (float(end) for end in find_interval(fall, moved, confidence))
    by_month = _bound_months(months[months.unit == unit], fall, confidence)
    return MarginFall(
        unit=unit,
        before=float(1 - share[0]),
        now=float(1 - share[1]),
        low=float(min(low, by_month[0])),
        high=float(max(high, by_month[1])),
        within=_find_within(products[products.unit == unit], float(whole[1, 0])) if products is not None else fall,
        sold=float(whole[1, 0]),
        orders=int(part.orders[part.is_current].sum()),
        looked_at=looked_at,
    )


def _bound_months(months: pd.DataFrame, fall: float, confidence: float) -> tuple[float, float]:
    """The interval around `fall` by the spread of the differences of the same months; the point if too few."""
    share = (months.cost / months.sold.where(months.sold > 0)).astype(float)
    wide = months.assign(share=share).pivot_table(index="turn", columns="is_current", values="share")
    if wide.shape[1] < len(("before", "now")):
        return fall, fall
    moved = (wide[True] - wide[False]).dropna().to_numpy(dtype=float)
    if len(moved) < LEAST_MONTHS:
        return fall, fall
    half = float(stdtrit(len(moved) - 1, (1 + confidence) / 2)) * float(moved.std(ddof=1)) / np.sqrt(len(moved))
    return fall - half, fall + half


def _find_within(products: pd.DataFrame, sold: float) -> float:
    """The fall inside products: today's weight times the fall of each product's own margin."""
    both = products[(products.sold.fillna(0) > 0) & (products.sold_before.fillna(0) > 0)]
    moved = both.cost / both.sold - both.cost_before / both.sold_before
    return float((both.sold * moved).sum() / sold)
