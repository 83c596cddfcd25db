"""A category is sold ever cheaper at the same cost: its gross margin falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.cuts import find_drift, is_within
from diagnostics.generator.clinic.floors import means_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.generator.clinic.client import Client

LEAST = 200


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A category with enough orders in both years."""
    lines = client.lines
    counts = [
        lines[is_within(lines, side)].groupby("category", observed=True).order_id.nunique()
        for side in (client.previous, client.current)
    ]
    able = sorted(name for name in client.trade.categories if min(count.get(name, 0) for count in counts) >= LEAST)
    return {"category": str(rng.choice(able))} if able else None


def _list_costs(client: Client, lines: pd.DataFrame) -> pd.Series[float]:
    return lines.product_id.astype(str).map(client.tables["products"].set_index("product_id").unit_cost)


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two cost shares, by orders weighed with what they paid."""
    own = client.lines[client.lines.category == scope["category"]]
    own = own.assign(cost=_list_costs(client, own))
    parts = []
    for side in (client.previous, client.current):
        orders = own[is_within(own, side)].groupby("order_id")[["paid_amount", "cost"]].sum()
        ratio = orders.cost.sum() / orders.paid_amount.sum()
        parts.append(((orders.cost - ratio * orders.paid_amount) / orders.paid_amount.mean()).to_numpy())
    return limits["fall"] + means_apart(parts[0], parts[1], looked_at=len(client.trade.categories))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Lower paid prices until the margin has fallen by `gap`; it costs what the same pieces brought before.

    Deeper or shallower discounts of a healthy year move margins too, and count.
    """
    lines = client.lines
    inside = (lines.category == scope["category"]) & is_within(lines, client.current)
    paid, cost = float(lines.paid_amount[inside].sum()), float(_list_costs(client, lines[inside]).sum())
    left = cost / (cost / paid + gap)
    if left <= paid / 4:
        return None
    factor = np.where(inside, 1 - (1 - left / paid) * rng.uniform(0.8, 1.2, len(lines)), 1.0)
    money = {name: (lines[name] * factor).round(2) for name in ("paid_amount", "refund_amount")}
    drift = find_drift(client, lines[lines.category == scope["category"]]) * float(lines.list_amount[inside].sum())
    return Planted(client=client.with_tables(order_lines=lines.assign(**money)), effect=max(paid - left + drift, 0.0))


PLANTING = Planting(code="goods.margin_erosion", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
