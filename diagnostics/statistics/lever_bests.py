"""The best level that each lever reached in a quarter of the client's own, or that another of its channels has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diagnostics.statistics.lever_levels import SUMS, UNKNOWN, find_factors, name_factors
from diagnostics.statistics.lever_tree import count_visitors, place_at_depth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diagnostics.statistics.lever_levels import Level
    from diagnostics.statistics.lever_tree import LeverTree

Numbers: TypeAlias = NDArray[np.float64]

MONTHS_A_QUARTER = 3
# Rates from fewer orders are chance.
LEAST_ORDERS = 100
LEAST_BUYERS = 30
# Who buys in two quarters counts in both, so buyers and orders per buyer of a quarter are not those of a year.
ANNUAL = {"buyers": ("buyers", "frequency"), "traffic": (), "orders": ()}
COUNTS = ("users", "orders")
# Levels that can be held against those of another channel; prices belong to what a channel sells.
SHARED = ("conversion", "frequency", "items", "discount", "kept")


@dataclass(frozen=True, kw_only=True)
class Best:
    """The best level of a lever and where it was reached: the quarter (of the period, from 0) or the channel."""

    level: float
    quarter: int = -1
    is_current: bool = False
    channel: str = ""


def find_best_quarters(
    tree: LeverTree, quarters: pd.DataFrame, visitors: pd.DataFrame, months: int
) -> dict[tuple[str, str, str], Best]:
    """By channel, depth and lever, the best of all whole quarters of both periods, each of `months` months.

    `quarters` come from `metrics.lever_quarters.sum_quarters`. Orders are scaled to the length of the period,
    visitors to the months that have them in both periods, as the level of today is. Only quarters with at least 100
    orders count; levers that a quarter can't show are left out.
    """
    whole = months // MONTHS_A_QUARTER
    segments = _list_segments(tree)
    if not whole or segments.empty:
        return {}
    counts = _arrange(place_at_depth(quarters, tree.keyed), segments, whole)
    people = np.stack([_count_people(visitors, segments, quarter) for quarter in range(whole)])
    factors = find_factors(counts, people, segments)
    factors = np.where(counts[..., [SUMS.index("orders")]] >= LEAST_ORDERS, factors, np.nan)
    bests = {}
    for place, (channel, depth, money) in enumerate(segments.itertuples(index=False, name=None)):
        for column, lever in enumerate(name_factors(depth, money)):
            values = factors[:, place, :, column]
            if lever and lever not in ANNUAL[depth] and not np.isnan(values).all():
                quarter, period = np.unravel_index(int(np.nanargmax(values)), values.shape)
                level = float(values[quarter, period]) * _scale(lever, channel, visitors, months)
                bests[channel, depth, lever] = Best(level=level, quarter=int(quarter), is_current=bool(period))
    return bests


def find_best_channels(levels: Sequence[Level]) -> dict[tuple[str, str, str], Best]:
    """By channel, depth and lever, the best current level of another channel of the same depth.

    Channels with fewer than 100 orders or 30 buyers, and shares kept of exactly 1 (no refund is recorded), don't count.
    """
    held = list(_list_shared(levels))
    bests = {}
    for channel, depth, lever, _ in held:
        others = [
            (level, other)
            for other, depth_, lever_, level in held
            if (depth_, lever_) == (depth, lever) and other != channel
        ]
        if others:
            level, other = max(others)
            bests[channel, depth, lever] = Best(level=level, channel=other)
    return bests


def _scale(lever: str, channel: str, visitors: pd.DataFrame, months: int) -> float:
    """What a quarter's level is multiplied with to be held against that of the period; only counts grow with time."""
    if lever not in COUNTS:
        return 1.0
    counted = visitors.turn[visitors.channel == channel].nunique() if lever == "users" else months
    return counted / MONTHS_A_QUARTER


def _list_shared(levels: Sequence[Level]) -> Iterator[tuple[str, str, str, float]]:
    for level in levels:
        if not level.is_current or level.depth == UNKNOWN or level.orders < LEAST_ORDERS or level.buyers < LEAST_BUYERS:
            continue
        for lever, value in level.levers.items():
            if lever in SHARED and (lever, value) != ("kept", 1.0):
                yield level.channel, level.depth, lever, value


def _list_segments(tree: LeverTree) -> pd.DataFrame:
    """Channel, depth and money of what can be split."""
    rows = [(level.channel, level.depth, level.money) for level in tree.levels if level.is_current]
    frame = pd.DataFrame(rows, columns=["channel", "depth", "money"])
    return frame[frame.depth != UNKNOWN].reset_index(drop=True)


def _arrange(placed: pd.DataFrame, segments: pd.DataFrame, whole: int) -> Numbers:
    """Sums as (quarters, segments, periods, sums), without quarters that are not whole."""
    index = pd.MultiIndex.from_frame(segments[["channel", "depth"]])
    segment = index.get_indexer(pd.MultiIndex.from_frame(placed[["channel", "depth"]]))
    kept = placed.assign(segment=segment)
    kept = kept[(segment >= 0) & (kept.quarter < whole).to_numpy()]
    counts = np.zeros((whole, len(segments), 2, len(SUMS)))
    place = (kept.quarter.to_numpy(dtype=int), kept.segment.to_numpy(), kept.is_current.astype(int).to_numpy())
    np.add.at(counts, place, kept[list(SUMS)].to_numpy(dtype=float))
    return counts


def _count_people(visitors: pd.DataFrame, segments: pd.DataFrame, quarter: int) -> Numbers:
    """Visitors of one quarter of both periods, (segments, periods); NaN where not all of its months have any."""
    if visitors.empty:
        return np.full((len(segments), 2), np.nan)
    inside = visitors[visitors.turn // MONTHS_A_QUARTER == quarter]
    complete = inside.groupby("channel").turn.transform("nunique") == MONTHS_A_QUARTER
    return count_visitors(inside[complete], segments)
