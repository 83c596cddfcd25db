"""Which role each product plays, from what it sells, to whom first, at which price and margin."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagnostics.statistics.proportions import newcombe_difference

LEAST_FIRSTS = 300
HERO_SHARE = 0.3
MOST_HEROES = 20
INDEX = 1.2
STEP = 0.05
PRICE_RANK, UNITS_RANK = 0.9, 0.5


def assign_roles(products: pd.DataFrame, margin: float | None, first: int, later: int) -> pd.DataFrame:
    """Add share, price, margin, index (share in first orders over share in others), and a flag a role.

    `products` are rows of `list_products`; `margin` is the range's, `None` where no cost is known; `first` and
    `later` are how many orders of both kinds there are. Each flag is true or false, `traffic` only where there are
    enough orders of both kinds to tell, by Newcombe's interval at Bonferroni's level for the products given.
    """
    held = products[["first", "later"]].fillna(0)
    share_first, share_later = held["first"] / max(first, 1), held.later / max(later, 1)
    price = products.gmv / products.units.where(products.units > 0)
    earned = 1 - products.cost / products.sold.where(products.sold > 0)
    index = (share_first / share_later.where(share_later > 0)) if min(first, later) >= LEAST_FIRSTS else np.nan
    low = np.full(len(products), np.nan)
    if min(first, later) >= LEAST_FIRSTS:
        worth = 1 / spread_later(products, later)
        low, _ = newcombe_difference(held["first"], first, held.later * worth, later * worth, 1 - 0.05 / len(products))
    dear = price.rank(pct=True) > PRICE_RANK
    flagged = products.assign(
        share=products.gmv / products.all_gmv,
        price=price,
        margin=earned.astype(float),
        index=index,
        hero=(products.gmv_before < HERO_SHARE * products.all_gmv) & (products.place < MOST_HEROES),
        traffic=(low > 0) & (pd.Series(index, index=products.index) >= INDEX),
        profit=earned >= margin + STEP if margin is not None else False,
        image=dear & (products.units.rank(pct=True) < UNITS_RANK),
    )
    flags = flagged[["hero", "traffic", "profit", "image"]].astype(bool)
    return flagged.assign(regular=~flags.any(axis=1))


def spread_later(products: pd.DataFrame, later: int) -> pd.Series[float]:
    """How many times the variance of a product's share of later orders exceeds that of orders drawn one by one, from 1.

    Customers buy the same again, so `n` of their orders tell less than orders of `n` customers: the share is a ratio of
    sums over customers. `products` are rows of `list_products`; a count is worth so many times fewer orders.
    Source: L. Kish (1965), Survey Sampling, chapter 6 (ratio of sums over clusters, design effect).
    """
    share = products.later.fillna(0) / max(later, 1)
    squares = products.later_squares.fillna(0) - 2 * share * products.later_cross.fillna(0)
    clustered = squares + share**2 * products.all_squares.fillna(0)
    drawn = share * (1 - share) * later
    return (clustered / drawn.where(drawn > 0)).clip(lower=1).fillna(1.0)
