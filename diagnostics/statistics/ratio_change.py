"""How a ratio of sums (a share of money) changed between two periods, by channel, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from diagnostics.statistics.certainty import find_likely
from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Fewer months say nothing of a range.
LEAST_MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class RatioChange:
    """A channel's ratio before and after, the change with its 95 % interval, and its own past.

    `after_low` and `after_high` are the 95 % interval of the current ratio by itself (NaN where not asked).

    `weight` and `orders` are the current ratio's denominator and number of orders, `orders_before` those of the
    previous period. `usual_top` is the upper end of what a single month would show if nothing had changed, from
    the spread of the previous months (NaN from fewer than 3); `months_above` counts current months beyond it, of
    `months`. `months_low` is the low end of the mean rise of the same months by how much they scatter (NaN from
    fewer than 3): a single month that went wrong leaves it below 0.
    """

    channel: str
    before: float
    after: float
    low: float
    high: float
    weight: float
    orders: int
    orders_before: int
    usual_top: float
    months_above: int
    months: int
    months_low: float
    after_low: float = float("nan")
    after_high: float = float("nan")

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before

    def yearly_range(self, yearly: float) -> tuple[float, float, float]:
        """The change in money a year as (low, mid, high) of its 80 % interval; `yearly` scales the period to a year."""
        scale = self.weight * yearly
        return find_likely(self.low * scale, self.change * scale, self.high * scale)

    @property
    def has_range(self) -> bool:
        """Whether there are enough previous months to know a range."""
        return not np.isnan(self.usual_top)

    @property
    def is_beyond_past(self) -> bool:
        """Whether the months rose by more than they scatter, or too few are known to tell.

        All months together tell a smaller rise than any one of them could, so a single month is not asked to lie
        beyond what single months showed.
        """
        return bool(np.isnan(self.months_low)) or self.months_low > 0


def compare_ratios(buckets: pd.DataFrame, months: pd.DataFrame, upper: str, lower: str) -> tuple[RatioChange, ...]:
    """Compare `upper / lower` by channel; channels without `lower` in either period are left out.

    `buckets`: channel, is_current, bucket, orders and the two sums; `months`: channel, is_current, turn and the two
    sums. Interval by a jackknife over buckets. The past range is the t prediction interval (95 %, two-sided) of
    one further month around the mean of the previous months.
    """
    changes = []
    for channel, part in buckets.groupby("channel"):
        sums = _arrange(part, [upper, lower, "orders"])
        whole = sums.sum(axis=0)
        if (whole[:, 1] <= 0).any():
            continue
        ratio = whole[:, 0] / whole[:, 1]
        left = leave_one_out(sums)
        # A replicate without a denominator can't be compared; it stands where the whole stands.
        safe = np.where(left[..., 1] > 0, left[..., 0] / np.where(left[..., 1] > 0, left[..., 1], 1), ratio)
        low, high = find_interval(ratio[1] - ratio[0], safe[:, 1] - safe[:, 0])
        after_low, after_high = find_interval(ratio[1], safe[:, 1])
        by_turn = [_list_months(months, str(channel), upper, lower, is_current=side) for side in (False, True)]
        past, now = (np.asarray(side.ratio, dtype=np.float64) for side in by_turn)
        top = find_usual_top(past)
        changes.append(
            RatioChange(
                channel=str(channel),
                before=float(ratio[0]),
                after=float(ratio[1]),
                low=float(low),
                high=float(high),
                weight=float(whole[1, 1]),
                orders=int(whole[1, 2]),
                orders_before=int(whole[0, 2]),
                usual_top=top,
                months_above=int((now > top).sum()),
                months=len(now),
                months_low=_bound_rise(by_turn[0].join(by_turn[1].add_suffix("_now"), how="inner")),
                after_low=float(after_low),
                after_high=float(after_high),
            )
        )
    return tuple(changes)


def find_usual_top(past: NDArray[np.float64]) -> float:
    """The highest value that one further month would show in 97.5 % of cases, from past months; NaN from too few."""
    count = len(past)
    if count < LEAST_MONTHS:
        return float("nan")
    spread = past.std(ddof=1) * np.sqrt(1 + 1 / count)
    return float(past.mean() + stdtrit(count - 1, 0.975) * spread)


def find_least_rise(rises: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The low end of the 95 % interval of the weighted mean of the months' rises; NaN from fewer than 3.

    Student's t; the error comes from the scatter of the months around the mean, so it knows of whatever moves whole
    months besides chance. A heavy month pulls the mean towards itself, so its own distance from it counts for more
    (HC2: J. G. MacKinnon and H. White (1985), Journal of Econometrics 29:305-325). With equal weights it is the
    paired t test.

    >>> round(find_least_rise(np.array([1.0, 2.0, 3.0]), np.ones(3)), 2)
    -0.48
    """
    count = len(rises)
    if count < LEAST_MONTHS:
        return float("nan")
    part = weights / weights.sum()
    mean = float((part * rises).sum())
    error = np.sqrt((part**2 * (rises - mean) ** 2 / (1 - part)).sum())
    return float(mean - stdtrit(count - 1, 0.975) * error)


def _bound_rise(both: pd.DataFrame) -> float:
    """The low end over the months known in both periods; a month weighs as its noise allows, by what was sold in it."""
    weights = 1 / (1 / both.lower + 1 / both.lower_now)
    rises = both.ratio_now - both.ratio
    return find_least_rise(np.asarray(rises, dtype=np.float64), np.asarray(weights, dtype=np.float64))


def _arrange(part: pd.DataFrame, columns: list[str]) -> NDArray[np.float64]:
    """Sums as (buckets, periods, columns)."""
    buckets, bucket = np.unique(part.bucket, return_inverse=True)
    sums = np.zeros((max(len(buckets), 2), 2, len(columns)))
    np.add.at(sums, (bucket, part.is_current.astype(int)), part[columns].to_numpy(dtype=float))
    return sums


def _list_months(months: pd.DataFrame, channel: str, upper: str, lower: str, *, is_current: bool) -> pd.DataFrame:
    """The ratio and what it is a share of (lower), by turn."""
    part = months[(months.channel == channel) & (months.is_current == is_current) & (months[lower] > 0)]
    part = part.sort_values("turn").set_index("turn")
    return pd.DataFrame({"ratio": (part[upper] / part[lower]).astype(float), "lower": part[lower].astype(float)})
