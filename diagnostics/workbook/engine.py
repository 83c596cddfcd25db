"""Opens the canonical tables on an engine; the only module that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.tables import CANONICAL_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import ibis.expr.types as ir

EMBEDDED = "duckdb://"
MEMORY_LIMIT = "2GB"


def connect(url: str = EMBEDDED, *, spill: Path | None = None) -> ibis.BaseBackend:
    """A connection to the engine of a URL, limited in memory; the embedded one spills to `spill`.

    >>> connect().name
    'duckdb'
    """
    if url != EMBEDDED:
        message = f"the engine {url} is not supported by this version"
        raise PersonError(message, next_step=f"use --engine {EMBEDDED}", exit_code=ExitCode.WRONG_ARGUMENTS)
    settings = {"memory_limit": MEMORY_LIMIT, "preserve_insertion_order": False}
    if spill is not None:
        settings["temp_directory"] = str(spill)
    return ibis.duckdb.connect(**settings)


def open_vault(engine: ibis.BaseBackend, vault: Path) -> dict[str, ir.Table]:
    """The vault's Parquet files as tables of the engine, by canonical name."""
    return {
        name: engine.read_parquet(str(vault / f"{name}.parquet"), table_name=name)
        for name in CANONICAL_TABLES
        if (vault / f"{name}.parquet").exists()
    }


def open_frames(engine: ibis.BaseBackend, frames: Mapping[str, pd.DataFrame]) -> dict[str, ir.Table]:
    """Frames of text as canonical tables: typed, with absent columns empty."""
    opened = {}
    for name, frame in frames.items():
        schema = CANONICAL_TABLES[name].schema
        text = pd.DataFrame({column: frame.get(column) for column in schema}, index=frame.index).astype("string")
        raw = engine.create_table(f"{name}_text", ibis.memtable(text, schema=dict.fromkeys(schema, "string")))
        typed = raw.select(**{column: raw[column].cast(kind) for column, kind in schema.items()})
        opened[name] = engine.create_table(name, typed)
    return opened


def find_available(tables: Mapping[str, ir.Table]) -> dict[str, frozenset[str]]:
    """Per table, the columns that hold at least one value, by counting; intake's account knows it of a vault."""
    available = {}
    for name, table in tables.items():
        counts = table.agg(**{column: table[column].count() for column in table.columns}).to_pandas().iloc[0]
        available[name] = frozenset(column for column in table.columns if counts[column])
    return available


def fetch(expression: ir.Table) -> pd.DataFrame:
    """Run an expression: decimals, summed exactly on the engine, arrive as float64, days as datetime64."""
    schema = expression.schema()
    casts = {name: "float64" for name, kind in schema.items() if kind.is_decimal()}
    casts |= {name: "timestamp" for name, kind in schema.items() if kind.is_date()}
    frame: pd.DataFrame = (expression.cast(casts) if casts else expression).to_pandas()
    return frame


def make_sharer(engine: ibis.BaseBackend) -> Callable[[ir.Table], ir.Table]:
    """What works out an expression once for all checks of a connection, in a temporary table that may spill."""
    made: dict[object, ir.Table] = {}

    def share(expression: ir.Table) -> ir.Table:
        key = expression.op()
        if key not in made:
            made[key] = engine.create_table(f"shared_{len(made)}", expression, temp=True)
        return made[key]

    return share


def print_sql(expression: ir.Table, dialect: str) -> str:
    """The SQL of an expression in a dialect: duckdb, spark, trino or clickhouse."""
    if dialect == "spark" and ibis.options.pyspark is None:
        ibis.options.pyspark = _SparkOptions()
    return str(ibis.to_sql(expression, dialect={"spark": "pyspark"}.get(dialect, dialect)))


class _SparkOptions(ibis.config.Config):  # type: ignore[misc] # Ibis has no types
    """What Ibis asks of Spark when it prints SQL; without Spark installed nobody else sets it."""

    treat_nan_as_null: bool = False


def unbound_tables() -> dict[str, ir.Table]:
    """The canonical tables without data, for printing SQL."""
    return {name: ibis.table(table.schema, name=name) for name, table in CANONICAL_TABLES.items()}
