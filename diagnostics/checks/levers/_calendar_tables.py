"""The tables of the promotion calendar: phases with their days and daily GMV, and the split by channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.statistics.calendar_effect import CalendarEffect

MOST_ROWS = 12


def tabulate_calendar(effect: CalendarEffect) -> tuple[Exhibit, ...]:
    """Phases with their days and daily GMV, and the split by channel."""
    return _tabulate_phases(effect), _tabulate_channels(effect)


def _tabulate_phases(effect: CalendarEffect) -> Exhibit:
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


def _tabulate_channels(effect: CalendarEffect) -> Exhibit:
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
        *interval_fields("money"),
        Field(name="rest", label=Text(zh="同日比较", en="Like days"), unit="money"),
    )
    title = Text(zh="各渠道：日历与同日比较", en="Calendar and like days by channel")
    return Exhibit(name="calendar_channels", title=title, fields=fields, frame=pd.DataFrame(rows))
