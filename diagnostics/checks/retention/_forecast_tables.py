"""Purchases foretold and what came, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.foretold import draw_foretold
from diagnostics.checks.retention import _forecast_words as words
from diagnostics.checks.standing import name_cohort
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, word_month, word_number
from diagnostics.statistics.repeat_buying.misses import LEAST_EXPECTED

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.retention.forecast import Foretold
    from diagnostics.model.wording import Language


def tabulate_foretold(measured: Foretold) -> tuple[Exhibit, ...]:
    """The holdouts, the forecast by cohort, and who is likely to be active."""
    return (_list_holdouts(measured), _list_cohorts(measured), _list_bands(measured))


def _list_holdouts(measured: Foretold) -> Exhibit:
    buyers = {miss.cut: miss for miss in measured.buyer_misses}
    rows = [
        {
            "cut": pd.Timestamp(miss.cut),
            "days": miss.ahead,
            "foretold": miss.foretold,
            "came": miss.came,
            "error": miss.error,
            "buyers": buyers[miss.cut].foretold if miss.cut in buyers else np.nan,
            "buyers_came": buyers[miss.cut].came if miss.cut in buyers else np.nan,
        }
        for miss in reversed(measured.misses)
    ]
    return Exhibit(
        name="holdouts",
        title=Text(zh="在更早的截点上：预测与实际", en="At earlier cuts: foretold and what came"),
        fields=(
            Field(name="cut", label=Text(zh="截点", en="Cut"), unit="date"),
            Field(name="days", label=Text(zh="预测窗口", en="Window"), unit="days"),
            Field(name="foretold", label=Text(zh="预测购买次数", en="Purchases foretold"), unit="count"),
            Field(name="came", label=Text(zh="实际", en="Came"), unit="count"),
            Field(name="error", label=Text(zh="偏差", en="Error"), unit="share"),
            Field(name="buyers", label=Text(zh="预测购买人数", en="Buyers foretold"), unit="count"),
            Field(name="buyers_came", label=Text(zh="实际人数", en="Buyers"), unit="count"),
        ),
        frame=pd.DataFrame(rows),
    )


def _list_cohorts(measured: Foretold) -> Exhibit:
    labels = [name_cohort(label) for label in measured.cohorts.label]
    return Exhibit(
        name="cohorts",
        title=Text(
            zh="按首购季度：下一窗口的购买次数", en="Purchases in the next window, by quarter of first purchase"
        ),
        fields=(
            Field(name="label", label=Text(zh="首购季度", en="First purchase")),
            Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
            Field(name="mean", label=Text(zh="预计购买次数", en="Purchases expected"), unit="count"),
            Field(name="low", label=Text(zh="80% 区间下限", en="80% range, low"), unit="count"),
            Field(name="high", label=Text(zh="80% 区间上限", en="80% range, high"), unit="count"),
        ),
        frame=measured.cohorts.assign(label=pd.Series(labels, index=measured.cohorts.index, dtype=object)),
        note=Text(
            zh="预计不足 {least} 次的季度不列。", en="Quarters with fewer than {least} expected purchases are left out."
        ).fill(least=word_number(LEAST_EXPECTED)),
    )


def _list_bands(measured: Foretold) -> Exhibit:
    labels = pd.Series([words.BANDS[str(band)] for band in measured.bands.band], dtype=object)
    return Exhibit(
        name="active",
        title=Text(zh="客户仍活跃的概率（模型推断）", en="Chance of still being active (inferred)"),
        fields=(
            Field(name="label", label=Text(zh="仍活跃的概率", en="Chance of being active")),
            Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
            Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
            Field(name="purchases", label=Text(zh="预计购买次数", en="Purchases expected"), unit="count"),
        ),
        frame=measured.bands.assign(label=labels, share=measured.bands.customers / measured.customers),
    )


def draw_purchases(measured: Foretold, language: Language) -> Figure:
    """Foretold and came at the earlier cuts, and the next window."""
    past = list(reversed(measured.misses))
    ahead = Text(zh="{month} 起（预测）", en="from {month} (next)").fill(month=word_month(measured.windows[0].cut))
    nothing = [np.nan] * len(past)
    labels = [Text(zh="{day} 起", en="from {day}").fill(day=name_verbatim(miss.cut)).word(language) for miss in past]
    return draw_foretold(
        [*labels, ahead.word(language)],
        came=[*(miss.came for miss in past), np.nan],
        foretold=[*(miss.foretold for miss in past), measured.purchases.mean],
        low=[*nothing, measured.purchases.low],
        high=[*nothing, measured.purchases.high],
        came_label=Text(zh="实际", en="Came").word(language),
        foretold_label=Text(zh="当时的预测（竖线为 80% 区间）", en="Foretold (line: 80% range)").word(language),
        axis_label=Text(zh="现有客户的购买次数", en="Purchases of known customers").word(language),
    )
