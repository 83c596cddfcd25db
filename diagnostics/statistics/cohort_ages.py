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


def split_worth(older: pd.Series, newer: pd.Series, measure: str) -> pd.DataFrame:
    """Why a member of the newer cohort is worth more or less: part and effect, which sum to the gap.

    Parts: first (the day of the first purchase), and of what came later again (share who bought on a later day), orders
    (their orders), order_value and, for a profit, margin. `older` and `newer` are sums of `split_first`. Later spend
    that can't be split (nobody bought again in one of them) is the part `later`.
    """
    first = [float(one[f"first_{measure}"] / one.customers) for one in (older, newer)]
    factors = [_later(one, measure) for one in (older, newer)]
    split = decompose([factors[0]], [factors[1]])
    names = FACTORS[: len(factors[0])]
    rows = [{"part": "first", "effect": first[1] - first[0]}]
    if np.isnan(factors[0] + factors[1]).any():
        gap = float((newer[f"later_{measure}"] / newer.customers) - (older[f"later_{measure}"] / older.customers))
        return pd.DataFrame([*rows, {"part": "later", "effect": gap}])
    effects = zip(names, split.by_factor, strict=True)
    return pd.DataFrame([*rows, *({"part": name, "effect": float(effect)} for name, effect in effects)])


def _later(one: pd.Series, measure: str) -> NDArray[np.float64]:
    again, orders, spend = float(one.again), float(one.later_orders), float(one.later_spend)
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = [np.divide(again, one.customers), np.divide(orders, again), np.divide(spend, orders)]
        if measure != "spend":
            factors.append(np.divide(float(one[f"later_{measure}"]), spend))
    values = np.asarray(factors, dtype=float)
    return np.where(np.isfinite(values), values, np.nan)
