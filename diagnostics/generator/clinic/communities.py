"""Draws groups of customers and rounds of referral: what is said, who joins and leaves, and who brings whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

DAYS, OWNERS = 91, 6
MEMBERS = 150
# New people a referrer brings, and the size of the negative binomial: most bring nobody.
BRINGS, SIZE = 0.9, 0.8


def draw_group_days(rng: np.random.Generator, end: date) -> pd.DataFrame:
    """The canonical `group_days` of the last quarter: 12 to 36 groups whose pace and whose hosts differ."""
    count = int(rng.integers(12, 37))
    pace = rng.lognormal(np.log(6), 0.4, count)[:, None]
    company = np.minimum(rng.beta(14, 6, count), 0.85)[:, None]
    said = rng.poisson(pace * rng.gamma(4, 0.25, (count, DAYS)))
    own = rng.poisson(pace * company / (1 - company), (count, DAYS))
    joined, left = rng.poisson(0.5, (count, DAYS)), rng.poisson(0.4, (count, DAYS))
    group, day = np.divmod(np.arange(count * DAYS), DAYS)
    return pd.DataFrame(
        {
            "day": pd.to_datetime([end - timedelta(days=DAYS)] * len(day)) + pd.to_timedelta(day, unit="D"),
            "group": [f"g{number:02}" for number in group],
            "owner": [f"o{number % OWNERS}" for number in group],
            "members_total": (MEMBERS + (joined - left).cumsum(axis=1)).ravel(),
            "members_joined": joined.ravel(),
            "members_left": left.ravel(),
            "messages": (said + own).ravel(),
            "staff_messages": own.ravel(),
        }
    )


def draw_referrals(rng: np.random.Generator, end: date) -> pd.DataFrame:
    """The canonical `referrals` of four closed rounds of the last year, of some hundred referrers each."""
    rounds = []
    for number in range(4):
        count = int(rng.integers(80, 400))
        brought = rng.negative_binomial(SIZE, SIZE / (SIZE + BRINGS * rng.uniform(0.85, 1.15)), count)
        start = end - timedelta(days=330 - 80 * number)
        rounds.append(
            pd.DataFrame(
                {
                    "campaign": f"R{number + 1}",
                    "referrer": [f"{turn:032x}" for turn in rng.integers(0, 2**62, count).tolist()],
                    "completed": brought > 0,
                    "day": pd.to_datetime(start) + pd.to_timedelta(rng.integers(0, 20, count), unit="D"),
                    "joined": brought,
                }
            )
        )
    return pd.concat(rounds, ignore_index=True)
