"""The tables of replies: stores and staff with their interval, the course by week, and the service desk."""

from __future__ import annotations

import pandas as pd

from diagnostics.checks.service._waiting import MEASURES, Waiting
from diagnostics.checks.units import KIND_NAMES, Kind, word_ago
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

REPLIES = (
    Field(name="reply_minutes", label=Text(zh="首次回复（分钟）", en="First reply (minutes)"), unit="number", digits=1),
    Field(name="reply_share", label=Text(zh="当日回复占比", en="Answered on the day"), unit="share"),
)


def tabulate_waiting(measured: Waiting) -> tuple[Exhibit, ...]:
    """Staff and stores with their interval, the course by week, and the service desk."""
    shown = [_show(kind, measured) for kind in ("store", "staff") if any(held == kind for held, _ in measured.units)]
    ago = [word_ago(week) for week in measured.weeks.week.astype(int)]
    weeks = measured.weeks.assign(ago=pd.Series(ago, dtype=object))
    shown.append(
        Exhibit(
            name="weeks",
            title=Text(zh="按周走势（由早到近）", en="Week by week, oldest first"),
            fields=(
                Field(name="ago", label=Text(zh="周", en="Week")),
                Field(name="chats", label=Text(zh="单聊数", en="Chats"), unit="count"),
                *REPLIES,
            ),
            frame=weeks,
        )
    )
    if measured.service is not None:
        shown.append(_show_service(measured.service))
    return tuple(shown)


def _show(kind: Kind, measured: Waiting) -> Exhibit:
    joined: pd.DataFrame | None = None
    for name in MEASURES:
        frame = measured.units.get((kind, name))
        if frame is not None:
            columns = frame[["unit", "w", "weeks", "value", "error"]]
            mine = columns.rename(columns={"value": name, "error": f"{name}_error"})
            joined = mine if joined is None else joined.merge(mine.drop(columns=["w", "weeks"]), on="unit", how="outer")
    table = (joined if joined is not None else pd.DataFrame()).reindex(
        columns=["unit", "w", "weeks", *MEASURES, *(f"{name}_error" for name in MEASURES)]
    )
    half = Field(
        name="reply_minutes_error", label=Text(zh="时长标准误", en="Error of the minutes"), unit="number", digits=1
    )
    return Exhibit(
        name=kind,
        title=Text(zh="{kind}回复榜（慢者在前）", en="{kind}: replies, slowest first").fill(kind=KIND_NAMES[kind]),
        fields=(
            Field(name="unit", label=KIND_NAMES[kind]),
            Field(name="w", label=Text(zh="单聊数", en="Chats"), unit="count"),
            Field(name="weeks", label=Text(zh="周数", en="Weeks"), unit="count"),
            *REPLIES,
            half,
        ),
        frame=table.sort_values(
            ["reply_minutes", "reply_share"], ascending=[False, True], ignore_index=True, na_position="last"
        ),
    )


def _show_service(service: pd.DataFrame) -> Exhibit:
    return Exhibit(
        name="service",
        title=Text(
            zh="客服接待（全公司行与人员行不可相加）", en="Service desk (company rows are not the sum of servicers)"
        ),
        fields=(
            Field(name="staff", label=Text(zh="接待人员（空为全公司）", en="Servicer (empty: the company)")),
            Field(name="customers", label=Text(zh="咨询客户", en="Customers"), unit="count"),
            *REPLIES,
            Field(name="satisfied_share", label=Text(zh="满意率", en="Satisfied"), unit="share"),
            Field(name="timeout_share", label=Text(zh="超时率", en="Too late"), unit="share"),
        ),
        frame=service.sort_values("reply_minutes", ascending=False, ignore_index=True),
    )
