"""The stores of one city stay below their targets, which the others reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.outposts import CITIES
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from diagnostics.generator.clinic.client import Client


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any city."""
    del client
    return {"city": str(rng.choice(CITIES))}


def sum_stores(client: Client) -> pd.DataFrame:
    """One row a store: city, target, actual."""
    months = client.tables["store_months"].groupby("store")[["target", "actual"]].sum()
    return months.join(client.tables["stores"].set_index("store"))


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The share of the target that must be missing more than now: below the limit, and below the others beyond noise.

    The noise is that of a ratio of sums over so few stores.
    """
    stores = sum_stores(client)
    own = stores[stores.city == scope["city"]]
    sums = stores.groupby("city")[["target", "actual"]].sum()
    reached = sums.actual / sums.target
    mine, others = float(reached[scope["city"]]), float(reached.drop(scope["city"]).median())
    residual = own.actual - mine * own.target
    noise = reach(len(CITIES)) * float((residual**2).sum() / (1 - 1 / len(own))) ** 0.5 / float(own.target.sum())
    least: float = min(limits["shortfall"], others - noise)
    return max(mine - least, 0.01)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take the share `gap` of the targets off what the city's stores sell; it costs what they lack to the others."""
    del rng
    stores = sum_stores(client)
    own = stores[stores.city == scope["city"]]
    target, actual = float(own.target.sum()), float(own.actual.sum())
    if gap * target >= actual:
        return None
    months = client.tables["store_months"]
    sold = months.actual.where(~months.store.isin(own.index), (months.actual * (1 - gap * target / actual)).round())
    return Planted(client=client.with_tables(store_months=months.assign(actual=sold)), effect=gap * target)


PLANTING = Planting(
    code="store.target_shortfall", choose=choose, floor=floor, rule="larger of limit and half-width", plant=plant
)
