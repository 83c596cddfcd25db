"""The bridge between two periods of a customer base: what leaving, coming and changing customers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.statistics.decomposition import decompose
from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


def split_both(buckets: pd.DataFrame, measure: str) -> pd.DataFrame | None:
    """Why customers of both periods are worth more or less: factor, effect, low and high (95 %).

    `None` where nobody bought in both. Factors are orders and spend per order, and for a profit the margin on spend;
    effects are the additive LMDI (or Shapley values where a factor is not above 0) and sum to the change. `buckets` as
    in `build_bridge`, with orders_before and orders_now.
    """
    both = buckets[buckets.group.isin(BOTH)]
    columns = [*("orders", "spend"), *([] if measure == "spend" else [measure])]
    names = [f"{column}_{side}" for side in ("before", "now") for column in columns]
    sums = both.groupby("bucket")[names].sum().to_numpy(dtype=float).reshape(-1, 2, len(columns))
    whole = sums.sum(axis=0)
    if not len(both) or not whole[:, :2].all():
        return None
    effects = _split(whole)
    low = high = np.full(len(effects), np.nan)
    if len(sums) > 1:
        low, high = find_interval(effects, _split(leave_one_out(sums)))
    factors = ("orders", "order_value", "margin")[: len(columns)]
    return pd.DataFrame({"factor": factors, "effect": effects, "low": low, "high": high})


def _split(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Effects (…, factors) from sums (…, periods, columns): orders, spend and, for a profit, earned."""
    earlier = np.concatenate([np.ones_like(sums[..., :1]), sums[..., :-1]], axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = sums / earlier
    return decompose(factors[..., np.newaxis, 0, :], factors[..., np.newaxis, 1, :]).by_factor
