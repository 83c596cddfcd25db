"""The levers of each channel in two periods, at the depth that its counts allow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = NDArray[np.float64]

SUMS = ("buyers", "buyer_months", "orders", "units", "listed", "listed_paid", "paid", "gmv")
FACTORS = ("users", "conversion", "frequency", "items", "price", "charged", "kept")
# What the factors are called at each depth of people and of money; one that is always 1 there has no name.
PEOPLE: dict[str, tuple[str, ...]] = {
    "traffic": ("users", "conversion", "frequency"),
    "buyers": ("buyers", "", "frequency"),
    "orders": ("orders", "", ""),
}
MONEY: dict[str, tuple[str, ...]] = {
    "listed": ("items", "list_price", "discount"),
    "units": ("items", "price", ""),
    "spend": ("basket", "", ""),
}
UNKNOWN = "unknown"
# From this part of what was paid on the discount of the rest is taken to be the same.
LISTED_FROM = 0.9


@dataclass(frozen=True, kw_only=True)
class Level:
    """The factors of one channel at one depth in one period, and the counts behind them; NaN if not defined.

    `depth` says how people are known: at `buyers` users are buyers, at `orders` users are orders, and the factors
    between are 1. `money` says how spend is known: `listed` is items x list price x charged (1 - discount), `units`
    is items x paid price, `spend` is spend per order alone, held in `items`.
    """

    channel: str
    depth: str
    money: str
    is_current: bool
    users: float
    conversion: float
    frequency: float
    items: float
    price: float
    charged: float
    kept: float
    buyers: int
    orders: int
    units: float
    gmv: float

    @property
    def basket(self) -> float:
        """Spend per order."""
        return self.items * self.price * self.charged

    @property
    def levers(self) -> dict[str, float]:
        """The level's factors by the name that they have at this depth, in order; they multiply to GMV."""
        return {name: getattr(self, factor) for name, factor in zip(self.names, FACTORS, strict=True) if name}

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each of `FACTORS`, empty where it is always 1."""
        return name_factors(self.depth, self.money)


def name_factors(depth: str, money: str) -> tuple[str, ...]:
    """The names of the factors at a depth of people and of money.

    >>> name_factors("buyers", "units")
    ('buyers', '', 'frequency', 'items', 'price', '', 'kept')
    """
    return (*PEOPLE[depth], *MONEY[money], "kept")


def choose_money(counts: Numbers) -> list[str]:
    """How spend is known in each segment, in both periods alike; `counts` are (segments, periods, sums).

    Exactly one item in every order means that the export states none, so the price of one is spend per order.
    """
    sums = dict(zip(SUMS, np.moveaxis(counts, -1, 0), strict=True))
    sold = (sums["units"] > 0).all(axis=-1)
    has_units = sold & (sums["units"] != sums["orders"]).any(axis=-1)
    covered = (sums["listed"] > 0) & (sums["listed_paid"] >= LISTED_FROM * sums["paid"]) & (sums["listed_paid"] > 0)
    chosen = np.select([sold & covered.all(axis=-1), has_units], ["listed", "units"], default="spend")
    return [str(money) for money in chosen]


def find_factors(counts: Numbers, visitors: Numbers, segments: pd.DataFrame) -> Numbers:
    """Factors as (…, segments, periods, factors), NaN where not defined.

    `counts` are (…, segments, periods, sums), `visitors` (segments, periods); `segments` hold channel, depth, money.
    The list price is the paid price over the share charged, which is measured on lines that state a list amount.
    """
    sums = dict(zip(SUMS, np.moveaxis(counts, -1, 0), strict=True))
    depth = segments.depth.to_numpy()[:, np.newaxis]
    money = segments.money.to_numpy()[:, np.newaxis]
    people = np.where(
        depth == "traffic", sums["buyer_months"], np.where(depth == "buyers", sums["buyers"], sums["orders"])
    )
    users = np.where(depth == "traffic", visitors, people)
    charged = np.where(money == "listed", _divide(sums["listed_paid"], sums["listed"]), 1.0)
    # Where units are not known the whole of what was paid stands in their place, and the price is 1.
    units = np.where(money == "spend", sums["paid"], sums["units"])
    listed = _divide(sums["paid"], charged)
    steps = [users, people, sums["orders"], units, listed, sums["paid"], sums["gmv"]]
    ratios = [_divide(later, earlier) for earlier, later in pairwise(steps)]
    factors = np.stack([np.where(users > 0, users, np.nan), *ratios], axis=-1)
    return np.where((depth == UNKNOWN)[..., np.newaxis], np.nan, factors)


def list_levels(segments: pd.DataFrame, factors: Numbers, counts: Numbers) -> tuple[Level, ...]:
    """Both periods of every segment; `factors` are (segments, periods, factors), `counts` likewise with sums."""
    levels = []
    for segment, (channel, depth, money) in enumerate(
        segments[["channel", "depth", "money"]].itertuples(index=False, name=None)
    ):
        for period in (0, 1):
            values = dict(zip(FACTORS, factors[segment, period].tolist(), strict=True))
            sums = dict(zip(SUMS, counts[segment, period].tolist(), strict=True))
            levels.append(
                Level(
                    channel=channel,
                    depth=depth,
                    money=money,
                    is_current=bool(period),
                    **values,
                    buyers=int(sums["buyers"]),
                    orders=int(sums["orders"]),
                    units=sums["units"],
                    gmv=sums["gmv"],
                )
            )
    return tuple(levels)


def _divide(upper: Numbers, lower: Numbers) -> Numbers:
    ratio: Numbers = upper / np.where(lower == 0, np.nan, lower)
    return ratio
