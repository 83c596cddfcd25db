"""How often categories are bought again, as a table and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.fit import _goods_mode_words as words
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import NOTHING, Text, word_days, word_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.fit.goods_mode import Modes
    from diagnostics.model.wording import Language


def tabulate_modes(measured: Modes) -> tuple[Exhibit, ...]:
    """A category a row, with the set of indicators that suits it."""
    rows = [
        {
            "category": mode.name,
            "purchases": mode.purchases,
            "rate": mode.returning.value if mode.returning is not None else None,
            "low": mode.returning.low if mode.returning is not None else None,
            "high": mode.returning.high if mode.returning is not None else None,
            "stated": word_days(mode.stated_cycle) if mode.stated_cycle else NOTHING,
            "indicators": words.ALTERNATIVES if mode in measured.seldom else words.USUAL,
        }
        for mode in measured.modes
    ]
    fields = (
        Field(name="category", label=Text(zh="品类", en="Category")),
        Field(name="purchases", label=Text(zh="跟踪的购买", en="Purchases followed"), unit="count"),
        Field(name="rate", label=Text(zh="一年内回购率", en="Return within a year"), unit="share"),
        *interval_fields("share"),
        Field(name="stated", label=Text(zh="需求表的周期", en="Cycle in the sheet")),
        Field(name="indicators", label=Text(zh="适用的指标", en="Indicators that suit")),
    )
    title = Text(zh="各品类适用哪套指标", en="Which indicators suit which goods")
    return (Exhibit(name="modes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw_modes(measured: Modes, language: Language) -> Figure:
    """The chance to return within a year, a bar a category."""
    shown = [mode for mode in measured.modes if mode.returning is not None]
    rates = [mode.returning for mode in shown if mode.returning is not None]
    figure = draw_bars(
        [mode.name.word(language) for mode in shown],
        [rate.value for rate in rates],
        [word_percent(rate.value).en for rate in rates],
        low=[rate.low for rate in rates],
        high=[rate.high for rate in rates],
        axis_label=Text(zh="一年内再次购买同品类的概率", en="Chance to buy the category again within a year").word(
            language
        ),
        marked=[place for place, mode in enumerate(shown) if mode in measured.seldom],
    )
    scale_share(figure.axes[0].xaxis)
    return figure
