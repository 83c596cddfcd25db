"""Order lines of the two compared periods, each marked with its period and its turn, the month within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import within
from diagnostics.model.period import MONTHS_A_YEAR

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period


def mark_compared(lines: ir.Table, previous: Period, current: Period) -> ir.Table:
    """Lines of both periods with `is_current` and `turn`, 0 for the first month of its period."""
    before = within(lines, previous).mutate(is_current=False)
    after = within(lines, current).mutate(is_current=True)
    return before.mutate(turn=count_months(before.ordered_at, previous.start)).union(
        after.mutate(turn=count_months(after.ordered_at, current.start))
    )


def count_months(day: ir.TimestampValue | ir.DateValue, start: date) -> ir.IntegerValue:
    """How many calendar months a day lies after the month of `start`."""
    return (day.year() * MONTHS_A_YEAR + day.month() - (start.year * MONTHS_A_YEAR + start.month)).cast("int64")
