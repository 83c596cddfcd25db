"""Promotion days and holidays that move from year to year, and how two periods differ in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from diagnostics.model.period import Period
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The phase of every day that no promotion holds.
ORDINARY = "ordinary"


@dataclass(frozen=True, kw_only=True)
class Promotion:
    """One phase of a promotion or holiday in one year: `phase` is the same word every year, days are half-open."""

    phase: str
    name: Text
    days: Period


@dataclass(frozen=True, kw_only=True)
class PhaseDays:
    """How many days of a phase each of two compared periods holds."""

    phase: str
    name: Text
    before: int
    after: int

    @property
    def is_even(self) -> bool:
        """Whether both hold the same number of days."""
        return self.before == self.after


def read_promotions(rows: Iterable[Mapping[str, str]], currency: str) -> tuple[Promotion, ...]:
    """The promotions of the market of a currency, from the rows of the catalog `promotions.csv`.

    `ValueError` for days that are none.

    >>> row = {"phase": "may_day", "name_zh": "五一", "name_en": "May Day", "currency": "CNY",
    ...        "starts_on": "2024-05-01", "last_day": "2024-05-05"}
    >>> read_promotions([row], "CNY")[0].days.days, read_promotions([row], "GBP")
    (5, ())
    """
    return tuple(
        Promotion(
            phase=row["phase"],
            name=Text(zh=row["name_zh"], en=row["name_en"]),
            days=Period(
                start=date.fromisoformat(row["starts_on"]),
                end=date.fromisoformat(row["last_day"]) + timedelta(days=1),
            ),
        )
        for row in rows
        if row["currency"] == currency
    )


def count_phase_days(promotions: Sequence[Promotion], previous: Period, current: Period) -> tuple[PhaseDays, ...]:
    """Days of every phase that either period holds, in order of the year, and last the ordinary days."""
    names = {promotion.phase: promotion.name for promotion in promotions}
    counted = [
        PhaseDays(
            phase=phase,
            name=name,
            before=_count_days(promotions, phase, previous),
            after=_count_days(promotions, phase, current),
        )
        for phase, name in names.items()
    ]
    held = [days for days in counted if days.before or days.after]
    ordinary = PhaseDays(
        phase=ORDINARY,
        name=Text(zh="平日", en="Ordinary days"),
        before=previous.days - sum(days.before for days in held),
        after=current.days - sum(days.after for days in held),
    )
    return (*held, ordinary)


def list_inside(promotions: Sequence[Promotion], *periods: Period) -> tuple[Promotion, ...]:
    """The promotions that share a day with any of the periods."""
    return tuple(promotion for promotion in promotions if any(_share(promotion.days, period) for period in periods))


def is_covered(promotions: Sequence[Promotion], *periods: Period) -> bool:
    """Whether the catalog knows the years of all periods."""
    years = {promotion.days.start.year for promotion in promotions}
    return all({period.start.year, (period.end - timedelta(days=1)).year} <= years for period in periods)


def _count_days(promotions: Sequence[Promotion], phase: str, period: Period) -> int:
    return sum(_share(promotion.days, period) for promotion in promotions if promotion.phase == phase)


def _share(first: Period, second: Period) -> int:
    """Days that two periods have in common."""
    return max(0, (min(first.end, second.end) - max(first.start, second.start)).days)
