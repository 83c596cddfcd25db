"""Whether a larger share of what buyers pay is handed back than before, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.two_periods import draw_two_periods
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.tracking import track_ratios
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.refunds import total_refund_buckets, total_refund_months
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable, interval_fields
from diagnostics.model.wording import (
    Text,
    join_texts,
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

    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="哪些渠道的退款在变多？", en="In which channels are refunds rising?")
DEFINITION = Text(
    zh="退款率 = 退款金额 ÷ 买家实付金额，按付款月份归集（取消单按其自身日期）。最近的订单还可能继续退款，"
    "近月因此偏低。与上一可比期比较，并要求各月合起来的升幅超出月与月之间的波动；区间：按客户分组的刀切法，95%。",
    en="Refunded share = amount refunded over amount paid, by month of payment (cancelling lines by their own date). "
    "Recent orders may still be refunded, so the last months read low. Compared with the previous period; "
    "all months together must rise by more than they scatter. Intervals by a jackknife over groups of customers, 95%.",
)
NO_REFUNDS = Text(
    zh="两个时期都没有任何退款金额，多半是导出里没有退款列",
    en="no refund in either period; most likely the exports carry no refund column",
)
UNLOCK = Text(zh="带退款金额的订单报表或售后单", en="order reports with refunds, or after-sales reports")
ANSWER = Text(zh="整体退款率由 {before} 变为 {after}。", en="Refunds went from {before} to {after} of the amount paid.")
HIGHEST = Text(
    zh="变动最大的渠道是{channel}：由 {before} 变为 {after}。",
    en="They moved most in {channel}: from {before} to {after}.",
)
TITLE = Text(
    zh="{channel}退款率由 {before} 升至 {after}，一年多退 {loss}",
    en="{channel}: refunds up from {before} to {after} of paid, {loss} more a year",
)
CAUSE = Text(
    zh="{channel}本期退款率 {after}，较上期 {change}（区间 {range}）。",
    en="Refunds in {channel} are {after} of paid, {change} on the previous period ({range}).",
)
PAST = Text(
    zh="本期 {months} 个月中有 {above} 个月超出其自身过去的波动上限 {top}。",
    en="{above} of {months} months lie beyond the top of the channel's own past range, {top}.",
)
ACTION = Text(
    zh="按退款原因、商品和主播/素材拆开退款单，先处理占比最高的三项原因；核对宣传与实物、尺码与发货时效，"
    "对高退款商品先停投再整改。",
    en="Split refunds by reason, product and anchor or creative and deal with the three largest reasons first; compare "
    "claims with the goods, sizes and delivery times, and stop promoting products with high refunds until mended.",
)
STOP = Text(
    zh="整改四周后该渠道退款率仍不低于整改前，则停止该做法并下架相应商品复核。",
    en="Stop if the channel's refunded share is no lower four weeks after the change; take the products off and "
    "review.",
)
SILENT = Text(
    zh="以下渠道两期都没有退款记录，多半是导出不含退款，未作判断：{channels}。",
    en="No refund is recorded in either period, most likely because the exports carry none, so not judged: {channels}.",
)
MOST_LINES = 6
# A channel below this part of what is paid swings too much from month to month to be drawn.
LEAST_PART = 0.05
MOST_ROWS = 12
LEAST_ORDERS = 100


@dataclass(frozen=True, kw_only=True)
class Refunds:
    """Refunded shares by channel, before and after, and by month."""

    channels: tuple[RatioChange, ...]
    silent: tuple[str, ...]
    months: pd.DataFrame
    before: float
    after: float
    horizon: Horizon
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for paid and refunded by channel and month, and by bucket."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    marked = mark_compared(tables["order_lines"], horizon.previous, horizon.current)
    return {"months": total_refund_months(marked), "buckets": total_refund_buckets(marked)}


def measure(replies: Replies) -> Refunds | NotComputable:
    """Compare the refunded shares."""
    if "months" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    months = replies["months"]
    if not months.refund.any():
        return NotComputable(reason=NO_REFUNDS, unlocked_by=UNLOCK)
    refunded = months.groupby("channel").refund.sum()
    silent = refunded.index[refunded == 0]
    totals = months.groupby("is_current")[["refund", "paid"]].sum()
    share = (totals.refund / totals.paid).reindex([False, True])
    changes = compare_ratios(replies["buckets"], months, "refund", "paid")
    return Refunds(
        channels=tuple(change for change in changes if change.channel not in set(silent)),
        silent=tuple(str(channel) for channel in silent),
        months=months,
        before=float(share.iloc[0]),
        after=float(share.iloc[1]),
        horizon=replies.engagement.horizon,
        currency=replies.engagement.currency,
    )


def track(measured: Refunds) -> tuple[Reading, ...]:
    """The refunded share of each channel."""
    return track_ratios("refund_share", measured.channels)


def judge(measured: Refunds, limits: Limits) -> tuple[Finding, ...]:
    """Raise a surge where the share rose by enough, surely, and by more than the channel's months scatter."""
    return tuple(
        _state(change, measured)
        for change in measured.channels
        if change.change >= limits["least_rise"]
        and change.low > 0
        and change.is_beyond_past
        and change.before > 0
        and min(change.orders, change.orders_before) >= limits["least_orders"]
    )


def _state(change: RatioChange, measured: Refunds) -> Finding:
    low, mid, high = change.yearly_range(measured.horizon.yearly)
    impact = Impact(low=low, mid=mid, high=high)
    channel = name_channel(change.channel)
    cause = CAUSE.fill(
        channel=channel,
        after=word_percent(change.after),
        change=word_points(change.change),
        range=word_points_range(change.low, change.high),
    )
    if change.has_range:
        cause += PAST.fill(
            months=word_number(change.months),
            above=word_number(change.months_above),
            top=word_percent(change.usual_top),
        )
    return Finding(
        code="lever.refund_surge",
        scope={"channel": change.channel},
        title=TITLE.fill(
            channel=channel,
            before=word_percent(change.before),
            after=word_percent(change.after),
            loss=word_money(impact.mid, measured.currency),
        ),
        cause=cause,
        action=ACTION,
        owner_role="service",
        validation=Validation(metric="refund_share", direction="down", window_days=30),
        stop_rule=STOP,
        confidence=rate_gap(change.change, change.low),
        impact=impact,
        evidence=(Evidence(table="refunds", n=change.orders, value=change.after),),
    )


def tell(measured: Refunds) -> Text:
    """The refunded share before and after, and the channel where it moved most."""
    said = ANSWER.fill(before=word_percent(measured.before), after=word_percent(measured.after))
    large = [change for change in measured.channels if min(change.orders, change.orders_before) >= LEAST_ORDERS]
    if len(large) > 1:
        most = max(large, key=lambda change: abs(change.change))
        said += HIGHEST.fill(
            channel=name_channel(most.channel), before=word_percent(most.before), after=word_percent(most.after)
        )
    return said


def caveats(measured: Refunds) -> tuple[Text, ...]:
    """Channels that record no refund at all."""
    if not measured.silent:
        return ()
    names = [name_channel(channel) for channel in measured.silent[:MOST_ROWS]]
    return (SILENT.fill(channels=join_texts(names)),)


def tabulate(measured: Refunds) -> tuple[Exhibit, ...]:
    """Shares before and after by channel, the largest channels first."""
    rows = [
        {
            "channel": change.channel,
            "before": change.before,
            "after": change.after,
            "change": change.change,
            "low": change.low,
            "high": change.high,
            "usual_top": min(change.usual_top, 1.0) if change.has_range else None,
            "months_above": change.months_above,
            "orders": change.orders,
        }
        for change in sorted(measured.channels, key=lambda change: -change.weight)[:MOST_ROWS]
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="before", label=Text(zh="上期退款率", en="Refunded before"), unit="share"),
        Field(name="after", label=Text(zh="本期退款率", en="Refunded now"), unit="share"),
        Field(name="change", label=Text(zh="变动", en="Change"), unit="points"),
        *interval_fields("points"),
        Field(name="usual_top", label=Text(zh="过去月度上限", en="Top of past months"), unit="share"),
        Field(name="months_above", label=Text(zh="超出的月数", en="Months beyond it"), unit="count"),
        Field(name="orders", label=Text(zh="本期订单数", en="Orders now"), unit="count"),
    )
    title = Text(zh="各渠道退款率", en="Refunded share by channel")
    return (Exhibit(name="refunds", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Refunds, language: Language) -> Figure:
    """Monthly refunded share of the channels that matter, previous and current period."""
    starts = [period.start for period in (measured.horizon.previous, measured.horizon.current) if period is not None]
    length = int(measured.months.turn.max()) + 1
    ordered = sorted(measured.channels, key=lambda change: -change.weight)
    paid = sum(change.weight for change in ordered)
    large = [change for change in ordered if change.weight >= LEAST_PART * paid] or ordered[:1]
    series = {
        name_channel(change.channel).word(language): _list_shares(measured.months, change.channel, length)
        for change in large[:MOST_LINES]
    }
    label = Text(zh="退款金额 ÷ 实付金额", en="Refunded share of paid").word(language)
    return draw_two_periods(starts, length, series, axis_label=label)


def _list_shares(months: pd.DataFrame, channel: str, length: int) -> list[float]:
    part = months[months.channel == channel].set_index(["is_current", "turn"])
    share = part.refund / part.paid.where(part.paid > 0)
    return [float(share.get((side, turn), float("nan"))) for side in (False, True) for turn in range(length)]


# 120 orders of 100 a month. Douyin hands back 6 of them in January (5 %) and 24 in February (20 %): 15 points more
# on 12,000 a month is 21,600 a year. Tmall hands back 5 % in both.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount refund_amount",
        *(f"douyin d{i:03d} 2024-01-02 100 {100 if i % 20 == 0 else 0}" for i in range(120)),
        *(f"douyin d{i:03d} 2024-02-28 100 {100 if i % 5 == 0 else 0}" for i in range(120)),
        *(f"tmall c{i:03d} 2024-01-02 100 {100 if i % 20 == 0 else 0}" for i in range(120)),
        *(f"tmall c{i:03d} 2024-02-28 100 {100 if i % 20 == 1 else 0}" for i in range(120)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-05",),
    finds=("lever.refund_surge",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="least_rise",
            value=0.02,
            reason=Text(
                zh="退款率上升 2 个百分点以上才值得专项处理",
                en="from two points more the rise is worth a project of its own",
            ),
        ),
        Limit(
            name="least_orders",
            value=LEAST_ORDERS,
            reason=Text(
                zh="退款是少数订单的事，少于 100 单的渠道不作判断",
                en="refunds concern few orders: channels with fewer than 100 orders are not judged",
            ),
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
        says="12.5%",
        finds=(("lever.refund_surge", {"channel": "douyin"}),),
    ),
    place=40,
)
