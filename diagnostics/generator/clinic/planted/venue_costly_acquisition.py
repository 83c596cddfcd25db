"""A new customer of a channel costs more than its margin earns back in half a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.cuts import OPENING_DAYS, choose_channel, find_firsts
from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

MONTH = 30


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with spend."""
    channel = choose_channel(rng, client, least=300)
    return {"channel": channel} if channel and channel != "store" else None


def earn_back(client: Client, channel: str, months: float) -> pd.Series[float]:
    """What each newcomer of a channel earned who was followed for so long, after the costs of all goods sent."""
    lines = client.lines
    opening = lines.ordered_at.min() + pd.Timedelta(days=OPENING_DAYS)
    span = pd.Timedelta(days=MONTH * months)
    firsts = find_firsts(lines)
    last = pd.Timestamp(client.current.end) - span
    new = firsts[(firsts.channel == channel) & (firsts.day >= opening) & (firsts.day <= last)]
    day_of = lines.customer.map(new.set_index("customer").day).astype("datetime64[s]")
    inside = lines[day_of.notna() & (lines.ordered_at.dt.normalize() - day_of < span)]
    costs = inside.product_id.astype(str).map(client.tables["products"].set_index("product_id").unit_cost)
    earned = inside.paid_amount - inside.refund_amount - costs.astype(float)
    each = earned.groupby(inside.customer.astype(str)).sum()
    every: pd.Series[float] = each.reindex(new.customer.astype(str), fill_value=0.0)
    return every


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """How far the cost lies beyond the mean margin, as a share of it: half of the interval of that mean."""
    earned = earn_back(client, scope["channel"], limits["payback_months"])
    noise = reach(len(client.trade.outlets)) * float(earned.std()) / float(np.sqrt(len(earned)))
    return noise / float(earned.mean())


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Spend so much that a customer costs `gap` more than half a year earns.

    The cost is set by the margin as it came out, which is what the finding measures, too: its range can't miss, so no
    effect is stated.
    """
    del rng
    spend, firsts = client.tables["campaigns"], find_firsts(client.lines)
    margin = float(earn_back(client, scope["channel"], 6).mean())
    won = int(((firsts.channel == scope["channel"]) & (firsts.day >= pd.Timestamp(client.current.start))).sum())
    mine = (spend.channel == scope["channel"]) & (spend.starts_on >= pd.Timestamp(client.current.start))
    wanted = margin * (1 + gap) * won
    cost = spend.cost.where(~mine, (spend.cost * wanted / float(spend.cost[mine].sum())).round(2))
    return Planted(client=client.with_tables(campaigns=spend.assign(cost=cost)), effect=None)


PLANTING = Planting(code="venue.costly_acquisition", choose=choose, floor=floor, rule="half-width", plant=plant)
