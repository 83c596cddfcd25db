"""Which recurring tasks have a procedure that is up to date or run by themselves, and how departments cooperate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.organisation import _procedure_words as words
from diagnostics.checks.organisation._process_tasks import TASKS, find_task
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from diagnostics.model.brief import Brief
    from diagnostics.model.wording import Language

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


def read_process(brief: Brief, as_of: date, months: float) -> Process | None:
    """Put procedures under kinds of task and read the departments' scores; `None` where the sheet lists none."""
    if not brief.rows("sop_list"):
        return None
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


def tell_process(measured: Process) -> Text:
    """How many tasks are covered, what to write first, and who cooperates least."""
    lacking = [line.name for line in measured.lines if line.state == "lacking"]
    return words.ANSWER.fill(
        n=word_number(len(measured.lines)),
        first=words.FIRST.fill(names=join_texts(lacking[:3])) if lacking else NOTHING,
        departments=_tell_departments(measured.departments),
        **{state: word_number(measured.count(state)) for state in words.STATES},
    )


def _tell_departments(departments: tuple[tuple[str, int], ...]) -> Text:
    if not departments:
        return NOTHING
    name, score = departments[0]
    if len(departments) > 1 and score == departments[-1][1]:
        return words.EVEN.fill(n=word_number(len(departments)), score=word_number(score))
    return words.LEAST.fill(name=name_verbatim(shorten(name, LONGEST)), score=word_number(score))


def tabulate_process(measured: Process) -> tuple[Exhibit, ...]:
    """Tasks with their procedure and the next step; departments by their score."""
    rows = [
        {
            "task": line.name,
            "state": words.STATES[line.state],
            "changed": line.changed,
            "automated": words.YES if line.automated else NOTHING,
            "next": words.NEXT[line.state],
        }
        for line in sorted(measured.lines, key=lambda line: words.URGENCY.index(line.state))[:MOST_ROWS]
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


def draw_process(measured: Process, language: Language) -> Figure:
    """How many tasks are in each state."""
    return draw_bars(
        [name.word(language) for name in words.STATES.values()],
        [float(measured.count(state)) for state in words.STATES],
        [word_number(measured.count(state)).word(language) for state in words.STATES],
        axis_label=Text(zh="任务类数", en="Kinds of task").word(language),
        marked=[list(words.STATES).index("lacking")],
    )
