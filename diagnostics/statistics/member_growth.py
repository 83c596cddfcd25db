"""How fast members' sales grow beside those of the others and of the whole channel, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.ratio_change import RatioChange, compare_ratios

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class MemberGrowth:
    """Growth of one channel between two periods, as shares: members, others and the whole.

    `lag` is the whole's growth less the members', `behind` that of the others less the members', each with its 95 %
    interval, which holds for all of `channels` channels together (Bonferroni); `share` follows the others' share of
    sales. `member_before` is money of the previous period.
    """

    channel: str
    member_before: float
    member_now: float
    other_before: float
    other_now: float
    lag: float
    lag_low: float
    lag_high: float
    behind: float
    behind_high: float
    share: RatioChange
    channels: int

    @property
    def member_growth(self) -> float:
        """Growth of members' sales."""
        return self.member_now / self.member_before - 1

    @property
    def whole_growth(self) -> float:
        """Growth of the channel's sales to known customers."""
        return (self.member_now + self.other_now) / (self.member_before + self.other_before) - 1

    @property
    def other_growth(self) -> float | None:
        """Growth of the others' sales; `None` where there were none."""
        return self.other_now / self.other_before - 1 if self.other_before > 0 else None


def compare_growth(buckets: pd.DataFrame, months: pd.DataFrame) -> tuple[MemberGrowth, ...]:
    """One entry a channel with sales of both kinds in the previous period, largest members' sales first.

    `buckets`: channel, is_current, bucket, member, other, gmv, orders; `months` the same by turn. Intervals by a
    jackknife over buckets of customers, at a level divided by the number of channels.
    """
    shares = {change.channel: change for change in compare_ratios(buckets, months, "other", "gmv")}
    sums = {str(channel): _arrange(part) for channel, part in buckets.groupby("channel")}
    judged = {channel: own for channel, own in sums.items() if channel in shares and _can_grow(own.sum(axis=0))}
    found = [_compare(shares[channel], own, len(judged)) for channel, own in judged.items()]
    return tuple(sorted(found, key=lambda one: (-one.member_now, one.channel)))


def _can_grow(whole: NDArray[np.float64]) -> bool:
    return bool((whole[0] > 0).all() and whole[1].sum() > 0)


def _compare(share: RatioChange, sums: NDArray[np.float64], channels: int) -> MemberGrowth:
    whole = sums.sum(axis=0)
    ends = [_measure(one) if (one[0] > 0).all() else _measure(whole) for one in leave_one_out(sums)]
    lag, behind = _measure(whole)
    low, high = find_interval([lag, behind], np.array(ends), 1 - 0.05 / channels)
    return MemberGrowth(
        channel=share.channel,
        member_before=float(whole[0, 0]),
        member_now=float(whole[1, 0]),
        other_before=float(whole[0, 1]),
        other_now=float(whole[1, 1]),
        lag=lag,
        lag_low=float(low[0]),
        lag_high=float(high[0]),
        behind=behind,
        behind_high=float(high[1]),
        share=share,
        channels=channels,
    )


def _measure(sums: NDArray[np.float64]) -> tuple[float, float]:
    """How far members fall behind the whole and behind the others, from (period, kind)."""
    before, now = sums
    member, other = now / before - 1
    return float(now.sum() / before.sum() - 1 - member), float(other - member)


def _arrange(part: pd.DataFrame) -> NDArray[np.float64]:
    buckets, bucket = np.unique(part.bucket, return_inverse=True)
    sums = np.zeros((max(len(buckets), 2), 2, 2))
    np.add.at(sums, (bucket, part.is_current.astype(int)), part[["member", "other"]].to_numpy(dtype=float))
    return sums
