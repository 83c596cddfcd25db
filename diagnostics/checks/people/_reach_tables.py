"""Buyers within reach by channel, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.known_people import find_basis
from diagnostics.checks.people import _reach_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_number, word_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.people.reach import Reach
    from diagnostics.model.wording import Language

MOST_ROWS = 12


def tabulate_reach(measured: Reach) -> tuple[Exhibit, ...]:
    """Reach by channel, and the statement of reachable assets."""
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="buyers", label=Text(zh="近 12 个月买家", en="Buyers, 12 months"), unit="count"),
        Field(name="reached", label=Text(zh="可触达", en="Reached"), unit="count"),
        Field(name="share", label=Text(zh="触达率", en="Reach"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="least", label=Text(zh="认人下限", en="At least, by keys"), unit="share"),
        Field(name="most", label=Text(zh="认人上限", en="At most, by keys"), unit="share"),
        Field(name="basis", label=Text(zh="计算依据", en="Basis")),
        Field(name="reached_mean", label=Text(zh="可触达者复购消费", en="Repeat spend, reached"), unit="price"),
        Field(name="matched_mean", label=Text(zh="同期未触达者复购消费", en="Repeat spend, unreached"), unit="price"),
    )
    note = Text(
        zh="可触达者与未触达者的消费差是相关，不是私域的效果。认人上下限：键无法比对的买家与联系人可能是同一人。",
        en="The difference in spend between reached and unreached buyers is an association, not the effect of reach. "
        "By keys: buyers and contacts whose keys can't be compared may be the same people.",
    )
    title = Text(zh="各渠道私域触达率", en="Private-domain reach by channel")
    assets = Exhibit(
        name="assets",
        title=Text(zh="可触达资产表", en="Statement of reachable customers"),
        fields=(
            Field(name="buyers", label=Text(zh="近 12 个月买家", en="Buyers, 12 months"), unit="count"),
            Field(name="reached", label=Text(zh="可触达", en="Reachable"), unit="count"),
            Field(name="reached_repeat", label=Text(zh="其中复购客户", en="Of these, repeat buyers"), unit="count"),
            Field(name="top", label=Text(zh="消费前 20% 客户", en="Top 20% by spend"), unit="count"),
            Field(name="reached_top", label=Text(zh="其中可触达", en="Of these, reachable"), unit="count"),
        ),
        frame=measured.assets,
    )
    bases = [find_basis(share, words.BOTH).word() for share in measured.channels.computed_on]
    frame = measured.channels.assign(basis=pd.Series(bases, index=measured.channels.index, dtype=object))
    return (Exhibit(name="reach", title=title, fields=fields, frame=frame, note=note), assets)


def draw_reach(channels: pd.DataFrame, behind: set[str], language: Language) -> Figure:
    """Reach by channel with its interval; those that lie `behind` their best peer stand out."""
    shown = channels.head(MOST_ROWS).sort_values("share", ascending=False, ignore_index=True)
    parts = [
        f"{word_percent(share).en}  n={word_number(buyers).en}"
        for share, buyers in zip(shown.share.tolist(), shown.buyers.tolist(), strict=True)
    ]
    figure = draw_bars(
        [name_channel(channel).word(language) for channel in shown.channel],
        shown.share.tolist(),
        parts,
        axis_label=Text(
            zh="私域可触达的买家占比（线段为 95% 区间）", en="Share of buyers reached (line: 95% interval)"
        ).word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
        marked={place for place, channel in enumerate(shown.channel) if channel in behind},
    )
    figure.axes[0].margins(x=0.25)
    scale_share(figure.axes[0].xaxis)
    return figure
