"""A new customer of a channel costs more than a year before, and is worth no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.cuts import choose_channel, find_firsts
from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

MONTHS = 12
MOST = 8.0


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with spend."""
    channel = choose_channel(rng, client, least=300)
    return {"channel": channel} if channel and channel != "store" else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of twelve months' costs and of what a first order brings, as a relative rise."""
    spend = client.tables["campaigns"]
    own = spend[spend.channel == scope["channel"]].set_index("starts_on").cost
    firsts = find_firsts(client.lines)
    opened = firsts[firsts.channel == scope["channel"]]
    won = opened.groupby(opened.day.dt.to_period("M").dt.start_time).size()
    cost = np.log((own / won).dropna().to_numpy(dtype=float))
    lines = client.lines[client.lines.channel == scope["channel"]]
    order = lines.groupby("order_id").paid_amount.sum()
    worth = float(order.std() / order.mean()) * np.sqrt(4 / max(len(opened), 1))
    noise = reach(len(client.trade.outlets)) * float(np.hypot(cost.std() * np.sqrt(2 / MONTHS), worth))
    return float((1 + limits["rise"]) * np.exp(noise) - 1)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Spend `gap` more on the same new customers; it costs the extra spend."""
    del rng
    if gap > MOST:
        return None
    spend = client.tables["campaigns"]
    dearer = (spend.channel == scope["channel"]) & (spend.starts_on >= pd.Timestamp(client.current.start))
    cost = spend.cost.where(~dearer, (spend.cost * (1 + gap)).round(2))
    extra = float((cost - spend.cost).sum())
    return Planted(client=client.with_tables(campaigns=spend.assign(cost=cost)), effect=extra)


PLANTING = Planting(code="venue.cac_inflation", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
