"""The ladder from buyer to fan and the months around the add, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.retention import _private_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_PEOPLE = 30


def show_ladder(ladder: Mapping[str, float | None]) -> Exhibit:
    """Each rung with its share of the one before; what no log tells stays empty."""
    rows, before = [], None
    for rung, name in words.RUNGS.items():
        n = ladder[rung]
        is_told = n is not None and before is not None and before >= LEAST_PEOPLE
        low, high = wilson(n, before) if is_told and n is not None and before is not None else (None, None)
        rows.append(
            {
                "rung": name,
                "n": n,
                "rate": n / before if is_told and n is not None and before else None,
                "low": None if low is None else float(low),
                "high": None if high is None else float(high),
            }
        )
        before = before if n is None else n
    fields = (
        Field(name="rung", label=Text(zh="阶梯", en="Rung")),
        Field(name="n", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="rate", label=Text(zh="占上一级", en="Of the rung before"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    title = Text(zh="从买家到粉丝", en="From buyer to fan")
    return Exhibit(name="ladder", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def show_months(months: pd.DataFrame, people: int) -> Exhibit:
    """The share who bought by month around the add."""
    low, high = wilson(months.buyers, people)
    frame = months.assign(rate=months.buyers / people, low=low, high=high)
    fields = (
        Field(name="month", label=Text(zh="距加好友的月数", en="Months from the add"), unit="count"),
        Field(name="people", label=Text(zh="跟踪人数", en="People"), unit="count"),
        Field(name="buyers", label=Text(zh="当月买过", en="Bought"), unit="count"),
        Field(name="rate", label=Text(zh="比例", en="Share"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    title = Text(zh="加好友前后逐月的购买", en="Buying by month around the add")
    return Exhibit(name="months", title=title, fields=fields, frame=frame)
