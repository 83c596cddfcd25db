"""Steps that lose far more people in one channel, or in the last weeks, than the client's others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.statistics.clustered import ClusteredShare, rate_clusters

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_WEEKS = 6
RECENT_WEEKS = 8
LEAST_PEOPLE = 100
ALPHA = 0.05


@dataclass(frozen=True, kw_only=True)
class StepLoss:
    """A step in a channel (in the last 8 weeks if `is_recent`) and the rate it is held against; `weeks` observed."""

    step: str
    channel: str
    is_recent: bool
    rate: ClusteredShare
    others: ClusteredShare
    weeks: int

    def missed(self) -> tuple[float, float, float]:
        """People a year who would have gone on at the others' rate: low, mid, high."""
        yearly = 52 / self.weeks * self.rate.n
        mine, others = self.rate, self.others
        gaps = (others.low - mine.high, others.share - mine.share, others.high - mine.low)
        low, mid, high = (max(gap, 0.0) * yearly for gap in gaps)
        return low, mid, high


def rate_journey(weeks: pd.DataFrame) -> pd.DataFrame:
    """One row a step and channel: step, channel, entered, passed, rate, low, high, weeks.

    `weeks` hold step, channel, week, entered, passed; each week is one draw.
    """
    rows = []
    for (step, channel), own in weeks.groupby(["step", "channel"]):
        rate = rate_clusters(own.passed, own.entered)
        rows.append((step, channel, rate.n, rate.count, rate.share, rate.low, rate.high, rate.clusters))
    return pd.DataFrame(rows, columns=["step", "channel", "entered", "passed", "rate", "low", "high", "weeks"])


def find_losses(weeks: pd.DataFrame) -> tuple[StepLoss, ...]:
    """Every comparison with enough people and weeks, at Bonferroni's level for all of them."""
    pairs = list(_pair(weeks))
    confidence = 1 - ALPHA / max(len(pairs), 1)
    return tuple(
        StepLoss(
            step=step,
            channel=channel,
            is_recent=is_recent,
            rate=rate_clusters(mine.passed, mine.entered, confidence),
            others=rate_clusters(others.passed, others.entered, confidence),
            weeks=mine.week.nunique(),
        )
        for step, channel, is_recent, mine, others in pairs
    )


def _pair(weeks: pd.DataFrame) -> Iterator[tuple[str, str, bool, pd.DataFrame, pd.DataFrame]]:
    for step, own in weeks.groupby("step"):
        for channel, mine in own.groupby("channel"):
            # The same weeks elsewhere, so that a season is not taken for a channel.
            others = own[(own.channel != channel) & own.week.isin(mine.week)]
            if _is_enough(mine) and _is_enough(others):
                yield str(step), str(channel), False, mine, others
            start = mine.week.max() - pd.Timedelta(weeks=RECENT_WEEKS - 1)
            recent, before = mine[mine.week >= start], mine[mine.week < start]
            if _is_enough(recent) and _is_enough(before):
                yield str(step), str(channel), True, recent, before


def _is_enough(weeks: pd.DataFrame) -> bool:
    return weeks.week.nunique() >= LEAST_WEEKS and float(weeks.entered.sum()) >= LEAST_PEOPLE
