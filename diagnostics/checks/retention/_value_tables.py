"""The value of customers by channel and by cohort, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.ranges import draw_points
from diagnostics.checks.retention import _value_words as words
from diagnostics.checks.standing import GROUPS, OLDER, name_cohort
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_days, word_number, word_price
from diagnostics.statistics.repeat_buying.misses import LEAST_EXPECTED
from diagnostics.statistics.repeat_buying.rolling import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from diagnostics.checks.retention.value import Worth
    from diagnostics.model.wording import Language

# More rows than this can't be read.
MOST_ROWS = 12


def name_groups(labels: Sequence[str]) -> list[Text]:
    """What groups of customers are called: by channel, older than the data, or the rest of them together."""
    if len(labels) == 1:
        return [GROUPS[ALL]]
    named = {ALL: words.OTHERS if OLDER in labels else words.MIXED, OLDER: GROUPS[OLDER]}
    return [named.get(label) or name_channel(label) for label in labels]


def tabulate_worth(measured: Worth) -> tuple[Exhibit, ...]:
    """Value by channel, by cohort, and the holdouts."""
    return (
        _list_values(
            "channels",
            Text(zh="客户价值：按首购渠道", en="Customer value by channel of the first purchase"),
            Text(zh="首购渠道", en="First channel"),
            measured.channels,
            name_groups(list(measured.channels.label)),
        ),
        _list_values(
            "cohorts",
            Text(zh="客户价值：按首购季度", en="Customer value by quarter of the first purchase"),
            Text(zh="首购季度", en="First purchase"),
            measured.cohorts,
            [name_cohort(label) for label in measured.cohorts.label],
        ),
        _list_holdouts(measured),
    )


def _list_values(name: str, title: Text, label: Text, frame: pd.DataFrame, labels: Sequence[Text]) -> Exhibit:
    return Exhibit(
        name=name,
        title=title,
        fields=(
            Field(name="label", label=label),
            Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
            Field(name="mean", label=Text(zh="合计", en="Total"), unit="money"),
            Field(name="low", label=Text(zh="80% 区间下限", en="80% range, low"), unit="money"),
            Field(name="high", label=Text(zh="80% 区间上限", en="80% range, high"), unit="money"),
            Field(name="mean_each", label=Text(zh="人均", en="Each"), unit="price"),
            Field(name="low_each", label=Text(zh="人均下限", en="Each, low"), unit="price"),
            Field(name="high_each", label=Text(zh="人均上限", en="Each, high"), unit="price"),
        ),
        frame=frame.assign(label=pd.Series(list(labels), index=frame.index, dtype=object)),
        note=Text(
            zh="预计购买不足 {least} 次的，不给区间。", en="No range where fewer than {least} purchases are expected."
        ).fill(least=word_number(LEAST_EXPECTED)),
    )


def _list_holdouts(measured: Worth) -> Exhibit:
    rows = [
        {
            "cut": pd.Timestamp(miss.cut),
            "days": miss.ahead,
            "foretold": miss.foretold,
            "came": miss.came,
            "error": miss.error,
        }
        for miss in measured.misses
    ]
    return Exhibit(
        name="holdouts",
        title=Text(
            zh="在更早的截点上：再购净销售额的预测与实际", en="At earlier cuts: net sales foretold and what came"
        ),
        fields=(
            Field(name="cut", label=Text(zh="截点", en="Cut"), unit="date"),
            Field(name="days", label=Text(zh="预测窗口", en="Window"), unit="days"),
            Field(name="foretold", label=Text(zh="预测", en="Foretold"), unit="money"),
            Field(name="came", label=Text(zh="实际", en="Came"), unit="money"),
            Field(name="error", label=Text(zh="偏差", en="Error"), unit="share"),
        ),
        frame=pd.DataFrame(rows),
    )


def draw_worth(measured: Worth, language: Language) -> Figure:
    """Value a customer with its range, by channel, or by cohort where there is but one channel."""
    by_channel = len(measured.channels) > 1
    frame = measured.channels.sort_values("mean_each", ascending=False) if by_channel else measured.cohorts
    frame = frame.tail(MOST_ROWS)
    names = name_groups(list(frame.label)) if by_channel else [name_cohort(str(label)) for label in frame.label]
    parts = [
        Text(zh="{each}（{n} 人）", en="{each} (n = {n})").fill(
            each=word_price(each, measured.currency), n=word_number(customers)
        )
        for each, customers in zip(frame.mean_each, frame.customers, strict=True)
    ]
    label = Text(zh="未来 {days}人均{what}（线为 80% 区间）", en="{what} each within {days} (lines: 80% range)")
    what = words.MARGIN if measured.on_margin else words.SALES
    figure = draw_points(
        [name.word(language) for name in names],
        list(frame.mean_each),
        low=list(frame.low_each),
        high=list(frame.high_each),
        words=[part.word(language) for part in parts],
        axis_label=label.fill(days=word_days(measured.window.days), what=what).word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure
