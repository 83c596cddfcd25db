"""Answers a client's questions from the result files of a warehouse, where no row of a customer ever leaves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.examination import find_gaps
from diagnostics.checks.shelf import load_check
from diagnostics.intake.calendar import ask_days, lay_out
from diagnostics.intake.sheet.private import scrub_brief
from diagnostics.intake.totals.own_totals import Sources
from diagnostics.intake.totals.reconcile import reconcile
from diagnostics.model.engagement import Engagement
from diagnostics.model.errors import Fault, PersonError
from diagnostics.model.promotions import read_promotions
from diagnostics.model.section import NotComputable
from diagnostics.model.tables import Answers, Tables
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_number, word_percent
from diagnostics.workbook.admission import check_name
from diagnostics.workbook.catalog import read_catalog
from diagnostics.workbook.engagement import DATED, choose_basis, span_horizon
from diagnostics.workbook.engine import settle_rows, unbound_tables
from diagnostics.workbook.examining import leave_out
from diagnostics.workbook.lineage import list_persons
from diagnostics.workbook.result_files import WrongResultError
from diagnostics.workbook.result_folder import Received, ResultFolder, refuse_results
from diagnostics.workbook.settings import check_limits, read_settings
from diagnostics.workbook.soundings import (
    DAYS,
    ENGAGEMENT,
    GMV,
    ask_gmv,
    ask_tables,
    describe_tables,
    find_span,
)
from diagnostics.workbook.stages import note_unlocks, read_faultless
from diagnostics.workbook.vault import list_filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from diagnostics.model.period import Horizon
    from diagnostics.workbook.case import Case

# Above this share of people in rows left out, what is left no longer stands for all.
MOST_LEFT_OUT = 0.05
MOST_NAMED = 3

MISSING = Text(
    zh="数据留在客户的数据仓库里，而结果文件 {files} 没有收到",
    en="the data stay in the client's warehouse, and the result file {files} is missing",
)
AND_MORE = Text(zh="等共 {n} 个", en="and others, {n} in all")
RUN_STATEMENT = Text(
    zh="在数据仓库里运行同名的查询，把结果放回该目录", en="the query of that name, run in the warehouse, and its result"
)
PERSONS = Text(
    zh="这一节需要逐个客户的明细，汇总结果无法提供",
    en="not available from aggregates: this section needs rows of single customers",
)
TOO_FEW_LEFT = Text(
    zh="汇总结果去掉了少于 {smallest} 人的行，其中有全部人数的 {share}，剩下的不足以代表整体",
    en="not available from aggregates: rows of fewer than {smallest} people were left out, and they hold {share} of "
    "the people",
)
SMALL_LEFT_OUT = Text(
    zh="客户的数据仓库没有输出少于 {smallest} 人的行（{query} 中有 {share} 的人在这些行里），合计因此略低。",
    en="The client's warehouse left out rows of fewer than {smallest} people ({share} of the people in {query}), so "
    "totals are slightly low.",
)


@dataclass(frozen=True, kw_only=True)
class Warehouse:
    """A client whose tables stay in a warehouse: the tables as questions, answered by the files of `folder`."""

    tables: Tables
    folder: ResultFolder

    def verify(self, checks: Iterable[str]) -> None:
        """Read every file that these checks need; `PersonError` lists the faults of all of them."""
        faults: list[Fault] = []
        for name in checks:
            check = load_check(name)
            if find_gaps(check, self.tables):
                continue
            for query, expression in check.query(self.tables).items():
                try:
                    self.folder.receive(f"{name}.{query}", expression)
                except WrongResultError as wrong:
                    faults += wrong.faults
        if faults:
            raise refuse_results(self.folder.path, faults)


def open_warehouse(
    case: Case, folder: Path, *, as_of: date | None = None, trusted: Mapping[str, str] | None = None
) -> Warehouse:
    """Fix an engagement from the results of the pseudo-check `engagement`, the sheet and the settings.

    Raises `PersonError` where these results are missing or can't be used; what belongs to a check is read when the
    check asks for it.
    """
    check_name(case)
    if not folder.is_dir():
        message = f"there is no folder {folder}"
        raise PersonError(message, next_step="name the folder that holds the result files")
    results = ResultFolder(path=folder, trusted=trusted or {})
    sounded = sound(case, results, as_of)
    engagement = sounded.engagement
    if "order_lines" in engagement.account.tables:
        asked = ask_gmv(sounded.by_name["order_lines"], engagement.gmv_basis, engagement.horizon)
        total = _require(results, GMV, asked).frame.gmv.iloc[0]
        yearly = 0.0 if pd.isna(total) else float(total) * engagement.horizon.yearly
        sounded = replace(sounded, engagement=replace(engagement, annual_gmv=yearly))
    return Warehouse(tables=replace(sounded, answer=make_answer(results)), folder=results)


def sound(case: Case, results: ResultFolder, as_of: date | None = None) -> Tables:
    """The tables as questions, with periods and filled columns as the soundings tell them; no GMV is needed yet."""
    settings = read_settings(case.settings)
    check_limits(settings.limits, case.settings.name)
    brief = scrub_brief(read_faultless(case).brief)
    day = as_of or settings.as_of
    by_name = {name: table if day is None else leave_out(table, name, day) for name, table in unbound_tables().items()}
    soundings = _receive_soundings(results, day)
    account = replace(note_unlocks(describe_tables(soundings)), data=settings.data_kind)
    if "order_lines" in account.tables:
        days = _require(results, DAYS, ask_days(by_name["order_lines"])).frame
        account = replace(
            account, calendar=lay_out(days) if len(days) else (), reconciliation=reconcile(days, Sources(), brief, day)
        )
    engagement = Engagement(
        client=case.name,
        title=settings.word_title(case.name),
        currency=settings.currency,
        horizon=_find_horizon(soundings, day),
        gmv_basis=choose_basis(brief),
        annual_gmv=0.0,
        brief=brief,
        account=account,
        promotions=read_promotions(read_catalog("promotions.csv"), settings.currency),
        limits=settings.limits,
    )
    return Tables(
        by_name={name: by_name[name] for name in account.tables},
        available=list_filled(account),
        engagement=engagement,
        fetch=_refuse_fetch,
    )


def _receive_soundings(results: ResultFolder, as_of: date | None) -> dict[str, pd.DataFrame]:
    received: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table, asked in ask_tables(unbound_tables(), as_of).items():
        try:
            if one := results.receive(f"{ENGAGEMENT}.{table}", asked):
                received[table] = one.frame
        except WrongResultError as wrong:
            faults += wrong.faults
    if faults:
        raise refuse_results(results.path, faults)
    if not received:
        message = f"{results.path} holds no result of the pseudo-check `{ENGAGEMENT}`"
        step = f"print it with `sql {ENGAGEMENT} --client CLIENT` and let the client's engineer run it first"
        raise PersonError(message, next_step=step)
    return received


def _require(results: ResultFolder, query: str, asked: ir.Table) -> Received:
    name = f"{ENGAGEMENT}.{query}"
    try:
        received = results.receive(name, asked)
    except WrongResultError as wrong:
        raise refuse_results(results.path, wrong.faults) from wrong
    if received is None or received.frame.empty:
        expected = "the result of the statement of that name: periods and a year's GMV hang on it"
        fault = Fault(file=f"{name}.csv", found="no such file, or no row", expected=expected)
        raise refuse_results(results.path, [fault])
    return received


def _find_horizon(soundings: Mapping[str, pd.DataFrame], as_of: date | None) -> Horizon:
    for table in DATED:
        if table in soundings and (span := find_span(soundings[table])):
            return span_horizon(*span, as_of)
    message = "the result files tell no day of an order before the day of the diagnosis"
    raise PersonError(message, next_step=f"let the client's engineer run `{ENGAGEMENT}.order_lines` again")


def make_answer(results: ResultFolder) -> Callable[[str, Mapping[str, ir.Table]], Answers | NotComputable]:
    """What answers a check's queries from result files: frames with caveats, or why there can be none."""

    def answer(check: str, asked: Mapping[str, ir.Table]) -> Answers | NotComputable:
        if any(list_persons(expression) for expression in asked.values()):
            return NotComputable(reason=PERSONS)
        received = {query: results.receive(f"{check}.{query}", expression) for query, expression in asked.items()}
        there = {query: one for query, one in received.items() if one is not None}
        if missing := [f"{check}.{query}.csv" for query in received if query not in there]:
            return NotComputable(reason=_word_missing(missing), unlocked_by=RUN_STATEMENT)
        worst = max(there.values(), key=lambda one: one.lost, default=None)
        if worst is not None and worst.lost > MOST_LEFT_OUT:
            parts = {"smallest": word_number(worst.smallest), "share": word_percent(worst.lost)}
            return NotComputable(reason=TOO_FEW_LEFT.fill(**parts))
        caveats = tuple(_word_lost(query, one) for query, one in there.items() if one.left_out)
        settled = {query: settle_rows(one.frame, asked[query]) for query, one in there.items()}
        return Answers(frames=settled, caveats=caveats)

    return answer


def _word_missing(files: Sequence[str]) -> Text:
    named = join_texts(name_verbatim(file) for file in files[:MOST_NAMED])
    if len(files) > MOST_NAMED:
        named += AND_MORE.fill(n=word_number(len(files)))
    return MISSING.fill(files=named)


def _word_lost(query: str, one: Received) -> Text:
    return SMALL_LEFT_OUT.fill(smallest=word_number(one.smallest), share=word_percent(one.lost), query=query)


def _refuse_fetch(_expression: ir.Table) -> pd.DataFrame:
    message = "the tables stay in the client's warehouse: only its result files can be asked"
    raise RuntimeError(message)
