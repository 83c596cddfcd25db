"""Fewer people visit a channel, and so fewer buy: both fall alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.cuts import choose_channel, log_mean, lose_buyers, net, select, take_away
from diagnostics.generator.clinic.planted.lever_conversion_drop import count_visitors
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with stated visitors."""
    channel = choose_channel(rng, client, stated=True)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, beyond the growth of a healthy year: visitors are stated in full, not sampled."""
    growth = 1 / count_visitors(client, scope["channel"])
    return 1 - (1 - limits["least_loss"]) / max(growth, 1 - limits["least_loss"])


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take `gap` of the visitors and of the buyers; the loss is that of visitors against the year before."""
    lost = lose_buyers(rng, client, scope["channel"], gap)
    if lost is None:
        return None
    traffic = client.tables["traffic"]
    fewer = (traffic.channel == scope["channel"]) & (traffic.starts_on >= pd.Timestamp(client.current.start))
    visitors = traffic.visitors.where(~fewer, (traffic.visitors * (1 - gap)).round()).astype("int64")
    now = select(client, scope["channel"], client.current)
    before, left = net(select(client, scope["channel"], client.previous)), net(now) * (1 - gap)
    changed = take_away(client, lost).with_tables(traffic=traffic.assign(visitors=visitors))
    fall = float(np.log(count_visitors(changed, scope["channel"])))
    return Planted(client=changed, effect=max(log_mean(before, left) * fall, 0.0))


PLANTING = Planting(code="lever.users_drop", choose=choose, floor=floor, rule="limit beyond usual growth", plant=plant)
