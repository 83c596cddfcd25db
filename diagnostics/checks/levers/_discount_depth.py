"""How deep discounts are by channel, now and before, and whether they deepened while list prices held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.two_periods import draw_two_periods
from diagnostics.checks.check import Limit
from diagnostics.checks.levers import _discount_words as words
from diagnostics.checks.tracking import track_ratios
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.discounts import total_discount_buckets, total_discount_months
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import (
    Text,
    word_change,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_points_range,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.ratio_change import RatioChange, compare_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.period import Horizon
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 12
MOST_LINES = 6
DEPTH_LIMITS = (
    Limit(
        name="least_deepening",
        value=0.03,
        reason=Text(
            zh="折扣加深 3 个百分点以上才值得调整促销；更小的变动多为活动错期",
            en="from three points on promotions are worth a change; less is mostly a promotion that moved",
        ),
    ),
    Limit(
        name="list_fall",
        value=0.05,
        reason=Text(
            zh="每件标价下降超过 5% 时，问题是商品结构或调价，而非折扣",
            en="where list prices per unit fall by more, the range or the price list changed, not the discount",
        ),
    ),
    Limit(
        name="least_orders",
        value=100,
        reason=Text(zh="少于 100 单的渠道不作判断", en="channels with fewer than 100 orders are not judged"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Depth:
    """Discount depth by channel and by month, and how list prices per unit moved."""

    channels: tuple[RatioChange, ...]
    list_change: Mapping[str, float]
    lacking: tuple[str, ...]
    months: pd.DataFrame
    horizon: Horizon
    currency: str


def ask_depth(tables: Tables) -> dict[str, ir.Table]:
    """Ask for listed and paid by channel and month, and by bucket; nothing without list amounts or a period before."""
    horizon = tables.engagement.horizon
    if horizon.previous is None or not tables.has("order_lines", "list_amount"):
        return {}
    marked = mark_compared(tables["order_lines"], horizon.previous, horizon.current)
    return {
        "months": total_discount_months(marked),
        "buckets": total_discount_buckets(marked),
        "channels": marked.select("channel").distinct(),
    }


def read_depth(replies: Replies) -> Depth | None:
    """Compare what was given away per listed amount; `None` where no channel states it in both periods."""
    if "months" not in replies:
        return None
    months, buckets = (
        replies[name].assign(given=lambda frame: frame.listed - frame.paid) for name in ("months", "buckets")
    )
    changes = compare_ratios(buckets, months, "given", "listed")
    if not changes:
        return None
    return Depth(
        channels=changes,
        list_change=_compare_list_prices(buckets),
        lacking=tuple(sorted(set(replies["channels"].channel) - {change.channel for change in changes})),
        months=months,
        horizon=replies.engagement.horizon,
        currency=replies.engagement.currency,
    )


def _compare_list_prices(buckets: pd.DataFrame) -> dict[str, float]:
    """By channel, the relative change of the amount before discounts per unit."""
    totals = buckets.groupby(["channel", "is_current"], as_index=False)[["listed", "units"]].sum()
    price = totals.assign(price=totals.listed / totals.units.where(totals.units > 0))
    wide = price.pivot_table(index="channel", columns="is_current", values="price").reindex(columns=[False, True])
    change = (wide[True] / wide[False] - 1).dropna()
    return {str(channel): float(value) for channel, value in change.items()}


def track_depth(measured: Depth) -> tuple[Reading, ...]:
    """The depth of discounts of each channel."""
    return track_ratios("discount_depth", measured.channels)


def judge_depth(measured: Depth, limits: Limits) -> tuple[Finding, ...]:
    """Raise a deepening where it is large, sure and more than months scatter while list prices held."""
    return tuple(
        _state(change, measured)
        for change in measured.channels
        if change.change >= limits["least_deepening"]
        and change.low > 0
        and change.is_beyond_past
        and measured.list_change.get(change.channel, -1.0) >= -limits["list_fall"]
        and min(change.orders, change.orders_before) >= limits["least_orders"]
    )


def _state(change: RatioChange, measured: Depth) -> Finding:
    low, mid, high = change.yearly_range(measured.horizon.yearly)
    impact = Impact(low=low, mid=mid, high=high)
    channel = name_channel(change.channel)
    before, after = word_percent(change.before), word_percent(change.after)
    cause = words.CAUSE.fill(
        channel=channel,
        list=word_change(measured.list_change[change.channel]),
        change=word_points(change.change),
        range=word_points_range(change.low, change.high),
    )
    loss = word_money(impact.mid, measured.currency)
    return Finding(
        code="lever.discount_deepening",
        scope={"channel": change.channel},
        title=words.TITLE.fill(channel=channel, before=before, after=after, loss=loss),
        cause=cause,
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="discount_depth", direction="down", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(change.change, change.low),
        impact=impact,
        evidence=(Evidence(table="discounts", n=change.orders, value=change.after),),
    )


def tell_depth(measured: Depth) -> Text:
    """The channel where discounts moved most."""
    most = max(measured.channels, key=lambda change: abs(change.change))
    said = words.ONE if len(measured.channels) == 1 else words.ANSWER
    return said.fill(
        n=word_number(len(measured.channels)),
        channel=name_channel(most.channel),
        before=word_percent(most.before),
        after=word_percent(most.after),
        change=word_points(most.change),
    )


def _list_largest(measured: Depth) -> list[RatioChange]:
    return sorted(measured.channels, key=lambda change: -change.weight)[:MOST_ROWS]


def tabulate_depth(measured: Depth) -> Exhibit:
    """Depth before and after by channel, the largest channels first."""
    rows = [
        {
            "channel": change.channel,
            "before": change.before,
            "after": change.after,
            "change": change.change,
            "low": change.low,
            "high": change.high,
            "list_change": measured.list_change.get(change.channel),
            "orders": change.orders,
        }
        for change in _list_largest(measured)
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="before", label=Text(zh="上期折扣深度", en="Depth before"), unit="share"),
        Field(name="after", label=Text(zh="本期折扣深度", en="Depth now"), unit="share"),
        Field(name="change", label=Text(zh="变动", en="Change"), unit="points"),
        *interval_fields("points"),
        Field(name="list_change", label=Text(zh="每件标价变动", en="Change of list price per unit"), unit="share"),
        Field(name="orders", label=Text(zh="本期订单数", en="Orders now"), unit="count"),
    )
    title = Text(zh="各渠道折扣深度", en="Discount depth by channel")
    return Exhibit(name="discounts", title=title, fields=fields, frame=pd.DataFrame(rows))


def draw_depth(measured: Depth, language: Language) -> Figure:
    """Monthly discount depth of the largest channels, previous and current period."""
    starts = [period.start for period in (measured.horizon.previous, measured.horizon.current) if period is not None]
    length = int(measured.months.turn.max()) + 1
    series = {
        name_channel(change.channel).word(language): _list_depths(measured.months, change.channel, length)
        for change in _list_largest(measured)[:MOST_LINES]
    }
    label = Text(zh="折扣深度", en="Discount depth").word(language)
    return draw_two_periods(starts, length, series, axis_label=label)


def _list_depths(months: pd.DataFrame, channel: str, length: int) -> list[float]:
    part = months[months.channel == channel].set_index(["is_current", "turn"])
    depth = part.given / part.listed
    return [float(depth.get((side, turn), float("nan"))) for side in (False, True) for turn in range(length)]
