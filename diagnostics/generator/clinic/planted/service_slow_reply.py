"""One member of staff lets customers wait far longer than the others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

WINDOW = 90


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Anybody of the staff."""
    return {"staff": str(rng.choice(sorted(set(client.tables["staff_days"].staff))))}


def pick_recent(client: Client) -> pd.DataFrame:
    """The days that are judged."""
    days = client.tables["staff_days"]
    recent: pd.DataFrame = days[days.day >= days.day.max() - pd.Timedelta(days=WINDOW - 1)]
    return recent


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit (in minutes and beside the others), beyond the noise of the person's weeks, over the present minutes.

    Minutes scatter in proportion: the noise is a share of whatever they are.
    """
    recent = pick_recent(client)
    minutes = recent.groupby("staff").reply_minutes.mean()
    own = recent[recent.staff == scope["staff"]]
    weeks = np.log(own.groupby((own.day - own.day.min()).dt.days // 7).reply_minutes.mean().to_numpy())
    noise = reach() * float(weeks.std(ddof=1)) / float(np.sqrt(len(weeks)))
    least = max(limits["minutes"], limits["times"] * float(minutes.median()))
    return least / (1 - noise) - float(minutes[scope["staff"]])


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Stretch the person's minutes by `gap` on the average; what the wait costs is not known here."""
    del rng
    recent = pick_recent(client)
    mean = float(recent[recent.staff == scope["staff"]].reply_minutes.mean())
    days = client.tables["staff_days"]
    slower = days.reply_minutes.where(days.staff != scope["staff"], days.reply_minutes * (1 + gap / mean)).round(1)
    return Planted(client=client.with_tables(staff_days=days.assign(reply_minutes=slower)), effect=None)


PLANTING = Planting(code="service.slow_reply", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
