"""Customers of one period by channel and by first purchase: their rates, and the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _one_period_words as words
from diagnostics.checks.costing import label_segments
from diagnostics.metrics.segments import ALL, CHANNEL, FIRST_CHANNEL
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from diagnostics.checks.audit.one_period import OnePeriod


def rate_segments(segments: pd.DataFrame) -> pd.DataFrame:
    """Means a customer and an order, margin, and the share of loss-makers with an interval."""
    known = segments.known.where(segments.known > 0)
    low, high = wilson(segments.losers.fillna(0), segments.known)
    net = segments.known_net.where(segments.known_net > 0)
    return segments.assign(
        spend_each=segments.spend / segments.customers,
        order_value=segments.spend / segments.orders,
        margin=segments.profit / net,
        loser_share=segments.losers / known,
        loser_low=low,
        loser_high=high,
        losers=segments.losers.where(segments.known > 0),
        loss=segments.loss.fillna(0.0).where(segments.known > 0),
    )


def leave_out_repeats(segments: pd.DataFrame) -> pd.DataFrame:
    """Without kinds of one segment, and without first channels where everybody stays in the first one."""
    many = segments.groupby("kind").segment.transform("nunique") > 1
    kept = segments[many | (segments.kind == ALL)]
    by_kind = {kind: dict(zip(rows.segment, rows.spend, strict=True)) for kind, rows in kept.groupby("kind")}
    same = by_kind.get(CHANNEL) == by_kind.get(FIRST_CHANNEL)
    return kept[kept.kind != FIRST_CHANNEL] if same else kept


def list_segments(measured: OnePeriod) -> Exhibit:
    """One row a segment: customers, spend with median and top tenth, and profit with loss-makers where it is known."""
    rows = measured.segments
    profit = (
        Field(name="profit", label=words.PROFIT, unit="money"),
        Field(name="margin", label=Text(zh="加权利润率", en="Weighted margin"), unit="share"),
        Field(name="margin_mean", label=Text(zh="未加权利润率", en="Unweighted margin"), unit="share"),
        Field(name="losers", label=Text(zh="亏损客户", en="Loss-makers"), unit="count"),
        Field(name="loser_share", label=Text(zh="占比", en="Share"), unit="share"),
        *interval_fields("share", prefix="loser_"),
        Field(name="loss", label=Text(zh="亏损额", en="Loss"), unit="money"),
    )
    fields = (
        Field(name="label", label=Text(zh="客群", en="Segment")),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="orders", label=words.ORDERS, unit="count"),
        Field(name="spend", label=words.SPEND, unit="money"),
        Field(name="spend_each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
        Field(name="median", label=Text(zh="消费中位数", en="Median spend"), unit="price"),
        Field(name="top_share", label=Text(zh="最高 10% 占消费", en="Top tenth, share of spend"), unit="share"),
        Field(name="order_value", label=Text(zh="笔单价（加权）", en="Spend per order, weighted"), unit="price"),
        Field(
            name="order_value_mean", label=Text(zh="笔单价（未加权）", en="Spend per order, unweighted"), unit="price"
        ),
        *(profit if measured.costing.is_known else ()),
    )
    note = Text(
        zh="一位客户可在多个渠道购买，各行人数不可相加。中位数与最高 10% 只按渠道计。",
        en="A customer may buy in several channels: the rows' customers don't add up. Median and top tenth are told by "
        "channel only.",
    )
    keys = pd.MultiIndex.from_frame(rows[["kind", "segment"]])
    spreads = measured.spreads[measured.spreads.measure == "spend"].set_index(["kind", "segment"])
    deciles = measured.deciles[measured.deciles.ranking == "spend"].set_index(["kind", "segment"])
    whole = deciles.groupby(level=[0, 1]).spend.sum()
    top = deciles.spend[deciles.decile == 1] / whole.where(whole > 0)
    frame = rows.assign(
        label=label_segments(rows),
        median=spreads.p50.reindex(keys).to_numpy(),
        top_share=top.reindex(keys).to_numpy(),
    )
    title = Text(zh="按渠道与首购分群", en="By channel and by first purchase")
    return Exhibit(name="segments", title=title, fields=fields, frame=frame, note=note)
