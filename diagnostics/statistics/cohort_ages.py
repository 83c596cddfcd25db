"""A cohort by age as a product of factors: who is active, how often they order, for how much, at which margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.statistics.decomposition import decompose
from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from diagnostics.statistics.cohort_choice import Cohort

FACTORS = ("again", "orders", "order_value", "margin")


def factor_ages(ages: pd.DataFrame, cohort: Cohort) -> pd.DataFrame:
    """One row an age observed whole: who is active, and what each member of the cohort was worth.

    Columns: age, size, active, share (low, high), frequency, order_value, margin, spend_each, earned_each and both
    to_date. Share x frequency x order_value is `spend_each`, the spend per member of the cohort, active or not;
    `margin` is earned by the net sales of known cost. An age in which nobody is active has a share of 0 and no other
    factor. `ages` are those of one cohort and segment from `total_ages`; ages that not every member lived through are
    left out.
    """
    sums = ages.set_index("age")[["active", "orders", "spend", "net", "earned", "uncosted"]]
    rows = sums.reindex(range(cohort.ages)).astype(float).fillna(0.0)
    size = float(rows.active.iloc[0]) if len(rows) else 0.0
    low, high = wilson(rows.active, size)
    active, orders = (rows[name].where(rows[name] > 0) for name in ("active", "orders"))
    costed = rows.net - rows.uncosted
    frame = pd.DataFrame(
        {
            "age": rows.index,
            "size": size,
            "active": rows.active,
            "share": rows.active / size if size else np.nan,
            "low": low,
            "high": high,
            "frequency": rows.orders / active,
            "order_value": rows.spend / orders,
            "margin": rows.earned / costed.where(costed > 0),
            "spend_each": rows.spend / size if size else np.nan,
            "earned_each": rows.earned / size if size else np.nan,
        }
    ).reset_index(drop=True)
    return frame.assign(spend_to_date=frame.spend_each.cumsum(), earned_to_date=frame.earned_each.cumsum())


def compare_worth(older: pd.DataFrame, newer: pd.DataFrame, measure: str) -> tuple[float, float, float]:
    """What a member of the newer cohort is worth more (less if negative) than one of the older: low, gap, high.

    Both have a row a bucket of customers drawn at random, as `split_first` gives it; the interval is a jackknife over
    the buckets of both cohorts (95 %). NaN ends where there are too few buckets.
    """
    worth = [_mean(frame.groupby("bucket").sum(numeric_only=True), measure) for frame in (older, newer)]
    gap = worth[1][0] - worth[0][0]
    if any(len(replicates) < 2 for _, replicates in worth):  # noqa: PLR2004 - a jackknife needs two groups
        return np.nan, gap, np.nan
    half = float(np.hypot(_half(*worth[0]), _half(*worth[1])))
    return gap - half, gap, gap + half


def _mean(buckets: pd.DataFrame, measure: str) -> tuple[float, NDArray[np.float64]]:
    sums = buckets[["customers", f"first_{measure}", f"later_{measure}"]].to_numpy(dtype=float)
    whole, parts = sums.sum(axis=0), leave_one_out(sums) if len(sums) > 1 else sums[:0]
    return float(whole[1:].sum() / whole[0]), parts[:, 1:].sum(axis=1) / parts[:, 0]


def _half(mean: float, replicates: NDArray[np.float64]) -> float:
    low, high = find_interval(mean, replicates)
    return float(high - low) / 2


def split_worth(older: pd.DataFrame, newer: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Why a member of the newer cohort is worth more or less: part, effect, low, high (95 %); effects sum to the gap.

    Parts: first (the day of the first purchase), and of what came later again (share who bought on a later day), orders
    (their orders), order_value and, for a profit, margin. Both have a row a bucket, as in `compare_worth`; intervals
    leave out a bucket of both cohorts at a time. Later spend that can't be split (nobody bought again in one of them)
    is the part `later`.
    """
    columns = [
        "customers",
        "again",
        "later_orders",
        "later_spend",
        *([] if measure == "spend" else [f"later_{measure}"]),
    ]
    sides = [one.groupby("bucket")[[*columns, f"first_{measure}"]].sum() for one in (older, newer)]
    buckets = sides[0].index.union(sides[1].index)
    sums = np.stack([side.reindex(buckets, fill_value=0).to_numpy(dtype=float) for side in sides], axis=-2)
    names = ("first", *FACTORS[: len(columns) - 1])
    whole, left = sums.sum(axis=0), leave_one_out(sums) if len(sums) > 1 else sums
    effects, replicates = _split_sums(whole), _split_sums(left)
    if np.isnan(effects).any() or np.isnan(replicates).any():
        names, effects, replicates = ("first", "later"), _split_coarsely(whole), _split_coarsely(left)
    low, high = find_interval(effects, replicates)
    return pd.DataFrame({"part": names, "effect": effects, "low": low, "high": high})


def _split_sums(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Effects (…, parts) from sums (…, cohorts, columns) of `split_worth`; NaN where a factor is not defined."""
    later, first = sums[..., :-1], sums[..., -1] / sums[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = later[..., 1:] / later[..., :-1]
    defined = np.asarray(np.isfinite(factors).all(axis=(-1, -2)))
    known = np.where(defined[..., np.newaxis, np.newaxis], factors, 1.0)
    effects = decompose(known[..., np.newaxis, 0, :], known[..., np.newaxis, 1, :]).by_factor
    parts = np.concatenate([(first[..., 1] - first[..., 0])[..., np.newaxis], effects], axis=-1)
    return np.where(defined[..., np.newaxis], parts, np.nan)


def _split_coarsely(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """First and later (…, 2), from the same sums."""
    each = sums[..., [-1, -2]] / sums[..., :1]
    return np.asarray(each[..., 1, :] - each[..., 0, :])
