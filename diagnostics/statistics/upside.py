"""What a gain in a factor of a product is worth: arithmetic on today's figures, not a forecast."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def value_gains(amount: float, gains: Iterable[float]) -> float:
    """What `amount` gains if factors of it rise by the shares given, everything else as it is.

    >>> round(value_gains(1000.0, [0.01]), 6), round(value_gains(1000.0, [0.1, 0.1]), 6)
    (10.0, 210.0)
    """
    return amount * (prod(1 + gain for gain in gains) - 1)


def value_return(amount: float, now: float, before: float) -> float:
    """What `amount` gains if one factor goes back from `now` to `before`.

    >>> value_return(900.0, 0.09, 0.1)
    100.0
    """
    return round(amount * (before / now - 1), 9)


def size_stake(measured: tuple[float, float, float], *, least: float, likely: float) -> tuple[float, float, float]:
    """What is at stake (low, mid, high) of a gap measured with its interval (low, mid, high), in money.

    The low end is the part that can surely be won back, `least`, of the gap's low end; the middle the `likely` part
    of the gap as measured; the high end all of the gap's high end, for what can be won back does not make the gap
    itself smaller. Negative ends count as nothing.

    >>> size_stake((80.0, 100.0, 120.0), least=0.25, likely=0.5)
    (20.0, 50.0, 120.0)
    """
    low, mid, high = (max(size, 0.0) for size in measured)
    return least * low, likely * mid, high
