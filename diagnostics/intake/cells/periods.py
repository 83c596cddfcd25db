"""Find the days that rows are about: in their columns, in the file's name, in the notes above the header."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import over_distinct, to_text
from diagnostics.intake.cells.times import find_period, to_time
from diagnostics.intake.recognition.frame import Frame
from diagnostics.intake.recognition.recipe import Recipe
from diagnostics.intake.working import column, put
from diagnostics.model.tables import CANONICAL_TABLES

_ONE_DAY = np.timedelta64(1, "D")
_ENDS = ("starts_on", "ends_on")
_PERIOD = pa.struct([(end, pa.date32()) for end in _ENDS])


def find_file_day(frame: Frame) -> date | None:
    """The last day that a file names: of its name, its sheet or the notes above its header."""
    found = find_period(frame.path) or find_period(frame.sheet) or find_period(frame.notes)
    return found[1] - timedelta(days=1) if found else None


def add_period(table: pa.Table, frame: Frame, recipe: Recipe) -> pa.Table:
    """Days (half-open) of a table that has a period: from the columns, else from the file's name or its notes."""
    if "ends_on" not in (known.name for known in CANONICAL_TABLES[recipe.table].columns):
        return table
    named = find_period(frame.path) or find_period(frame.sheet) or find_period(frame.notes)
    if recipe.period_column in frame.table.column_names:
        told = to_text(frame.table[recipe.period_column].combine_chunks())
        return _put_period(table, _trust_name(over_distinct(told, _read_periods), named))
    if recipe.period_from_file_name and "starts_on" not in table.column_names:
        return _put_period(table, _repeat(named, table.num_rows)) if named else table
    starts = column(table, "starts_on", pa.timestamp("us"))
    if "ends_on" not in table.column_names:
        return put(put(table, "starts_on", starts), "ends_on", _next_day(starts))
    return put(table, "ends_on", _next_day(column(table, "ends_on", pa.timestamp("us"))))


def _next_day(days: pa.Array) -> pa.Array:
    return pa.array(np.asarray(days).astype("datetime64[us]") + _ONE_DAY)


def _put_period(table: pa.Table, periods: pa.Array) -> pa.Table:
    for name in _ENDS:
        table = put(table, name, pc.cast(pc.struct_field(periods, name), pa.timestamp("us")))
    return table


def _repeat(period: tuple[date, date], rows: int) -> pa.Array:
    return pa.repeat(pa.scalar({"starts_on": period[0], "ends_on": period[1]}, _PERIOD), rows)


def _read_periods(cells: pa.Array) -> pa.Array:
    """The period that a cell spells: two days, a month or one day."""
    days = pc.cast(to_time(cells), pa.date32(), safe=False).to_pylist()
    found = [
        (cell and find_period(cell)) or (day and (day, day + timedelta(days=1)))
        for cell, day in zip(cells.to_pylist(), days, strict=True)
    ]
    return pa.array([{"starts_on": one[0], "ends_on": one[1]} if one else None for one in found], _PERIOD)


def _trust_name(periods: pa.Array, named: tuple[date, date] | None) -> pa.Array:
    """The file's period where cells have none, and on all rows if they only repeat one day of it as a label."""
    if named is None:
        return periods
    starts, ends = (pc.struct_field(periods, end).drop_null().unique().to_pylist() for end in _ENDS)
    label = (starts, ends) == ([named[0]], [named[0] + timedelta(days=1)])
    repeated = _repeat(named, len(periods))
    return repeated if label or not starts else pc.if_else(pc.is_valid(periods), periods, repeated)
