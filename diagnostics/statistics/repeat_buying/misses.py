"""How far forecasts made at earlier cuts missed, and what that adds to a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.statistics.repeat_buying.forecast import Misfit
from diagnostics.statistics.repeat_buying.totals import Sum, Weighed, sum_up

# A total of fewer expected purchases is chance alone.
LEAST_EXPECTED = 30.0


@dataclass(frozen=True, kw_only=True)
class Miss:
    """What was foretold at an earlier cut for a segment, what came, and the relative noise of what came."""

    cut: str
    segment: str
    ahead: float
    foretold: float
    came: float
    noise: float

    @property
    def error(self) -> float:
        """Foretold over what came, minus 1."""
        return self.foretold / self.came - 1

    @property
    def excess(self) -> float:
        """The squared log error beyond noise."""
        return float(np.log(self.foretold / self.came)) ** 2 - self.noise**2


def look_back(cuts: Sequence[Sequence[Weighed]], column: str | None = None) -> tuple[Miss, ...]:
    """How each earlier cut's forecast did, for all customers or for each value of a column of the rows.

    Totals of fewer than 30 expected purchases, and such of which nothing came, are left out: they tell of chance only.
    """
    return tuple(miss for weighed in cuts for miss in _miss(weighed, column))


def measure_misses(misses: Sequence[Miss], *, independent: float | None = None) -> Misfit:
    """The misfit of forecasts that missed so: the root mean square of what they missed beyond noise.

    A next forecast is taken to miss like these. Student's t with a degree of freedom a cut (misses of one cut share
    its season, whatever its segments) then holds it as often as it says; windows that overlap are `independent` ones
    fewer, see `count_independent`.
    """
    cuts = float(len({miss.cut for miss in misses})) if independent is None else independent
    own = max(float(np.mean([miss.excess for miss in misses])), 0.0) if misses else 0.0
    return Misfit(size=float(np.sqrt(own)), cuts=max(cuts, 1.0))


def _miss(weighed: Sequence[Weighed], column: str | None) -> list[Miss]:
    if not weighed:
        return []
    cut = weighed[0].stand.cut
    parts: dict[str, list[Sum]] = {}
    for one in weighed:
        for segment, own in sum_up(one, column).items():
            parts.setdefault(segment, []).append(own)
    found = []
    for segment, sums in sorted(parts.items()):
        foretold, came = sum(one.mean for one in sums), sum(one.came for one in sums)
        if min(foretold, came) <= 0 or sum(one.purchases for one in sums) < LEAST_EXPECTED:
            continue
        noise = float(np.sqrt(sum(one.variance for one in sums))) / foretold
        found.append(Miss(cut=cut.name, segment=segment, ahead=cut.ahead, foretold=foretold, came=came, noise=noise))
    return found
