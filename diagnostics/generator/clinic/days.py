"""How strongly each day sells: the season, the weekend, promotions and a festival that moves from year to year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

SATURDAY = 5
YEAR = 365.25
# First and last (month, day), and how much of the trade's promotion strength it has.
PROMOTIONS = (
    ((3, 1), (3, 8), 0.3),
    ((6, 1), (6, 15), 0.3),
    ((6, 16), (6, 20), 0.8),
    ((9, 9), (9, 11), 0.2),
    ((11, 1), (11, 9), 0.3),
    ((11, 10), (11, 11), 1.0),
    ((12, 10), (12, 12), 0.4),
)
# The first day of the lunar year.
SPRING = {
    2018: date(2018, 2, 16),
    2019: date(2019, 2, 5),
    2020: date(2020, 1, 25),
    2021: date(2021, 2, 12),
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
}
SPRING_DAYS = range(-1, 7)
RUN_UP = range(-28, -1)


def weigh_days(
    rng: np.random.Generator, first: date, count: int, *, season: float, promotion: float, weekend: float
) -> Floats:
    """The weight of each of `count` days; a promotion is stronger in one year than in another, weeks differ."""
    days = [first + timedelta(days=number) for number in range(count)]
    phase = rng.uniform(0, 2 * np.pi)
    turn = np.array([day.timetuple().tm_yday for day in days]) / YEAR * 2 * np.pi
    weights = 1 + season * np.sin(turn + phase)
    weights *= np.where(np.array([day.weekday() for day in days]) >= SATURDAY, weekend, 1.0)
    festive = rng.uniform(0.6, 1.3)
    luck = {year: rng.lognormal(0, 0.06, len(PROMOTIONS)) for year in range(days[0].year, days[-1].year + 1)}
    weights *= np.array([_boost(day, promotion, luck[day.year], festive) for day in days])
    weeks: Floats = rng.lognormal(0, 0.03, count // 7 + 1)
    return weights * np.repeat(weeks, 7)[:count]


def _boost(day: date, promotion: float, luck: Floats, festive: float) -> float:
    for place, (first, last, part) in enumerate(PROMOTIONS):
        if first <= (day.month, day.day) <= last:
            return 1 + (promotion - 1) * part * float(luck[place])
    since = (day - SPRING[day.year]).days
    if since in SPRING_DAYS:
        return festive * 0.6
    return festive if since in RUN_UP else 1.0
