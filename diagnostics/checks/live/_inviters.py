"""Which members of staff and stores fill the live room: shared, viewers came, viewers bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.live import _inviter_words as words
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.live_viewers import UNNAMED, count_forwards, count_inviters, list_appearances, locate_staff
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_points_range
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

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


def ask_spread(tables: Tables) -> dict[str, ir.Table]:
    """Ask for viewers and buyers by inviter, sharing tasks and the store of staff; nothing without inviters."""
    if not tables.has("live_viewers", "day", "inviter"):
        return {}
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


def measure_spread(replies: Replies) -> Spread | None:
    """Put staff, their tasks and their stores together; `None` where nobody is known to have invited."""
    if "inviters" not in replies:
        return None
    inviters = replies["inviters"].astype({"customers": float, "buyers": float, "gmv": float})
    staff = inviters[inviters.inviter != UNNAMED].rename(columns={"inviter": "staff"})
    if staff.empty:
        return None
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


def tell_spread(measured: Spread) -> Text:
    """How much staff bring, how evenly, and whether those brought buy."""
    return words.ANSWER.fill(
        share=word_percent(measured.share),
        staff=word_number(len(measured.staff)),
        top=word_percent(measured.top),
        forward=NOTHING if np.isnan(measured.shared) else words.FORWARD.fill(share=word_percent(measured.shared)),
        buy=_tell_buying(measured),
    )


def _tell_buying(measured: Spread) -> Text:
    brought, own = measured.staff[["customers", "buyers"]].sum(), measured.own
    if not (brought.customers >= LEAST and own.customers >= LEAST):
        return NOTHING
    low, high = newcombe_difference(brought.buyers, brought.customers, own.buyers, own.customers)
    return words.BUY.fill(
        invited=word_percent(brought.buyers / brought.customers),
        others=word_percent(own.buyers / own.customers),
        gap=word_points_range(float(low), float(high)),
    )


def tabulate_spread(measured: Spread) -> tuple[Exhibit, ...]:
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


def draw_spread(measured: Spread, language: Language) -> Figure:
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
