"""Orders of a category hold other categories less often than in the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.generator.clinic.cuts import is_within, net, take_away
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from diagnostics.generator.clinic.client import Client
    from diagnostics.model.period import Period

LEAST = 200


def list_companions(client: Client, category: str, period: Period) -> tuple[pd.DataFrame, pd.Series]:
    """The lines of the orders of a period that hold a category, and which of them are of another."""
    lines = client.lines[is_within(client.lines, period)]
    lines = lines[lines.order_id.isin(set(lines.order_id[lines.category == category]))]
    return lines, lines.category != category


def share_attached(client: Client, category: str, period: Period) -> tuple[float, float]:
    """The share of a category's orders that hold another, and how many they are."""
    lines, others = list_companions(client, category, period)
    many = lines.order_id.nunique()
    return lines.order_id[others].nunique() / max(many, 1), float(many)


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A category with enough orders in both years."""
    able = [
        name
        for name in client.trade.categories
        if min(share_attached(client, name, side)[1] for side in (client.previous, client.current)) >= LEAST
    ]
    return {"category": str(rng.choice(able))} if able else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two shares, all categories together."""
    before, now = (share_attached(client, scope["category"], side) for side in (client.previous, client.current))
    return limits["fall"] + shares_apart(*before, *now, looked_at=len(client.trade.categories))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take other categories out of so many of the orders that the share falls by `gap`; it costs what they bring."""
    share, _ = share_attached(client, scope["category"], client.current)
    if gap >= share:
        return None
    lines, others = list_companions(client, scope["category"], client.current)
    orders = lines.order_id[others].drop_duplicates()
    fewer = orders[rng.random(len(orders)) < gap / share]
    changed = take_away(client, others & lines.order_id.isin(fewer))
    return Planted(client=changed, effect=net(lines[others]) * gap / share)


PLANTING = Planting(code="goods.low_attach", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
