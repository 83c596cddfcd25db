"""Whether each goal passes four tests: specific, quantified, operable, assessable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goals._goal_figures import MEASURED, Goal, read_goals, word_value
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_date, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="目标写得能执行、能考核吗？", en="Are the goals written so that they can be carried out and assessed?"
)
DEFINITION = Text(
    zh="每个目标做四项检查（“细化、量化、可操作、可考评”）：细化 = 写明指标字典里的一个指标；量化 = 有现值和目标值；"
    "可操作 = "
    "有负责岗位；可考评 = 有完成日期且晚于数据末日。依需求表判断；最后一列说明订单数据能否直接量出这个指标。",
    en="Four tests of each goal: specific = names a metric of the dictionary; quantified = has today's value and a "
    "target; operable = has a role that answers for it; assessable = has a deadline after the last day of data. Judged "
    "from the sheet; the last column says whether orders can measure it directly.",
)
NO_GOALS = Text(zh="需求表没有写目标", en="the requirement sheet states no goal")
ALL_PASS = Text(zh="{n} 个目标全部通过四项检查。", en="Goals stated: {n}; all pass the four tests.")
SOME_FAIL = Text(
    zh="{n} 个目标里 {failed} 个没有通过四项检查，缺得最多的是{lack}。",
    en="Goals stated: {n}; {failed} fail a test, most often for want of {lack}.",
)
MEASURES = Text(
    zh="其中 {measured} 个可用订单数据逐月追踪。", en="Orders can follow {measured} of them month by month."
)
TESTS: dict[str, Text] = {
    "specific": Text(zh="细化", en="Specific"),
    "quantified": Text(zh="量化", en="Quantified"),
    "operable": Text(zh="可操作", en="Operable"),
    "assessable": Text(zh="可考评", en="Assessable"),
}
LACKS: dict[str, Text] = {
    "specific": Text(zh="指标", en="a metric"),
    "quantified": Text(zh="现值或目标值", en="today's value or the target"),
    "operable": Text(zh="负责岗位", en="a role that answers for it"),
    "assessable": Text(zh="有效的完成日期", en="a deadline that lies ahead"),
}
TITLE = Text(zh="目标「{goal}」没法考核：缺{lacks}", en="The goal “{goal}” can't be assessed: it lacks {lacks}")
CAUSE = Text(
    zh="现值 {baseline}，目标 {target}，完成日期 {deadline}，负责人 {owner}（需求表）。四项检查通过 {passed} 项。",
    en="Today {baseline}, target {target}, due {deadline}, owner {owner} (sheet). It passes {passed} of four tests.",
)
ACTION = Text(
    zh="在启动会上补齐缺项：从指标字典选定指标，用本报告的实测值作现值，定一个岗位和日期，再拆到月。",
    en="Complete it at the kick-off: choose the metric from the dictionary, take this report's figure for today's "
    "value, "
    "name a role and a day, then split it by month.",
)
STOP = Text(
    zh="两周内定不下负责人和日期，就把这个目标从考核里去掉，只作观察。",
    en="If no owner and day are agreed in two weeks, take the goal out of the targets and only watch it.",
)
NO_MONEY = Text(
    zh="写不清的目标没有金额，它让进度没法核对", en="an unclear goal has no size; it keeps progress from being checked"
)
OPEN = name_verbatim("–")
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Tested:
    """One goal and the tests that it fails."""

    goal: Goal
    failed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TestedGoals:
    """All goals."""

    goals: tuple[Tested, ...]
    currency: str

    @property
    def failed(self) -> tuple[Tested, ...]:
        """Those that fail a test."""
        return tuple(one for one in self.goals if one.failed)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> TestedGoals | NotComputable:
    """Put every goal to the four tests."""
    goals = read_goals(replies.engagement.brief)
    if not goals:
        return NotComputable(reason=NO_GOALS)
    as_of = replies.engagement.horizon.as_of
    tested = tuple(Tested(goal=goal, failed=fail_tests(goal, as_of)) for goal in goals)
    return TestedGoals(goals=tested, currency=replies.engagement.currency)


def fail_tests(goal: Goal, as_of: date) -> tuple[str, ...]:
    """The tests that a goal fails, in their order."""
    passed = {
        "specific": goal.metric is not None,
        "quantified": goal.baseline is not None and goal.target is not None,
        "operable": goal.owner is not None,
        "assessable": goal.deadline is not None and goal.deadline > as_of,
    }
    return tuple(name for name, is_passed in passed.items() if not is_passed)


def judge(measured: TestedGoals, limits: Limits) -> tuple[Finding, ...]:
    """Raise every goal that fails a test."""
    return tuple(
        _find(one, place, measured)
        for place, one in enumerate(measured.goals, start=1)
        if len(TESTS) - len(one.failed) < limits["tests"]
    )


def _find(one: Tested, place: int, measured: TestedGoals) -> Finding:
    goal = one.goal
    return Finding(
        code="goal.not_measurable",
        scope={"goal": goal.metric or str(place)},
        title=TITLE.fill(goal=goal.name, lacks=join_texts(LACKS[name] for name in one.failed)),
        cause=CAUSE.fill(
            baseline=word_value(goal.metric, goal.baseline, measured.currency),
            target=word_value(goal.metric, goal.target, measured.currency),
            deadline=word_date(goal.deadline) if goal.deadline else OPEN,
            owner=name_verbatim(shorten(goal.owner)) if goal.owner else OPEN,
            passed=word_number(len(TESTS) - len(one.failed)),
        ),
        action=ACTION,
        owner_role="manager",
        validation=Validation(metric="goal_smart", direction="up", window_days=30),
        stop_rule=STOP,
        confidence=0.9,
        impact_reason=NO_MONEY,
        severity="low",
        evidence=(Evidence(table="goals", n=len(measured.goals), value=float(len(one.failed))),),
    )


def tell(measured: TestedGoals) -> Text:
    """How many goals pass."""
    followed = sum(one.goal.metric in MEASURED for one in measured.goals)
    n, failed = word_number(len(measured.goals)), measured.failed
    if not failed:
        return ALL_PASS.fill(n=n) + MEASURES.fill(measured=word_number(followed))
    counts = {name: sum(name in one.failed for one in failed) for name in TESTS}
    worst = max(counts, key=lambda name: counts[name])
    said = SOME_FAIL.fill(n=n, failed=word_number(len(failed)), lack=LACKS[worst])
    return said + MEASURES.fill(measured=word_number(followed))


YES, NO = Text(zh="✓", en="✓"), Text(zh="✗", en="✗")


def tabulate(measured: TestedGoals) -> tuple[Exhibit, ...]:
    """A goal a row, a test a column."""
    rows = [
        {
            "goal": one.goal.name,
            "baseline": word_value(one.goal.metric, one.goal.baseline, measured.currency),
            "target": word_value(one.goal.metric, one.goal.target, measured.currency),
            "deadline": word_date(one.goal.deadline) if one.goal.deadline else NOTHING,
            "owner": name_verbatim(shorten(one.goal.owner, LONGEST)) if one.goal.owner else NOTHING,
            **{name: NO if name in one.failed else YES for name in TESTS},
            "measured": YES if one.goal.metric in MEASURED else NO,
        }
        for one in measured.goals
    ]
    fields = (
        Field(name="goal", label=Text(zh="指标", en="Metric")),
        Field(name="baseline", label=Text(zh="现值", en="Today")),
        Field(name="target", label=Text(zh="目标值", en="Target")),
        Field(name="deadline", label=Text(zh="完成日期", en="Due")),
        Field(name="owner", label=Text(zh="负责岗位", en="Owner")),
        *(Field(name=name, label=label) for name, label in TESTS.items()),
        Field(name="measured", label=Text(zh="订单可量", en="Orders tell it")),
    )
    title = Text(zh="目标四项检查", en="Four tests of the goals")
    return (Exhibit(name="goals", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw(measured: TestedGoals, language: Language) -> Figure:
    """How many goals pass each test."""
    whole = len(measured.goals)
    passed = [sum(name not in one.failed for one in measured.goals) for name in TESTS]
    figure = draw_bars(
        [label.word(language) for label in TESTS.values()],
        [float(count) for count in passed],
        [f"{count} / {whole}" for count in passed],
        axis_label=Text(zh="通过的目标数", en="Goals that pass").word(language),
        marked=[place for place, count in enumerate(passed) if count < whole],
    )
    figure.axes[0].set_xticks(range(whole + 1))
    return figure


# The first goal passes all four; the second has no owner, and its day lies before the last day of data.
GOALS_FIELD = Asked(key="goals", label=Text(zh="量化目标", en="Quantified goals"))
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-30", "002-41"),
    finds=("goal.not_measurable",),
    needs=(),
    asks=(GOALS_FIELD,),
    limits=(
        Limit(
            name="tests",
            value=len(TESTS),
            reason=Text(zh="四项全部通过才能考核", en="only a goal that passes all four can be assessed"),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="1 个没有通过",
        finds=(("goal.not_measurable", {"goal": "aov_order"}),),
        brief=Brief(
            answers={
                "goals": (
                    {
                        "metric": "gmv",
                        "baseline": 6000.0,
                        "target": 9000.0,
                        "deadline": date(2025, 2, 28),
                        "owner_role": "运营",
                    },
                    {
                        "metric": "aov_order",
                        "baseline": 250.0,
                        "target": 260.0,
                        "deadline": date(2024, 1, 31),
                    },
                )
            }
        ),
    ),
    place=10,
)
