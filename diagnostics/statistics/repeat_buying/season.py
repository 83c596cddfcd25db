"""What the same weeks of the year before say of the weeks ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.statistics.repeat_buying.forecast import Misfit
from diagnostics.statistics.repeat_buying.misses import Miss, look_back
from diagnostics.statistics.repeat_buying.rolling import Base
from diagnostics.statistics.repeat_buying.totals import weigh
from diagnostics.statistics.repeat_buying.yardsticks import Yardstick

# One year shows season and chance alike, and neither is known to be the larger: half of it is taken for season.
TAKEN = 0.5


@dataclass(frozen=True, kw_only=True)
class Season:
    """The miss of a forecast made a year before, for the same weeks of the year."""

    miss: Miss

    @property
    def factor(self) -> float:
        """By what a forecast is multiplied: what came over what was foretold then, to the power of one half.

        >>> miss = Miss(cut="", segment="", ahead=91, foretold=100, came=144, noise=0)
        >>> round(Season(miss=miss).factor, 9)
        1.2
        """
        return float((self.miss.came / self.miss.foretold) ** TAKEN)

    def widen(self, misfit: Misfit) -> Misfit:
        """The half that was not taken stays as doubt.

        A normal mean whose prior is as wide as its noise, seen once, is half of what was seen, and known to half the
        prior's variance: in logarithms, that is a quarter of the square of what was seen.
        """
        return Misfit(size=float(np.hypot(misfit.size, np.log(self.factor))), cuts=misfit.cuts)


def find_season(bases: Sequence[Base], yardstick: Yardstick) -> Season | None:
    """The season of the weeks ahead; `None` where they were not, or could not be, foretold a year before."""
    stands = [base.year_before for base in bases if base.year_before is not None]
    misses = look_back([[weigh(stand, yardstick, stand.cut.ahead) for stand in stands]])
    return Season(miss=misses[0]) if misses else None
