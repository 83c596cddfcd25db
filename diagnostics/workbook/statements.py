"""What is asked of a warehouse: one sealed statement for each query of a check, headed by what it is for."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.workbook.engine import print_sql
from diagnostics.workbook.lineage import list_reads
from diagnostics.workbook.small_cells import find_people, leave_small_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

SEAL = "statement"
SEAL_LENGTH = 12
SEALED = re.compile(r"[0-9a-f]{12}\.([1-9]\d{0,3})")
LITERAL = r"'(?:[^']|'')*'|-?\d+(?:\.\d+)?"
LISTED = re.compile(rf"(\bIN \()((?:{LITERAL})(?:,\s*(?:{LITERAL}))*)(?=\s*\))")
DROPPED = re.compile(r"(\*\s+(?:EXCLUDE|EXCEPT) \()([^()]*)\)")
# In a CSV file nobody can tell an empty text from no text.
EMPTY_TEXT = "(empty)"
HEADING = """\
-- {name}
-- 结果存为 · result file: {name}.csv | {name}.parquet
-- 读取 · reads: {reads}
-- 小单元格 · small cells: {small}
"""
NO_PEOPLE = "各行不计人数 · rows count no people"
ALL_KEPT = "各行人数见 {people}，一行不去 · {people} counts the people of a row; no row is left out"
SMALL_LEFT_OUT = (
    "各行人数见 {people}，少于 {smallest} 人的行不输出 · {people} counts the people of a row; "
    "rows of fewer than {smallest} are left out"
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One query as it leaves for a warehouse; `seal` in its result proves by which statement it was made.

    `duckdb` is the query as DuckDB would run it, without the seal.
    """

    name: str
    expression: ir.Table
    smallest: int
    duckdb: str

    @property
    def seal(self) -> str:
        """A digest of the query: other periods, definitions, thresholds or ways of computing give another one."""
        return f"{hashlib.sha256(self.duckdb.encode('utf-8')).hexdigest()[:SEAL_LENGTH]}.{self.smallest}"

    def print_in(self, dialect: str) -> str:
        """The statement alone, without its heading; its last column is the seal, the same in every dialect."""
        query = self.duckdb if dialect == "duckdb" else print_steadily(self.expression, dialect)
        return f"SELECT asked.*, '{self.seal}' AS {SEAL} FROM (\n{query}\n) AS asked"  # noqa: S608 - printed, never run here

    def head(self) -> str:
        """The comment above it: result file, what it reads, and whom a row may hold."""
        told = NO_PEOPLE
        if people := find_people(self.expression):
            template = SMALL_LEFT_OUT if self.smallest > 1 else ALL_KEPT
            told = template.format(people=" + ".join(people), smallest=self.smallest)
        reads = "; ".join(
            f"{table} ({', '.join(columns) or '*'})" for table, columns in list_reads(self.expression).items()
        )
        return HEADING.format(name=self.name, reads=reads, small=told)


def seal_query(name: str, expression: ir.Table, smallest: int = 1) -> Statement:
    """A query with small rows left out and empty texts marked."""
    asked = mark_empty(leave_small_out(expression, smallest))
    return Statement(name=name, expression=asked, smallest=smallest, duckdb=print_steadily(asked, "duckdb"))


def seal_check(check: str, asked: Mapping[str, ir.Table], smallest: int = 1) -> list[Statement]:
    """The statements of a check's queries, in their order."""
    return [seal_query(f"{check}.{query}", expression, smallest) for query, expression in asked.items()]


def print_steadily(expression: ir.Table, dialect: str) -> str:
    """The SQL of an expression, the same from run to run: columns dropped and words in a list come in any order.

    >>> import ibis
    >>> lines = ibis.table(dict.fromkeys("abcdefgh", "int64"), name="lines")
    >>> " ".join(print_steadily(lines.drop("c", "b"), "duckdb").split())
    'SELECT "t0".* EXCLUDE ("b", "c") FROM "lines" AS "t0"'
    """
    printed = DROPPED.sub(
        lambda found: f"{found[1]}{', '.join(sorted(_split(found[2])))})", print_sql(expression, dialect)
    )
    return LISTED.sub(lambda found: f"{found[1]}{', '.join(sorted(re.findall(LITERAL, found[2])))}", printed)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def mark_empty(expression: ir.Table) -> ir.Table:
    """The table with empty texts made visible: `EMPTY_TEXT`."""
    texts = {
        name: (expression[name] == "").ifelse(EMPTY_TEXT, expression[name])
        for name, kind in expression.schema().items()
        if kind.is_string()
    }
    return expression.mutate(**texts) if texts else expression
