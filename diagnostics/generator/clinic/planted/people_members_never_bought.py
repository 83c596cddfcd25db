"""A large part of a channel's members has never bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.memberships import draw_silent
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

PATIENCE = pd.Timedelta(days=90)
LEAST = 300
MOST = 0.95


def count_members(client: Client, channel: str) -> tuple[float, float]:
    """Members of a channel who had time to buy: how many, and the share that never did."""
    members = client.tables["customers"]
    own = members[(members.channel == channel) & (members.joined_on < pd.Timestamp(client.current.end) - PATIENCE)]
    return float(len(own)), float(1 - own.customer.isin(set(client.lines.customer.astype(str))).mean())


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with members enough."""
    channels = client.tables["customers"].channel.value_counts()
    able = sorted(str(channel) for channel in channels.index[channels >= LEAST])
    return {"channel": str(rng.choice(able))} if able else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of a share, or the least members, above the share now."""
    count, share = count_members(client, scope["channel"])
    limit = limits["never_share"]
    noise = reach() * float(np.sqrt(limit * (1 - limit) / count))
    bought = count * (1 - share)
    least = limits["least_members"] / (limits["least_members"] + bought)
    return max(limit + noise, least) - share


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Add so many members without a purchase that their share rises by `gap`; what waking them brings is not known."""
    count, share = count_members(client, scope["channel"])
    wanted = share + gap
    if wanted > MOST:
        return None
    bought = count * (1 - share)
    silent = draw_silent(rng, client.lines, np.full(round(bought), scope["channel"]), wanted)
    kept = silent.head(max(len(silent) - round(count * share), 0))
    members = client.tables["customers"]
    added = kept.assign(joined_on=kept.joined_on.dt.normalize(), is_member=True)
    return Planted(client=client.with_tables(customers=pd.concat([members, added], ignore_index=True)), effect=None)


PLANTING = Planting(
    code="people.members_never_bought", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
