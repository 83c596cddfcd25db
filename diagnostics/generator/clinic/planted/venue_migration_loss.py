"""In one city far fewer scans end in a contact than in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.entrances import CITIES
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

LEAST = 600


def count_scans(client: Client, city: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Rate and scans of a city, and of all others."""
    entries = client.tables["entry_days"]
    sides = [entries[entries.region == city], entries[entries.region != city]]
    own, others = ((float(side.added.sum() / side.scans.sum()), float(side.scans.sum())) for side in sides)
    return own, others


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A city, where the others have scans enough to be a measure."""
    city = str(rng.choice(CITIES))
    own, others = count_scans(client, city)
    return {"hop": "scan_to_add", "city": city} if min(own[1], others[1]) >= LEAST else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The part of the others' rate that must be lacking, beyond the noise of two shares, as a share of that rate."""
    own, others = count_scans(client, scope["city"])
    return 1 - limits["ratio"] + shares_apart(*own, *others, looked_at=len(CITIES)) / others[0]


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let so many of the city's contacts not come about that its rate lies `gap` below the others'.

    What those contacts would have bought is not known here: no effect is stated.
    """
    own, others = count_scans(client, scope["city"])
    kept = others[0] * (1 - gap) / own[0]
    if not 0 < kept < 1:
        return None
    entries = client.tables["entry_days"]
    left = rng.binomial(entries.added.to_numpy(dtype=np.int64), kept)
    added = entries.added.where(entries.region != scope["city"], left)
    return Planted(client=client.with_tables(entry_days=entries.assign(added=added)), effect=None)


PLANTING = Planting(code="venue.migration_loss", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
