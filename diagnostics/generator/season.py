"""The days of the invented business: two years, what came before, and how strong each day sells."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from diagnostics.generator.draws import Floats, Ints, choose

FIRST_DAY = date(2024, 9, 1)
DAYS = 730
YEAR = 365
BURN_IN = 540
MONTHS = 24
SATURDAY = 5
DAY_SECONDS = 86_400

# First and last (month, day) of a promotion, and how strongly online shops and stores sell in it.
PROMOTIONS: tuple[tuple[tuple[int, int], tuple[int, int], float, float], ...] = (
    ((3, 1), (3, 8), 1.5, 1.2),
    ((5, 20), (6, 15), 1.3, 1.1),
    ((6, 16), (6, 20), 2.8, 1.3),
    ((10, 21), (11, 9), 1.6, 1.1),
    ((11, 10), (11, 12), 4.5, 1.4),
    ((12, 10), (12, 12), 1.6, 1.1),
)
HOURS: Floats = np.array(
    [4, 2, 1, 1, 1, 1, 2, 4, 7, 9, 11, 10, 11, 11, 10, 10, 10, 9, 9, 12, 15, 17, 14, 8], dtype=np.float64
)
STORE_HOURS: Floats = np.array(
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 7, 8, 8, 9, 10, 10, 11, 11, 12, 10, 5, 0, 0], dtype=np.float64
)


def list_days(first: int, last: int) -> list[date]:
    """Dates of the day numbers `first` up to, and without, `last`; day 0 is `FIRST_DAY`."""
    return [FIRST_DAY + timedelta(days=number) for number in range(first, last)]


def number_months() -> Ints:
    """The month number (0 to 23) of each of the 730 days."""
    return np.array([(day.year - FIRST_DAY.year) * 12 + day.month - FIRST_DAY.month for day in list_days(0, DAYS)])


def start_months() -> list[date]:
    """The first day of each month."""
    return [day for day in list_days(0, DAYS) if day.day == 1]


def _weigh_day(day: date, *, store: bool) -> float:
    weekend = 1.4 if store and day.weekday() >= SATURDAY else 1.0
    for first, last, online, offline in PROMOTIONS:
        if first <= (day.month, day.day) <= last:
            return weekend * (offline if store else online)
    return weekend


def weigh_days(*, store: bool) -> Floats:
    """How strongly each day sells, from the burn-in on; a year's mean is 1, and both years are alike."""
    weights = np.array([_weigh_day(day, store=store) for day in list_days(-BURN_IN, DAYS)])
    return weights * (YEAR / math.fsum(weights[-YEAR:].tolist()))


def is_promotion() -> list[bool]:
    """Whether each day, from the burn-in on, lies in a promotion."""
    days = list_days(-BURN_IN, DAYS)
    return [any(a <= (day.month, day.day) <= b for a, b, _, _ in PROMOTIONS) for day in days]


def place_on_days(elapsed: Floats, weights: Floats) -> Ints:
    """Turn weighted time since the start of the burn-in into day numbers; `DAYS` or more lies after the end."""
    return np.searchsorted(np.cumsum(weights), elapsed, side="right") - BURN_IN


def draw_seconds(stream: np.random.Generator, count: int, *, store: bool = False) -> Ints:
    """Seconds of the day."""
    hours = choose(stream, STORE_HOURS if store else HOURS, count)
    return hours * 3600 + stream.integers(0, 3600, count)
