"""Nearly all messages of a group come from the company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.cuts import choose_group, pick_group
from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.generator.clinic.client import Client

WEEKS = 8
TURNS = 30


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any group."""
    return {"group": choose_group(rng, client)}


def list_weeks(client: Client, group: str) -> pd.DataFrame:
    """The company's and the customers' messages of a group, by week of the window."""
    own = pick_group(client, group)
    week = (own.day.max() - own.day).dt.days // 7
    sums = own.groupby(week)[["messages", "staff_messages"]].sum().head(WEEKS)
    return sums.assign(customers=sums.messages - sums.staff_messages)


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """How far (logarithm) the odds of the company's messages must rise: the limit, beyond the noise of the weeks' odds.

    Fewer messages of customers are noisier: found by repeating.
    """
    weeks = list_weeks(client, scope["group"])
    company, customers = float(weeks.staff_messages.sum()), float(max(weeks.customers.sum(), 1))
    odds = np.log((weeks.staff_messages + 0.5) / (weeks.customers + 0.5))
    chance = float((1 / (weeks.customers + 0.5) + 1 / (weeks.staff_messages + 0.5)).mean())
    beyond = max(float(odds.var()) - chance, 0.0)
    limit = float(np.log(limits["company"] / (1 - limits["company"]) / (company / customers)))
    gap = limit
    for _ in range(TURNS):
        left = customers * float(np.exp(-gap))
        noise = reach() * float(np.sqrt(beyond / WEEKS + 1 / max(left, 1) + 1 / company))
        gap = limit + noise
    return gap


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let the customers say so much less; the company says what it said, and no money is known to be lost."""
    days = client.tables["group_days"].copy()
    own = days.index[days.group == scope["group"]]
    said = (days.messages - days.staff_messages)[own].to_numpy(dtype=np.int64)
    days.loc[own, "messages"] = days.staff_messages[own] + rng.binomial(said, np.exp(-gap))
    return Planted(client=client.with_tables(group_days=days), effect=None)


PLANTING = Planting(code="community.monologue", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
