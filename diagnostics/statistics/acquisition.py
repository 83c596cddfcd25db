"""Cost of a new customer against the margin earned back, and whether it rises faster than the customer's value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_FOLLOWED = 100
LEAST_MONTHS = 4
LEAST_NEW = 30


@dataclass(frozen=True, kw_only=True)
class Payback:
    """What newcomers of one channel earn back: margin per customer by age in months, with its ends.

    `rate` is the gross margin on net sales where costs are known, one an age, for a first order may be a bargain; the
    ends take the part without a cost to earn nothing (low) or to cost nothing (high), besides the sampling of
    customers.
    """

    ages: tuple[int, ...]
    followed: tuple[int, ...]
    margin: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rate: tuple[float, ...]

    def at(self, age: int) -> tuple[float, float, float] | None:
        """Low, mid and high of the margin at an age; `None` where fewer than 100 were followed so long."""
        place = self.ages.index(age)
        if self.followed[place] < LEAST_FOLLOWED:
            return None
        return self.low[place], self.margin[place], self.high[place]

    def find_month(self, cost: float, ends: Sequence[float]) -> int | None:
        """The first age at which `ends` (margin, low or high) reach the cost; `None` if not within what is seen."""
        reached = (age for age, end, n in zip(self.ages, ends, self.followed, strict=True) if n and end >= cost)
        return next(reached, None)


@dataclass(frozen=True, kw_only=True)
class Inflation:
    """How much faster the cost of a new customer rose than its value: factors, with a 95 % interval of the excess."""

    cost_growth: float
    value_growth: float
    excess: float
    low: float
    high: float
    months: int


def spread_costs(costs: pd.DataFrame) -> pd.DataFrame:
    """One row a channel and month: cost, each campaign's cost spread evenly over its days.

    `costs` are rows of `list_costs`; a campaign of no length counts on its first day.

    >>> rows = pd.DataFrame({"channel": ["a"], "cost": [40.0],
    ...     "starts_on": [pd.Timestamp("2024-01-31")], "ends_on": [pd.Timestamp("2024-02-04")]})
    >>> spread_costs(rows).cost.tolist()
    [10.0, 30.0]
    """
    parts: dict[tuple[str, pd.Timestamp], float] = {}
    for row in costs.to_dict("records"):
        start = pd.Timestamp(row["starts_on"])
        end = max(pd.Timestamp(row["ends_on"]), start + pd.Timedelta(days=1))
        whole, day = (end - start).days, start
        while day < end:
            turn = min(day + pd.offsets.MonthBegin(1), end)
            key = (str(row["channel"]), day.replace(day=1))
            parts[key] = parts.get(key, 0.0) + float(row["cost"]) * (turn - day).days / whole
            day = turn
    rows = [(channel, month, cost) for (channel, month), cost in parts.items()]
    frame = pd.DataFrame(rows, columns=["channel", "month", "cost"])
    return frame.sort_values(["channel", "month"], ignore_index=True)


def measure_payback(
    rows: pd.DataFrame, ages: tuple[int, ...], stated_rate: float | None, many: int = 1
) -> Payback | None:
    """Cumulative margin per newcomer at each age over the rows given; `None` where no margin is known.

    `rows` are those of one channel of `value_newcomers`. Without any cost `stated_rate` (of the requirement sheet)
    is taken. Intervals at Bonferroni's level for `many` channels.
    """
    sums = rows.drop(columns=["channel", "side"]).sum()
    z = float(ndtri(1 - 0.05 / 2 / many))
    found = [_reach_age(sums, age, stated_rate, z) for age in ages]
    columns = [column for column in found if column is not None]
    if len(columns) < len(ages) or not any(column[0] for column in columns):
        return None
    followed, rate, margin, low, high = zip(*columns, strict=True)
    return Payback(ages=ages, followed=followed, margin=margin, low=low, high=high, rate=rate)


def _reach_age(
    sums: pd.Series, age: int, stated_rate: float | None, z: float
) -> tuple[int, float, float, float, float] | None:
    """Followed, rate, and the margin per newcomer with its ends at one age; `None` where no margin is known."""
    n = int(sums[f"followed_{age}"])
    if not n:
        return 0, np.nan, np.nan, np.nan, np.nan
    net, earned, uncosted = (float(sums[f"{name}_{age}"]) for name in ("net", "earned", "uncosted"))
    is_known = net - uncosted > 0 and earned != 0
    rate = earned / (net - uncosted) if is_known else stated_rate
    if rate is None:
        return None
    mean = net / n
    half = z * float(np.sqrt(max(float(sums[f"squares_{age}"]) / n - mean**2, 0.0) / n))
    part = uncosted / net if is_known and net > 0 else 0.0
    least = rate * (1 - part)
    ends = [spent * share for spent in (mean - half, mean + half) for share in (least, least + part)]
    return n, rate, mean * rate, min(ends), max(ends)


def measure_inflation(
    now: pd.Series, before: pd.Series, value_now: tuple[float, float], value_before: tuple[float, float], many: int = 1
) -> Inflation | None:
    """Growth of the cost of a new customer beyond the growth of what it brings; `None` from fewer than 4 months.

    `now` and `before` are the monthly costs of a new customer by turn (the month within its period); `value_*` are
    mean and standard error of what newcomers bring in their first months. Student's t over the months' log ratios,
    the delta method for the values; Bonferroni's level for `many` channels.
    """
    ratio = (now / before).dropna().to_numpy(dtype=float)
    moved = np.log(ratio[ratio > 0])
    (mean_now, error_now), (mean_before, error_before) = value_now, value_before
    if len(moved) < LEAST_MONTHS or not (mean_now > 0 and mean_before > 0):
        return None
    confidence = 1 - 0.05 / many
    half = float(stdtrit(len(moved) - 1, (1 + confidence) / 2)) * moved.std(ddof=1) / np.sqrt(len(moved))
    value = np.log(mean_now / mean_before)
    value_half = float(ndtri((1 + confidence) / 2)) * np.hypot(error_now / mean_now, error_before / mean_before)
    excess, wide = moved.mean() - value, float(np.hypot(half, value_half))
    return Inflation(
        cost_growth=float(np.exp(moved.mean())),
        value_growth=float(np.exp(value)),
        excess=float(np.exp(excess)),
        low=float(np.exp(excess - wide)),
        high=float(np.exp(excess + wide)),
        months=len(moved),
    )


def mean_value(rows: pd.DataFrame, age: int) -> tuple[float, float]:
    """Mean net spend of newcomers at an age and its standard error; NaN without any followed so long."""
    n = float(rows[f"followed_{age}"].sum())
    if n < LEAST_NEW:
        return float("nan"), float("nan")
    mean = float(rows[f"net_{age}"].sum()) / n
    return mean, float(np.sqrt(max(float(rows[f"squares_{age}"].sum()) / n - mean**2, 0.0) / n))
