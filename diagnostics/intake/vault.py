"""Bring gathered rows into the exact shape of the canonical tables, and describe what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import to_cents
from diagnostics.intake.working import column
from diagnostics.model.account import TableAccount
from diagnostics.model.tables import CANONICAL_TABLES, CanonicalTable, Column, Type

ARROW_TYPES: dict[Type, pa.DataType] = {
    "string": pa.string(),
    "bool": pa.bool_(),
    "int": pa.int64(),
    "float": pa.float64(),
    "money": pa.decimal128(18, 2),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
_WHO = ("customer", "referrer")


def shape(name: str, table: pa.Table) -> pa.Table:
    """All columns of the canonical table in order and of its types; what did not come is empty."""
    canonical = CANONICAL_TABLES[name]
    return pa.table([_cast(table, wanted) for wanted in canonical.columns], schema=arrow_schema(canonical))


def arrow_schema(canonical: CanonicalTable) -> pa.Schema:
    """The schema of a canonical table in Arrow's words."""
    return pa.schema([(wanted.name, ARROW_TYPES[wanted.type]) for wanted in canonical.columns])


def _cast(table: pa.Table, wanted: Column) -> pa.Array:
    kind = ARROW_TYPES[wanted.type]
    if wanted.name not in table.column_names:
        return pa.nulls(table.num_rows, kind)
    cells = column(table, wanted.name)
    if wanted.type == "money":
        return _to_money(cells)
    if wanted.type == "int":
        return pc.cast(pc.round(pc.cast(cells, pa.float64())), kind, safe=False)
    return cells if cells.type == kind else pc.cast(cells, kind, safe=False)


def _to_money(cells: pa.Array) -> pa.Array:
    cents = pa.array(to_cents(cells), pa.int64())
    missing = pc.or_(pc.is_null(cells), pc.fill_null(pc.is_nan(pc.cast(cells, pa.float64())), True))  # noqa: FBT003
    amounts = pc.cast(
        pc.multiply(pc.cast(cents, pa.decimal128(19, 0)), pa.scalar(Decimal("0.01"))), pa.decimal128(18, 2)
    )
    return pc.if_else(missing, pa.scalar(None, pa.decimal128(18, 2)), amounts)


def describe(table: pa.Table) -> TableAccount:
    """How many rows, over which days (the last included), and how much of each column is filled."""
    rows = table.num_rows
    # Not rounded: a column with one value among millions is there.
    filled = {found: 1 - table[found].null_count / rows if rows else 0.0 for found in table.column_names}
    who = next((found for found in _WHO if found in filled), None)
    return TableAccount(
        rows=rows,
        period=find_days(table),
        keyed_share=filled[who] if who else None,
        filled=filled,
    )


def join_accounts(parts: Sequence[TableAccount]) -> TableAccount:
    """The account of a table from those of its parts, which together are all of it."""
    rows = sum(part.rows for part in parts)
    spans = [part.period for part in parts if part.period]
    keyed = [part.keyed_share for part in parts if part.keyed_share is not None]
    return TableAccount(
        rows=rows,
        period=(min(first for first, _ in spans), max(last for _, last in spans)) if spans else None,
        keyed_share=sum(share * part.rows for share, part in zip(keyed, parts, strict=True)) / rows if keyed else None,
        filled={name: sum(part.filled[name] * part.rows for part in parts) / rows for name in parts[0].filled},
    )


def find_days(table: pa.Table) -> tuple[date, date] | None:
    """The first and the last day: of the period where rows have one, else in the first column of days or times."""
    if {"starts_on", "ends_on"} <= set(table.column_names) and table["ends_on"].null_count < table.num_rows:
        return _day(pc.min(table["starts_on"])), _day(pc.max(table["ends_on"])) - timedelta(days=1)
    for found in table.schema:
        if pa.types.is_temporal(found.type) and table[found.name].null_count < table.num_rows:
            least, most = pc.min_max(table[found.name]).values()
            return _day(least), _day(most)
    return None


def _day(value: pa.Scalar) -> date:
    moment = value.as_py()
    day: date = moment.date() if isinstance(moment, datetime) else moment
    return day
