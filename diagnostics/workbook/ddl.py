"""Describes the canonical tables as a client's engineer has to provide them, in the words of a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis.backends.sql.datatypes import ClickHouseType, DuckDBType, PySparkType, TrinoType
from sqlglot import expressions

from diagnostics.model.tables import CANONICAL_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.model.canonical import CanonicalTable, Column

TOP = """\
-- 请把数据仓库里的数据按下面的表名与列名提供为视图（或表）。没有的表不必提供；没有的列填 NULL。
-- “必填”的列每行都要有值。“键控”的列放代号，不放姓名与号码：同一位客户在各渠道用同一个代号。
-- 客户的代号不会离开数据仓库；员工、主播、群主的代号会出现在结果里。
-- 文本里的手机号、邮箱、地址请在视图里去掉；文本不含换行与控制字符。
-- Provide these as views (or tables) under these names. Leave out a table that you don't have; a column that you
-- don't have is NULL. "Required" columns are filled on every row. "Keyed" columns hold codes, no names and no numbers
-- of persons: one customer has one code on all channels. Customers' codes never leave the warehouse; codes of staff,
-- anchors and group owners stand in the results. Take numbers and addresses of persons out of texts in the view; texts
-- hold no line breaks and no control characters.
"""
KEYED, REQUIRED = "键控 keyed", "必填 required"
TYPES = {"duckdb": DuckDBType, "spark": PySparkType, "trino": TrinoType, "clickhouse": ClickHouseType}
# ClickHouse takes a table only with a way to store it.
STORED = {"clickhouse": "\nENGINE = MergeTree ORDER BY tuple()"}


def print_tables(dialect: str, wanted: Mapping[str, CanonicalTable] = CANONICAL_TABLES) -> str:
    r"""Every canonical table as CREATE TABLE, each column with its meaning in both languages.

    >>> print("\n".join(print_tables("spark").splitlines()[9:12]))  # doctest: +ELLIPSIS
    <BLANKLINE>
    -- 订单明细 · Order lines
    -- ...
    """
    return TOP + "".join(f"\n{_print_table(table, dialect)}" for table in wanted.values())


def name_type(kind: str, dialect: str) -> str:
    """A canonical type as the dialect calls it.

    >>> name_type("decimal(18,2)", "trino"), name_type("string", "clickhouse")
    ('DECIMAL(18, 2)', 'Nullable(String)')
    """
    return str(TYPES[dialect].from_ibis(ibis.dtype(kind)).sql(dialect=dialect))


def _print_table(table: CanonicalTable, dialect: str) -> str:
    columns = [_print_column(column, dialect) for column in table.columns]
    last = len(columns) - 1
    body = "\n".join(f"  {name}{'' if place == last else ','}  -- {told}" for place, (name, told) in enumerate(columns))
    return (
        f"-- {table.title.zh} · {table.title.en}\n"
        f"-- {table.grain.zh} · {table.grain.en}\n"
        f"CREATE TABLE {_quote(table.name, dialect)} (\n{body}\n){STORED.get(dialect, '')};\n"
    )


def _print_column(column: Column, dialect: str) -> tuple[str, str]:
    marks = [REQUIRED] if column.required else []
    marks += [KEYED] if column.personal == "keyed" else []
    declared = f"{_quote(column.name, dialect)} {name_type(column.ibis_type, dialect)}"
    return declared, " · ".join([column.meaning.zh, column.meaning.en, *marks])


def _quote(name: str, dialect: str) -> str:
    return str(expressions.to_identifier(name, quoted=True).sql(dialect=dialect))
