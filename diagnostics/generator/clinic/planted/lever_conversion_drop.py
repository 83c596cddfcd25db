"""Fewer of a channel's visitors buy: a share of the current period's buyers stays away."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.client import Client
from diagnostics.generator.clinic.cuts import choose_channel, log_mean, lose_buyers, net, select, take_away
from diagnostics.generator.clinic.floors import counts_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

# Levers of a channel that are looked at: users, conversion, frequency, spend per order.
LEVERS = 4


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with stated visitors."""
    channel = choose_channel(rng, client, stated=True)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, the noise of two numbers of buyers, or the fall that more visitors alone would look like."""
    before, after = (
        select(client, scope["channel"], side).customer.nunique() for side in (client.previous, client.current)
    )
    outlets = len(client.trade.outlets)
    fewer = min(count_visitors(client, scope["channel"]), 1.0)
    diluted = 1 - float(np.power(fewer, 1 / (1 - limits["least_left"])))
    return max(limits["least_loss"], counts_apart(before, after, LEVERS * outlets), diluted)


def count_visitors(client: Client, channel: str) -> float:
    """Visitors of the previous period for each one of the current."""
    own = client.tables["traffic"][client.tables["traffic"].channel == channel]
    sides = [
        (own.starts_on >= pd.Timestamp(side.start)) & (own.starts_on < pd.Timestamp(side.end))
        for side in (client.previous, client.current)
    ]
    before, after = (float(own.visitors[side].sum()) for side in sides)
    return before / after


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take `gap` of the buyers away; it costs the logarithmic mean of both periods times the fall."""
    lost = lose_buyers(rng, client, scope["channel"], gap)
    if lost is None:
        return None
    now = select(client, scope["channel"], client.current)
    before = net(select(client, scope["channel"], client.previous))
    left = net(now) * (1 - gap)
    return Planted(client=take_away(client, lost), effect=-log_mean(before, left) * float(np.log(1 - gap)))


PLANTING = Planting(
    code="lever.conversion_drop",
    choose=choose,
    floor=floor,
    rule="largest of limit, half-width and dilution",
    plant=plant,
)
