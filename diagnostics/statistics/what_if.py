"""What GMV would be with other levels of its levers: arithmetic on a product of factors, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Levers that are what is left of a whole: a change is one of the part that is missing (discount, refunds).
LEFT_OVER = ("discount", "kept")


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One lever of one channel at one depth: its level now, and the GMV a year that it is a factor of."""

    channel: str
    depth: str
    lever: str
    level: float
    gmv: float


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What GMV a year gains: by each lever alone (over all channels), and by all together."""

    single: dict[str, float]
    together: float

    @property
    def interaction(self) -> float:
        """What all levers together bring beyond the sum of each alone."""
        return self.together - sum(self.single.values())


def scale_level(lever: str, level: float, change: float) -> float:
    """A lever's level after a relative change; of discount and refunds the share that is lost shrinks by it.

    >>> scale_level("conversion", 0.04, 0.1), round(scale_level("kept", 0.9, 0.1), 6)
    (0.044000000000000004, 0.91)
    """
    return 1 - (1 - level) * (1 - change) if lever in LEFT_OVER else level * (1 + change)


def value_scenario(levers: Iterable[Lever], choose: Callable[[Lever], float]) -> Worth:
    """What GMV gains if every lever goes to the level that `choose` gives it, one at a time and all at once.

    >>> levers = [Lever(channel="a", depth="buyers", lever=name, level=2.0, gmv=100.0) for name in ("buyers", "items")]
    >>> worth = value_scenario(levers, lambda lever: scale_level(lever.lever, lever.level, 0.1))
    >>> [round(value, 6) for value in (*worth.single.values(), worth.together, worth.interaction)]
    [10.0, 10.0, 21.0, 1.0]
    """
    single: dict[str, float] = {}
    ratios: dict[tuple[str, str], list[float]] = {}
    gmv: dict[tuple[str, str], float] = {}
    for lever in levers:
        ratio = choose(lever) / lever.level if lever.level else 1.0
        single[lever.lever] = single.get(lever.lever, 0.0) + lever.gmv * (ratio - 1)
        ratios.setdefault((lever.channel, lever.depth), []).append(ratio)
        gmv[lever.channel, lever.depth] = lever.gmv
    together = sum(gmv[segment] * (prod(found) - 1) for segment, found in ratios.items())
    return Worth(single=single, together=together)
