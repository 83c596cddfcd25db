"""Whether the goals that orders can measure are reached at the pace of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goals._goal_figures import MEASURED, Goal, read_goals, word_value
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.goal_values import CUSTOMER_SUMS, LINE_SUMS, total_goal_customers, total_goal_lines
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.period import MONTHS_A_YEAR, add_months
from diagnostics.model.section import Asked, Exhibit, Field, Need, NotComputable
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
from diagnostics.statistics.goal_pace import Numbers, Pace, needed_pace, project_amount, project_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="按今天的节奏，目标能到吗？", en="Are the goals reached at the pace of today?")
DEFINITION = Text(
    zh="今天的节奏 = 本期相对上一可比期的变化（金额按倍数、比率按差值）照样延续到完成日期；"
    "没有相隔一年的可比期时按现在的水平。"
    "95% 区间来自按客户分组的刀切法，只含抽样误差，不含季节与市场变化。到期值指截至完成日期的一年。"
    "整个区间都到不了目标、且差距超过限值才算缺口。依据的基数是实测的本期值，不是需求表填写的现值，两者并列。",
    en="The pace of today = the change of the current on the comparison period, kept up to the deadline (amounts by "
    "factor, ratios by difference); without a comparison period a year earlier, the "
    "level of today. The 95% interval is a jackknife "
    "over groups of customers: sampling only, no season or market to come. The value at the deadline is that of the "
    "year up to it. A gap is raised only if the whole interval misses the target and by more than the limit. The base "
    "is the current period as measured, not the value stated in the sheet; both are shown.",
)
NONE_MEASURED = Text(
    zh="没有一个目标的指标、目标值和日期齐全且能用订单量出",
    en="no goal with a target and a day can be measured by orders",
)
UNLOCK = Text(
    zh="需求表里补齐目标值与完成日期；会员、私域占比等目标需要订单带相应标记",
    en="target and deadline in the requirement sheet; goals on members or the private share need orders so marked",
)
ON_TRACK = Text(
    zh="可用订单衡量的 {n} 个目标，按今天的节奏都能到或差距在误差之内：{list}。",
    en="Goals that orders can measure: {n}. At today's pace all are met or missed within noise: {list}.",
)
BEHIND = Text(
    zh="可用订单衡量的 {n} 个目标里，{missed} 个按今天的节奏到不了：{list}。",
    en="Goals that orders can measure: {n}; missed at today's pace: {missed} ({list}).",
)
ONE = Text(
    zh="{goal}到期预计 {then}（{low} 至 {high}），目标 {target}", en="{goal} {then} ({low} to {high}) against {target}"
)
TITLE = Text(
    zh="按今天的节奏，{goal}到 {deadline} 为 {then}，到不了目标 {target}",
    en="At today's pace {goal} is {then} on {deadline}, short of the target {target}",
)
CAUSE = Text(
    zh="实测基数 {now}（{period}），上一可比期 {before}；预计区间 {low} 至 {high}，差距为目标的 {gap}。需求表的现值写 "
    "{baseline}{needed}。",
    en="The base as measured is {now} ({period}), before it {before}; the interval is {low} to {high}, the gap {gap} "
    "of "
    "the target. The sheet states {baseline} for today{needed}.",
)
NEEDED = Text(zh="；要到目标，每年需变化 {pace}", en="; the target needs {pace} a year")
ACTION = Text(
    zh="先看本报告里金额最大的两项问题能补回多少，再决定：补足差距的动作排进前 30 天，补不上的部分当场改目标或改日期。",
    en="See first how much the two largest findings of this report could win back, then decide: what closes the gap "
    "goes "
    "into the first 30 days, for the rest change the target or the day now.",
)
STOP = Text(
    zh="每月底重算一次；连续两个月预计区间包含目标，即视为回到轨道。",
    en="Measure again at every month's end; back on track once the interval holds the target two months in a row.",
)
NO_MONEY = Text(
    zh="差距是相对客户自己的目标而言，其成因已在其他问题里各自定价，不重复计",
    en="the gap is measured against the client's own target; what causes it is priced in the other findings",
)
NO_BEFORE = Text(zh="无可比期", en="none")
DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One goal that orders can measure, and its pace."""

    goal: Goal
    metric: str
    target: float
    deadline: date
    pace: Pace

    @property
    def gap(self) -> float:
        """How far the target is missed, as a share of it; below 0 if it is passed."""
        short = self.target - self.pace.then
        return (-short if self.goal.falls else short) / abs(self.target) if self.target else 0.0

    @property
    def least_gap(self) -> float:
        """The gap at the end of the interval that lies next to the target."""
        near = self.pace.low if self.goal.falls else self.pace.high
        return (
            (near - self.target if self.goal.falls else self.target - near) / abs(self.target) if self.target else 0.0
        )


@dataclass(frozen=True, kw_only=True)
class Pacing:
    """All goals that orders can measure."""

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
    """Carry each figure forward to its deadline."""
    engagement = replies.engagement
    sums = _arrange(replies["lines"], LINE_SUMS) | _arrange(replies["customers"], CUSTOMER_SUMS)
    tracked = []
    for goal in read_goals(engagement.brief):
        if goal.metric in MEASURED and goal.target is not None and goal.deadline is not None:
            pace = _project(goal.metric, goal.deadline, sums, replies)
            if pace is not None:
                tracked.append(
                    Tracked(goal=goal, metric=goal.metric, target=goal.target, deadline=goal.deadline, pace=pace)
                )
    if not tracked:
        return NotComputable(reason=NONE_MEASURED, unlocked_by=UNLOCK)
    return Pacing(tracked=tuple(tracked), period=engagement.horizon.current, currency=engagement.currency)


def _project(metric: str, deadline: date, sums: Mapping[str, Numbers], replies: Replies) -> Pace | None:
    horizon, figure = replies.engagement.horizon, MEASURED[metric]
    years = max((deadline - horizon.current.end).days / DAYS_A_YEAR, 0.0)
    # A change over less than a year is season as much as pace.
    before = horizon.previous
    has_before = before is not None and before.start == add_months(horizon.current.start, -MONTHS_A_YEAR)
    n = int(sums["orders"][:, 1].sum())
    if not figure.lower:
        return project_amount(sums[figure.upper], years, has_before=has_before, yearly=horizon.yearly, n=n)
    lower = sums[figure.lower]
    upper = lower - sums[figure.upper] if figure.inverted else sums[figure.upper]
    return project_ratio(upper, lower, years, has_before=has_before, is_share=figure.unit == "share", n=n)


def _arrange(frame: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, Numbers]:
    """Each column as (buckets, period: previous, current)."""
    buckets, bucket = np.unique(frame.bucket, return_inverse=True)
    side = frame.is_current.astype(int).to_numpy()
    found = {}
    for column in columns:
        sums = np.zeros((max(len(buckets), 2), 2))
        np.add.at(sums, (bucket, side), frame[column].fillna(0).to_numpy(dtype=float))
        found[column] = sums
    return found


def judge(measured: Pacing, limits: Limits) -> tuple[Finding, ...]:
    """Raise every goal that the whole interval misses by more than the limit."""
    return tuple(
        _find(one, measured, limits)
        for one in measured.tracked
        if one.least_gap > limits["least_gap"] and one.pace.n >= limits["least_orders"]
    )


def _find(one: Tracked, measured: Pacing, limits: Limits) -> Finding:
    def word(value: float | None) -> Text:
        return word_value(one.metric, value, measured.currency)

    pace = needed_pace(one.pace.now, one.target, one.pace.years)
    return Finding(
        code="goal.gap",
        scope={"goal": one.metric},
        title=TITLE.fill(
            goal=one.goal.name, deadline=word_date(one.deadline), then=word(one.pace.then), target=word(one.target)
        ),
        cause=CAUSE.fill(
            now=word(one.pace.now),
            period=word_period(measured.period.start, measured.period.end),
            before=word(one.pace.before) if one.pace.before is not None else NO_BEFORE,
            low=word(one.pace.low),
            high=word(one.pace.high),
            gap=word_percent(one.gap),
            baseline=word(one.goal.baseline),
            needed=NEEDED.fill(pace=word_change(pace)) if pace is not None else NOTHING,
        ),
        action=ACTION,
        owner_role="manager",
        validation=Validation(metric=one.metric, direction="down" if one.goal.falls else "up", window_days=90),
        stop_rule=STOP,
        confidence=rate_gap(one.gap, one.least_gap),
        impact_reason=NO_MONEY,
        severity="medium" if one.gap >= limits["large_gap"] else "low",
        evidence=(Evidence(table="goals", n=one.pace.n, value=one.gap),),
    )


def tell(measured: Pacing) -> Text:
    """Which goals are missed, with where each will stand."""
    missed = [one for one in measured.tracked if one.least_gap > 0]
    listed = [
        ONE.fill(
            goal=one.goal.name,
            then=word_value(one.metric, one.pace.then, measured.currency),
            low=word_value(one.metric, one.pace.low, measured.currency),
            high=word_value(one.metric, one.pace.high, measured.currency),
            target=word_value(one.metric, one.target, measured.currency),
        )
        for one in (missed or measured.tracked)
    ]
    return (BEHIND if missed else ON_TRACK).fill(
        n=word_number(len(measured.tracked)), missed=word_number(len(missed)), list=join_texts(listed)
    )


def tabulate(measured: Pacing) -> tuple[Exhibit, ...]:
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
        Field(name="low", label=Text(zh="区间下限", en="Interval, low")),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high")),
        Field(name="target", label=Text(zh="目标值", en="Target")),
        Field(name="deadline", label=Text(zh="完成日期", en="Due")),
        Field(name="needed", label=Text(zh="达标所需年变化", en="Needed a year")),
    )
    title = Text(zh="目标与今天的节奏", en="Goals and the pace of today")
    return (Exhibit(name="goals", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw(measured: Pacing, language: Language) -> Figure:
    """Where each goal will stand, as a share of its target."""
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


# 400 customers spend 100 in June 2023 and 90 in June 2024: 40,000 and 36,000 a year, 10% less. A year on it is 36,000 x
# 0.9 = 32,400, where 40,000 is the goal.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "c000 2023-01-01 0",
        *(f"c{i:03d} {day} {paid}" for day, paid in (("2023-06-02", 100), ("2024-06-02", 90)) for i in range(400)),
        "c000 2024-12-31 0",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-12", "000-31"),
    finds=("goal.gap",),
    needs=(Need(table="order_lines", columns=("paid_amount",)),),
    asks=(Asked(key="goals", label=Text(zh="量化目标", en="Quantified goals")),),
    limits=(
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
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="3.2万元",
        finds=(("goal.gap", {"goal": "gmv"}),),
        brief=Brief(
            answers={
                "goals": ({"metric": "gmv", "baseline": 36000.0, "target": 40000.0, "deadline": date(2026, 1, 1)},)
            }
        ),
    ),
    place=20,
)
