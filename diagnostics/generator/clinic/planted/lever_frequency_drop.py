"""A channel's buyers stay, and place fewer orders each than in the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.cuts import choose_channel, draw_some, log_mean, net, select, take_away
from diagnostics.generator.clinic.floors import means_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

# Levers of a channel that are looked at: users, conversion, frequency, spend per order.
LEVERS = 4


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel without visitors: where they are stated by month, whoever buys in fewer months converts less."""
    channel = choose_channel(rng, client, stated=False)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, the noise of two means of orders a buyer, or the fall that more buyers alone would look like."""
    before, after = (
        select(client, scope["channel"], side).groupby("customer", observed=True).order_id.nunique().to_numpy()
        for side in (client.previous, client.current)
    )
    noise = means_apart(before, after, LEVERS * len(client.trade.outlets)) / float(before.mean())
    diluted = 1 - float(np.power(min(len(before) / len(after), 1.0), 1 / (1 - limits["least_left"])))
    return max(limits["least_loss"], noise, diluted)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take so many of the buyers' further orders that orders a buyer fall by `gap`; the first of the period stay."""
    now = select(client, scope["channel"], client.current)
    orders = now.drop_duplicates("order_id").sort_values("ordered_at", kind="stable")
    further = orders.order_id[orders.duplicated("customer")]
    share = gap * len(orders) / max(len(further), 1)
    if share > 1:
        return None
    lost = now.order_id.isin(further) & draw_some(rng, now.order_id, share)
    before, left = net(select(client, scope["channel"], client.previous)), net(now) * (1 - gap)
    return Planted(client=take_away(client, lost), effect=-log_mean(before, left) * float(np.log(1 - gap)))


PLANTING = Planting(
    code="lever.frequency_drop",
    choose=choose,
    floor=floor,
    rule="largest of limit, half-width and dilution",
    plant=plant,
)
