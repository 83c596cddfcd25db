"""Which cuts of a history a forecast is tried on, and how far ahead it may look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.model.period import Period

WEEK = 7
# A quarter ahead at most; a shorter history foretells an eighth of itself, so that half of it is left to fit on
# before the earliest of four cuts.
LONGEST, PARTS, CUTS = 91, 8, 4
# Value looks a year ahead, or half of a shorter history, and is tried on windows down to half as long.
YEAR = 364
VALUE_PARTS = (1.0, 0.75, 0.5)
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
