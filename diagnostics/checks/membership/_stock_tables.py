"""The tables of members who never bought and of the sleeping stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_points_range

if TYPE_CHECKING:
    from diagnostics.checks.membership._stock import Stock


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
