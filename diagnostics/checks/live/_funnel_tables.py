"""The tables of the live funnel: channels side by side, their steps, and what falls short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.live import _funnel_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.checks.live._leaks import Funnel
    from diagnostics.statistics.live_steps import Shortfall


def tabulate_funnel(measured: Funnel, short: Sequence[Shortfall]) -> tuple[Exhibit, ...]:
    """Channels side by side, their steps, and what falls short."""
    channel = Field(name="channel", label=Text(zh="平台", en="Platform"), unit="channel")
    step = Field(name="step", label=Text(zh="环节", en="Step"))
    sessions = Field(name="sessions", label=Text(zh="场次", en="Sessions"), unit="count")
    people = Field(name="people", label=Text(zh="进入人数", en="Entered"), unit="count")
    rate = Field(name="rate", label=Text(zh="转化率", en="Rate"), unit="share")
    steps = (
        channel,
        step,
        sessions,
        people,
        Field(name="passed", label=Text(zh="通过人数", en="Got through"), unit="count"),
        rate,
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="p10", label=Text(zh="较差一成场次", en="Worst tenth of sessions"), unit="share"),
        Field(name="p90", label=Text(zh="较好一成场次", en="Best tenth of sessions"), unit="share"),
    )
    platforms = (
        channel,
        sessions,
        Field(name="hours", label=Text(zh="直播小时", en="Hours"), unit="count"),
        Field(name="viewers", label=Text(zh="观看人数", en="Viewers"), unit="count"),
        Field(name="paid", label=Text(zh="成交金额", en="Sales"), unit="money"),
        Field(name="gpm", label=Text(zh="每千次观看成交", en="Sales per 1,000 views"), unit="price"),
        Field(name="viewer_value", label=Text(zh="UV 价值", en="Sales per viewer"), unit="price"),
        Field(name="fans", label=Text(zh="每千观众新增粉丝", en="New fans per 1,000 viewers"), unit="number", digits=1),
    )
    fallen = (
        channel,
        Field(name="what", label=Text(zh="偏低之处", en="What falls short")),
        sessions,
        people,
        rate,
        Field(name="expected", label=Text(zh="应有", en="Expected"), unit="share"),
        Field(name="money", label=Text(zh="少成交", en="Sales missed"), unit="money"),
    )
    rates = measured.rates.assign(step=measured.rates.step.map(words.name_step))
    return (
        Exhibit(name="steps", title=Text(zh="各平台直播漏斗", en="Live funnel by platform"), fields=steps, frame=rates),
        Exhibit(
            name="platforms",
            title=Text(zh="各平台直播效率", en="What live rooms bring, by platform"),
            fields=platforms,
            frame=measured.channels,
        ),
        Exhibit(
            name="short",
            title=Text(zh="明显低于自己其他场次之处", en="What lies clearly below the other sessions"),
            fields=fallen,
            frame=pd.DataFrame([_row(group) for group in short]),
        ),
    )


def _row(group: Shortfall) -> dict[str, object]:
    return {
        "channel": group.channel,
        "what": words.name_group(group),
        "sessions": group.sessions,
        "people": group.people,
        "rate": group.rate,
        "expected": group.expected,
        "money": group.missed_paid[1] if group.missed_paid else np.nan,
    }
