"""Rows of daily tables counted back from the table's last day, and sums by week for rates with an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

DAYS_A_WEEK = 7


def count_back(table: ir.Table, column: str = "day") -> ir.Table:
    """Rows with a day, with `back`: how many days before the last day of the table they lie (0 is the last)."""
    dated = table.filter(table[column].notnull())
    dated = dated.mutate(own_day=dated[column].cast("date"))
    last = dated.agg(last_day=dated.own_day.max())
    joined = dated.cross_join(last)
    return joined.mutate(back=joined.last_day.delta(joined.own_day, unit="day")).drop("own_day", "last_day")


def sum_weeks(rows: ir.Table, unit: str, part: ir.NumericColumn, whole: ir.NumericColumn) -> ir.Table:
    """One row a unit: the moments of weekly sums of `part` and `whole`, from which a ratio gets its error.

    `rows` come from `count_back`; weeks are counted from the last day. Rows on which either is empty are left out,
    and units whose `whole` is 0. Columns: unit, weeks, days, x, w, xx, xw, ww (sums over weeks, float).
    """
    named = rows.select(unit=rows[unit], week=(rows.back / DAYS_A_WEEK).floor(), back=rows.back, part=part, whole=whole)
    known = named.filter(named.unit.notnull(), named.part.notnull(), named.whole.notnull())
    weeks = known.group_by("unit", "week").agg(
        x=known.part.sum().cast("float64"), w=known.whole.sum().cast("float64"), days=known.back.nunique()
    )
    sums = weeks.group_by("unit").agg(
        weeks=weeks.count(),
        days=weeks.days.sum(),
        x=weeks.x.sum(),
        w=weeks.w.sum(),
        xx=(weeks.x * weeks.x).sum(),
        xw=(weeks.x * weeks.w).sum(),
        ww=(weeks.w * weeks.w).sum(),
    )
    return sums.filter(sums.w > 0)
