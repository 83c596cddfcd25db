"""The change of GMV between two periods, split by channel into its levers, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diagnostics.statistics.decomposition import decompose, settle_cents
from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.lever_levels import (
    FACTORS,
    SUMS,
    UNKNOWN,
    Level,
    choose_money,
    find_factors,
    list_levels,
    name_factors,
)

Numbers: TypeAlias = NDArray[np.float64]

# What spend per order is made of before discounts, and in all.
BASKET = ("basket", "items", "list_price", "price")
SPEND = (*BASKET, "discount")


@dataclass(frozen=True, kw_only=True)
class Term:
    """What one lever of one channel ("" for all) did to GMV, with its interval."""

    channel: str
    lever: str
    effect: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class LeverTree:
    """GMV before and after, and every term that leads from one to the other.

    Effects of `terms` are whole cents and sum exactly to `after - before`; `totals` are over all channels.
    Levers: users, conversion (channels with visitors), buyers (channels without), orders (no customer known),
    frequency, items, list_price and discount (channels that state amounts before discounts), price (channels that
    don't), basket (no units known), kept (share left after refunds), unknown (sales without a known customer, in
    channels that have known ones), entered, left. `baskets` are the terms of spend per order before discounts: items
    and price of a channel in one; `spends` those after discounts, with discount. `groups` is the number of groups of
    customers behind the intervals. `keyed`: by channel, the share of orders whose customer is known, before and after
    (NaN without an order).
    """

    before: float
    after: float
    terms: tuple[Term, ...]
    totals: tuple[Term, ...]
    baskets: tuple[Term, ...]
    spends: tuple[Term, ...]
    levels: tuple[Level, ...]
    keyed: dict[str, tuple[float, float]]
    groups: int


def grow_tree(sums: pd.DataFrame, visitors: pd.DataFrame, confidence: float = 0.95) -> LeverTree:
    """Build the tree from sums by bucket (`metrics.levers.sum_levers`) and visitors (`pair_months`, may be empty).

    Users x conversion x orders per buyer x items per order x list price x (1 - discount) x share kept after refunds
    where all is known; buyers in place of the first two without visitors, orders in place of the first three without
    customers; the paid price where list amounts are missing, spend per order where units are.
    Effects by `decompose`; intervals by a jackknife over the buckets of customers, visitors taken as given.
    """
    keyed = share_keyed(sums)
    placed = place_at_depth(sums, keyed)
    segments = placed[["channel", "depth"]].drop_duplicates().sort_values(["channel", "depth"], ignore_index=True)
    counts = _arrange(placed, segments)
    whole, left = counts.sum(axis=0), leave_one_out(counts)
    segments["money"] = choose_money(whole)
    people = count_visitors(visitors, segments)
    factors = find_factors(whole, people, segments)
    effects = _split(factors, whole)
    repeated = _split(find_factors(left, people, segments), left)
    names = _name_terms(segments, whole, factors)
    before, after = (float(gmv) for gmv in whole[..., SUMS.index("gmv")].sum(axis=0))
    terms = _collect(names, effects, repeated, confidence)
    terms["effect"] = settle_cents(terms.effect, after - before) / 100
    totals = _collect(names.assign(channel=""), effects, repeated, confidence)
    totals["effect"] = terms.groupby("lever").effect.sum().reindex(totals.lever).to_numpy().round(2)
    baskets, spends = (
        _collect(names[names.lever.isin(parts)].assign(lever="basket"), effects, repeated, confidence)
        for parts in (BASKET, SPEND)
    )
    return LeverTree(
        before=before,
        after=after,
        terms=_list_terms(terms),
        totals=_list_terms(totals),
        baskets=_list_terms(baskets),
        spends=_list_terms(spends),
        levels=list_levels(segments, factors, whole),
        keyed=keyed,
        groups=len(counts),
    )


def share_keyed(sums: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """By channel, the share of orders whose customer is known, before and after; NaN where there is no order."""
    known = sums.assign(keyed=sums.orders.where(sums.known.astype(bool), 0))
    totals = known.groupby(["channel", "is_current"])[["keyed", "orders"]].sum()
    share = (totals.keyed / totals.orders.where(totals.orders > 0)).to_dict()
    return {
        channel: (share.get((channel, False), np.nan), share.get((channel, True), np.nan))
        for channel in sorted(sums.channel.unique())
    }


def place_at_depth(sums: pd.DataFrame, keyed: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Sums with `depth`; a channel whose customers are unknown in either period is split by orders only."""
    keyless = sums.channel.isin([channel for channel, shares in keyed.items() if 0 in shares])
    known = sums.known.astype(bool)
    depth = np.select(
        [keyless, known & sums.covered.astype(bool), known], ["orders", "traffic", "buyers"], default=UNKNOWN
    )
    return sums.assign(depth=depth)


def _arrange(placed: pd.DataFrame, segments: pd.DataFrame) -> Numbers:
    """Sums as (buckets, segments, periods, sums)."""
    buckets, bucket = np.unique(placed.bucket, return_inverse=True)
    index = pd.MultiIndex.from_frame(segments)
    segment = index.get_indexer(pd.MultiIndex.from_frame(placed[["channel", "depth"]]))
    counts = np.zeros((max(len(buckets), 2), len(segments), 2, len(SUMS)))
    np.add.at(counts, (bucket, segment, placed.is_current.astype(int)), placed[list(SUMS)].to_numpy(dtype=float))
    return counts


def count_visitors(visitors: pd.DataFrame, segments: pd.DataFrame) -> Numbers:
    """Visitors before and after as (segments, periods), NaN at other depths."""
    people = np.full((len(segments), 2), np.nan)
    if len(visitors):
        total = visitors.groupby("channel")[["visitors_before", "visitors_after"]].sum()
        at_traffic = (segments.depth == "traffic").to_numpy()
        people[at_traffic] = total.reindex(segments.channel[at_traffic]).to_numpy()
    return people


def _split(factors: Numbers, counts: Numbers) -> Numbers:
    """Effects as (…, segments, factors + 1); the last holds the whole change of segments that can't be split."""
    split = decompose(factors[..., 0, :], factors[..., 1, :])
    gmv = counts[..., SUMS.index("gmv")]
    undefined = np.isnan(factors).any(axis=(-1, -2))
    whole = np.where(undefined, gmv[..., 1] - gmv[..., 0], 0.0)
    return np.concatenate([split.effects, whole[..., np.newaxis]], axis=-1)


def _name_terms(segments: pd.DataFrame, counts: Numbers, factors: Numbers) -> pd.DataFrame:
    """Segment, place, channel, lever of every effect that has a name."""
    orders = counts[..., SUMS.index("orders")]
    undefined = np.asarray(np.isnan(factors).any(axis=(-1, -2)))
    rows = []
    for segment, (channel, depth, money) in enumerate(segments.itertuples(index=False, name=None)):
        if undefined[segment]:
            before, after = orders[segment]
            gone = "entered" if before == 0 else "left" if after == 0 else UNKNOWN
            rows.append((segment, len(FACTORS), channel, UNKNOWN if depth == UNKNOWN else gone))
        else:
            named = enumerate(name_factors(depth, money))
            rows += [(segment, place, channel, lever) for place, lever in named if lever]
    return pd.DataFrame(rows, columns=["segment", "place", "channel", "lever"])


def _collect(names: pd.DataFrame, effects: Numbers, replicates: Numbers, confidence: float) -> pd.DataFrame:
    """Effects with intervals, summed by channel and lever."""
    group = names.groupby(["channel", "lever"], sort=False)
    keys = group.size().index.to_frame(index=False)
    number = group.ngroup().to_numpy()
    effect = np.zeros(len(keys))
    repeated = np.zeros((len(replicates), len(keys)))
    np.add.at(effect, number, effects[names.segment, names.place])
    np.add.at(repeated.T, number, replicates[:, names.segment, names.place].T)
    low, high = find_interval(effect, repeated, confidence)
    return keys.assign(effect=effect, low=low, high=high)


def _list_terms(frame: pd.DataFrame) -> tuple[Term, ...]:
    rows = frame[["channel", "lever", "effect", "low", "high"]].itertuples(index=False, name=None)
    return tuple(
        Term(channel=channel, lever=lever, effect=effect, low=low, high=high)
        for channel, lever, effect, low, high in rows
    )
