"""Examines one check: asks its queries, measures, judges, tells, tabulates and draws; a fault stays inside."""

from __future__ import annotations

import time
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from diagnostics.charts.svg import draw_svg
from diagnostics.checks.check import Replies
from diagnostics.model.section import Examined, NotComputable, Section, Status
from diagnostics.model.tables import CANONICAL_TABLES, Answers
from diagnostics.model.wording import LANGUAGES, Text, join_clauses, join_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.checks.check import Check, Limits
    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Asked
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FAILED = Text(
    zh="这一节在计算时出错，未能得出结论；其余章节不受影响。原因见运行目录的日志。",
    en="This section failed while computing and has no answer; the others are not affected. The run's log says why.",
)
LACKING_TABLE = Text(zh="没有收到「{table}」", en="“{table}” was not delivered")
LACKING_ANSWER = Text(zh="需求表没有回答「{field}」", en="the requirement sheet leaves “{field}” open")
IN_SHEET = Text(zh="需求表：{fields}", en="the requirement sheet: {fields}")
LACKING_COLUMNS = Text(zh="「{table}」里没有：{columns}", en="“{table}” lacks: {columns}")


def examine(
    name: str,
    check: Check[Any],
    tables: Tables,
    overrides: Limits | None = None,
    *,
    languages: Sequence[Language] = LANGUAGES,
) -> Examined:
    """Run one check on a client's tables; its figure is drawn in each of the languages.

    Never raises for a fault of the check: the section then has status `failed` and `fault` holds the traceback.
    """
    started = time.perf_counter()
    limits = resolve_limits(check, {**tables.engagement.limits.get(name, {}), **(overrides or {})})
    # What a check measures and says may hang on its limits, too, and must hang on the same as its findings.
    engagement = replace(tables.engagement, limits={**tables.engagement.limits, name: limits})
    tables = replace(tables, engagement=engagement)
    try:
        examined = _examine(name, check, tables, limits, languages)
    except Exception:  # noqa: BLE001 - the one place where a check's fault is kept from the other checks
        section = _section(name, check, "failed", limits)
        examined = Examined(section=replace(section, reason=FAILED), fault=traceback.format_exc())
    return replace(examined, section=replace(examined.section, seconds=round(time.perf_counter() - started, 3)))


def resolve_limits(check: Check[Any], overrides: Limits) -> dict[str, float]:
    """The check's limits with the client's own in their place; `KeyError` names an unknown limit."""
    limits = {limit.name: limit.value for limit in check.limits}
    if unknown := set(overrides) - set(limits):
        message = f"unknown limits {sorted(unknown)}; known are {sorted(limits)}"
        raise KeyError(message)
    return {**limits, **overrides}


def find_gaps(check: Check[Any], tables: Tables) -> list[Text]:
    """What the check needs and the tables lack, worded."""
    gaps = []
    for need in check.needs:
        table = CANONICAL_TABLES[need.table]
        if not tables.has(need.table):
            gaps.append(LACKING_TABLE.fill(table=table.title))
        elif not tables.has(need.table, *need.columns):
            empty = [column for column in need.columns if not tables.has(need.table, column)]
            words = join_texts(table.column(column).meaning for column in empty)
            gaps.append(LACKING_COLUMNS.fill(table=table.title, columns=words))
    return gaps + [LACKING_ANSWER.fill(field=asked.label) for asked in _list_open(check, tables)]


def _list_open(check: Check[Any], tables: Tables) -> list[Asked]:
    answers = tables.engagement.brief.answers
    return [asked for asked in check.asks if answers.get(asked.key) in (None, "", ())]


def _examine(
    name: str, check: Check[Any], tables: Tables, limits: dict[str, float], languages: Sequence[Language]
) -> Examined:
    section = _section(name, check, "computed" if check.needs or check.uses else "judged", limits)
    if gaps := find_gaps(check, tables):
        wanted = {need.table for need in check.needs if not tables.has(need.table, *need.columns)}
        sources = [CANONICAL_TABLES[table].brought_by for table in sorted(wanted)]
        if fields := _list_open(check, tables):
            sources.append(IN_SHEET.fill(fields=join_texts(asked.label for asked in fields)))
        return _give_up(section, NotComputable(reason=join_clauses(gaps), unlocked_by=join_clauses(sources)))
    answers = _ask(name, check, tables)
    if isinstance(answers, NotComputable):
        return _give_up(section, answers)
    measured = check.measure(Replies(frames=answers.frames, engagement=tables.engagement))
    if isinstance(measured, NotComputable):
        return _give_up(section, measured)
    findings = tuple(_sign(finding, name) for finding in check.judge(measured, limits))
    lacking = dict(check.lacks(measured))
    return Examined(
        section=replace(
            section,
            answer=check.tell(measured),
            caveats=(*check.caveats(measured), *dict.fromkeys(lacking.values()), *answers.caveats),
            lacking=lacking,
            findings=findings,
            readings=check.track(measured),
        ),
        exhibits=check.tabulate(measured),
        figures={language: draw_svg(name, check.draw, measured, language) for language in languages},
    )


def _ask(name: str, check: Check[Any], tables: Tables) -> Answers | NotComputable:
    asked = check.query(tables)
    if tables.answer is not None:
        return tables.answer(name, asked)
    return Answers(frames={query: tables.fetch(expression) for query, expression in asked.items()})


def _section(name: str, check: Check[Any], status: Status, limits: dict[str, float]) -> Section:
    return Section(
        check=name,
        wing=name.split(".", maxsplit=1)[0],
        question=check.question,
        definition=check.definition,
        status=status,
        capabilities=check.answers,
        judged=check.judges,
        limits=limits,
        limit_reasons={limit.name: limit.reason for limit in check.limits},
        place=check.place,
    )


def _give_up(section: Section, outcome: NotComputable) -> Examined:
    return Examined(
        section=replace(section, status="not_computable", reason=outcome.reason, unlocked_by=outcome.unlocked_by)
    )


def _sign(finding: Finding, name: str) -> Finding:
    """Put the check's name into the finding's evidence, so that a reader can go back to it."""
    if not finding.evidence:
        message = f"{name}: the finding {finding.code} has no evidence"
        raise ValueError(message)
    signed = tuple(replace(evidence, check=name, figure=evidence.figure or name) for evidence in finding.evidence)
    return replace(finding, evidence=signed)
