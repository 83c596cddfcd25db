"""List prices of a channel hold, and its discounts deepen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.generator.clinic.client import Client
from diagnostics.generator.clinic.cuts import choose_channel, find_drift, is_within, select
from diagnostics.generator.clinic.floors import means_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

MOST = 0.45


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any channel."""
    channel = choose_channel(rng, client)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, or the noise of two depths, by orders weighed with their list amount."""
    parts = []
    for period in (client.previous, client.current):
        orders = select(client, scope["channel"], period).groupby("order_id")[["list_amount", "paid_amount"]].sum()
        depth = 1 - orders.paid_amount.sum() / orders.list_amount.sum()
        given = orders.list_amount * (1 - depth) - orders.paid_amount
        parts.append((given / orders.list_amount.mean()).to_numpy())
    return max(limits["least_deepening"], means_apart(parts[0], parts[1]))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take `gap` of the list amount more off every line; refunds shrink with what was paid."""
    if gap > MOST:
        return None
    lines = client.lines
    inside = (lines.channel == scope["channel"]) & is_within(lines, client.current)
    scatter = rng.uniform(0.5, 1.5, len(lines))
    off = (lines.list_amount * gap * scatter).where(inside, 0.0).clip(upper=lines.paid_amount * 0.9)
    left = (lines.paid_amount - off).round(2)
    refunds = lines.refund_amount.where(lines.refund_amount == 0, left)
    changed = lines.assign(paid_amount=left, refund_amount=refunds)
    drift = find_drift(client, lines[lines.channel == scope["channel"]]) * float(lines.list_amount[inside].sum())
    return Planted(client=client.with_tables(order_lines=changed), effect=max(float(off.sum()) + drift, 0.0))


PLANTING = Planting(
    code="lever.discount_deepening", choose=choose, floor=floor, rule="larger of limit and half-width", plant=plant
)
