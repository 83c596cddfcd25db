"""The tables of the question on load: staff by how many contacts they hold, and every member of staff."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_number

BANDS = (0, 100, 200, 500, 1000, 2000, 5000, np.inf)
REPLIES = (
    Field(name="reply_minutes", label=Text(zh="首次回复（分钟）", en="First reply (minutes)"), unit="number", digits=1),
    Field(name="reply_share", label=Text(zh="当日回复占比", en="Answered on the day"), unit="share"),
)


def band_staff(staff: pd.DataFrame) -> pd.DataFrame:
    """Staff by how many contacts they hold: label, staff, held, share, rate (chats a week per 100), reply columns."""
    bands = pd.cut(staff.held, BANDS, right=False, labels=False)
    rows = []
    for number, part in staff.groupby(bands):
        low, high = BANDS[int(number)], BANDS[int(number) + 1]
        label = (
            Text(zh="{low} 及以上", en="{low} and more").fill(low=word_number(low))
            if np.isinf(high)
            else Text(zh="{low} 至 {high}", en="{low} to {high}").fill(low=word_number(low), high=word_number(high - 1))
        )
        told = part[part.days > 0]
        rows.append(
            {
                "label": label,
                "staff": len(part),
                "held": part.held.sum(),
                "share": part.held.sum() / staff.held.sum(),
                "rate": (told.chats * 7 / told.days).sum() / told.held.sum() * 100 if len(told) else np.nan,
                **{one.name: part[one.name].mean() if one.name in part else np.nan for one in REPLIES},
            }
        )
    return pd.DataFrame(rows)


def tabulate_load(staff: pd.DataFrame) -> tuple[Exhibit, ...]:
    """Bands of load, and every member of staff."""
    held = Field(name="held", label=Text(zh="在手客户", en="Contacts held"), unit="count")
    rate = Field(name="rate", label=Text(zh="每百客户每周单聊", en="Chats a week per 100"), unit="number", digits=1)
    return (
        Exhibit(
            name="bands",
            title=Text(zh="按在手客户数分档", en="Staff by contacts held"),
            fields=(
                Field(name="label", label=Text(zh="在手客户数", en="Contacts held, each")),
                Field(name="staff", label=Text(zh="员工数", en="Staff"), unit="count"),
                held,
                Field(name="share", label=Text(zh="占客户", en="Share of contacts"), unit="share"),
                rate,
                *REPLIES,
            ),
            frame=band_staff(staff),
        ),
        Exhibit(
            name="staff",
            title=Text(zh="员工负荷榜", en="Load by staff"),
            fields=(
                Field(name="unit", label=Text(zh="员工", en="Staff")),
                Field(name="store", label=Text(zh="门店", en="Store")),
                held,
                Field(name="times", label=Text(zh="为中位数的倍数", en="Times the median"), unit="number", digits=1),
                rate,
                *REPLIES,
            ),
            frame=staff.reindex(columns=["unit", "store", "held", "times", "rate", "reply_minutes", "reply_share"]),
        ),
    )
