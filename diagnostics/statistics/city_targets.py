"""Stores and cities against their targets: the league, the cities' intervals, each city against the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagnostics.statistics.jackknife import find_interval, leave_one_out

LEAST_STORES = 3
YEAR_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A city against the median of the other judged cities, for one metric.

    `low` and `high` are the interval of `achieved`; `stores` are what each of its stores achieved. `target` and
    `actual` are sums over months with a target and a known actual: `months` of them a store, on average.
    """

    metric: str
    city: str
    achieved: float
    low: float
    high: float
    others: float
    target: float
    actual: float
    stores: tuple[float, ...]
    months: float

    @property
    def missing(self) -> tuple[float, float, float]:
        """What lacked in these months to the others' median, as (low, measured, high), in the metric's unit."""
        low, measured, high = ((self.others - share) * self.target for share in (self.high, self.achieved, self.low))
        return low, measured, high

    @property
    def yearly(self) -> float:
        """How many times these months go into a year."""
        return YEAR_MONTHS / self.months


def rank_stores(stores: pd.DataFrame) -> pd.DataFrame:
    """The league, best first: rank (ties share one), store, city, target, actual, achieved."""
    league = stores.assign(achieved=stores.actual / stores.target)
    rank = league.achieved.rank(method="min", ascending=False).astype(int)
    return league.assign(rank=rank).sort_values(["rank", "store"], ignore_index=True)


def sum_cities(stores: pd.DataFrame) -> pd.DataFrame:
    """One row a city, lowest first: stores, target, actual, achieved, low, high (NaN under 3 stores)."""
    groups = {str(city): part for city, part in stores.groupby("city")}
    judged = sum(len(part) >= LEAST_STORES for part in groups.values())
    confidence = 1 - 0.05 / max(judged, 1)
    rows = [{"city": city, "stores": len(part), **_sum(part, confidence)} for city, part in groups.items()]
    columns = ["city", "stores", "target", "actual", "achieved", "low", "high"]
    return pd.DataFrame(rows, columns=columns).sort_values(["achieved", "city"], ignore_index=True)


def compare_cities(metric: str, stores: pd.DataFrame, cities: pd.DataFrame) -> tuple[Shortfall, ...]:
    """Each city of 3 stores or more against the median of the others of that size; nothing with fewer than 2 others."""
    judged = cities[cities.stores >= LEAST_STORES]
    if len(judged) <= 2:  # noqa: PLR2004 - a median of one city would be that city's own trouble
        return ()
    return tuple(
        Shortfall(
            metric=metric,
            city=row["city"],
            achieved=row["achieved"],
            low=row["low"],
            high=row["high"],
            others=float(judged.achieved[judged.city != row["city"]].median()),
            target=row["target"],
            actual=row["actual"],
            stores=tuple(stores.achieved[stores.city == row["city"]]),
            months=float(stores.months[stores.city == row["city"]].mean()),
        )
        for row in judged.to_dict("records")
    )


def is_short(gap: Shortfall, shortfall: float, healthy: float) -> bool:
    """Whether a city is below the limit, the others are healthy, and its interval ends below them."""
    return gap.achieved < shortfall and gap.others >= healthy and gap.high < gap.others


def _sum(part: pd.DataFrame, confidence: float) -> dict[str, float]:
    sums = part[["actual", "target"]].to_numpy(dtype=float)
    actual, target = sums.sum(axis=0)
    interval = (np.nan, np.nan)
    if len(part) >= LEAST_STORES:
        without = leave_one_out(sums)
        low, high = find_interval(actual / target, without[:, 0] / without[:, 1], confidence)
        interval = (max(float(low), 0.0), float(high))
    return {
        "target": float(target),
        "actual": float(actual),
        "achieved": float(actual / target),
        "low": interval[0],
        "high": interval[1],
    }
