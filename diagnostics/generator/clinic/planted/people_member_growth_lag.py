"""What a channel's members buy grows slower than the channel as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.cuts import choose_channel, draw_some, net, select, take_away
from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.generator.clinic.client import Client
    from diagnostics.model.period import Period

LEAST = 400


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with orders enough of both kinds."""
    channel = choose_channel(rng, client, least=LEAST)
    return {"channel": channel} if channel else None


def split_kinds(client: Client, channel: str, period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A channel's lines of a period, of members (who joined with their first purchase) and of others."""
    members = client.tables["customers"]
    joined = set(members.customer[members.channel == channel])
    lines = select(client, channel, period)
    mine = lines.customer.astype(str).isin(joined)
    return lines[mine], lines[~mine]


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of the growth of both kinds, all channels together.

    Members fall behind the whole by the others' part of sales times what they fall behind the others.
    """
    now, before = (split_kinds(client, scope["channel"], side) for side in (client.current, client.previous))
    errors = [net(after) / net(past) * _scatter(after, past) for after, past in zip(now, before, strict=True)]
    others = net(before[1]) / (net(before[0]) + net(before[1]))
    return limits["least_lag"] + reach(len(client.trade.outlets)) * others * float(np.linalg.norm(errors))


def _scatter(*sides: pd.DataFrame) -> float:
    """The relative error of a ratio of two sums over independent customers."""
    spent = [side.groupby("customer", observed=True).paid_amount.sum().to_numpy(dtype=np.float64) for side in sides]
    return float(np.sqrt(sum((own**2).sum() / own.sum() ** 2 for own in spent)))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let so many members stay away that they lag the whole by `gap`; it costs that part of their sales of before."""
    mine, _ = split_kinds(client, scope["channel"], client.current)
    before, before_others = (net(side) for side in split_kinds(client, scope["channel"], client.previous))
    share = gap / (net(mine) * (1 / before - 1 / (before + before_others)))
    if share >= 1:
        return None
    changed = take_away(client, draw_some(rng, mine.customer, share))
    return Planted(client=changed, effect=gap * before)


PLANTING = Planting(
    code="people.member_growth_lag", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
