"""Opens the canonical tables on an engine; the only module that names one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa

from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.workbook.cluster import connect_cluster, keep_rows, open_shared
from diagnostics.workbook.engine_address import EMBEDDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import ibis.expr.types as ir

MEMORY_LIMIT = "2GB"
ROW_BY_ROW = (ops.Project, ops.Filter, ops.DropColumns, ops.FillNull, ops.DropNull)


def connect(
    url: str = EMBEDDED, *, spill: Path | None = None, threads: int | None = None, memory: str | None = None
) -> ibis.BaseBackend:
    """A connection to the engine of a URL; the embedded one holds to a limit of `memory` and spills to `spill`.

    `threads` limits the embedded engine, for many clients side by side; by itself it takes every core.

    >>> connect().name
    'duckdb'
    """
    if url != EMBEDDED:
        return connect_cluster(url)
    settings: dict[str, object] = {
        "memory_limit": memory or MEMORY_LIMIT,
        "preserve_insertion_order": False,
        # Of this process alone, and never the folder where somebody happens to work.
        "temp_directory": str(spill or Path(tempfile.gettempdir()) / f"diagnosis_{os.getpid()}"),
    }
    if threads is not None:
        settings["threads"] = threads
    engine = ibis.duckdb.connect(**settings)
    # Without a terminal, too, it would draw a bar into what is printed; a notebook without widgets refuses the word.
    if engine.raw_sql("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
        engine.raw_sql("SET enable_progress_bar = false")
    return engine


def open_vault(engine: ibis.BaseBackend, vault: Path, only: Iterable[str] = CANONICAL_TABLES) -> dict[str, ir.Table]:
    """The vault's Parquet files as tables of the engine, by canonical name."""
    paths = {name: vault / f"{name}.parquet" for name in only}
    found = {name: path for name, path in paths.items() if path.exists()}
    if not is_embedded(engine):
        return open_shared(engine, found)
    return {name: engine.read_parquet(str(path), table_name=name) for name, path in found.items()}


def is_embedded(engine: ibis.BaseBackend) -> bool:
    """Whether an engine works in this process."""
    return bool(engine.name == "duckdb")


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


def open_typed(engine: ibis.BaseBackend, frames: Mapping[str, pd.DataFrame]) -> dict[str, ir.Table]:
    """Frames of numbers, days and words as canonical tables: cast on the engine, with absent columns empty."""
    opened = {}
    for name, frame in frames.items():
        schema = CANONICAL_TABLES[name].schema
        raw = ibis.memtable(pa.Table.from_pandas(frame, preserve_index=False))
        typed = {column: raw[column] if column in frame else ibis.null() for column in schema}
        cast = raw.select(**{column: typed[column].cast(kind) for column, kind in schema.items()})
        opened[name] = engine.create_table(name, cast)
    return opened


def find_available(tables: Mapping[str, ir.Table]) -> dict[str, frozenset[str]]:
    """Per table, the columns that hold at least one value, by counting; intake's account knows it of a vault."""
    available = {}
    for name, table in tables.items():
        counts = table.agg(**{column: table[column].count() for column in table.columns}).to_pandas().iloc[0]
        available[name] = frozenset(column for column in table.columns if counts[column])
    return available


def fetch(expression: ir.Table) -> pd.DataFrame:
    """Run an expression: decimals, summed exactly on the engine, arrive as float64, days as datetime64.

    Whole numbers some of which are missing arrive as float64 too; rows come in the order of `settle_rows`.
    """
    schema = expression.schema()
    casts = {name: "float64" for name, kind in schema.items() if kind.is_decimal()}
    casts |= {name: "timestamp" for name, kind in schema.items() if kind.is_date()}
    frame: pd.DataFrame = (expression.cast(casts) if casts else expression).to_pandas()
    holed = [name for name, kind in schema.items() if kind.is_integer() and frame[name].dtype == object]
    return settle_rows(frame.astype(dict.fromkeys(holed, "float64")) if holed else frame, expression)


def settle_rows(frame: pd.DataFrame, expression: ir.Table) -> pd.DataFrame:
    """Rows for which no order was asked, in that of their columns from left to right.

    Else those that a ranking finds equal would stand as the engine happened to finish them.
    """
    if _is_ordered(expression.op()):
        return frame
    keys = [name for name, kind in expression.schema().items() if not kind.is_nested()]
    return frame.sort_values(keys, ignore_index=True) if keys else frame


def _is_ordered(asked: ops.Node) -> bool:
    """Whether rows were sorted last, whatever was done to their columns afterwards."""
    while isinstance(asked, ROW_BY_ROW):
        asked = asked.parent
    return isinstance(asked, (ops.Sort, ops.Limit))


def make_sharer(engine: ibis.BaseBackend) -> Callable[[ir.Table], ir.Table]:
    """What works out an expression once for all checks of a connection, in a temporary table that may spill.

    Spark has no temporary tables: there the workers keep the rows, in memory and on disk.
    """
    made: dict[object, ir.Table] = {}
    embedded = is_embedded(engine)

    def share(expression: ir.Table) -> ir.Table:
        key = expression.op()
        if key not in made:
            name = ibis.util.gen_name("shared")
            made[key] = (
                engine.create_table(name, expression, temp=True) if embedded else keep_rows(engine, expression, name)
            )
        return made[key]

    return share


def make_loader(engine: ibis.BaseBackend) -> Callable[[pa.Table], ir.Table]:
    """What brings rows of this machine onto an engine."""

    def load(rows: pa.Table) -> ir.Table:
        return engine.create_view("loaded", ibis.memtable(rows), overwrite=True)

    return load


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
