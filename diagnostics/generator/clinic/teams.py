"""Draws the daily figures of staff: who answers how fast, how many contacts they add, and how many leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

DAYS = 182
# Median minutes to a first reply, and how far staff, weeks and days lie apart (standard deviations of the logarithm).
MINUTES, STAFF_APART, WEEKS_APART, DAYS_APART = 9.0, 0.3, 0.15, 0.2
# Customers a day who leave one member of staff, on the average.
LEAVING = 0.2


def draw_staff_days(rng: np.random.Generator, end: date) -> pd.DataFrame:
    """The canonical `staff_days` of the last half-year: 10 to 30 staff who differ as people do."""
    count = int(rng.integers(10, 31))
    weeks = rng.lognormal(0, WEEKS_APART, (count, DAYS // 7))
    minutes = rng.lognormal(np.log(MINUTES), STAFF_APART, count)[:, None] * np.repeat(weeks, 7, axis=1)
    share = rng.beta(60, 4, count)[:, None] * rng.normal(1, 0.03, (count, DAYS))
    chats = rng.poisson(15, (count, DAYS))
    staff, day = np.divmod(np.arange(count * DAYS), DAYS)
    return pd.DataFrame(
        {
            "day": pd.to_datetime([end - timedelta(days=DAYS)] * len(day)) + pd.to_timedelta(day, unit="D"),
            "staff": [f"s{number:02}" for number in staff],
            "added": rng.poisson(2.0, len(day)),
            "chats": chats.ravel(),
            "messages": chats.ravel() * 4,
            "reply_share": np.clip(share, 0, 1).round(4).ravel(),
            "reply_minutes": (minutes * rng.lognormal(0, DAYS_APART, (count, DAYS))).round(1).ravel(),
            "blocked": rng.poisson(rng.gamma(5, LEAVING / 5, count)[staff]),
        }
    )
