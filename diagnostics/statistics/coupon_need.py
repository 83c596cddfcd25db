"""How many orders need a coupon, what it gives away, and whether buyers without one come back less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.statistics.proportions import wilson
from diagnostics.statistics.standardisation import Change, compare_groups

if TYPE_CHECKING:
    import pandas as pd

LEAST_ORDERS = 100


@dataclass(frozen=True, kw_only=True)
class CouponNeed:
    """One channel: share of orders with a coupon (with its interval), discount depths, and who returns.

    `gap` sets newcomers whose first purchase had a coupon against those without, in the same months (`None` where
    there are too few of one kind); its `fall` is how much less those without return. `plain` is the part of all
    returns that needed no coupon. `extra` is what coupon orders gave away beyond the depth of the others, in money
    over the period (NaN without list amounts).
    """

    channel: str
    orders: int
    share: float
    low: float
    high: float
    depth_with: float
    depth_without: float
    extra: float
    gap: Change | None
    plain: float


def measure_needs(orders: pd.DataFrame, returns: pd.DataFrame) -> tuple[CouponNeed, ...]:
    """One need a channel with 100 orders that say whether a coupon was used, most orders first.

    `orders` are rows of `count_coupon_orders`, `returns` of `count_coupon_returns`. Intervals of shares are Wilson's,
    those of gaps Bonferroni's for so many channels.
    """
    totals = orders.groupby("channel").orders.sum()
    channels = [str(channel) for channel, count in totals.items() if count >= LEAST_ORDERS]
    found = [
        _measure(channel, orders[orders.channel == channel], returns[returns.channel == channel], len(channels))
        for channel in channels
    ]
    return tuple(sorted(found, key=lambda need: -need.orders))


def _measure(channel: str, orders: pd.DataFrame, returns: pd.DataFrame, many: int) -> CouponNeed:
    kinds = orders.assign(with_coupon=orders.with_coupon.astype(bool)).set_index("with_coupon")
    kinds = kinds.drop(columns="channel").reindex([True, False])
    count = kinds.orders.fillna(0)
    low, high = wilson(count[True], count.sum())
    depth = (1 - kinds.paid / kinds.listed.where(kinds.listed > 0)).astype(float)
    extra = float((depth[True] - depth[False]) * kinds.listed[True])
    came, plain = float(returns.returned.sum()), float(returns.returned_plain.sum())
    return CouponNeed(
        channel=channel,
        orders=int(count.sum()),
        share=float(count[True] / count.sum()),
        low=float(low),
        high=float(high),
        depth_with=float(depth[True]),
        depth_without=float(depth[False]),
        extra=max(extra, 0.0) if extra == extra else float("nan"),  # noqa: PLR0124 - NaN
        gap=_compare(returns, 1 - 0.05 / many),
        plain=plain / came if came else float("nan"),
    )


def _compare(returns: pd.DataFrame, confidence: float) -> Change | None:
    wide = returns.assign(with_coupon=returns.with_coupon.astype(bool)).pivot_table(
        index="month", columns="with_coupon", values=["followed", "returned"], aggfunc="sum", fill_value=0
    )
    if wide.empty or wide["followed"].shape[1] < len((True, False)):
        return None
    sides = [(wide["returned"][kind], wide["followed"][kind]) for kind in (False, True)]
    return compare_groups(sides[0], sides[1], confidence=confidence)
