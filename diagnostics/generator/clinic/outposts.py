"""Draws live sessions and stores: the stages of each session, and each store's sales beside its target."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.model.period import add_months

if TYPE_CHECKING:
    from datetime import date

CITIES = ("成都", "武汉", "杭州", "长沙", "西安")
ANCHORS = ("a1", "a2", "a3", "a4")
MONTHS = 12
# Shares that pass from one stage of a session to the next, and how far sessions and anchors lie apart in logits.
STAGES = (("viewers", 0.15), ("product_clicked", 0.2), ("buyers", 0.08))
SESSIONS_APART, ANCHORS_APART = 0.2, 0.06
# How far what a store reaches lies apart: stores of a city, and months.
STORES_APART, MONTHS_APART = 0.06, 0.08


def draw_live_sessions(rng: np.random.Generator, end: date, price: float) -> pd.DataFrame:
    """The canonical `live_sessions` of the last year on one channel: two a week, by four anchors in turn by chance."""
    count = 104
    people = rng.lognormal(np.log(20_000), 0.4, count).astype(np.int64)
    anchor = rng.integers(0, len(ANCHORS), count)
    days = pd.to_datetime([end - timedelta(days=364)] * count) + pd.to_timedelta(np.arange(count) * 3.5, unit="D")
    sessions = pd.DataFrame(
        {
            "session": [f"L{number:03}" for number in range(count)],
            "channel": "douyin",
            "anchor": np.array(ANCHORS)[anchor],
            "starts_at": days,
            "minutes": rng.uniform(120, 300, count).round(),
            "exposed": people,
        }
    )
    for stage, share in STAGES:
        level = np.log(share / (1 - share)) + rng.normal(0, ANCHORS_APART, len(ANCHORS))[anchor]
        people = rng.binomial(people, 1 / (1 + np.exp(-level - rng.normal(0, SESSIONS_APART, count))))
        sessions[stage] = people
    return sessions.assign(paid_amount=(people * price * rng.uniform(0.9, 1.1, count)).round(2))


def draw_stores(rng: np.random.Generator, end: date, yearly: float) -> dict[str, pd.DataFrame]:
    """The canonical `stores` and `store_months`: 20 to 60 stores in five cities that about reach their targets."""
    count = int(rng.integers(20, 61))
    names = [f"S{number:03}" for number in range(count)]
    size = rng.lognormal(0, 0.4, count)
    months = [add_months(end, -turn) for turn in range(MONTHS, 0, -1)]
    target = np.repeat(size / size.sum() * yearly / MONTHS, MONTHS).round()
    level = np.repeat(rng.lognormal(0, STORES_APART, count), MONTHS)
    return {
        "stores": pd.DataFrame({"store": names, "city": [CITIES[turn % len(CITIES)] for turn in range(count)]}),
        "store_months": pd.DataFrame(
            {
                "month": pd.to_datetime(months * count),
                "store": np.repeat(names, MONTHS),
                "metric": "sales",
                "target": target,
                "actual": (target * level * rng.lognormal(0, MONTHS_APART, count * MONTHS)).round(),
            }
        ),
    }
