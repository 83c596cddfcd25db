"""Which cuts of a history a forecast is tried on, and how far ahead it may look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from diagnostics.model.period import Period

WEEK = 7
# A quarter ahead at most; a shorter history foretells an eighth of itself, so that half of it is left to fit on
# before the earliest of four cuts.
LONGEST, PARTS, CUTS = 91, 8, 4
# Value looks a year ahead, or half of a shorter history, and is tried on windows down to half as long.
YEAR = 364
VALUE_PARTS = (1.0, 0.75, 0.5)
# A season is read off the same weeks of the year before, foretold from half a year at least.
LEAST_BEFORE = 182
# Below this nothing is foretold.
LEAST_DAYS = 56


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days foretold from a cut: from `cut` up to, and without, `until`."""

    cut: date
    until: date

    @property
    def days(self) -> int:
        """How many days are foretold."""
        return (self.until - self.cut).days


def plan_quarters(history: Period) -> tuple[Window, ...]:
    """The window to foretell, then four of the same length that end where the next begins; empty if too short.

    >>> from diagnostics.model.period import Period
    >>> [window.cut.isoformat() for window in plan_quarters(Period(start=date(2024, 1, 1), end=date(2024, 3, 11)))]
    ['2024-03-11', '2024-03-04', '2024-02-26', '2024-02-19', '2024-02-12']
    """
    if history.days < LEAST_DAYS:
        return ()
    ahead = timedelta(days=min(LONGEST, history.days // PARTS // WEEK * WEEK))
    cuts = [history.end - place * ahead for place in range(CUTS + 1)]
    return tuple(Window(cut=cut, until=cut + ahead) for cut in cuts)


def plan_value(history: Period) -> tuple[Window, ...]:
    """The window that customers are valued over, then earlier ones that all end with the history.

    >>> from diagnostics.model.period import Period
    >>> [window.days for window in plan_value(Period(start=date(2023, 1, 1), end=date(2025, 1, 1)))]
    [364, 364, 273, 182]
    """
    if history.days < LEAST_DAYS:
        return ()
    ahead = min(YEAR, history.days // 2 // WEEK * WEEK)
    earlier = [timedelta(days=int(ahead * part)) for part in VALUE_PARTS]
    return (
        Window(cut=history.end, until=history.end + timedelta(days=ahead)),
        *(Window(cut=history.end - days, until=history.end) for days in earlier),
    )


def find_year_before(history: Period, window: Window) -> Window | None:
    """The same weeks a year (52 weeks) before; `None` if less than half a year of history lies before them.

    >>> from diagnostics.model.period import Period
    >>> history = Period(start=date(2023, 1, 1), end=date(2025, 1, 1))
    >>> find_year_before(history, plan_quarters(history)[0]) == plan_quarters(history)[4]
    True
    """
    back = timedelta(days=YEAR)
    before = Window(cut=window.cut - back, until=window.until - back)
    return before if (before.cut - history.start).days >= LEAST_BEFORE else None


def count_independent(windows: Sequence[Window]) -> float:
    """How many independent windows tell as much of a spread as these, which may overlap.

    Misses that add up day by day correlate by the days shared over the root of the product of both windows' days;
    degrees of freedom by the mean and variance of a sum of correlated squares (F. E. Satterthwaite 1946, Biometrics
    Bulletin 2:110-114).

    >>> from diagnostics.model.period import Period
    >>> history = Period(start=date(2023, 1, 1), end=date(2025, 1, 1))
    >>> [round(count_independent(plan(history)[1:]), 2) for plan in (plan_quarters, plan_value)]
    [4.0, 1.32]
    """
    shared = [
        max((min(one.until, other.until) - max(one.cut, other.cut)).days, 0) ** 2 / (one.days * other.days)
        for one in windows
        for other in windows
    ]
    return float(len(windows) ** 2 / np.sum(shared))
