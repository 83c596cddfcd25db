"""Which members of staff and stores fill the live room: shared, viewers came, viewers bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.live_viewers import UNNAMED, count_forwards, count_inviters, list_appearances, locate_staff
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_points_range
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="直播间的观众是谁带来的，带来的人买不买？", en="Who brings viewers into the live room, and do they buy?"
)
DEFINITION = Text(
    zh="扩散 = 员工转发后，观看明细记在该员工名下的观众（一人一场计一次）。下单 = 当天或次日有订单的观众，"
    "只在能与客户对应的"
    "观众中计算；是相关而非邀请的增量。转发率 = 已转发的任务 ÷ 分到的任务。门店取员工所在门店。不足 30 人不给比率。",
    en="Spread = viewers whom the viewer list books under the member of staff who shared (once a session). Buying = "
    "an "
    "order on the day or the next, among viewers known as customers: an association, not the effect of inviting. "
    "Sharing rate = tasks shared over tasks given. The store is the member's. No rate from fewer than 30 people.",
)
NONE_INVITED = Text(
    zh="观看明细里没有邀请人，不知道观众是谁带来的",
    en="the viewer lists name no inviter, so nobody knows who brought whom",
)
UNLOCKED_BY = Text(
    zh="带邀请员工（invitor_userid）的直播观看明细",
    en="viewer lists of live sessions with the inviting member of staff",
)
ANSWER = Text(
    zh="{share} 的可识别观众由员工带来，共 {staff} 人参与；带得最多的一成员工带来了其中的 {top}。",
    en="Staff brought {share} of known viewers; {staff} took part, and the busiest tenth of them brought {top} of "
    "these.",
)
BUY = Text(
    zh="被邀请的观众当天或次日下单 {invited}，其他观众 {others}（相差 {low}）。",
    en="Of those invited {invited} order on the day or the next, of the others {others} (difference {low}).",
)
FORWARD = Text(zh="转发任务完成 {share}。", en="Sharing tasks are done to {share}.")
LEAST = 30
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Staff (most viewers first), stores, the viewers who were invited and those who were not."""

    staff: pd.DataFrame
    stores: pd.DataFrame
    own: pd.Series[float]
    shared: float

    @property
    def viewers(self) -> float:
        """Viewers brought by staff."""
        return float(self.staff.viewers.sum())

    @property
    def share(self) -> float:
        """Their share of all known viewers."""
        return self.viewers / (self.viewers + float(self.own.viewers))

    @property
    def top(self) -> float:
        """The share of them that the busiest tenth of staff brought."""
        first = self.staff.viewers.head(max(round(len(self.staff) / 10), 1))
        return float(first.sum()) / self.viewers


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for viewers and buyers by inviter, for sharing tasks and for the store of staff."""
    horizon = tables.engagement.horizon
    appearances = tables.share(list_appearances(tables["live_viewers"], horizon.as_of))
    lines = None
    if tables.has("live_viewers", "customer") and tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    asked = {"inviters": count_inviters(appearances, lines)}
    if tables.has("staff_tasks", "done", "day"):
        asked["forwards"] = count_forwards(tables["staff_tasks"], horizon.current)
    if tables.has("staff_days", "staff", "store"):
        asked["placed"] = locate_staff(tables["staff_days"])
    return asked


def measure(replies: Replies) -> Spread | NotComputable:
    """Put staff, their tasks and their stores together."""
    inviters = replies["inviters"].astype({"customers": float, "buyers": float, "gmv": float})
    staff = inviters[inviters.inviter != UNNAMED].rename(columns={"inviter": "staff"})
    if staff.empty:
        return NotComputable(reason=NONE_INVITED, unlocked_by=UNLOCKED_BY)
    alone = inviters[inviters.inviter == UNNAMED]
    own = alone.iloc[0] if len(alone) else pd.Series({"viewers": 0.0, "customers": 0.0, "buyers": 0.0})
    staff = staff.assign(asked=np.nan, done=np.nan, store=None)
    if "forwards" in replies:
        told = replies["forwards"][["staff", "asked", "done"]]
        staff = staff.drop(columns=["asked", "done"]).merge(told, on="staff", how="left")
    if "placed" in replies:
        staff = staff.drop(columns="store").merge(replies["placed"], on="staff", how="left")
    asked = replies["forwards"].asked.sum() if "forwards" in replies else 0
    return Spread(
        staff=add_rates(staff),
        stores=add_rates(total_stores(staff)),
        own=own,
        shared=float(replies["forwards"].done.sum() / asked) if asked else np.nan,
    )


def total_stores(staff: pd.DataFrame) -> pd.DataFrame:
    """One row a store: staff, viewers, customers, buyers, gmv."""
    placed = staff[staff.store.notna()]
    grouped = placed.groupby("store")
    return grouped[["viewers", "customers", "buyers", "gmv"]].sum().assign(people=grouped.size()).reset_index()


def add_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """With the share of viewers who bought and Wilson's interval, most viewers first; no rate under 30 people."""
    known = frame.customers.where(frame.customers >= LEAST)
    low, high = wilson(frame.buyers.fillna(0), known)
    rated = frame.assign(rate=frame.buyers / known, low=low, high=high)
    return rated.sort_values(["viewers", rated.columns[0]], ascending=[False, True], ignore_index=True)


def judge(_measured: Spread, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a league shows, it does not accuse."""
    return ()


def tell(measured: Spread) -> Text:
    """How much staff bring, how evenly, and whether those brought buy."""
    said = ANSWER.fill(
        share=word_percent(measured.share),
        staff=word_number(len(measured.staff)),
        top=word_percent(measured.top),
    )
    brought, own = measured.staff[["customers", "buyers"]].sum(), measured.own
    if brought.customers >= LEAST and own.customers >= LEAST:
        low, high = newcombe_difference(brought.buyers, brought.customers, own.buyers, own.customers)
        said += BUY.fill(
            invited=word_percent(brought.buyers / brought.customers),
            others=word_percent(own.buyers / own.customers),
            low=word_points_range(float(low), float(high)),
        )
    return said if np.isnan(measured.shared) else said + FORWARD.fill(share=word_percent(measured.shared))


def tabulate(measured: Spread) -> tuple[Exhibit, ...]:
    """The league of staff, and that of stores."""
    viewers = Field(name="viewers", label=Text(zh="带来观众", en="Viewers brought"), unit="count")
    rates = (
        Field(name="customers", label=Text(zh="其中能对应客户", en="Known as customers"), unit="count"),
        Field(name="buyers", label=Text(zh="当天或次日下单", en="Bought"), unit="count"),
        Field(name="rate", label=Text(zh="下单率", en="Share buying"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="gmv", label=Text(zh="金额", en="Sales"), unit="money"),
    )
    staff = (
        Field(name="staff", label=Text(zh="员工（代号）", en="Staff (code)")),
        Field(name="store", label=Text(zh="门店", en="Store")),
        Field(name="asked", label=Text(zh="转发任务", en="Sharing tasks"), unit="count"),
        Field(name="done", label=Text(zh="已转发", en="Shared"), unit="count"),
        viewers,
        *rates,
    )
    stores = (
        Field(name="store", label=Text(zh="门店", en="Store")),
        Field(name="people", label=Text(zh="参与员工", en="Staff taking part"), unit="count"),
        viewers,
        *rates,
    )
    title = Text(zh="同事扩散榜（前 50）", en="Staff who bring viewers (first 50)")
    shown = [Exhibit(name="staff", title=title, fields=staff, frame=measured.staff.head(50))]
    if len(measured.stores):
        title = Text(zh="各门店为直播间带来的观众", en="Viewers by the store of the inviter")
        shown.append(Exhibit(name="stores", title=title, fields=stores, frame=measured.stores))
    return tuple(shown)


def draw(measured: Spread, language: Language) -> Figure:
    """The fifteen who bring most viewers."""
    rows = measured.staff.head(MOST_ROWS)
    figure = draw_bars(
        [str(staff)[:12] for staff in rows.staff],
        rows.viewers.tolist(),
        [word_number(count).word(language) for count in rows.viewers],
        axis_label=Text(zh="带来观众", en="Viewers brought").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


# One session of 100: a brings 40 of whom 4 buy, b brings 10, 50 come by themselves and one of them buys.
EXAMPLE_VIEWERS = "\n".join(
    [
        "session day customer inviter",
        *(f"L1 2024-01-05 {who}{i} {who}" for who, many in (("a", 40), ("b", 10)) for i in range(many)),
        *(f"L1 2024-01-05 own{i} -" for i in range(50)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"{who} 2024-01-06 50" for who in ("a0", "a1", "a2", "a3", "own1")),
        "own2 2024-01-01 50",
        "own2 2024-01-31 50",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-54", "000-55", "001-53", "001-55"),
    finds=(),
    needs=(Need(table="live_viewers", columns=("day", "inviter")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    # Of the 50 known customers invited 4 bought (8 %), of the 50 others 1 (2 %).
    example=Example(
        tables={"live_viewers": EXAMPLE_VIEWERS, "order_lines": EXAMPLE_LINES},
        says="下单 8.0%，其他观众 2.0%",
    ),
    place=50,
)
