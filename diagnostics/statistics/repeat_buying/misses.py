"""How far forecasts made at earlier cuts missed, and what that adds to a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.statistics.repeat_buying.forecast import Misfit
from diagnostics.statistics.repeat_buying.rolling import Base, Stand
from diagnostics.statistics.repeat_buying.totals import Sum, sum_up
from diagnostics.statistics.repeat_buying.yardsticks import Yardstick

# What the models missed on the development cuts of two real shops (root mean square of the log error beyond noise),
# taken as so many holdouts: a client's own holdouts are few, and may all lie in one season.
USUAL_MISS, USUAL_CUTS = 0.2, 4
# Over half a year and more a trend runs longer: there they missed money by more.
USUAL_MONEY_MISS = 0.25
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


def look_back(bases: Sequence[Base], yardstick: Yardstick, column: str | None = None) -> tuple[Miss, ...]:
    """How each earlier cut's forecast did, for all customers or for each value of a column of the rows.

    Totals of fewer than 30 expected purchases, and such of which nothing came, are left out: they tell of chance only.
    """
    cuts = len(bases[0].past) if bases else 0
    found = [_miss([base.past[place] for base in bases], yardstick, column) for place in range(cuts)]
    return tuple(miss for own in found for miss in own)


def measure_misses(misses: Sequence[Miss], *, independent: int | None = None, usual: float = USUAL_MISS) -> Misfit:
    """The misfit of forecasts that missed so, with what such models usually miss as `USUAL_CUTS` more holdouts.

    Misses of one cut share its season: the degrees of freedom are the cuts', not the segments'; windows that overlap
    are `independent` ones fewer.
    """
    cuts = len({miss.cut for miss in misses}) if independent is None else independent
    own = max(float(np.mean([miss.excess for miss in misses])), 0.0) if misses else 0.0
    size = np.sqrt((cuts * own + USUAL_CUTS * usual**2) / (cuts + USUAL_CUTS))
    return Misfit(size=float(size), cuts=cuts + USUAL_CUTS)


def _miss(stands: Sequence[Stand], yardstick: Yardstick, column: str | None) -> list[Miss]:
    cut = stands[0].cut
    parts: dict[str, list[Sum]] = {}
    for stand in stands:
        for segment, own in sum_up(stand, yardstick, cut.ahead, column).items():
            parts.setdefault(segment, []).append(own)
    found = []
    for segment, sums in sorted(parts.items()):
        foretold, came = sum(one.mean for one in sums), sum(one.came for one in sums)
        if min(foretold, came) <= 0 or sum(one.purchases for one in sums) < LEAST_EXPECTED:
            continue
        noise = float(np.sqrt(sum(one.variance for one in sums))) / foretold
        found.append(Miss(cut=cut.name, segment=segment, ahead=cut.ahead, foretold=foretold, came=came, noise=noise))
    return found
