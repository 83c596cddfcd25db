"""Whether the two compared periods hold the same promotion days, and what the calendar alone did to GMV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.phases import ask_phases
from diagnostics.model.names import name_channel
from diagnostics.model.period import MONTHS_A_YEAR
from diagnostics.model.promotions import count_phase_days
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_money, word_number
from diagnostics.statistics.calendar_effect import CalendarEffect, measure_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.promotions import PhaseDays
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="两个可比期的促销日与节假日对得上吗？", en="Do the compared periods hold the same promotion days and holidays?"
)
DEFINITION = Text(
    zh="每一天属于一个促销阶段（年货节、春节、38 节、五一、618、99 大促、国庆、双 11、双 12）或平日。"
    "日历效应 = 各阶段天数之差 × 两期日均 GMV 的平均（只在一期出现的阶段用该期日均）；"
    "同日比较 = 平均天数 × 日均 GMV 之差。两者之和等于 GMV 变化，无余项。区间：按客户分组的刀切法，95%。"
    "促销日取自内置日历，平台与客户的实际日期可能不同。",
    en="Every day belongs to one promotion phase (run-up to Spring Festival, Spring Festival, 8 March, May Day, 618, "
    "9.9, National Day, double 11, double 12) or is ordinary. Calendar effect = difference of days of each phase × "
    "the mean of the two daily GMVs (the one there is for a phase that lies in one period only); like days = mean "
    "number of days × the difference of daily GMV. Both sum to the change of GMV, nothing is left over. Intervals: "
    "jackknife over groups of customers, 95%. The days come from a built-in calendar; those of a platform or client "
    "may differ.",
)
NO_CALENDAR = Text(
    zh="内置促销日历只含人民币市场 2015 至 2030 年的促销与节假日",
    en="the built-in promotion calendar holds promotions and holidays of the CNY market from 2015 to 2030 only",
)
NO_SALES = Text(zh="两个可比期里都没有销售额", en="neither of the two comparable periods holds any sales")
EVEN = Text(zh="两期各促销阶段天数相同。", en="Both periods hold the same number of days of every promotion.")
UNEVEN = Text(zh="两期的促销日不同：{phases}。", en="The periods hold other promotion days: {phases}.")
PHASE = Text(zh="{name}上期 {before} 天、本期 {after} 天", en="{name} {before} days before, {after} now")
LENGTH = Text(zh="总天数 {before} 与 {after}", en="{before} and {after} days in all")
EFFECT = Text(
    zh="GMV 变化 {change} 中，日历占 {calendar}（区间 {low} 至 {high}），同日比较为 {rest}。",
    en="Of a change of GMV by {change} the calendar made {calendar} ({low} to {high}), like days {rest}.",
)
OTHER_SEASON = Text(
    zh="两期是先后相邻的月份：同为平日，季节不同，「同日比较」含季节变化。",
    en="The periods follow each other: ordinary days of one are of another season than those of the other, so like "
    "days hold the season too.",
)
BUILT_IN = Text(
    zh="618 与双 11 的开始日逐年提前，内置日历按天猫付款开始日；请与客户自己的活动日历核对。",
    en="618 and double 11 have begun earlier from year to year; the built-in days follow Tmall's opening of payments. "
    "Hold them against the client's own calendar.",
)
CALENDAR = Text(zh="日历（天数不同）", en="Calendar (other days)")
PROMOTED = Text(zh="促销与节假日，同日比较", en="Promotions, like days")
ORDINARY_DAYS = Text(zh="平日，同日比较", en="Ordinary days, like days")
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The split of the change of GMV into calendar and like days."""

    effect: CalendarEffect
    is_year_apart: bool
    currency: str

    @property
    def gmv(self) -> tuple[float, float]:
        """GMV before and after."""
        before, after = self.effect.gmv.sum(axis=(0, 1)).tolist()
        return before, after


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for GMV by promotion phase."""
    return ask_phases(tables)


def measure(replies: Replies) -> Calendar | NotComputable:
    """Split the change."""
    engagement = replies.engagement
    horizon = engagement.horizon
    if horizon.previous is None:
        return NotComputable(reason=NO_PREVIOUS)
    if "phases" not in replies:
        return NotComputable(reason=NO_CALENDAR)
    if not (replies["phases"].gmv > 0).any():
        return NotComputable(reason=NO_SALES)
    phases = count_phase_days(engagement.promotions, horizon.previous, horizon.current)
    apart = (horizon.current.start.year - horizon.previous.start.year) * MONTHS_A_YEAR
    apart += horizon.current.start.month - horizon.previous.start.month
    return Calendar(
        effect=measure_calendar(replies["phases"], phases),
        is_year_apart=apart == MONTHS_A_YEAR,
        currency=engagement.currency,
    )


def judge(_measured: Calendar, _limits: Limits) -> tuple[Finding, ...]:
    """A shifted holiday is nobody's fault: the lever tree takes it off its losses."""
    return ()


def tell(measured: Calendar) -> Text:
    """Which promotion days differ, and what of the change is the calendar's."""
    effect, currency = measured.effect, measured.currency
    *promoted, _ = effect.phases
    uneven = [_word_days(PHASE, days) for days in promoted if not days.is_even]
    before, after = (sum(getattr(days, side) for days in effect.phases) for side in ("before", "after"))
    if not uneven and before != after:
        uneven = [LENGTH.fill(before=word_number(before), after=word_number(after))]
    old, new = measured.gmv
    return (UNEVEN.fill(phases=join_texts(uneven)) if uneven else EVEN) + EFFECT.fill(
        change=word_money(new - old, currency, signed=True),
        calendar=word_money(effect.total, currency, signed=True),
        low=word_money(effect.total_low, currency, signed=True),
        high=word_money(effect.total_high, currency, signed=True),
        rest=word_money(float(effect.rest.sum()), currency, signed=True),
    )


def _word_days(words: Text, days: PhaseDays) -> Text:
    return words.fill(name=days.name, before=word_number(days.before), after=word_number(days.after))


def caveats(measured: Calendar) -> tuple[Text, ...]:
    """Where the days come from, and that other months have another season."""
    return (BUILT_IN,) if measured.is_year_apart else (BUILT_IN, OTHER_SEASON)


def tabulate(measured: Calendar) -> tuple[Exhibit, ...]:
    """Phases with their days and daily GMV, and the split by channel."""
    return _tabulate_phases(measured), _tabulate_channels(measured)


def _tabulate_phases(measured: Calendar) -> Exhibit:
    effect = measured.effect
    rows = []
    for place, days in enumerate(effect.phases):
        old, new = effect.gmv[:, place].sum(axis=0)
        daily_old = old / days.before if days.before else None
        daily_new = new / days.after if days.after else None
        rows.append(
            {
                "phase": days.name,
                "before": days.before,
                "after": days.after,
                "daily_before": daily_old,
                "daily_after": daily_new,
                "change": daily_new / daily_old - 1 if daily_old and daily_new is not None else None,
                "calendar": float(effect.calendar[:, place].sum()),
                "rest": float(effect.rest[:, place].sum()),
            }
        )
    fields = (
        Field(name="phase", label=Text(zh="阶段", en="Phase")),
        Field(name="before", label=Text(zh="上期天数", en="Days before"), unit="count"),
        Field(name="after", label=Text(zh="本期天数", en="Days now"), unit="count"),
        Field(name="daily_before", label=Text(zh="上期日均 GMV", en="GMV a day before"), unit="money"),
        Field(name="daily_after", label=Text(zh="本期日均 GMV", en="GMV a day now"), unit="money"),
        Field(name="change", label=Text(zh="日均变化", en="Change a day"), unit="share"),
        Field(name="calendar", label=Text(zh="日历效应", en="Calendar effect"), unit="money"),
        Field(name="rest", label=Text(zh="同日比较", en="Like days"), unit="money"),
    )
    title = Text(zh="促销阶段：天数与日均 GMV", en="Promotion phases: days and GMV a day")
    return Exhibit(name="phases", title=title, fields=fields, frame=pd.DataFrame(rows))


def _tabulate_channels(measured: Calendar) -> Exhibit:
    effect = measured.effect
    gmv = effect.gmv.sum(axis=1)
    order = np.argsort(-gmv.max(axis=1), kind="stable")[:MOST_ROWS]
    rows = [
        {
            "channel": name_channel(effect.channels[place]),
            "change": float(gmv[place, 1] - gmv[place, 0]),
            "calendar": float(effect.calendar[place].sum()),
            "low": float(effect.low[place]),
            "high": float(effect.high[place]),
            "rest": float(effect.rest[place].sum()),
        }
        for place in order
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="change", label=Text(zh="GMV 变化", en="Change of GMV"), unit="money"),
        Field(name="calendar", label=Text(zh="日历效应", en="Calendar effect"), unit="money"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="money"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="money"),
        Field(name="rest", label=Text(zh="同日比较", en="Like days"), unit="money"),
    )
    title = Text(zh="各渠道：日历与同日比较", en="Calendar and like days by channel")
    return Exhibit(name="channels", title=title, fields=fields, frame=pd.DataFrame(rows))


def draw(measured: Calendar, language: Language) -> Figure:
    """From the previous GMV to the current one by the calendar and by like days."""
    effect, currency = measured.effect, measured.currency
    steps = [
        Step(label=label.word(language), effect=size, word=word_money(size, currency, signed=True).word(language))
        for label, size in (
            (CALENDAR, effect.total),
            (PROMOTED, float(effect.rest[:, :-1].sum())),
            (ORDINARY_DAYS, float(effect.rest[:, -1].sum())),
        )
    ]
    first, last = (
        Step(label=label.word(language), effect=gmv, word=word_money(gmv, currency).word(language))
        for label, gmv in zip(
            (Text(zh="上期 GMV", en="GMV before"), Text(zh="本期 GMV", en="GMV now")), measured.gmv, strict=True
        )
    )
    label = Text(zh="GMV（轴不从零开始）", en="GMV (axis not from zero)").word(language)
    figure = draw_waterfall(first, steps, last, axis_label=label)
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


# Spring Festival of 2024 is on 10 February: January holds 12 ordinary days and 19 of the run-up, February 8 of the
# run-up, 8 of the holiday and 13 ordinary ones. A day sells 100, in the run-up 200, in the holiday nothing:
# 5,000 falls to 2,900 by the calendar alone (13 - 12) x 100 - (19 - 8) x 200 = -2,100.
EXAMPLE_LINES = """
channel customer ordered_at paid_amount
tmall   c1       2024-01-02 1200
tmall   c2       2024-01-20 3800
tmall   c3       2024-02-02 1600
tmall   c4       2024-02-28 1300
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-05",),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="the calendar made CNY -2,100"),
    place=15,
)
