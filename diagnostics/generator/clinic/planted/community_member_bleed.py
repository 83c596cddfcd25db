"""A group loses members faster than it gains them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.cuts import choose_group, pick_group
from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

TURNS = 30
MOST = 0.6


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any group."""
    return {"group": choose_group(rng, client)}


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """People lost net in the quarter, more than now: the share that is the limit beyond the noise of the weeks.

    Joins and leaves are counts by chance: their variance is their number. At least the people that are the limit, and
    beyond what one of as many groups loses by chance.
    """
    own = pick_group(client, scope["group"])
    joined, left = float(own.members_joined.sum()), float(own.members_left.sum())
    groups = client.tables["group_days"].group.nunique()
    start = float(own.members_total.iloc[0])
    lost = limits["rate"] * start
    for _ in range(TURNS):
        flows = (joined + left + max(lost - (left - joined), 0.0)) ** 0.5
        lost = max(limits["rate"] * start + reach() * flows, reach(groups) * flows, limits["people"])
    return max(lost - (left - joined), 1.0)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let `gap` people more leave the group, spread over the quarter; a member who leaves is no customer lost."""
    own = pick_group(client, scope["group"])
    if gap > MOST * float(own.members_total.iloc[0]):
        return None
    more = rng.multinomial(int(rng.poisson(gap)), np.full(len(own), 1 / len(own)))
    days = client.tables["group_days"].copy()
    days.loc[own.index, "members_left"] += more
    days.loc[own.index, "members_total"] -= more.cumsum()
    return Planted(client=client.with_tables(group_days=days), effect=None)


PLANTING = Planting(
    code="community.member_bleed", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
