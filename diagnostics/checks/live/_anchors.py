"""What an hour of each anchor brings, like with like, what the shift costs, and what each department brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.live import _anchor_words as words
from diagnostics.metrics.live import match_shifts
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, word_number, word_percent, word_price
from diagnostics.statistics.live_anchors import rate_anchors

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """Anchors rated, departments (empty where unknown), spend over sales of sessions with a shift (NaN if unknown)."""

    anchors: pd.DataFrame
    departments: pd.DataFrame
    spend: float
    currency: str


def ask_shifts(tables: Tables) -> dict[str, ir.Table]:
    """Ask for the spend of the shifts of each session; nothing without a roster that tells it."""
    if not tables.has("live_shifts", "starts_at", "cost"):
        return {}
    as_of = tables.engagement.horizon.as_of
    return {"shifts": match_shifts(tables["live_sessions"], tables["live_shifts"], as_of)}


def measure_anchors(replies: Replies) -> Anchors | None:
    """Rate the anchors; `None` where none has enough sessions with length and sales."""
    sessions = replies["sessions"].assign(cost=np.nan)
    if "shifts" in replies:
        sessions = sessions.drop(columns="cost").merge(replies["shifts"], on=["channel", "session"], how="left")
    rated = rate_anchors(sessions)
    if rated.empty:
        return None
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


def tell_anchors(measured: Anchors) -> Text:
    """How far anchors differ, and how much of it is more than chance."""
    rated = measured.anchors
    said = words.ANSWER.fill(
        count=word_number(len(rated)),
        low=word_price(rated.paid_hour.min(), measured.currency),
        high=word_price(rated.paid_hour.max(), measured.currency),
    )
    above, below = int((rated.low > 1).sum()), int((rated.high < 1).sum())
    tail = words.SAME
    if above or below:
        tail = words.APART.fill(
            above=word_number(above),
            below=word_number(below),
            top=word_percent(rated.effect.max(), 0),
            bottom=word_percent(rated.effect.min(), 0),
        )
    spend = NOTHING if np.isnan(measured.spend) else words.SPEND.fill(share=word_percent(measured.spend))
    return Text(zh=f"{said.zh}{tail.zh}{spend.zh}。", en=f"{said.en} {tail.en}{spend.en}.")


def tabulate_anchors(measured: Anchors) -> tuple[Exhibit, ...]:
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


def draw_anchors(measured: Anchors, language: Language) -> Figure:
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
