"""What a venue is good for, told by how evenly it sells over time and by how many orders are repeat orders."""

from __future__ import annotations

import math
from typing import Literal

from diagnostics.statistics.proportions import newcombe_difference

Role = Literal["long_tail", "event", "entrance", "steady", "event_entrance", "few"]
LEAST_ORDERS = 100


def measure_bursts(orders: float, squares: float, days: int) -> float:
    """How unevenly orders fall on the days of a period, beyond the chance of small numbers: 0 is even.

    The coefficient of variation of the daily rate, (variance - mean) / mean squared under the root: of a Poisson
    stream of orders it is 0 whatever their number, so small venues don't look uneven. Days without an order count.

    >>> measure_bursts(1000, 10_000 + 1000, 100), round(measure_bursts(1000, 100_000, 100), 2)
    (0.0, 2.98)
    """
    if days <= 1 or orders <= 0:
        return float("nan")
    mean = orders / days
    variance = squares / days - mean**2
    return math.sqrt(max(variance - mean, 0.0)) / mean


def find_role(
    burst: float, repeat: tuple[float, float], rest: tuple[float, float], *, uneven: float, looked_at: int = 1
) -> Role:
    """The role of a venue; `repeat` and `rest` are repeat orders and known orders of it and of all others.

    Uneven venues are for events. Others are for the long tail where the share of repeat orders clearly exceeds the
    other venues' (Newcombe, corrected for the number looked at), an entrance where it clearly falls short, else
    steady. Under 100 orders nothing is said.

    >>> find_role(0.2, (500, 1000), (300, 1000), uneven=1.0), find_role(1.4, (500, 1000), (300, 1000), uneven=1.0)
    ('long_tail', 'event')
    """
    if repeat[1] < LEAST_ORDERS or math.isnan(burst):
        return "few"
    low, high = 0.0, 0.0
    if rest[1] >= LEAST_ORDERS:
        ends = newcombe_difference(*repeat, *rest, 1 - 0.05 / looked_at)
        low, high = float(ends[0]), float(ends[1])
    if burst >= uneven:
        return "event_entrance" if high < 0 else "event"
    if low > 0:
        return "long_tail"
    return "entrance" if high < 0 else "steady"
