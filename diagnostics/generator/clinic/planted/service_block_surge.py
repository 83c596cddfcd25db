"""More customers than before delete or block one member of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.generator.clinic.client import Client

WINDOW = 60
TURNS = 50


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Anybody of the staff whom customers left before, too."""
    before, _ = count_windows(client)
    able = sorted(before.index[before > 0])
    return {"staff": str(rng.choice(able))} if able else None


def count_windows(client: Client) -> tuple[pd.Series[int], pd.Series[int]]:
    """Customers who left each member of staff in the window before the last, and in the last."""
    days = client.tables["staff_days"]
    back = (days.day.max() - days.day).dt.days
    before = days[(back >= WINDOW) & (back < 2 * WINDOW)].groupby("staff").blocked.sum()
    return before, days[back < WINDOW].groupby("staff").blocked.sum()


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """How many times the expected count, less 1: the limit beyond the noise of both counts, or the least cases.

    All of the staff together must not show as much by chance. A larger count now is noisier, too: found by repeating.
    """
    before, _ = count_windows(client)
    expected = float(before[scope["staff"]])
    least = max(limits["ratio"], 1 + limits["cases"] / expected)
    ratio = least
    for _ in range(TURNS):
        error = (1 / expected + 1 / (ratio * expected)) ** 0.5
        sure = limits["ratio"] * float(np.exp(reach() * error))
        ratio = max(sure, float(np.exp(reach(len(before)) * error)), least)
    return ratio - 1


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let `gap` times the expected number of customers more leave in the window; their worth is not known here."""
    before, _ = count_windows(client)
    days = client.tables["staff_days"]
    recent = (days.staff == scope["staff"]) & ((days.day.max() - days.day).dt.days < WINDOW)
    more = rng.poisson(gap * float(before[scope["staff"]]) / WINDOW, len(days))
    blocked = days.blocked + np.where(recent, more, 0)
    return Planted(client=client.with_tables(staff_days=days.assign(blocked=blocked)), effect=None)


PLANTING = Planting(code="service.block_surge", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
