"""Orders of a channel hold fewer pieces than in the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.cuts import choose_channel, log_mean, net, select, take_away
from diagnostics.generator.clinic.floors import means_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

LEVERS = 4


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
    """Take so many of the pieces beside each order's first that the list amount falls by `gap`."""
    now = select(client, scope["channel"], client.current)
    further = now[now.duplicated("order_id")]
    share = gap * float(now.list_amount.sum()) / max(float(further.list_amount.sum()), 1.0)
    if share > 1:
        return None
    lost = now.index.isin(further.index[rng.random(len(further)) < share])
    before, left = net(select(client, scope["channel"], client.previous)), net(now) * (1 - gap)
    changed = take_away(client, pd.Series(lost, index=now.index))
    return Planted(client=changed, effect=-log_mean(before, left) * float(np.log(1 - gap)))


PLANTING = Planting(
    code="lever.basket_drop", choose=choose, floor=floor, rule="larger of limit and half-width", plant=plant
)
