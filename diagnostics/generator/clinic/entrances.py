"""Draws the entrances to the private domain: codes in several cities, their scans, and who is added after one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

CITIES = ("成都", "武汉", "杭州", "长沙", "西安")
CODES = 4
WEEKS = 52
# Share of scans that end in a contact, and how alike codes are (the sum of a beta distribution's parameters).
RATE, LIKENESS = 0.55, 400.0


def draw_entrances(rng: np.random.Generator, buyers: int, end: date) -> pd.DataFrame:
    """The canonical `entry_days` of the last 52 weeks, a row a week and code; scans grow with the number of buyers."""
    city, code, week = (
        place.ravel() for place in np.meshgrid(range(len(CITIES)), range(CODES), range(WEEKS), indexing="ij")
    )
    size = rng.lognormal(0, 0.3, (len(CITIES), CODES))[city, code]
    scans = rng.poisson(size * buyers / (len(CITIES) * CODES * WEEKS) * 2)
    rate = rng.beta(LIKENESS * RATE, LIKENESS * (1 - RATE), (len(CITIES), CODES))[city, code]
    days = [end - timedelta(days=7 * (WEEKS - int(number))) for number in week]
    return pd.DataFrame(
        {
            "day": pd.to_datetime(days),
            "entrance": [f"{CITIES[place]}{number}" for place, number in zip(city, code, strict=True)],
            "kind": "code",
            "region": np.array(CITIES)[city],
            "scans": scans,
            "added": rng.binomial(scans, rate),
        }
    )
