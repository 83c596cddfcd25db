"""The bridge between two periods of a customer base: what leaving, coming and changing customers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.statistics.decomposition import decompose
from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    from collections.abc import Sequence

# In the order of the bridge: what is lost first, what is won last.
GROUPS = ("lost", "down", "up", "back", "new", "returns")
BOTH = ("up", "down")


def build_bridge(groups: pd.DataFrame, buckets: pd.DataFrame, measure: str) -> pd.DataFrame:
    """One row a group: customers, before, now, change, low and high (95 %); the changes sum to that of the base.

    `groups` has a row a group with customers and `<measure>_before`, `<measure>_now`; `buckets` the same by bucket of
    customers drawn at random (group, bucket, …). Intervals take the customers for a sample of those who could be.
    """
    rows = groups.set_index("group").reindex(GROUPS)
    before, now = rows[f"{measure}_before"].fillna(0.0), rows[f"{measure}_now"].fillna(0.0)
    sums = buckets.assign(change=buckets[f"{measure}_now"] - buckets[f"{measure}_before"])
    table = sums.pivot_table(index="bucket", columns="group", values="change", aggfunc="sum", fill_value=0.0)
    table = table.reindex(columns=GROUPS, fill_value=0.0).astype(float)
    change = now - before
    low = high = np.full(len(GROUPS), np.nan)
    if len(table) > 1:
        low, high = find_interval(change.to_numpy(dtype=float), leave_one_out(table.to_numpy(dtype=float)))
    return pd.DataFrame(
        {
            "group": GROUPS,
            "customers": rows.customers.fillna(0).astype(int).to_numpy(),
            "before": before.to_numpy(dtype=float),
            "now": now.to_numpy(dtype=float),
            "change": change.to_numpy(dtype=float),
            "low": low,
            "high": high,
        }
    )


def split_both(groups: pd.DataFrame, measure: str) -> pd.DataFrame | None:
    """Why customers of both periods are worth more or less: factor and effect; `None` where nobody bought in both.

    Factors are orders and spend per order, and for a profit the margin on spend; effects are the additive LMDI (or
    Shapley values where a factor is not above 0) and sum to the change.
    """
    both = groups[groups.group.isin(BOTH)]
    sides = [_factors(both, measure, side) for side in ("before", "now")]
    if any(np.isnan(side).any() for side in sides) or both.empty:
        return None
    names = ("orders", "order_value", "margin")[: len(sides[0])]
    effects = decompose([sides[0]], [sides[1]]).by_factor
    return pd.DataFrame({"factor": names, "effect": effects})


def _factors(both: pd.DataFrame, measure: str, side: str) -> Sequence[float]:
    orders, spend = float(both[f"orders_{side}"].sum()), float(both[f"spend_{side}"].sum())
    if not orders or not spend:
        return [np.nan, np.nan]
    factors = [orders, spend / orders]
    return factors if measure == "spend" else [*factors, float(both[f"{measure}_{side}"].sum()) / spend]
