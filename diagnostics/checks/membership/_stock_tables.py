"""The tables and the picture of members who never bought and of the sleeping stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count, scale_share
from diagnostics.charts.theme import SERIES, new_figure
from diagnostics.checks.membership import _stock_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_points_range

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.membership._stock import Stock
    from diagnostics.model.wording import Language


def show_stock(measured: Stock) -> tuple[Exhibit, ...]:
    """Who joined and what became of them; and the stock, count and rate apart."""
    rows = [
        {
            "channel": one.channel,
            "followed": one.followed,
            "never": one.never,
            "share": one.share,
            "bought_before": one.bought_before,
            "fresh": one.fresh,
            "median": one.curve.day_of(0.5).day if one.curve is not None else None,
        }
        for one in measured.joined
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="followed", label=Text(zh="入会满 90 天", en="Joined 90 days ago"), unit="count"),
        Field(name="never", label=Text(zh="从未购买", en="Never bought"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="bought_before", label=Text(zh="先买后入会", en="Bought before joining"), unit="count"),
        Field(name="fresh", label=Text(zh="入会不满 90 天未买", en="Joined later, not yet"), unit="count"),
        Field(name="median", label=Text(zh="首购天数中位", en="Median days to buy"), unit="days"),
    )
    title = Text(zh="数据期内入会的会员", en="Members who joined inside the data")
    exhibits = [Exhibit(name="joined", title=title, fields=fields, frame=pd.DataFrame(rows))]
    return (*exhibits, _show_woken(measured)) if measured.woken else tuple(exhibits)


def _show_woken(measured: Stock) -> Exhibit:
    rows = [
        {
            "channel": one.channel,
            "sleeping": one.sleeping,
            "woken": one.woken,
            "rate": one.rate,
            "sleeping_before": one.sleeping_before or None,
            "woken_before": one.woken_before if one.sleeping_before else None,
            "rate_before": one.rate_before,
            "change": word_points_range(*one.change_interval) if one.change_interval else NOTHING,
        }
        for one in measured.woken.values()
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="sleeping", label=Text(zh="沉睡会员", en="Asleep"), unit="count"),
        Field(name="woken", label=Text(zh="半年内购买人数", en="Bought in half a year"), unit="count"),
        Field(name="rate", label=Text(zh="购买率", en="Rate"), unit="share"),
        Field(name="sleeping_before", label=Text(zh="一年前沉睡", en="Asleep a year before"), unit="count"),
        Field(name="woken_before", label=Text(zh="一年前购买人数", en="Bought then"), unit="count"),
        Field(name="rate_before", label=Text(zh="一年前购买率", en="Rate then"), unit="share"),
        Field(name="change", label=Text(zh="购买率变动 95% 区间", en="Change of the rate, 95% interval")),
    )
    title = Text(zh="存量会员的唤醒：人数与比例分开看", en="Waking the stock: count and rate apart")
    return Exhibit(name="stock", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw_stock(measured: Stock, language: Language) -> Figure:
    """The share that has bought by days from joining, a line a channel."""
    figure, axes = new_figure()
    for one, colour in zip(measured.joined, SERIES, strict=False):
        if one.curve is not None:
            days, bought = [0.0, *one.curve.days.tolist()], [0.0, *(1 - one.curve.survival).tolist()]
            label = name_channel(one.channel).word(language)
            axes.step(days, bought, where="post", color=colour, linewidth=2, label=label)
    axes.set_ylim(0, 1)
    axes.set_xlim(left=0)
    axes.set_xlabel(words.DAYS_AXIS.word(language))
    axes.set_ylabel(words.SHARE_AXIS.word(language))
    scale_share(axes.yaxis)
    scale_count(axes.xaxis)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower right", fontsize=9)
    return figure
