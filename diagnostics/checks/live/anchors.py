"""What an hour of each anchor brings, like with like, and what the shift costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.live import list_sessions, match_shifts
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, word_number, word_percent, word_price
from diagnostics.statistics.live_anchors import LEAST_SESSIONS, rate_anchors

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="各位主播、各个部门播一小时值多少？", en="What does an hour on air bring, by anchor and by department?"
)
DEFINITION = Text(
    zh="小时成交 = 成交金额 ÷ 直播小时。相对水平 = 该主播与同月、同时段（上午、下午、"
    "晚上）其他主播的小时成交之比（对数均值），"
    "再按经验贝叶斯向平均收缩，区间对全部主播同时成立；跨过 100% 就是分不出高低。投放占比 = 排班表的时段消耗 ÷ "
    "对应场次的"
    "成交金额。不足 8 场的主播不评。",
    en="Sales an hour = sales over hours on air. Level = the anchor's sales an hour over those of the other anchors "
    "in "
    "the same months and parts of the day (morning, afternoon, evening; means of logs), pulled towards the mean by "
    "empirical Bayes, with intervals for all anchors at once: one that holds 100% tells no difference. Spend = spend "
    "of "
    "the roster's shifts over the sales of the sessions they fall into. Anchors of fewer than 8 sessions are not "
    "rated.",
)
TOO_FEW = Text(
    zh="没有播满 {least} 场、并有时长和成交额的主播",
    en="no anchor has {least} sessions with length and sales",
)
UNLOCKED_BY = Text(zh="带主播、时长和成交额的直播分场次数据", en="session reports with anchor, length and sales")
ANSWER = Text(
    zh="{count} 位主播一小时成交 {low} 至 {high}；与同月同时段的其他主播相比，",
    en="{count} anchors bring {low} to {high} an hour; against the others in the same months and hours,",
)
SAME = Text(zh="分不出高低。", en="no difference can be told.")
APART = Text(
    zh="明显高的有 {above} 位，明显低的有 {below} 位；最高者为其他主播的 {top}，最低者为 {bottom}。",
    en="clearly above: {above}, clearly below: {below}; the best reaches {top} of the others, the last {bottom}.",
)
SPEND = Text(zh="排班消耗占成交 {share}。", en="Shift spend is {share} of sales.")
WHY = Text(
    zh="排班不是随机的：好主播常排在好时段、好选品。同月同时段比较只去掉一部分差别，换班试播才能下结论。",
    en="Rosters are not drawn by lot: good anchors get good hours and products. Months and hours are held alike, the "
    "rest "
    "only a swap of shifts can tell.",
)
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """Anchors rated, departments (empty where unknown), spend over sales of sessions with a shift (NaN if unknown)."""

    anchors: pd.DataFrame
    departments: pd.DataFrame
    spend: float
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sessions and the spend of their shifts."""
    as_of = tables.engagement.horizon.as_of
    asked = {"sessions": list_sessions(tables["live_sessions"], as_of)}
    if tables.has("live_shifts", "starts_at", "cost"):
        asked["shifts"] = match_shifts(tables["live_sessions"], tables["live_shifts"], as_of)
    return asked


def measure(replies: Replies) -> Anchors | NotComputable:
    """Rate the anchors."""
    sessions = replies["sessions"].assign(cost=np.nan)
    if "shifts" in replies:
        sessions = sessions.drop(columns="cost").merge(replies["shifts"], on=["channel", "session"], how="left")
    rated = rate_anchors(sessions)
    if rated.empty:
        return NotComputable(reason=TOO_FEW.fill(least=word_number(LEAST_SESSIONS)), unlocked_by=UNLOCKED_BY)
    costed = sessions[sessions.cost.notna() & sessions.paid_amount.notna()]
    paid = float(costed.paid_amount.sum())
    return Anchors(
        anchors=rated,
        departments=total_departments(sessions),
        spend=float(costed.cost.sum()) / paid if paid > 0 else np.nan,
        currency=replies.engagement.currency,
    )


def total_departments(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row a department, most viewers first: sessions, hours, viewers, paid: the table of a contest."""
    named = sessions[sessions.department.notna()]
    columns = {"minutes": "hours", "viewers": "viewers", "paid_amount": "paid"}
    grouped = named.groupby("department")
    frame = grouped[list(columns)].sum(min_count=1).rename(columns=columns)
    frame = frame.assign(sessions=grouped.size(), hours=frame.hours / 60).reset_index()
    return frame.sort_values(["viewers", "sessions"], ascending=False, ignore_index=True)


def judge(_measured: Anchors, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: where an anchor loses people is for the funnel to say."""
    return ()


def tell(measured: Anchors) -> Text:
    """How far anchors differ, and how much of it is more than chance."""
    rated = measured.anchors
    said = ANSWER.fill(
        count=word_number(len(rated)),
        low=word_price(rated.paid_hour.min(), measured.currency),
        high=word_price(rated.paid_hour.max(), measured.currency),
    )
    above, below = int((rated.low > 1).sum()), int((rated.high < 1).sum())
    tail = SAME
    if above or below:
        tail = APART.fill(
            above=word_number(above),
            below=word_number(below),
            top=word_percent(rated.effect.max(), 0),
            bottom=word_percent(rated.effect.min(), 0),
        )
    said += tail
    return said if np.isnan(measured.spend) else said + SPEND.fill(share=word_percent(measured.spend))


def caveats(_measured: Anchors) -> tuple[Text, ...]:
    """That rosters are not drawn by lot."""
    return (WHY,)


def tabulate(measured: Anchors) -> tuple[Exhibit, ...]:
    """Anchors, and departments where the sessions name them."""
    sessions = Field(name="sessions", label=Text(zh="场次", en="Sessions"), unit="count")
    hours = Field(name="hours", label=Text(zh="直播小时", en="Hours"), unit="number", digits=1)
    paid = Field(name="paid", label=Text(zh="成交金额", en="Sales"), unit="money")
    fields = (
        Field(name="channel", label=Text(zh="平台", en="Platform"), unit="channel"),
        Field(name="anchor", label=Text(zh="主播（代号）", en="Anchor (code)")),
        sessions,
        hours,
        paid,
        Field(name="paid_hour", label=Text(zh="小时成交", en="Sales an hour"), unit="price"),
        Field(name="gpm", label=Text(zh="每千次观看成交", en="Sales per 1,000 views"), unit="price"),
        Field(name="viewer_value", label=Text(zh="UV 价值", en="Sales per viewer"), unit="price"),
        Field(name="cost", label=Text(zh="投放占比", en="Spend over sales"), unit="share"),
        Field(name="effect", label=Text(zh="相对水平", en="Level"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="High"), unit="share"),
    )
    title = Text(zh="主播：播一小时带来多少", en="Anchors: what an hour brings")
    shown = [Exhibit(name="anchors", title=title, fields=fields, frame=measured.anchors)]
    if len(measured.departments):
        of_department = (
            Field(name="department", label=Text(zh="部门", en="Department")),
            sessions,
            hours,
            Field(name="viewers", label=Text(zh="观看人数", en="Viewers"), unit="count"),
            paid,
        )
        title = Text(zh="部门直播竞赛榜", en="Departments: the table of the contest")
        shown.append(Exhibit(name="departments", title=title, fields=of_department, frame=measured.departments))
    return tuple(shown)


def draw(measured: Anchors, language: Language) -> Figure:
    """The level of each anchor with its interval, or plain sales an hour where nobody can be compared."""
    rated = measured.anchors.head(MOST_ROWS)
    level = rated[rated.effect.notna()]
    rows = level if len(level) else rated
    labels = [
        Text(zh="{channel} {anchor}", en="{channel} {anchor}")
        .fill(channel=name_channel(str(row.channel)), anchor=name_verbatim(str(row.anchor)[:10]))
        .word(language)
        for row in rows.itertuples()
    ]
    if level.empty:
        words = [word_price(value, measured.currency).word(language) for value in rows.paid_hour]
        label = Text(zh="小时成交", en="Sales an hour").word(language)
        return draw_bars(labels, rows.paid_hour.tolist(), words, axis_label=label)
    figure = draw_bars(
        labels,
        level.effect.tolist(),
        [word_percent(value, 0).word(language) for value in level.effect],
        axis_label=Text(zh="与同月同时段其他主播相比的小时成交", en="Sales an hour against others").word(language),
        low=level.low.tolist(),
        high=level.high.tolist(),
        reference=1.0,
        reference_label=Text(zh="持平", en="Even").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# Two anchors take turns for two hours each: a sells for 1,000 or 1,100, b for half; a's shifts cost 100 each.
EXAMPLE_SESSIONS = "\n".join(
    [
        "session channel anchor starts_at minutes viewers views paid_amount",
        *(
            f"s{i:02} douyin {'ab'[i % 2]} 2024-01-{1 + i:02}T20:00 120 100 200 "
            f"{(1000 + 100 * (i // 2 % 2)) // (1 + i % 2)}"
            for i in range(24)
        ),
    ]
)
EXAMPLE_SHIFTS = "\n".join(
    ["starts_at ends_at cost", *(f"2024-01-{1 + i:02}T20:00 2024-01-{1 + i:02}T22:00 100" for i in range(0, 24, 2))]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-52",),
    finds=(),
    needs=(Need(table="live_sessions", columns=("anchor", "minutes", "paid_amount")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    # a sells 12,600 in 24 hours, b 6,300 in 24: 525.00 and 262.50 an hour.
    example=Example(
        tables={
            "live_sessions": EXAMPLE_SESSIONS,
            "live_shifts": EXAMPLE_SHIFTS,
            "order_lines": "ordered_at paid_amount\n2024-01-01 60\n2024-01-31 10",
        },
        says="CNY 262.50 to CNY 525.00 an hour",
    ),
    place=30,
)
