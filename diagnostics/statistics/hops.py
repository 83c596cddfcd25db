"""Hops on the way into the private domain: each region against the others, and what the missed are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LEAST_SHOWN = 30
LEAST_BUYERS = 100
# Scans that all other regions must have together to be a yardstick.
SCANS = 500
ALPHA = 0.05
# Scans an entrance, against other regions, from which second tries are likely.
MANY = 1.5
STORE = "store"


@dataclass(frozen=True, kw_only=True)
class Worth:
    """Money a year of one more contact who buys (low, mid, high), and what it was read from.

    `difference` is what contacts spend more on repeat purchases, `others` what other buyers spend;
    `share` are the buyers of the period among contacts that can be matched, `matched` those among all contacts.
    """

    difference: float
    is_clear: bool
    others: float
    share: float
    matched: float


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A region against the client's other regions on one hop; `high` ends its simultaneous interval.

    `others` is the others' rate, `others_scans` their scans an entrance; `below` counts entrances under `others`.
    """

    hop: str
    region: str
    scans: int
    passed: int
    high: float
    others: float
    others_scans: float
    gap_low: float
    entrances: int
    below: int

    @property
    def rate(self) -> float:
        """The share of scans that got through."""
        return self.passed / self.scans

    @property
    def missed(self) -> float:
        """How many more would have got through at the others' rate."""
        return (self.others - self.rate) * self.scans

    @property
    def least_missed(self) -> float:
        """The same if all scans beyond the others' number an entrance were second tries."""
        scans = min(self.scans, self.entrances * self.others_scans)
        return max(self.others * scans - self.passed, 0.0)

    @property
    def has_many_scans(self) -> bool:
        """Whether an entrance has so many more scans than elsewhere that second tries are likely."""
        return self.scans / self.entrances > MANY * self.others_scans


def add_rates(counts: pd.DataFrame) -> pd.DataFrame:
    """Rate with Wilson's 95 % interval, by hop with the lowest rate first; no rate under 30 scans."""
    scans = counts.scans.where(counts.scans >= LEAST_SHOWN).astype(float)
    passed = counts.passed.astype(float)
    low, high = wilson(passed, scans)
    rated = counts.assign(rate=passed / scans, low=low, high=high)
    return rated.sort_values(["hop", "rate", "scans"], ignore_index=True)


def sum_regions(entrances: pd.DataFrame) -> pd.DataFrame:
    """One row a hop and region: entrances, scans, passed."""
    groups = entrances.dropna(subset=["region"]).groupby(["hop", "region"], as_index=False)
    return groups.agg(entrances=("entrance", "nunique"), scans=("scans", "sum"), passed=("passed", "sum"))


def compare_regions(entrances: pd.DataFrame) -> tuple[Leak, ...]:
    """Each region of 30 scans or more against all others of its hop, if these have 500; Bonferroni over all."""
    regions = sum_regions(entrances)
    totals = regions.groupby("hop")[["scans", "passed"]].sum()
    others = regions.hop.map(totals.scans) - regions.scans
    judged = regions[(regions.scans >= LEAST_SHOWN) & (others >= SCANS)]
    confidence = 1 - ALPHA / max(len(judged), 1)
    rows = judged.to_dict("records")
    return tuple(_compare(row, totals.loc[row["hop"]], entrances, confidence) for row in rows)


def is_leaking(leak: Leak, scans: float, ratio: float) -> bool:
    """Whether a region has scans enough and even the upper end of its rate lies below the limit."""
    return leak.scans >= scans and leak.high < ratio * leak.others


def value_contact(spend: pd.DataFrame, buyers: int, customers: int, matched: float, yearly: float) -> Worth | None:
    """What contacts spend more on repeat purchases than buyers of the same channel and months who are none, a year.

    `spend` has one row a channel (`metrics.reach.count_reached`); `buyers` of the period are among the `customers`
    who are contacts and can be matched, a share `matched` of all contacts.

    In stores, where the codes hang, if enough buyers of both kinds are known there; else over all channels,
    weighted by the contacts who buy in each. None where no channel has enough of both.
    """
    large = spend[(spend.reached >= LEAST_BUYERS) & (spend.unreached >= LEAST_BUYERS) & spend.matched_mean.notna()]
    used = large[large.channel == STORE] if (large.channel == STORE).any() else large
    if used.empty or not customers:
        return None
    weight = (used.reached / used.reached.sum()).to_numpy(dtype=float)
    gaps = (used.reached_mean - used.matched_mean).to_numpy(dtype=float)
    difference = float(weight @ gaps)
    error = float(np.hypot.reduce(weight * used.difference_error.to_numpy(dtype=float)))
    return Worth(
        difference=difference * yearly,
        is_clear=difference - 2 * error > 0,
        others=max(float(weight @ used.unreached_mean.to_numpy(dtype=float)), 0.0) * yearly,
        share=buyers / customers,
        matched=matched,
    )


def size_leak(leak: Leak, worth: Worth, lift: float, yearly: float) -> tuple[float, float, float]:
    """Money a year (low, mid, high) of the people missed.

    What a contact who buys is worth: 25, 50 and 100 % of what contacts spend more, or 0, half and all of `lift`
    on what others spend where no clear difference shows. How many of them would buy: at least the buyers known
    among all contacts (low, where second tries are not counted either), as many as among matched contacts (mid),
    at most all (high).
    """
    each = worth.difference if worth.is_clear else lift * worth.others
    least = 0.25 if worth.is_clear else 0.0
    missed = leak.missed * yearly
    low = least * each * worth.share * worth.matched * leak.least_missed * yearly
    return low, 0.5 * each * worth.share * missed, each * missed


def _compare(row: Mapping[Any, Any], totals: Any, entrances: pd.DataFrame, confidence: float) -> Leak:
    scans, passed = int(totals.scans - row["scans"]), int(totals.passed - row["passed"])
    others = passed / scans
    _, high = wilson(row["passed"], row["scans"], confidence)
    rest = (entrances.hop == row["hop"]) & entrances.region.notna() & (entrances.region != row["region"])
    gap_low, _ = newcombe_difference(passed, scans, row["passed"], row["scans"], confidence)
    mine = entrances[
        (entrances.hop == row["hop"]) & (entrances.region == row["region"]) & (entrances.scans >= LEAST_SHOWN)
    ]
    return Leak(
        hop=row["hop"],
        region=row["region"],
        scans=int(row["scans"]),
        passed=int(row["passed"]),
        high=float(high),
        others=others,
        others_scans=scans / max(int(rest.sum()), 1),
        gap_low=float(gap_low),
        entrances=int(row["entrances"]),
        below=int((mine.passed / mine.scans < others).sum()),
    )
