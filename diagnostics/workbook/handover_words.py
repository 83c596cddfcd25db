"""What an engineer is told: days and definitions asked for, how statements are run, how results come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.model.engagement import GMV_BASIS_WORDS
from diagnostics.workbook.soundings import ENGAGEMENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.period import Period
    from diagnostics.model.wording import Text

PLACEHOLDERS = (
    "-- 注意：以下日期是占位。先运行 {engagement} 的查询，再用其结果（--from-aggregates）重新打印，\n"
    "-- 日期才是客户自己的。\n"
    "-- Mind: these days are placeholders. Run the statements of {engagement} first and print again from their\n"
    "-- results (--from-aggregates): only then the days are the client's own.\n"
)
PARAMETERS = """\
-- 客户 · client: {client}
-- 币种 · currency: {currency}
-- {gmv_zh} · {gmv_en}
-- 全部数据 · history: {history}
-- 本期 · current period: {current}
-- 对比期 · previous period: {previous}
-- 诊断日（不含） · as-of day, not counted: {as_of}
"""
NONE = "无 · none"
RUN = {
    "duckdb": """\
for f in queries/*.sql; do
  duckdb -readonly WAREHOUSE.duckdb -csv -nullvalue '' < "$f" > "results/$(basename "$f" .sql).csv"
done""",
    "spark": """\
from pathlib import Path
for file in sorted(Path("queries").glob("*.sql")):
    statement = file.read_text(encoding="utf-8").rstrip().rstrip(";")
    spark.sql(statement).toPandas().to_csv(f"results/{file.stem}.csv", index=False)""",
    "trino": """\
for f in queries/*.sql; do
  trino --server URL --catalog CATALOG --schema SCHEMA --output-format CSV_HEADER -f "$f" \\
    > "results/$(basename "$f" .sql).csv"
done""",
    "clickhouse": """\
for f in queries/*.sql; do
  clickhouse-client --database DATABASE --join_use_nulls 1 --format CSVWithNames --queries-file "$f" \\
    > "results/$(basename "$f" .sql).csv"
done""",
}
GUIDE = """\
# 数据仓库内的诊断查询 · Diagnosis queries for the warehouse

## 中文

原始数据不离开贵司的数据仓库：我们只要这些查询的汇总结果。

1. `tables.sql` 列出需要的表、列、类型与含义。请按这些表名与列名建视图（或表）；没有的表不必建，没有的列填 NULL。
2. `queries/` 里每个文件一条查询，文件头写明读哪些表和列、结果存成什么文件。请逐条运行（下面有脚本）。
   查不存在的表时该条会报错，跳过即可：报告会写明哪一节因为缺哪个文件而无法计算。
3. 结果放进 `results/`，文件名与查询同名，扩展名 `.csv`（UTF-8、逗号、首行为列名、空值留空）或 `.parquet`。请勿改列名、
   勿增删列、勿用 Excel 打开后另存。最后一列 `statement` 是查询的编号，用来确认结果与查询一致。
4. 分两步：先运行 `engagement.*`（数据有哪些表、哪些列有值、覆盖哪些天），我们据此定期间后再发来全部查询。

结果里没有客户代号、订单号或任何一位客户的明细。{small_zh}结果里会出现商品、渠道、门店、活动的名称，以及员工的代号。

## English

Raw data stay in your warehouse: we need only the aggregated results of these statements.

1. `tables.sql` lists the tables and columns with types and meaning. Provide views (or tables) of these names; leave
   out tables that you don't have, and fill columns that you don't have with NULL.
2. Each file in `queries/` holds one statement; its heading names the tables and columns it reads and the file of its
   result. Run them one by one (a script is below). A statement on a table that is not there fails: go on, the report
   will say which section is missing which file.
3. Put results into `results/` under the statement's name, as `.csv` (UTF-8, commas, column names in the first row,
   nothing for NULL) or `.parquet`. Don't rename, add or drop columns, and don't save them from Excel. The last column,
   `statement`, is the number by which a result is known to belong to its statement.
4. There are two steps: run `engagement.*` first (which tables and columns are filled, over which days). From its
   results the periods are fixed, and all statements are sent.

Results hold no customer's code, no order number and no row of a single customer. {small_en}They do hold names of
products, channels, stores and campaigns, and codes of staff.

## 运行 · How to run

```
{run}
```

## 参数 · Parameters

```
{parameters}```
"""
KEPT = (
    (
        "但个别行可能只含几个人（查询文件头注明以哪一列计人数）；需要时请我们用 `--smallest-cell 人数` 重新打印，"
        "人数不足的行就不会输出。"
    ),
    (
        "Some rows may stand for a few people (the heading of a statement names the column that counts them); on your "
        "wish we print them again with `--smallest-cell PEOPLE`, and rows of fewer people are not put out. "
    ),
)
LEFT_OUT = (
    "凡计人数的行，少于 {smallest} 人的不输出。",
    "Of rows that count people, those of fewer than {smallest} are not put out. ",
)
SILENT = "\n## 未提问的章节 · Sections that ask nothing\n\n| 章节 section | 原因 | reason |\n| --- | --- | --- |\n"


def print_parameters(engagement: Engagement, as_of: date | None, *, is_imagined: bool) -> str:
    """For whom, for which days and by which definitions is asked, as a comment of SQL."""
    horizon, gmv = engagement.horizon, GMV_BASIS_WORDS[engagement.gmv_basis]
    told = PARAMETERS.format(
        client=engagement.client,
        currency=engagement.currency,
        gmv_zh=gmv.zh,
        gmv_en=gmv.en,
        history=_span(horizon.history),
        current=_span(horizon.current),
        previous=_span(horizon.previous) if horizon.previous else NONE,
        as_of=as_of or NONE,
    )
    return told + (PLACEHOLDERS.format(engagement=ENGAGEMENT) if is_imagined else "")


def print_guide(dialect: str, parameters: str, silent: Mapping[str, Text], smallest: int) -> str:
    """The page for the client's engineer, in Markdown."""
    small_zh, small_en = (part.format(smallest=smallest) for part in (LEFT_OUT if smallest > 1 else KEPT))
    guide = GUIDE.format(run=RUN[dialect], parameters=parameters, small_zh=small_zh, small_en=small_en)
    rows = "".join(f"| {check} | {reason.zh} | {reason.en} |\n" for check, reason in silent.items())
    return guide + (SILENT + rows if rows else "")


def _span(period: Period) -> str:
    return f"{period.start} ≤ … < {period.end}"
