"""Which pairs of parts share fewer customers than the client's other pairs, given how many buy each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import pandas as pd

Both: TypeAlias = Mapping[tuple[str, str], tuple[int, float, float]]

# With fewer pairs there is nothing to compare one with.
LEAST_PAIRS = 3


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two parts, `small` with fewer buyers: how many of its buyers also buy the other, and what would be usual.

    `lift` is the share over what chance would give (the larger part's share of all customers), with its interval
    at Bonferroni's level for the pairs compared. `usual` is the median lift of the other pairs, `missing` the
    customers who would be added at that lift (0 if none), with ends. `spend` is what a customer of both spends in
    the small part.
    """

    small: str
    large: str
    buyers: int
    both: int
    expected: float
    lift: float
    low: float
    high: float
    usual: float
    spend: float

    @property
    def share(self) -> float:
        """Of the small part's buyers, who buys the other too."""
        return self.both / self.buyers

    @property
    def missing(self) -> tuple[float, float, float]:
        """Low, mid, high of the customers of both who are missing."""
        gaps = (self.usual - self.high, self.usual - self.lift, self.usual - self.low)
        low, mid, high = (max(gap, 0.0) * self.expected for gap in gaps)
        return low, mid, high


def compare_pairs(parts: pd.DataFrame, pairs: pd.DataFrame, *, least_expected: float) -> tuple[Pair, ...]:
    """Every pair of which chance alone would give `least_expected` customers, lowest lift first.

    Source of the lift: the duplication of purchase law, A. S. C. Ehrenberg (1988), Repeat-Buying, ch. 9, by which it
    is alike for all pairs of a market. Empty with fewer than three pairs.
    """
    whole = int(parts[parts.part.isna()].buyers.sum())
    named = parts[parts.part.notna()]
    buyers = dict(zip(named.part.tolist(), named.buyers.astype(int).tolist(), strict=True))
    columns = (pairs[name].tolist() for name in ("first", "second", "both", "gmv_first", "gmv_second"))
    both = {
        (first, second): (int(n), float(one), float(two)) for first, second, n, one, two in zip(*columns, strict=True)
    }
    names = sorted(buyers, key=lambda name: (buyers[name], name))
    listed = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    kept = [(a, b) for a, b in listed if buyers[a] * buyers[b] >= least_expected * whole]
    if len(kept) < LEAST_PAIRS:
        return ()
    counts = {pair: _read(both, *pair) for pair in kept}
    lifts = {(a, b): counts[a, b][0] * whole / (buyers[a] * buyers[b]) for a, b in kept}
    found = []
    for a, b in kept:
        n, spend = counts[a, b]
        scale = whole / buyers[b]
        low, high = wilson(n, buyers[a], 1 - 0.05 / len(kept))
        found.append(
            Pair(
                small=a,
                large=b,
                buyers=buyers[a],
                both=n,
                expected=buyers[a] * buyers[b] / whole,
                lift=lifts[a, b],
                low=float(low) * scale,
                high=float(high) * scale,
                usual=float(np.median([lift for pair, lift in lifts.items() if pair != (a, b)])),
                spend=spend,
            )
        )
    return tuple(sorted(found, key=lambda pair: (pair.lift, pair.small, pair.large)))


def _read(both: Both, small: str, large: str) -> tuple[int, float]:
    """Customers of both and what each of them spends in the small part."""
    is_first = small < large
    count, first, second = both.get((small, large) if is_first else (large, small), (0, 0.0, 0.0))
    return count, (first if is_first else second) / count if count else 0.0


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Customers with so many orders: how many members and others buy in two parts, and the ratio of the shares.

    `low` and `high` are the ratio's 95 % interval on the log scale; NaN where a share is 0.
    """

    orders: int
    members: int
    members_crossed: int
    others: int
    others_crossed: int
    ratio: float
    low: float
    high: float


def compare_crossers(frame: pd.DataFrame) -> tuple[Crossing, ...]:
    """One entry a number of orders that both kinds have; frame of `metrics.crossing.count_crossers`.

    Interval of the ratio: D. Katz et al. (1978), Biometrics 34:469-474.
    """
    found = []
    for orders in sorted(set(frame.orders.astype(int))):
        part = frame[frame.orders == orders]
        member, other = part[part.is_member], part[~part.is_member]
        if member.empty or other.empty:
            continue
        n1, x1 = int(member.customers.sum()), int(member.crossed.sum())
        n2, x2 = int(other.customers.sum()), int(other.crossed.sum())
        ratio = low = high = float("nan")
        if x1 and x2:
            ratio = x1 / n1 / (x2 / n2)
            width = np.exp(1.96 * np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
            low, high = float(ratio / width), float(ratio * width)
        found.append(
            Crossing(
                orders=orders,
                members=n1,
                members_crossed=x1,
                others=n2,
                others_crossed=x2,
                ratio=ratio,
                low=low,
                high=high,
            )
        )
    return tuple(found)
