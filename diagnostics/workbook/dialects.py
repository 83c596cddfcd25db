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
# Without a client the statements show two full years.
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 31)


def print_check(name: str, dialect: str) -> dict[str, str]:
    """One bare statement for each query of a check; `PersonError` for an unknown check or dialect."""
    if name not in list_all_checks():
        raise refuse(name, list_all_checks())
    check_dialect(dialect)
    asked = load_check(name).query(imagine_tables())
    return {query: print_sql(expression, dialect) for query, expression in asked.items()}


def check_dialect(dialect: str) -> None:
    """`PersonError` if there is no such dialect."""
    if dialect not in DIALECTS:
        raise refuse(dialect, DIALECTS)


def imagine_tables() -> Tables:
    """Every canonical table with every column, over the days of nobody's business."""
    engagement = Engagement(
        client="sql",
        title=NOTHING,
        currency="CNY",
        horizon=choose_horizon(FIRST_DAY, LAST_DAY),
        gmv_basis="paid_net",
        annual_gmv=0.0,
    )
    return Tables(
        by_name=unbound_tables(),
        available={table.name: frozenset(table.schema) for table in CANONICAL_TABLES.values()},
        engagement=engagement,
        fetch=fetch,
    )


def refuse(asked: str, known: Sequence[str]) -> PersonError:
    """The error that tells what there is instead."""
    message = f"there is no {asked}"
    step = f"choose from: {', '.join(known)}"
    return PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
