"""Whether work done by hand flows or gets stuck, whether routine jobs are written down, and who cooperates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.organisation import _effort_words as say
from diagnostics.checks.organisation._procedure_words import NO_LIST
from diagnostics.checks.organisation._procedures import (
    Process,
    draw_process,
    read_process,
    tabulate_process,
    tell_process,
)
from diagnostics.checks.organisation._process_tasks import TASKS
from diagnostics.checks.organisation._work import (
    HOURS_A_MONTH,
    Work,
    ask_work,
    doubt_work,
    draw_work,
    measure_work,
    tell_work,
)
from diagnostics.checks.organisation._work_tables import tabulate_work
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_WORK, BY_SHEET = ("000-27", "004-19", "004-32"), ("000-26", "002-58")


@dataclass(frozen=True, kw_only=True)
class Effort:
    """The work done by hand, and the procedures and departments of the sheet; one may be `None`, where not told."""

    work: Work | None
    process: Process | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the work and what it brought."""
    return ask_work(tables)


def measure(replies: Replies) -> Effort | NotComputable:
    """Work out the measures of both periods, and read the sheet."""
    engagement = replies.engagement
    limits = find_limits("organisation.effort", LIMITS, engagement)
    work = measure_work(replies, limits["step"])
    process = read_process(engagement.brief, engagement.horizon.as_of, limits["months"])
    if work is None and process is None:
        return NotComputable(reason=say.NEITHER, unlocked_by=say.UNLOCK)
    return Effort(work=work, process=process)


def judge(_measured: Effort, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: two periods tell how the work turned, not what it cost; nor did anybody measure a missing procedure."""
    return ()


def tell(measured: Effort) -> Text:
    """What the work brings, how it turned, and what a minute less is worth; what is written down, who cooperates."""
    said = NOTHING if measured.work is None else tell_work(measured.work)
    return said if measured.process is None else said + tell_process(measured.process)


def caveats(measured: Effort) -> tuple[Text, ...]:
    """What would be needed to show a saving, and which seasons are compared."""
    return () if measured.work is None else doubt_work(measured.work)


def lacks(measured: Effort) -> Mapping[str, Text]:
    """What rests on statistics of staff, or on the sheet, where these tell nothing."""
    by_work = dict.fromkeys(BY_WORK, say.NO_WORK) if measured.work is None else {}
    return by_work | (dict.fromkeys(BY_SHEET, NO_LIST) if measured.process is None else {})


def tabulate(measured: Effort) -> tuple[Exhibit, ...]:
    """Effort, continuity and effect of both periods, the worth of a minute; tasks with their procedure, departments."""
    work = () if measured.work is None else tabulate_work(measured.work)
    return (*work, *(() if measured.process is None else tabulate_process(measured.process)))


def draw(measured: Effort, language: Language) -> Figure:
    """How the measures of work changed; where these are not told, how many tasks are in each state."""
    if measured.work is not None:
        return draw_work(measured.work, language)
    return draw_process(measured.process, language)  # type: ignore[arg-type] # one of both is told


LIMITS = (
    Limit(name="step", value=0.05, reason=say.STEP_REASON),
    Limit(
        name="months",
        value=12,
        reason=Text(
            zh="平台规则与企微功能一年内多有变化，一年没改的流程多半与实际不符；本工具的设定，可改",
            en="platforms' rules and WeCom change within a year; a procedure left alone longer seldom fits; a setting",
        ),
    ),
)
STEP, MONTHS = LIMITS

# January: one account, both days active, 100 messages, 5 added: 50 each for a thousand. February: two of four days
# active, 300 messages (150 a day), 6 added: 20 for a thousand. More effort, half the days, less effect. 18 chats on
# four days are 1,642.5 a year: 27 hours at a minute each, at 17,400 for two heads over 174 hours.
# Observed up to the end of February 2024: groups changed a month ago, live selling three years ago, referral has none;
# the other eight of eleven kinds are not stated.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(
        step=word_percent(STEP.value, 0),
        hours=word_number(HOURS_A_MONTH),
        n=word_number(len(TASKS)),
        months=word_number(MONTHS.value),
    ),
    answers=(*BY_WORK, *BY_SHEET),
    finds=(),
    needs=(Need(table="order_lines"),),
    uses=("staff_days",),
    judges=BY_SHEET,
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-01 250\nb 2024-02-28 250",
            "staff_days": (
                "day staff chats messages added\n2024-01-05 s1 10 40 2\n2024-01-06 s1 10 60 3\n2024-02-05 s1 9 140 "
                "4\n2024-02-06 s1 0 0 0\n2024-02-07 s1 9 160 2\n2024-02-08 s1 0 0 0"
            ),
        },
        says="这就是人工怪圈，先减动作再加人。接待动作最多的是单聊接待：每次省 1 分钟，一年省 27 小时（约1,369元）。"
        "11 类常做的任务里，1 类有最新的标准流程，1 类的流程已过期或没写日期，1 类没有，8 类未写明；先补老带新；部门配"
        "合度最低的是电商部",
        brief=Brief(
            answers={
                "headcount": ({"role": "account", "fte": 2.0, "monthly_cost": 17400.0},),
                "sop_list": (
                    {"task_type": "社群运营", "has_sop": True, "last_update": date(2024, 1, 31)},
                    {"task_type": "直播", "has_sop": True, "last_update": date(2021, 1, 31)},
                    {"task_type": "老带新", "has_sop": False},
                ),
                "dept_cooperation": ({"department": "电商部", "1-5": 2}, {"department": "零售部", "1-5": 4}),
            }
        ),
    ),
    place=40,
)
