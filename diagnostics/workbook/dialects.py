"""Prints the SQL of a check's queries in the dialect of a client's warehouse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.model.engagement import Engagement
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.period import choose_horizon
from diagnostics.model.tables import CANONICAL_TABLES, Tables
from diagnostics.model.wording import NOTHING
from diagnostics.workbook.engine import fetch, print_sql, unbound_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

DIALECTS = ("duckdb", "spark", "trino", "clickhouse")
# The statement shows two full years; whoever runs it puts in the days of the own data.
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 31)


def print_check(name: str, dialect: str) -> dict[str, str]:
    """One statement for each query of a check; `PersonError` for an unknown check or dialect."""
    if name not in list_all_checks():
        raise _refuse(name, list_all_checks())
    if dialect not in DIALECTS:
        raise _refuse(dialect, DIALECTS)
    engagement = Engagement(
        client="sql",
        title=NOTHING,
        currency="CNY",
        horizon=choose_horizon(FIRST_DAY, LAST_DAY),
        gmv_basis="paid_net",
        annual_gmv=0.0,
    )
    tables = Tables(
        by_name=unbound_tables(),
        available={table.name: frozenset(table.schema) for table in CANONICAL_TABLES.values()},
        engagement=engagement,
        fetch=fetch,
    )
    return {query: print_sql(expression, dialect) for query, expression in load_check(name).query(tables).items()}


def _refuse(asked: str, known: Sequence[str]) -> PersonError:
    message = f"there is no {asked}"
    step = f"choose from: {', '.join(known)}"
    return PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
