"""Whether each goal passes four tests: specific, quantified, operable, assessable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.goals._goal_figures import MEASURED, Goal, word_value
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_date, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from matplotlib.figure import Figure

    from diagnostics.model.wording import Language

ALL_PASS = Text(
    zh="{n} 个目标全部通过四项检查，其中 {measured} 个可用订单数据逐月追踪。",
    en="Goals stated: {n}; all pass the four tests, and orders can follow {measured} of them month by month.",
)
SOME_FAIL = Text(
    zh="{n} 个目标里 {failed} 个没有通过四项检查，缺得最多的是{lack}；{measured} 个可用订单数据逐月追踪。",
    en="Goals stated: {n}; {failed} fail a test, most often for want of {lack}; orders can follow {measured} of them "
    "month by month.",
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


def fail_tests(goal: Goal, as_of: date) -> tuple[str, ...]:
    """The tests that a goal fails, in their order."""
    passed = {
        "specific": goal.metric is not None,
        "quantified": goal.baseline is not None and goal.target is not None,
        "operable": goal.owner is not None,
        "assessable": goal.deadline is not None and goal.deadline > as_of,
    }
    return tuple(name for name, is_passed in passed.items() if not is_passed)


def find_unclear(goals: Sequence[Tested], least: float, currency: str) -> tuple[Finding, ...]:
    """Raise every goal that passes fewer than `least` tests."""
    return tuple(
        _find(one, place, len(goals), currency)
        for place, one in enumerate(goals, start=1)
        if len(TESTS) - len(one.failed) < least
    )


def _find(one: Tested, place: int, n: int, currency: str) -> Finding:
    goal = one.goal
    return Finding(
        code="goal.not_measurable",
        scope={"goal": goal.metric or str(place)},
        title=TITLE.fill(goal=goal.name, lacks=join_texts(LACKS[name] for name in one.failed)),
        cause=CAUSE.fill(
            baseline=word_value(goal.metric, goal.baseline, currency),
            target=word_value(goal.metric, goal.target, currency),
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
        evidence=(Evidence(table="tests", n=n, value=float(len(one.failed))),),
    )


def tell_tests(goals: Sequence[Tested]) -> Text:
    """How many goals pass, and how many orders can follow."""
    failed = [one for one in goals if one.failed]
    counts = {name: sum(name in one.failed for one in failed) for name in TESTS}
    return (SOME_FAIL if failed else ALL_PASS).fill(
        n=word_number(len(goals)),
        failed=word_number(len(failed)),
        lack=LACKS[max(counts, key=lambda name: counts[name])],
        measured=word_number(sum(one.goal.metric in MEASURED for one in goals)),
    )


YES, NO = Text(zh="✓", en="✓"), Text(zh="✗", en="✗")


def show_tests(goals: Sequence[Tested], currency: str) -> Exhibit:
    """A goal a row, a test a column."""
    rows = [
        {
            "goal": one.goal.name,
            "baseline": word_value(one.goal.metric, one.goal.baseline, currency),
            "target": word_value(one.goal.metric, one.goal.target, currency),
            "deadline": word_date(one.goal.deadline) if one.goal.deadline else NOTHING,
            "owner": name_verbatim(shorten(one.goal.owner, LONGEST)) if one.goal.owner else NOTHING,
            **{name: NO if name in one.failed else YES for name in TESTS},
            "measured": YES if one.goal.metric in MEASURED else NO,
        }
        for one in goals
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
    return Exhibit(name="tests", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw_tests(goals: Sequence[Tested], language: Language) -> Figure:
    """How many goals pass each test."""
    whole = len(goals)
    passed = [sum(name not in one.failed for one in goals) for name in TESTS]
    figure = draw_bars(
        [label.word(language) for label in TESTS.values()],
        [float(count) for count in passed],
        [f"{count} / {whole}" for count in passed],
        axis_label=Text(zh="通过的目标数", en="Goals that pass").word(language),
        marked=[place for place, count in enumerate(passed) if count < whole],
    )
    figure.axes[0].set_xticks(range(whole + 1))
    return figure
