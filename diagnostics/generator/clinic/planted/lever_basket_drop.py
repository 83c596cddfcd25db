"""Orders of a channel hold cheaper pieces than in the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.cuts import choose_channel, is_within, log_mean, net, select
from diagnostics.generator.clinic.floors import means_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

LEVERS = 4
MOST = 0.8


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any channel."""
    channel = choose_channel(rng, client)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, or the noise of two means of list amount an order, as a share of the mean."""
    before, after = (
        select(client, scope["channel"], side).groupby("order_id").list_amount.sum().to_numpy()
        for side in (client.previous, client.current)
    )
    noise = means_apart(before, after, LEVERS * len(client.trade.outlets)) / float(before.mean())
    return max(limits["least_loss"], noise)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Sell every piece `gap` cheaper, list price and all, up to a fifth of that more or less by chance."""
    if gap > MOST:
        return None
    lines = client.lines
    inside = (lines.channel == scope["channel"]) & is_within(lines, client.current)
    factor = np.where(inside, 1 - gap * rng.uniform(0.8, 1.2, len(lines)), 1.0)
    money = {name: (lines[name] * factor).round(2) for name in ("list_amount", "paid_amount", "refund_amount")}
    before = net(select(client, scope["channel"], client.previous))
    left = net(lines[inside]) * (1 - gap)
    effect = -log_mean(before, left) * float(np.log(1 - gap))
    return Planted(client=client.with_tables(order_lines=lines.assign(**money)), effect=effect)


PLANTING = Planting(
    code="lever.basket_drop", choose=choose, floor=floor, rule="larger of limit and half-width", plant=plant
)
