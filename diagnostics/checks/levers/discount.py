"""Whether discounts deepen while list prices hold, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.two_periods import draw_two_periods
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.discounts import total_discount_buckets, total_discount_months
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    join_texts,
    word_change,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_points_range,
)
from diagnostics.statistics.certainty import find_likely, rate_gap
from diagnostics.statistics.ratio_change import RatioChange, compare_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="折扣是否越打越深？", en="Are discounts getting deeper?")
DEFINITION = Text(
    zh="折扣深度 = 1 − 买家实付 ÷ 优惠前金额，只含导出中带优惠前金额的销售行；平台出资的优惠可能不在订单里。"
    "「标价未变」看每件的优惠前金额；区间：按客户分组的刀切法，95%。",
    en="Discount depth = 1 − paid over the amount before discounts, over selling lines that state one; discounts paid "
    "by a platform may not show in the order. Whether list prices held is read from the amount before discounts per "
    "unit. Intervals by a jackknife over groups of customers, 95%.",
)
NO_PAIRS = Text(
    zh="没有一个渠道在两个可比期都带有优惠前金额",
    en="no channel states the amount before discounts in both periods",
)
UNLOCK = Text(
    zh="带优惠前金额的订单或宝贝报表（两年）",
    en="order or item reports with the amount before discounts, for two years",
)
ANSWER = Text(
    zh="在带有优惠前金额的 {n} 个渠道里，折扣变动最大的是{channel}：由 {before} 变为 {after}（{change}）。",
    en="Of {n} channels that state list amounts, discounts moved most in {channel}: from {before} to "
    "{after} ({change}).",
)
ONE = Text(
    zh="只有{channel}带有优惠前金额：折扣深度由 {before} 变为 {after}（{change}）。",
    en="Only {channel} states list amounts: discounts went from {before} to {after} ({change}).",
)
TITLE = Text(
    zh="{channel}折扣由 {before} 加深到 {after}，一年多让利 {loss}",
    en="{channel}: discounts deepen from {before} to {after}, {loss} more given away a year",
)
CAUSE = Text(
    zh="{channel}每件标价变动 {list}，基本未降，而折扣深度 {change}（区间 {range}）：让利来自优惠而非标价。",
    en="The list price per unit in {channel} moved by {list} while discounts moved by {change} ({range}): the "
    "money is given away by promotions, not by list prices.",
)
ACTION = Text(
    zh="把优惠拆成满减、券、会员价三类，先停掉对老客无门槛的叠加优惠；用半数客户试行浅一档的折扣，比较毛利额而非销量。",
    en="Split promotions into thresholds, coupons and member prices and end those that stack for returning customers "
    "first; try one step less discount on half of the customers and compare gross profit, not volume.",
)
STOP = Text(
    zh="浅折扣组四周的毛利额低于原折扣组，则恢复原折扣。",
    en="Go back if the gross profit of the lighter discount is lower after four weeks.",
)
LACKING = Text(
    zh="以下渠道的导出没有优惠前金额，未纳入：{channels}。", en="Not included, for want of list amounts: {channels}."
)
MOST_ROWS = 12
MOST_LINES = 6


@dataclass(frozen=True, kw_only=True)
class Depth:
    """Discount depth by channel and by month, and how list prices per unit moved."""

    channels: tuple[RatioChange, ...]
    list_change: Mapping[str, float]
    lacking: tuple[str, ...]
    months: pd.DataFrame
    horizon: Horizon
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for listed and paid by channel and month, and by bucket."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    marked = mark_compared(tables["order_lines"], horizon.previous, horizon.current)
    return {
        "months": total_discount_months(marked),
        "buckets": total_discount_buckets(marked),
        "channels": marked.select("channel").distinct(),
    }


def measure(replies: Replies) -> Depth | NotComputable:
    """Compare what was given away per listed amount."""
    if "months" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    months, buckets = (
        replies[name].assign(given=lambda frame: frame.listed - frame.paid) for name in ("months", "buckets")
    )
    changes = compare_ratios(buckets, months, "given", "listed")
    if not changes:
        return NotComputable(reason=NO_PAIRS, unlocked_by=UNLOCK)
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


def track(measured: Depth) -> tuple[Reading, ...]:
    """The depth of discounts of each channel."""
    return tuple(
        reading
        for one in measured.channels
        for reading in track_value(
            "discount_depth", one.after, one.after_low, one.after_high, n=one.orders, scope={"channel": one.channel}
        )
    )


def judge(measured: Depth, limits: Limits) -> tuple[Finding, ...]:
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
    scale = change.weight * measured.horizon.yearly
    low, mid, high = find_likely(change.low * scale, change.change * scale, change.high * scale)
    impact = Impact(low=low, mid=mid, high=high)
    channel = name_channel(change.channel)
    before, after = word_percent(change.before), word_percent(change.after)
    cause = CAUSE.fill(
        channel=channel,
        list=word_change(measured.list_change[change.channel]),
        change=word_points(change.change),
        range=word_points_range(change.low, change.high),
    )
    loss = word_money(impact.mid, measured.currency)
    return Finding(
        code="lever.discount_deepening",
        scope={"channel": change.channel},
        title=TITLE.fill(channel=channel, before=before, after=after, loss=loss),
        cause=cause,
        action=ACTION,
        owner_role="product",
        validation=Validation(metric="discount_depth", direction="down", window_days=30),
        stop_rule=STOP,
        confidence=rate_gap(change.change, change.low),
        impact=impact,
        evidence=(Evidence(table="discounts", n=change.orders, value=change.after),),
    )


def tell(measured: Depth) -> Text:
    """The channel where discounts moved most."""
    most = max(measured.channels, key=lambda change: abs(change.change))
    words = ONE if len(measured.channels) == 1 else ANSWER
    return words.fill(
        n=word_number(len(measured.channels)),
        channel=name_channel(most.channel),
        before=word_percent(most.before),
        after=word_percent(most.after),
        change=word_points(most.change),
    )


def caveats(measured: Depth) -> tuple[Text, ...]:
    """Channels without list amounts."""
    if not measured.lacking:
        return ()
    return (LACKING.fill(channels=join_texts(name_channel(channel) for channel in measured.lacking[:MOST_ROWS])),)


def _list_largest(measured: Depth) -> list[RatioChange]:
    return sorted(measured.channels, key=lambda change: -change.weight)[:MOST_ROWS]


def tabulate(measured: Depth) -> tuple[Exhibit, ...]:
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
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="points"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="points"),
        Field(name="list_change", label=Text(zh="每件标价变动", en="Change of list price per unit"), unit="share"),
        Field(name="orders", label=Text(zh="本期订单数", en="Orders now"), unit="count"),
    )
    title = Text(zh="各渠道折扣深度", en="Discount depth by channel")
    return (Exhibit(name="discounts", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Depth, language: Language) -> Figure:
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


# 120 pieces listed at 100: jd sells them at 90 in January and at 80 in February. 10 points on 12,000 listed a
# month is 14,400 a year. Store sells at 90 in both.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at list_amount paid_amount",
        *(f"jd c{i:03d} 2024-01-02 100 90" for i in range(120)),
        *(f"jd c{i:03d} 2024-02-28 100 80" for i in range(120)),
        *(f"store s{i:03d} 2024-01-02 100 90" for i in range(120)),
        *(f"store s{i:03d} 2024-02-28 100 90" for i in range(120)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-05",),
    finds=("lever.discount_deepening",),
    needs=(Need(table="order_lines", columns=("list_amount",)),),
    limits=(
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
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="20.0%",
        finds=(("lever.discount_deepening", {"channel": "jd"}),),
    ),
    place=50,
)
