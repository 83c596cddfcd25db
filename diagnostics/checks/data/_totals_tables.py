"""The tables behind totals that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from diagnostics.checks.data import _totals_words as words
from diagnostics.checks.data._totals import SOURCES_BY_ID
from diagnostics.model.gaps import TIES, name_cause
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diagnostics.checks.data._totals import Totals
    from diagnostics.model.account import Reconciliation

CHANNEL = Field(name="name", label=Text(zh="渠道", en="Channel"))
SOURCE = Field(name="source", label=Text(zh="对方", en="Held against"))
OURS = Field(name="ours", label=Text(zh="订单合计", en="Our orders"), unit="money")
THEIRS = Field(name="theirs", label=Text(zh="对方合计", en="Stated"), unit="money")
GAP = Field(name="gap", label=Text(zh="差异", en="Gap"), unit="share")


def tabulate_totals(measured: Totals) -> tuple[Exhibit, ...]:
    """Both totals by source and channel, what each cause explains, and every month."""
    totals = Exhibit(
        name="totals",
        title=Text(zh="订单加总与对方总额", en="Our orders and the other totals"),
        fields=(
            CHANNEL,
            SOURCE,
            OURS,
            THEIRS,
            GAP,
            Field(name="months", label=Text(zh="比较的月份", en="Months compared"), unit="count"),
            Field(name="tied", label=Text(zh="相符的月份", en="Months that tie out"), unit="count"),
            Field(name="why", label=Text(zh="主要原因", en="Main cause")),
        ),
        frame=_name(measured.pairs).assign(why=_texts(name_cause(str(cause)) for cause in measured.pairs.cause)),
    )
    parts = Exhibit(
        name="parts",
        title=Text(zh="差异由什么构成", en="What the gaps are made of"),
        fields=(
            CHANNEL,
            SOURCE,
            Field(name="why", label=Text(zh="原因", en="Cause")),
            Field(name="amount", label=Text(zh="金额", en="Amount"), unit="money"),
            Field(name="share", label=Text(zh="占对方合计", en="Share of the stated total"), unit="share"),
        ),
        frame=_name(measured.parts).assign(why=_texts(name_cause(str(cause)) for cause in measured.parts.cause)),
    )
    months = _list_months(measured.lines)
    by_month = Exhibit(
        name="months",
        title=Text(zh="逐月对账（对不上的在前）", en="Month by month, those that do not tie out first"),
        fields=(
            CHANNEL,
            SOURCE,
            Field(name="month", label=Text(zh="月份", en="Month")),
            OURS,
            THEIRS,
            GAP,
            Field(name="why", label=Text(zh="原因", en="Cause")),
        ),
        frame=months,
    )
    return tuple(exhibit for exhibit in (totals, parts, by_month) if not exhibit.frame.empty)


def _list_months(lines: Sequence[Reconciliation]) -> pd.DataFrame:
    ordered = sorted(lines, key=lambda line: (line.cause_code == TIES, line.against, line.channel, line.month))
    rows = pd.DataFrame(
        [
            {
                "against": line.against,
                "channel": line.channel,
                "month": line.month,
                "ours": line.ours,
                "theirs": line.theirs,
                "gap": line.gap / line.theirs if line.comparable and line.theirs else None,
                "why": line.cause,
            }
            for line in ordered
            if line.month or not line.comparable
        ],
        columns=["against", "channel", "month", "ours", "theirs", "gap", "why"],
    )
    return _name(rows)


def _name(frame: pd.DataFrame) -> pd.DataFrame:
    names = _texts(name_channel(str(channel)) if channel else words.ALL for channel in frame.channel)
    return frame.assign(name=names, source=_texts(SOURCES_BY_ID[key] for key in frame.against))


def _texts(words: Iterable[Text]) -> pd.Series[Any]:
    return pd.Series(list(words), dtype=object)
