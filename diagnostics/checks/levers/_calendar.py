"""Whether the two compared periods hold the same promotion days, and what the calendar alone did to GMV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.levers import _calendar_words as words
from diagnostics.model.period import MONTHS_A_YEAR
from diagnostics.model.promotions import count_phase_days
from diagnostics.model.wording import Text, join_texts, word_money, word_number
from diagnostics.statistics.calendar_effect import CalendarEffect, measure_calendar

if TYPE_CHECKING:
    from diagnostics.checks.check import Replies
    from diagnostics.model.promotions import PhaseDays

MOST_NAMED = 4


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The split of the change of GMV into calendar and like days."""

    effect: CalendarEffect
    is_year_apart: bool
    currency: str


def read_calendar(replies: Replies) -> Calendar | None:
    """Split the change; `None` where the promotion days of these years are not known."""
    engagement = replies.engagement
    horizon = engagement.horizon
    if "phases" not in replies or horizon.previous is None:
        return None
    phases = count_phase_days(engagement.promotions, horizon.previous, horizon.current)
    apart = (horizon.current.start.year - horizon.previous.start.year) * MONTHS_A_YEAR
    apart += horizon.current.start.month - horizon.previous.start.month
    return Calendar(
        effect=measure_calendar(replies["phases"], phases),
        is_year_apart=apart == MONTHS_A_YEAR,
        currency=engagement.currency,
    )


def tell_calendar(measured: Calendar) -> Text:
    """Which promotion days differ, and what of the change is the calendar's."""
    effect, currency = measured.effect, measured.currency
    uneven = _list_uneven(effect)
    if not uneven:
        return words.EVEN
    return words.UNEVEN.fill(
        phases=join_texts(uneven),
        calendar=word_money(effect.total, currency, signed=True),
        low=word_money(effect.total_low, currency, signed=True),
        high=word_money(effect.total_high, currency, signed=True),
        rest=word_money(float(effect.rest.sum()), currency, signed=True),
    )


def _list_uneven(effect: CalendarEffect) -> list[Text]:
    """The promotions that moved by most days, in order of the year; the whole length where only that differs."""
    *promoted, _ = effect.phases
    uneven = [days for days in promoted if not days.is_even]
    moved = sorted((abs(days.after - days.before) for days in uneven), reverse=True)
    said = [_word_days(days) for days in uneven if abs(days.after - days.before) >= moved[:MOST_NAMED][-1]]
    if rest := len(uneven) - len(said):
        return [*said, words.MORE.fill(n=word_number(rest))]
    before, after = (sum(getattr(days, side) for days in effect.phases) for side in ("before", "after"))
    if not said and before != after:
        return [words.LENGTH.fill(before=word_number(before), after=word_number(after))]
    return said


def _word_days(days: PhaseDays) -> Text:
    return words.PHASE.fill(name=days.name, before=word_number(days.before), after=word_number(days.after))


def say_limits(measured: Calendar | None) -> tuple[Text, ...]:
    """Where the days come from, that other months have another season, or that the days are not known."""
    if measured is None:
        return (words.UNKNOWN,)
    return (words.BUILT_IN,) if measured.is_year_apart else (words.BUILT_IN, words.OTHER_SEASON)
