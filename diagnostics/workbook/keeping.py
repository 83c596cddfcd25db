"""Keeps on disk what many checks build on, so that notebooks, each a process of its own, and later runs find it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.expr.operations import PhysicalTable

from diagnostics.model.tables import CANONICAL_TABLES

# In the vault beside the tables: what was made of them, and goes when they are made anew.
MADE = "made"
# In the folder where the engine spills, which goes when a run is done.
KEPT = "kept"
Share = Callable[[ir.Table], ir.Table]


def open_own_folder(spill: Path) -> Path:
    """Where the engine of this process spills: two that spill into one folder take each other's files, and crash."""
    own = spill / f"process_{os.getpid()}"
    own.mkdir(parents=True, exist_ok=True)
    return own


def choose_home(vault: Path, spill: Path, *, whole: bool) -> Path:
    """Where made tables are kept: with the vault, if all of it is asked and it may be written to."""
    return vault / MADE if whole and os.access(vault, os.W_OK) else spill / KEPT


def make_keeper(engine: ibis.BaseBackend, vault: Path, folder: Path, share: Share) -> Share:
    """What works out an expression on the embedded engine once for all who name the same folder, now or later.

    A file is found again by the words of its query and by the size and time of the vault's files, so another program
    or other data never meet an old one. Two processes that begin at once both work it out, and one of the equal
    files stays. Writing it costs a third more than a temporary table, and frees the memory. What builds on tables of
    this process alone is left to `share`.
    """
    stamp = "".join(f"{path.name}{path.stat().st_size}{path.stat().st_mtime_ns}" for path in _list_files(vault))
    opened: dict[str, ir.Table] = {}
    lasting = set(CANONICAL_TABLES)

    def keep(expression: ir.Table) -> ir.Table:
        if any(table.name not in lasting for table in expression.op().find(PhysicalTable)):
            # A table of this process has a name that means something else in the next.
            return share(expression)
        words = str(ibis.to_sql(expression, dialect="duckdb"))
        digest = hashlib.sha256(f"{stamp}\n{words}".encode()).hexdigest()[:32]
        if digest not in opened:
            path = folder / f"{digest}.parquet"
            if not path.exists():
                folder.mkdir(parents=True, exist_ok=True)
                draft = folder / f".{digest}.{os.getpid()}.parquet"
                try:
                    engine.to_parquet(expression, draft)
                    draft.replace(path)
                finally:
                    draft.unlink(missing_ok=True)
            opened[digest] = engine.read_parquet(path, table_name=f"kept_{digest}")
            lasting.add(f"kept_{digest}")
        return opened[digest]

    return keep


def _list_files(vault: Path) -> list[Path]:
    return [path for name in CANONICAL_TABLES if (path := vault / f"{name}.parquet").exists()]
