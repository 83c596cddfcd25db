"""What a scenario of automatic follow-up meets and could bring, from episodes of waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 30


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One scenario: `audience` today, `a_year` episodes, `back` the share that returns alone within 30 days.

    `each` is what one who returns spends that day, `touched` the share written to in time with the upper end of its
    interval (`None` where no log covers 30 episodes).
    """

    scenario: str
    audience: int
    a_year: float
    closed: int
    back: float | None
    each: float | None
    logged: int
    touched: float | None
    touched_high: float | None

    @property
    def expected(self) -> float | None:
        """What today's audience will spend by itself within 30 days."""
        return None if self.back is None or self.each is None else self.audience * self.back * self.each

    def gain(self, lift: float) -> float | None:
        """Money a year if those not written to returned more often by `lift` (a share of today's rate)."""
        if self.back is None or self.each is None:
            return None
        untouched = self.a_year * (1 - (self.touched or 0.0))
        return untouched * self.back * lift * self.each


def read_waiting(row: Mapping[str, Any], yearly: float) -> Waiting:
    """A scenario from its counts (`metrics.audiences.count_waits`); rates from fewer than 30 are not given.

    >>> row = {"scenario": "lapse", "inflow": 50, "audience": 9, "closed": 100, "came": 20, "gmv": 1000.0, "logged": 0,
    ...        "touched": 0}
    >>> read_waiting(row, 2.0).gain(0.1)
    100.0
    """
    closed, came, logged, touched = (float(row[name] or 0) for name in ("closed", "came", "logged", "touched"))
    is_logged = logged >= LEAST
    return Waiting(
        scenario=str(row["scenario"]),
        audience=int(row["audience"]),
        a_year=float(row["inflow"]) * yearly,
        closed=int(closed),
        back=came / closed if closed >= LEAST else None,
        each=max(float(row["gmv"]) / came, 0.0) if came > 0 else None,
        logged=int(logged),
        touched=touched / logged if is_logged else None,
        touched_high=float(wilson(touched, logged)[1]) if is_logged else None,
    )
