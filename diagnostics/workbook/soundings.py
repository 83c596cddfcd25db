"""The pseudo-check `engagement`: what a warehouse holds, over which days, and a year's GMV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.account import IntakeAccount, MissingTable, TableAccount
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.workbook.examining import HAPPENED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.engagement import GmvBasis
    from diagnostics.model.period import Horizon

ENGAGEMENT = "engagement"
DAYS, GMV = "days", "gmv"
FILLED = "filled_"
KEYED_BY = ("customer", "referrer")


def ask_tables(by_name: Mapping[str, ir.Table], as_of: date | None = None) -> dict[str, ir.Table]:
    """One query a table: rows, rows with a value by column, first and last day before `as_of`."""
    return {name: _sound(table, name, as_of) for name, table in by_name.items()}


def ask_gmv(lines: ir.Table, basis: GmvBasis, horizon: Horizon) -> ir.Table:
    """One row: gmv of the current period."""
    valued = within(value_lines(lines, basis), horizon.current)
    return valued.agg(gmv=valued.gmv.sum())


def describe_tables(soundings: Mapping[str, pd.DataFrame]) -> IntakeAccount:
    """The account of the tables that were sounded; a table without rows counts as not there."""
    told = {name: frame.iloc[0] for name, frame in soundings.items() if len(frame) and frame["rows"].iloc[0] > 0}
    return IntakeAccount(
        tables={name: _describe(row) for name, row in told.items()},
        missing=tuple(
            MissingTable(table=name, export=table.brought_by)
            for name, table in CANONICAL_TABLES.items()
            if name not in told
        ),
    )


def find_span(sounding: pd.DataFrame) -> tuple[date, date] | None:
    """The first and the last day that a table holds."""
    days = sounding[["first_day", "last_day"]].iloc[0]
    return None if days.isna().any() else (days["first_day"].date(), days["last_day"].date())


def _sound(table: ir.Table, name: str, as_of: date | None) -> ir.Table:
    filled = {f"{FILLED}{column}": table[column].count() for column in table.columns}
    happened = HAPPENED.get(name)
    if happened is None:
        nothing = ibis.null("date")
        return table.agg(rows=table.count(), **filled).mutate(first_day=nothing, last_day=nothing)
    day = table[happened]
    before = None if as_of is None else day < pd.Timestamp(as_of)
    span = {"first_day": day.min(where=before).cast("date"), "last_day": day.max(where=before).cast("date")}
    return table.agg(rows=table.count(), **filled, **span)


def _describe(row: pd.Series) -> TableAccount:
    rows = int(row["rows"])
    filled = {str(name).removeprefix(FILLED): row[name] / rows for name in row.index if str(name).startswith(FILLED)}
    who = next((column for column in KEYED_BY if column in filled), None)
    span = find_span(row.to_frame().T)
    return TableAccount(rows=rows, period=span, keyed_share=float(filled[who]) if who else None, filled=filled)
