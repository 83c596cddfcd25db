"""One round of referral brings far fewer people for each referrer than the other rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.generator.clinic.client import Client

TURNS = 50


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any round."""
    return {"campaign": str(rng.choice(sorted(set(client.tables["referrals"].campaign))))}


def split_rounds(client: Client, campaign: str) -> tuple[pd.Series[int], pd.Series[int]]:
    """How many each referrer of a round brought, and each of the others."""
    rounds = client.tables["referrals"]
    mine = rounds.campaign == campaign
    return rounds.joined[mine], rounds.joined[~mine]


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The share of those brought that must be missing: the limit beside the others, beyond the noise of both rounds.

    Fewer who are brought are noisier: found by repeating. A round may be small by itself, too; the easier of both
    counts.
    """
    mine, others = split_rounds(client, scope["campaign"])
    brings, usual, n = float(mine.mean()), float(others.mean()), len(mine)
    spread, spread_others = (max(float(side.var() / side.mean()), 1.0) for side in (mine, others))
    behind, alone = limits["behind"] * usual, limits["alone"]
    for _ in range(TURNS):
        noise = reach() * (spread / max(behind * n, 1) + spread_others / float(others.sum())) ** 0.5
        behind = limits["behind"] * usual * float(np.exp(-noise))
        half = reach(client.tables["referrals"].campaign.nunique()) * (spread * max(alone, 0.01) / n) ** 0.5
        alone = limits["alone"] - half
    return max(1 - max(behind, alone) / brings, 0.01)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let so many of those brought stay away that the round's K falls by the share `gap`; their worth is not known."""
    if gap >= 1:
        return None
    rounds = client.tables["referrals"]
    left = rng.binomial(rounds.joined.to_numpy(dtype=np.int64), 1 - gap)
    joined = rounds.joined.where(rounds.campaign != scope["campaign"], left)
    changed = rounds.assign(joined=joined, completed=joined > 0)
    return Planted(client=client.with_tables(referrals=changed), effect=None)


PLANTING = Planting(code="fission.low_k", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
