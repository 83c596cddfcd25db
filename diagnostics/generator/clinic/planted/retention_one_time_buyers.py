"""Most first buyers of a channel never come back, though those of the best channel do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.generator.clinic.client import Client
from diagnostics.generator.clinic.cuts import OPENING_DAYS, draw_some, find_firsts, is_within, net, take_away
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

FOLLOWED = 180
LEAST = 300


def count_returns(client: Client) -> pd.DataFrame:
    """By channel: newcomers followed for 180 days (`n`), and the share of them that bought again on a later day."""
    lines, firsts = client.lines, find_firsts(client.lines)
    opening = lines.ordered_at.min() + timedelta(days=OPENING_DAYS)
    last = pd.Timestamp(client.current.end) - timedelta(days=FOLLOWED)
    followed = firsts[(firsts.day >= opening) & (firsts.day < last)]
    joined = lines[["customer", "ordered_at"]].merge(followed[["customer", "day"]], on="customer")
    wait = (joined.ordered_at.dt.normalize() - joined.day).dt.days
    back = set(joined.customer[(wait > 0) & (wait <= FOLLOWED)])
    share = followed.customer.isin(back).groupby(followed.channel, observed=True)
    return pd.DataFrame({"n": share.size(), "share": share.mean()})


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with enough newcomers that is not the best one."""
    counted = count_returns(client)
    able = counted[counted.n >= LEAST]
    if len(able) <= 1:
        return None
    return {"channel": str(rng.choice(sorted(set(able.index) - {able.share.idxmax()})))}


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two shares, and at least the least part of the best share that must be lacking."""
    counted = count_returns(client)
    able = counted[counted.n >= LEAST]
    best, own = (read_row(counted, str(name)) for name in (able.share.idxmax(), scope["channel"]))
    noise = shares_apart(*own, *best, len(able) * (len(able) - 1) // 2)
    return max(limits["least_gap"] + noise, (1 - limits["most_ratio"]) * best[0])


def read_row(counted: pd.DataFrame, channel: str) -> tuple[float, float]:
    """Share and number of a channel."""
    return float(counted.share[channel]), float(counted.n[channel])


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Take all later orders of so many of the channel's newcomers that their share lies `gap` below the best one's.

    It costs what all later orders would be worth at the best channel's share, less what they are worth.
    """
    counted = count_returns(client)
    best, own = float(counted[counted.n >= LEAST].share.max()), float(counted.share[scope["channel"]])
    wanted = best - gap
    if wanted <= 0 or wanted >= own:
        return None
    lines, firsts = client.lines, find_firsts(client.lines)
    day_of = lines.customer.map(firsts.set_index("customer").day).astype("datetime64[s]")
    home = lines.customer.isin(firsts.customer[firsts.channel == scope["channel"]])
    later = home & (lines.ordered_at.dt.normalize() > day_of)
    lost = later & draw_some(rng, lines.customer, 1 - wanted / own)
    worth = net(lines[later & is_within(lines, client.current)])
    left = net(lines[later & ~lost & is_within(lines, client.current)])
    return Planted(client=take_away(client, lost), effect=worth * best / own - left)


PLANTING = Planting(
    code="retention.one_time_buyers", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
