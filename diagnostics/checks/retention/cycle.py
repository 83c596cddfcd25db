"""The natural time between purchases, per category, and whether anybody writes when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from diagnostics.charts.ranges import draw_ranges
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.gaps import (
    WHOLE,
    count_gaps,
    count_touched,
    fill_categories,
    purchase_gaps,
    spread_gaps,
)
from diagnostics.metrics.lines import value_lines
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_days, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.cycle import Buckets, Cycle, find_cycle
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="每个品类，客户多久买一次？多久没来算流失？", en="How long between purchases, and when is one lapsed?"
)
DEFINITION = Text(
    zh="同一客户在同一品类相邻两个购买日之间的天数；尚未结束的最后一段计到数据截止日（右删失），"
    "用 Kaplan-Meier 校正短窗口的低估。"
    "中位数、P25–P75 与流失线（P90）都是窗口内会结束的间隔的分位数：买得勤的客户间隔多，占的分量也大；"
    "超过流失线，就长于九成会结束的间隔。"
    "流失线只看天数，不代表客户一定不再来。没有品类的数据按全店合计；全店不分品类的周期更短，因为换个品类买也算再来。"
    "中位数的 95% 区间按客户重抽（25 组刀切法），因为同一客户的各次间隔彼此相似。",
    en="Days between neighbouring purchase days of one customer in one category. The last stretch, still open, counts "
    "up to the end of the data (right-censored), and Kaplan-Meier allows for what a short window hides. Median, P25 to "
    "P75 and the lapse line (P90) are those of the gaps that end within the window, to which frequent buyers add more "
    "than others: beyond the lapse line a gap is longer than nine in ten that end. It is a line in days, not proof "
    "that a customer is gone. Data without categories are taken as one; over all categories the cycle is shorter, for "
    "another category counts as coming back too. The 95% interval of the median goes by customers (a jackknife over "
    "25 groups of them), for gaps of one customer resemble each other.",
)
TOO_FEW = Text(
    zh="只有 {n} 次回购间隔，不足以估计周期", en="only {n} gaps between purchases were seen: too few for a cycle"
)
ANSWER_ONE = Text(
    zh="再次购买通常相隔 {middle}（四分之一的间隔在 {low}内，四分之三在 {high}内）；超过 {far}，就长于九成回购间隔。",
    en="The next purchase usually comes after {middle} (a quarter of the gaps end within {low}, three quarters within "
    "{high}); beyond {far} a gap is longer than nine in ten that end.",
)
ANSWER_MANY = Text(
    zh="复购周期最短的是{short}（中位 {short_days}，流失线 {short_far}），"
    "最长的是{long}（中位 {long_days}，流失线 {long_far}）。",
    en="The shortest cycle is that of {short} (median {short_days}, lapse line {short_far}), the longest is {long} "
    "(median {long_days}, lapse line {long_far}).",
)
STATED = Text(zh="需求表填写的复购周期是 {stated}。", en="The requirement sheet states a cycle of {stated}.")
TITLE = Text(
    zh="{category}到了复购期却没人触达：到期的 {due} 次购买中只有 {share} 在窗口内收到触达",
    en="{category}: nobody writes when the next purchase is due; {share} of {due} due purchases got a touch in time",
)
CAUSE = Text(
    zh="复购窗口是购买后 {opens} 至 {closes}；窗口内没有触达、也没有回来的有 {lapsed} 次。"
    "触达多半按活动排期群发，没有跟着客户的周期走。",
    en="The window lies {opens} to {closes} after a purchase; {lapsed} times nobody wrote and nobody came. Messages "
    "seem to follow the campaign calendar, not the customer's cycle.",
)
ACTION = Text(
    zh="为{category}建自动化场景：购买后 {opens}起提醒补货，到中位日再触达一次，超过流失线转入召回；"
    "留 10% 不触达作对照。",
    en="Automate {category}: remind from {opens} after a purchase, once more at the median, move to win-back beyond "
    "the lapse line; keep 10% untouched for comparison.",
)
STOP = Text(
    zh="两个周期后，触达组窗口内回购率不高于对照组，则停用该场景并改内容。",
    en="Stop the scenario after two cycles if the contacted group returns no more often than the comparison group.",
)
NO_MONEY = Text(
    zh="触达能带来多少额外回购，要靠对照试验才知道，不作估算",
    en="how many extra purchases a reminder brings is only known after a test against a comparison group",
)
SHORT = Text(
    zh="最短的观察窗口只有 {days}，更长的间隔看不到，周期会被低估。",
    en="The shortest window is {days}: longer gaps can't be seen, and cycles look shorter than they are.",
)
ALL = Text(zh="全店", en="Whole client")
UNNAMED = Text(zh="没有写品类的订单", en="Orders without a category")
LONGEST = 365
LEAST_AT_RISK = 30
LEAST_GAPS = 100
LONGEST_NAME = 18


@dataclass(frozen=True, kw_only=True)
class Cycles:
    """The cycle of each category, shortest median first, those without one (`""`) last; and the touches if known.

    `touched`: category, middle, due, touched, lapsed; `None` where no touches were delivered.
    """

    cycles: dict[str, Cycle]
    touched: pd.DataFrame | None
    stated: float | None

    def name(self, category: str) -> Text:
        """What a category is called."""
        if category == WHOLE:
            return ALL if len(self.cycles) == 1 else UNNAMED
        return name_verbatim(shorten(category, LONGEST_NAME))


class Due(NamedTuple):
    """Purchases of a category due for the next one, by a window around `middle` (days), as `count_touched` has them."""

    middle: int
    due: int
    touched: int
    lapsed: int


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the gaps between purchases and, where touches are known, for those that came in time."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    if tables.has("products", "product_id", "category"):
        lines = fill_categories(lines, tables["products"])
    gaps = tables.keep(purchase_gaps(lines, tables.engagement.horizon.as_of))
    asked = {"gaps": count_gaps(gaps), "spread": spread_gaps(gaps)}
    if tables.has("touches", "customer", "touched_at"):
        asked["touched"] = count_touched(gaps, tables["touches"], longest=LONGEST, least_at_risk=LEAST_AT_RISK)
    return asked


def measure(replies: Replies) -> Cycles | NotComputable:
    """Find the cycle of every category with enough gaps."""
    gaps = replies["gaps"]
    spread = {str(category): own for category, own in replies["spread"].groupby("category")}
    found = {
        str(category): find_cycle(
            own.days,
            own.events,
            own.censored,
            longest=LONGEST,
            least_at_risk=LEAST_AT_RISK,
            buckets=_gather(spread[str(category)]),
        )
        for category, own in gaps.groupby("category")
    }
    kept = {category: cycle for category, cycle in found.items() if cycle is not None and cycle.gaps >= LEAST_GAPS}
    if not kept:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(float(gaps.events.sum()))))
    return Cycles(
        cycles=dict(sorted(kept.items(), key=lambda item: (item[0] == WHOLE, item[1].median))),
        touched=replies.frames.get("touched"),
        stated=replies.engagement.brief.number("repurchase_cycle_days"),
    )


def _gather(rows: pd.DataFrame) -> Buckets:
    return Buckets(bucket=rows.bucket, days=rows.days, events=rows.events, censored=rows.censored)


def judge(measured: Cycles, limits: Limits) -> tuple[Finding, ...]:
    """Raise a category whose due buyers hardly ever hear anything while many of them lapse."""
    if measured.touched is None:
        return ()
    rows = measured.touched[measured.touched.category.isin(list(measured.cycles))]
    columns = (rows.category.astype(str), rows.middle, rows.due, rows.touched, rows.lapsed)
    found = (
        _judge_category(measured.name(category), category, Due(*map(int, counts)), limits)
        for category, *counts in zip(*(column.tolist() for column in columns), strict=True)
    )
    return tuple(finding for finding in found if finding is not None)


def _judge_category(name: Text, category: str, counted: Due, limits: Limits) -> Finding | None:
    due = counted.due
    if due < limits["least_due"] or counted.lapsed < due * limits["least_lapsed"]:
        return None
    share, highest = counted.touched / due, float(wilson(counted.touched, due)[1])
    if highest >= limits["least_touched"]:
        return None
    opens, closes = word_days(counted.middle * 0.5), word_days(counted.middle * 1.5)
    missing = limits["least_touched"]
    return Finding(
        code="retention.cycle_missed",
        scope={"category": category} if category else {},
        title=TITLE.fill(category=name, due=word_number(due), share=word_percent(share)),
        cause=CAUSE.fill(opens=opens, closes=closes, lapsed=word_number(counted.lapsed)),
        action=ACTION.fill(category=name, opens=opens),
        owner_role="member",
        validation=Validation(metric="cycle", direction="down", window_days=90),
        stop_rule=STOP,
        confidence=rate_gap(missing - share, missing - highest),
        impact_reason=NO_MONEY,
        severity="low",
        evidence=(Evidence(table="cycle", n=due, value=share),),
    )


def tell(measured: Cycles) -> Text:
    """The cycle, or the shortest and the longest."""
    named = [*measured.cycles.items()]
    if len(named) > 1:
        named = [(category, cycle) for category, cycle in named if category != WHOLE]
    (short, first), (long, last) = named[0], named[-1]
    if short == long:
        said = ANSWER_ONE.fill(
            middle=word_days(first.median),
            low=word_days(first.low),
            high=word_days(first.high),
            far=word_days(first.far),
        )
    else:
        said = ANSWER_MANY.fill(
            short=measured.name(short),
            short_days=word_days(first.median),
            short_far=word_days(first.far),
            long=measured.name(long),
            long_days=word_days(last.median),
            long_far=word_days(last.far),
        )
    return said if measured.stated is None else said + STATED.fill(stated=word_days(measured.stated))


def caveats(measured: Cycles) -> tuple[Text, ...]:
    """That the window is short, if it is."""
    window = min(cycle.window for cycle in measured.cycles.values())
    return (SHORT.fill(days=word_days(window)),) if window < LONGEST else ()


def tabulate(measured: Cycles) -> tuple[Exhibit, ...]:
    """The cycle of each category, with its interval and how many gaps it rests on."""
    rows = [{"category": measured.name(category), **vars(cycle)} for category, cycle in measured.cycles.items()]
    fields = (
        Field(name="category", label=Text(zh="品类", en="Category")),
        Field(name="gaps", label=Text(zh="回购间隔数", en="Gaps"), unit="count"),
        Field(name="open_gaps", label=Text(zh="尚未结束", en="Still open"), unit="count"),
        Field(name="low", label=Text(zh="P25", en="P25"), unit="days"),
        Field(name="median", label=Text(zh="中位数", en="Median"), unit="days"),
        Field(name="median_low", label=Text(zh="中位数下限", en="Median, low"), unit="days"),
        Field(name="median_high", label=Text(zh="中位数上限", en="Median, high"), unit="days"),
        Field(name="high", label=Text(zh="P75", en="P75"), unit="days"),
        Field(name="far", label=Text(zh="流失线 P90", en="Lapse line, P90"), unit="days"),
        Field(name="returning", label=Text(zh="窗口内结束的间隔", en="Gaps that end in the window"), unit="share"),
        Field(name="window", label=Text(zh="观察窗口", en="Window"), unit="days"),
    )
    title = Text(zh="各品类的复购周期", en="Time between purchases by category")
    return (Exhibit(name="cycle", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Cycles, language: Language) -> Figure:
    """Ranges of days by category."""
    cycles = list(measured.cycles.values())
    words = [
        Text(zh="{middle}；流失线 {far}", en="{middle}; lapse line {far}").fill(
            middle=word_days(cycle.median), far=word_days(cycle.far)
        )
        for cycle in cycles
    ]
    return draw_ranges(
        [measured.name(category).word(language) for category in measured.cycles],
        [word.word(language) for word in words],
        low=[cycle.low for cycle in cycles],
        middle=[cycle.median for cycle in cycles],
        high=[cycle.high for cycle in cycles],
        far=[cycle.far for cycle in cycles],
        axis_label=Text(zh="距上次购买的天数", en="Days since the last purchase").word(language),
        middle_label=Text(zh="中位数", en="Median").word(language),
        range_label=Text(zh="一半的间隔在此区间", en="Half of the gaps that end").word(language),
        far_label=Text(zh="流失线（P90）", en="Lapse line (P90)").word(language),
    )


# Everybody buys every 30 days, four times; then the data end 40 days later, and nobody is ever written to.
DAYS = ("2024-01-01", "2024-01-31", "2024-03-01", "2024-03-31")
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount category",
        *(f"c{i} {day} 50 tea" for i in range(40) for day in DAYS),
        "last 2024-06-30 50 tea",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-30", "003-27", "001-84"),
    finds=("retention.cycle_missed",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="least_due",
            value=100,
            reason=Text(zh="到期购买少于 100 次时不判断", en="fewer than 100 due purchases are not judged"),
        ),
        Limit(
            name="least_touched",
            value=0.3,
            reason=Text(
                zh="到期客户中收到触达的不足三成（区间上限），说明触达没有跟周期走",
                en="with under 30% of due buyers reached (upper end of the interval) messages do not follow the cycle",
            ),
        ),
        Limit(
            name="least_lapsed",
            value=0.3,
            reason=Text(
                zh="窗口内没触达也没回来的占到三成以上，才值得专门做",
                en="worth a scenario of its own once 30% of due purchases end untouched and without a return",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "touches": "customer touched_at\nc0 2024-01-02\nc1 2024-01-02"},
        says="30 days",
        finds=(("retention.cycle_missed", {"category": "tea"}),),
        limits={"least_lapsed": 0.2},
    ),
    place=30,
)
