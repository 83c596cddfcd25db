"""Which recurring tasks have a procedure that is up to date or run by themselves, and how departments cooperate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.organisation._process_tasks import TASKS, find_task
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="常做的事有没有一套标准流程？各部门配不配合？",
    en="Do recurring tasks have a procedure, and do the departments cooperate?",
)
DEFINITION = Text(
    zh="依需求表判断。把流程清单按字面归到 {n} 类私域常做的任务；一类任务有流程、且最近 {months} 个月更新过，才算覆"
    "盖；"
    "有流程但更久没更新的单列为过期；清单没提到的记为未写，不当作没有。自动 = 已上线的自动化场景接手了这类任务。"
    "部门配合度是需求表的 1 至 5 分，1 为不配合，5 为共享数据和目标；不做加权。",
    en="Judged from the sheet. Its procedures are put under {n} kinds of recurring task by their words; a kind is "
    "covered if it has a procedure changed within {months} months, overdue if it has an older or undated one, and "
    "not "
    "stated (rather than lacking) if the list is silent. Automated = a live scenario takes the task over. "
    "Cooperation "
    "is the sheet's score from 1 (none) to 5 (shares data and targets), without weights.",
)
ANSWER = Text(
    zh="{n} 类常做的任务里，{covered} 类有最新的标准流程，{overdue} 类的流程已过期或没写日期，{lacking} 类没有，"
    "{silent} 类未写明{first}。",
    en="Of {n} kinds of recurring task {covered} have a procedure up to date, {overdue} one that is overdue or "
    "undated, "
    "{lacking} have none and {silent} are not stated{first}.",
)
FIRST = Text(zh="；先补{names}", en="; begin with: {names}")
DEPARTMENTS = Text(zh="部门配合度最低的是{name}（{score} 分）。", en="Cooperation is lowest in {name} ({score} of 5).")
EVEN = Text(zh="{n} 个部门的配合度都是 {score} 分。", en="All {n} departments score {score} of 5 for cooperation.")
STATES: dict[str, Text] = {
    "covered": Text(zh="有，最新", en="up to date"),
    "overdue": Text(zh="有，待更新", en="overdue or undated"),
    "lacking": Text(zh="没有", en="none"),
    "silent": Text(zh="未写明", en="not stated"),
}
URGENCY = ("lacking", "overdue", "silent", "covered")
YES = Text(zh="●", en="●")
NEXT: dict[str, Text] = {
    "covered": Text(zh="维持，半年一查", en="keep; look again in half a year"),
    "overdue": Text(zh="按现在的做法改写并重新培训", en="rewrite it as the work is done now, and train again"),
    "lacking": Text(
        zh="由做得最好的人写一页步骤，试两周", en="let the best at it write a page of steps; try two weeks"
    ),
    "silent": Text(zh="咨询会上确认有没有", en="ask in the session whether there is one"),
}
NAME = "organisation.process"
MONTH_DAYS = 365.25 / 12
MOST_ROWS = 15
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Line:
    """One kind of task or a task of the client's own: its state, last change and whether it runs by itself."""

    name: Text
    state: str
    changed: date | None
    automated: bool


@dataclass(frozen=True, kw_only=True)
class Process:
    """All tasks, and departments with their score, least first."""

    lines: tuple[Line, ...]
    departments: tuple[tuple[str, int], ...]

    def count(self, state: str) -> int:
        """How many tasks are in a state."""
        return sum(line.state == state for line in self.lines)


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    return {}


def measure(replies: Replies) -> Process:
    """Put procedures under kinds of task and read the departments' scores."""
    brief = replies.engagement.brief
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    live = {str(row.get("scenario")) for row in brief.rows("automation") if row.get("live") is True}
    stated = [row for row in brief.rows("sop_list") if row.get("task_type")]
    groups = [
        (
            task.name,
            [row for row in stated if find_task(str(row["task_type"])) is task],
            bool(live & set(task.scenarios)),
        )
        for task in TASKS
    ]
    groups += [
        (name_verbatim(shorten(str(row["task_type"]), LONGEST)), [row], False)
        for row in stated
        if find_task(str(row["task_type"])) is None
    ]
    as_of, months = replies.engagement.horizon.as_of, limits["months"]
    scores = [
        (str(row.get("department") or ""), score)
        for row in brief.rows("dept_cooperation")
        if isinstance(score := row.get("1-5"), int)
    ]
    return Process(
        lines=tuple(_read(name, rows, automated, as_of, months) for name, rows, automated in groups),
        departments=tuple(sorted(scores, key=lambda pair: pair[1])),
    )


def _read(name: Text, rows: list[Mapping[str, object]], automated: bool, as_of: date, months: float) -> Line:  # noqa: FBT001 - a fact beside others
    there = [row for row in rows if row.get("has_sop") is True]
    days = [day for row in there if isinstance(day := row.get("last_update"), date)]
    changed = max(days, default=None)
    state = "lacking" if any(row.get("has_sop") is False for row in rows) else "silent"
    if there:
        is_fresh = changed is not None and (as_of - changed).days <= months * MONTH_DAYS
        state = "covered" if is_fresh else "overdue"
    return Line(name=name, state=state, changed=changed, automated=automated)


def judge(_measured: Process, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what a missing procedure costs, nobody has measured."""
    return ()


def tell(measured: Process) -> Text:
    """How many tasks are covered, what to write first, and who cooperates least."""
    lacking = [line.name for line in measured.lines if line.state == "lacking"]
    said = ANSWER.fill(
        n=word_number(len(measured.lines)),
        first=FIRST.fill(names=join_texts(lacking[:3])) if lacking else NOTHING,
        **{state: word_number(measured.count(state)) for state in STATES},
    )
    if not measured.departments:
        return said
    name, score = measured.departments[0]
    if len(measured.departments) > 1 and score == measured.departments[-1][1]:
        return said + EVEN.fill(n=word_number(len(measured.departments)), score=word_number(score))
    return said + DEPARTMENTS.fill(name=name_verbatim(shorten(name, LONGEST)), score=word_number(score))


def tabulate(measured: Process) -> tuple[Exhibit, ...]:
    """Tasks with their procedure and the next step; departments by their score."""
    rows = [
        {
            "task": line.name,
            "state": STATES[line.state],
            "changed": line.changed,
            "automated": YES if line.automated else NOTHING,
            "next": NEXT[line.state],
        }
        for line in sorted(measured.lines, key=lambda line: URGENCY.index(line.state))[:MOST_ROWS]
    ]
    fields = (
        Field(name="task", label=Text(zh="任务", en="Task")),
        Field(name="state", label=Text(zh="标准流程", en="Procedure")),
        Field(name="changed", label=Text(zh="最近更新", en="Last change"), unit="date"),
        Field(name="automated", label=Text(zh="已自动", en="Automated")),
        Field(name="next", label=Text(zh="下一步", en="Next step")),
    )
    title = Text(zh="标准流程覆盖表", en="Procedures by task")
    shown = Exhibit(name="tasks", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    return (shown, _show_departments(measured)) if measured.departments else (shown,)


def _show_departments(measured: Process) -> Exhibit:
    rows = [
        {"department": name_verbatim(shorten(name, LONGEST)), "score": score}
        for name, score in measured.departments[:MOST_ROWS]
    ]
    fields = (
        Field(name="department", label=Text(zh="部门", en="Department")),
        Field(name="score", label=Text(zh="配合度（1 至 5）", en="Cooperation (1 to 5)"), unit="count"),
    )
    title = Text(zh="业务部门的配合度（需求表自评）", en="Cooperation of departments, as the sheet rates it")
    return Exhibit(name="departments", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Process, language: Language) -> Figure:
    """How many tasks are in each state."""
    return draw_bars(
        [name.word(language) for name in STATES.values()],
        [float(measured.count(state)) for state in STATES],
        [word_number(measured.count(state)).word(language) for state in STATES],
        axis_label=Text(zh="任务类数", en="Kinds of task").word(language),
        marked=[list(STATES).index("lacking")],
    )


LIMITS = (
    Limit(
        name="months",
        value=12,
        reason=Text(
            zh="平台规则与企微功能一年内多有变化，一年没改的流程多半与实际不符；本工具的设定，可改",
            en="platforms' rules and WeCom change within a year; a procedure left alone longer seldom fits; a setting",
        ),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}
# Observed up to the end of February 2024: groups changed a month ago, live selling three years ago, referral has none;
# the other eight of eleven kinds are not stated.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(n=word_number(len(TASKS)), months=word_number(LIMITS[0].value)),
    answers=("000-26", "002-58"),
    finds=(),
    needs=(),
    asks=(Asked(key="sop_list", label=Text(zh="SOP清单", en="SOP list")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="11 类常做的任务里，1 类有最新的标准流程，1 类的流程已过期或没写日期，1 类没有，8 类未写明；先补老带新",
        brief=Brief(
            answers={
                "sop_list": (
                    {"task_type": "社群运营", "has_sop": True, "last_update": date(2024, 1, 31)},
                    {"task_type": "直播", "has_sop": True, "last_update": date(2021, 1, 31)},
                    {"task_type": "老带新", "has_sop": False},
                ),
                "dept_cooperation": ({"department": "电商部", "1-5": 2}, {"department": "零售部", "1-5": 4}),
            }
        ),
    ),
    place=38,
)
