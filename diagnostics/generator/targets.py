"""What each store was asked to sell and to add in each of the last 12 months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.contacts import StoreDays
from diagnostics.generator.draws import Flags, Floats, Ints, open_stream
from diagnostics.generator.people import People
from diagnostics.generator.places import STORE
from diagnostics.generator.purchases import Purchases
from diagnostics.generator.season import DAYS, YEAR, number_months

MONTHS_A_YEAR = 12
# A healthy store ends the year between these shares of its target.
LOWEST, HIGHEST = 0.96, 1.05
ROUND_FEN = 10_000


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Sales in yuan and contacts to add, by store (rows) and month (columns)."""

    sales: Ints
    adds: Ints


def _smooth(counts: Floats) -> Floats:
    """Half a store's own month, half the month of all stores at the store's size."""
    whole = counts.sum(axis=0) / max(counts.sum(), 1.0)
    smoothed: Floats = 0.5 * counts + 0.5 * counts.sum(axis=1)[:, None] * whole[None, :]
    return smoothed


def set_targets(
    *, people: People, purchases: Purchases, paid_fen: Ints, unspoilt: Flags, days: StoreDays, seed: int
) -> Targets:
    """Targets from what healthy stores would do (`unspoilt` orders), so that they are met within a few percent."""
    stores = days.added.shape[0]
    stream = open_stream(seed, "targets")
    factors = LOWEST + (HIGHEST - LOWEST) * stream.random((2, stores))
    chosen = unspoilt & (purchases.channel == STORE) & (purchases.day >= DAYS - YEAR)
    month = number_months()[purchases.day[chosen]] - MONTHS_A_YEAR
    sales = np.zeros((stores, MONTHS_A_YEAR))
    np.add.at(sales, (people.store[purchases.person[chosen]], month), paid_fen[chosen].astype(np.float64))
    months = number_months()[-YEAR:] - MONTHS_A_YEAR
    adds = np.zeros((stores, MONTHS_A_YEAR))
    np.add.at(adds.T, months, days.added.T.astype(np.float64))
    return Targets(
        sales=np.maximum(np.round(_smooth(sales) / factors[0][:, None] / ROUND_FEN), 1).astype(np.int64)
        * (ROUND_FEN // 100),
        adds=np.maximum(np.round(_smooth(adds) / factors[1][:, None]), 1).astype(np.int64),
    )
