"""Whether goals can be carried out and assessed, and whether those that orders measure are reached at today's pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goals import _pace_words as words
from diagnostics.checks.goals._goal_figures import read_goals, word_value
from diagnostics.checks.goals._goal_paces import Tracked, track_goals
from diagnostics.checks.goals._goal_tests import (
    TESTS,
    Tested,
    draw_tests,
    fail_tests,
    find_unclear,
    show_tests,
    tell_tests,
)
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.goal_values import total_goal_customers, total_goal_lines
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Asked, Exhibit, Field, Need, NotComputable, interval_fields
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_change,
    word_date,
    word_number,
    word_percent,
    word_period,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.goal_pace import needed_pace

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Pacing:
    """All goals with the tests that they fail, and the pace of those that orders can measure."""

    tested: tuple[Tested, ...]
    tracked: tuple[Tracked, ...]
    period: Period
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sums behind the figures, by bucket and period."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    if horizon.previous is None:
        marked = within(lines, horizon.current).mutate(is_current=True)
    else:
        marked = mark_compared(lines, horizon.previous, horizon.current)
    return {"lines": total_goal_lines(marked), "customers": total_goal_customers(marked)}


def measure(replies: Replies) -> Pacing | NotComputable:
    """Put every goal to the tests, and carry what orders can measure forward to its deadline."""
    engagement = replies.engagement
    goals = read_goals(engagement.brief)
    if not goals:
        return NotComputable(reason=words.NO_GOALS)
    tracked = track_goals(goals, replies["lines"], replies["customers"], engagement.horizon)
    return Pacing(
        tested=tuple(Tested(goal=goal, failed=fail_tests(goal, engagement.horizon.as_of)) for goal in goals),
        tracked=tracked,
        period=engagement.horizon.current,
        currency=engagement.currency,
    )


def judge(measured: Pacing, limits: Limits) -> tuple[Finding, ...]:
    """Raise every goal that fails a test, and every one that the whole interval misses by more than the limit."""
    missed = tuple(
        _find(one, measured, limits)
        for one in measured.tracked
        if one.least_gap > limits["least_gap"] and one.pace.n >= limits["least_orders"]
    )
    return (*find_unclear(measured.tested, limits["tests"], measured.currency), *missed)


def _find(one: Tracked, measured: Pacing, limits: Limits) -> Finding:
    def word(value: float | None) -> Text:
        return word_value(one.metric, value, measured.currency)

    pace = needed_pace(one.pace.now, one.target, one.pace.years)
    return Finding(
        code="goal.gap",
        scope={"goal": one.metric},
        title=words.TITLE.fill(
            goal=one.goal.name, deadline=word_date(one.deadline), then=word(one.pace.then), target=word(one.target)
        ),
        cause=words.CAUSE.fill(
            now=word(one.pace.now),
            period=word_period(measured.period.start, measured.period.end),
            before=word(one.pace.before) if one.pace.before is not None else words.NO_BEFORE,
            low=word(one.pace.low),
            high=word(one.pace.high),
            gap=word_percent(one.gap),
            baseline=word(one.goal.baseline),
            needed=words.NEEDED.fill(pace=word_change(pace)) if pace is not None else NOTHING,
        ),
        action=words.ACTION,
        owner_role="manager",
        validation=Validation(metric=one.metric, direction="down" if one.goal.falls else "up", window_days=90),
        stop_rule=words.STOP,
        confidence=rate_gap(one.gap, one.least_gap),
        impact_reason=words.NO_MONEY,
        severity="medium" if one.gap >= limits["large_gap"] else "low",
        evidence=(Evidence(table="goals", n=one.pace.n, value=one.gap),),
    )


def tell(measured: Pacing) -> Text:
    """How many goals pass the tests; which are missed, with where each will stand."""
    said = tell_tests(measured.tested)
    if not measured.tracked:
        return said
    missed = [one for one in measured.tracked if one.least_gap > 0]
    listed = [
        words.ONE.fill(
            goal=one.goal.name,
            then=word_value(one.metric, one.pace.then, measured.currency),
            low=word_value(one.metric, one.pace.low, measured.currency),
            high=word_value(one.metric, one.pace.high, measured.currency),
            target=word_value(one.metric, one.target, measured.currency),
        )
        for one in (missed or measured.tracked)
    ]
    return said + (words.BEHIND if missed else words.ON_TRACK).fill(
        n=word_number(len(measured.tracked)), missed=word_number(len(missed)), list=join_texts(listed)
    )


def lacks(measured: Pacing) -> Mapping[str, Text]:
    """The pace, where orders can measure no goal."""
    return {} if measured.tracked else dict.fromkeys(BY_PACE, words.NONE_MEASURED)


def tabulate(measured: Pacing) -> tuple[Exhibit, ...]:
    """The tests of each goal; the pace of those that orders can measure."""
    tests = show_tests(measured.tested, measured.currency)
    return (_show_pace(measured), tests) if measured.tracked else (tests,)


def _show_pace(measured: Pacing) -> Exhibit:
    """A goal a row: base, pace, where it will stand, what it would take."""

    def word(one: Tracked, value: float | None) -> Text:
        return word_value(one.metric, value, measured.currency) if value is not None else NOTHING

    rows = [
        {
            "goal": one.goal.name,
            "baseline": word(one, one.goal.baseline),
            "before": word(one, one.pace.before),
            "now": word(one, one.pace.now),
            "then": word(one, one.pace.then),
            "low": word(one, one.pace.low),
            "high": word(one, one.pace.high),
            "target": word(one, one.target),
            "deadline": word_date(one.deadline),
            "needed": word_change(needed_pace(one.pace.now, one.target, one.pace.years)),
        }
        for one in measured.tracked
    ]
    fields = (
        Field(name="goal", label=Text(zh="指标", en="Metric")),
        Field(name="baseline", label=Text(zh="填写的现值", en="Stated today")),
        Field(name="before", label=Text(zh="上一可比期", en="Before")),
        Field(name="now", label=Text(zh="实测本期", en="Measured now")),
        Field(name="then", label=Text(zh="到期预计", en="At the deadline")),
        *interval_fields("text"),
        Field(name="target", label=Text(zh="目标值", en="Target")),
        Field(name="deadline", label=Text(zh="完成日期", en="Due")),
        Field(name="needed", label=Text(zh="达标所需年变化", en="Needed a year")),
    )
    title = Text(zh="目标与今天的节奏", en="Goals and the pace of today")
    return Exhibit(name="goals", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Pacing, language: Language) -> Figure:
    """Where each goal will stand, as a share of its target; without any, how many pass each test."""
    if not measured.tracked:
        return draw_tests(measured.tested, language)
    shown = [one for one in measured.tracked if one.target]
    figure = draw_bars(
        [one.goal.name.word(language) for one in shown],
        [one.pace.then / one.target for one in shown],
        [word_value(one.metric, one.pace.then, measured.currency).word(language) for one in shown],
        low=[one.pace.low / one.target for one in shown],
        high=[one.pace.high / one.target for one in shown],
        axis_label=Text(zh="到期预计 ÷ 目标值", en="Expected at the deadline, over the target").word(language),
        marked=[place for place, one in enumerate(shown) if one.least_gap > 0],
        reference=1.0,
        reference_label=Text(zh="目标", en="target").word(language),
    )
    figure.axes[0].margins(x=0.3)
    return figure


BY_PACE, BY_SHEET = ("003-12", "000-31"), ("000-30", "002-41")

# 400 customers spend 100 in June 2023 and 90 in June 2024: 40,000 and 36,000 a year, 10% less. A year on it is 36,000 x
# 0.9 = 32,400, where 40,000 is the goal. That goal passes the four tests; the other has no owner, and its day lies
# before the last day of data.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "c000 2023-01-01 0",
        *(f"c{i:03d} {day} {paid}" for day, paid in (("2023-06-02", 100), ("2024-06-02", 90)) for i in range(400)),
        "c000 2024-12-31 0",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_PACE, *BY_SHEET),
    finds=("goal.gap", "goal.not_measurable"),
    needs=(Need(table="order_lines", columns=("paid_amount",)),),
    asks=(Asked(key="goals", label=Text(zh="量化目标", en="Quantified goals")),),
    limits=(
        Limit(
            name="tests",
            value=len(TESTS),
            reason=Text(zh="四项全部通过才能考核", en="only a goal that passes all four can be assessed"),
        ),
        Limit(
            name="least_gap",
            value=0.02,
            reason=Text(
                zh="整个区间都差目标 2% 以上才提出；更小的差距一个活动就能补上",
                en="raised only if the whole interval misses by over 2%; one promotion makes up for less",
            ),
        ),
        Limit(
            name="large_gap",
            value=0.1,
            reason=Text(
                zh="差一成以上需要改计划而不是加把劲", en="a tenth short asks for another plan, not more effort"
            ),
        ),
        Limit(
            name="least_orders",
            value=100,
            reason=Text(zh="少于 100 单不推算", en="fewer than 100 orders are not carried forward"),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="2 个目标里 1 个没有通过四项检查，缺得最多的是负责岗位；1 个可用订单数据逐月追踪。能推算的 1 个里，"
        "1 个按今天的节奏到不了：成交金额到期预计 3.2万元",
        finds=(("goal.gap", {"goal": "gmv"}), ("goal.not_measurable", {"goal": "add_rate"})),
        brief=Brief(
            answers={
                "goals": (
                    {
                        "metric": "gmv",
                        "baseline": 36000.0,
                        "target": 40000.0,
                        "deadline": date(2026, 1, 1),
                        "owner_role": "运营",
                    },
                    {"metric": "add_rate", "baseline": 0.1, "target": 0.2, "deadline": date(2024, 6, 30)},
                )
            }
        ),
    ),
    judges=BY_SHEET,
    place=10,
)
