"""The tables of what is posted: kinds, posts a day, and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.content import _mix_words as words
from diagnostics.checks.content._posts import Z, rate_posts
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_month

if TYPE_CHECKING:
    from diagnostics.checks.content._posts import Posts


def tabulate_posts(measured: Posts) -> tuple[Exhibit, ...]:
    """Kinds, posts a day, and the calendar."""
    kinds = measured.kinds.assign(
        name=pd.Series([words.KINDS[kind] for kind in measured.kinds.kind], dtype=object),
        low=(measured.kinds["value"] - Z * measured.kinds.error).clip(lower=0),
        high=(measured.kinds["value"] + Z * measured.kinds.error).clip(upper=1),
    )
    days = rate_posts(measured.days).sort_values("load", ignore_index=True)
    days = days.assign(low=(days["value"] - Z * days.error).clip(lower=0), high=days["value"] + Z * days.error)
    rate = (
        Field(name="value", label=Text(zh="互动率", en="Engaged"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    used = [kind for kind in words.KINDS if kind in set(measured.months.kind)]
    calendar = measured.months.pivot_table(index="month", columns="kind", values="posts", aggfunc="sum").reset_index()
    calendar["name"] = pd.Series([word_month(pd.Timestamp(day)).en for day in calendar.month], dtype=object)
    return (
        Exhibit(
            name="kinds",
            title=Text(zh="内容比例与互动", en="The mix, and what readers take up"),
            fields=(
                Field(name="name", label=Text(zh="内容", en="Kind")),
                Field(name="posts", label=Text(zh="篇数", en="Posts"), unit="count"),
                Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
                Field(name="open_rate", label=Text(zh="打开率", en="Opened"), unit="share"),
                *rate,
            ),
            frame=kinds,
        ),
        Exhibit(
            name="cadence",
            title=Text(zh="一天发几篇", en="Posts a day"),
            fields=(
                Field(name="load", label=Text(zh="当天篇数", en="Posts that day"), unit="count"),
                Field(name="n", label=Text(zh="天数", en="Days"), unit="count"),
                *rate,
            ),
            frame=days,
        ),
        Exhibit(
            name="calendar",
            title=Text(zh="内容日历（篇数）", en="Content calendar, posts"),
            fields=(
                Field(name="name", label=Text(zh="月份", en="Month")),
                *(Field(name=kind, label=words.KINDS[kind], unit="count") for kind in used),
            ),
            frame=calendar,
        ),
    )
