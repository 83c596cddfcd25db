"""What a newcomer is worth so far, as a mean with its interval, where some can't be followed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

LEAST = 30


@dataclass(frozen=True, kw_only=True)
class Worth:
    """Worth of one newcomer within `days` (low, mid, high), from `matched` people of `contacts`, and of which kind.

    `low` takes those who can't be followed for worth nothing, at the lower end of the mean's interval; `high` takes
    them for worth what the others are, at its upper end.
    """

    low: float
    mid: float
    high: float
    matched: int
    contacts: int
    days: int
    kind: str


def find_worth(
    total: float, squares: float, people: tuple[float, float], *, factor: float, days: int, kind: str
) -> Worth | None:
    """The mean of `matched` people's amounts from their sum and sum of squares, times `factor` (a margin).

    `people` are those matched and all of them. `None` from fewer than 30 matched. The interval is Student's at 95 %.

    >>> worth = find_worth(3000.0, 170000.0, (100, 200), factor=0.5, days=90, kind="referred")
    >>> round(worth.low, 2), worth.mid, round(worth.high, 2)
    (6.09, 15.0, 17.82)
    """
    matched, contacts = people
    if matched < LEAST or contacts < matched:
        return None
    mean = total / matched
    variance = max(squares - matched * mean**2, 0.0) / (matched - 1)
    half = float(stdtrit(matched - 1, 0.975)) * float(np.sqrt(variance / matched))
    return Worth(
        low=max(mean - half, 0.0) * factor * matched / contacts,
        mid=mean * factor,
        high=(mean + half) * factor,
        matched=int(matched),
        contacts=int(contacts),
        days=days,
        kind=kind,
    )
