"""Whether sales need coupons: how many orders use one, what it costs, and who returns without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _coupon_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.coupons import count_coupon_orders, count_coupon_returns, total_coupons
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_money, word_number, word_percent, word_points
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.coupon_need import LEAST_ORDERS, CouponNeed, measure_needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FOLLOWED_DAYS = 90
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Coupons:
    """Channels with their need of coupons, what coupon reports state, and channels that do not say."""

    needs: tuple[CouponNeed, ...]
    reports: pd.DataFrame | None
    silent: tuple[str, ...]
    yearly: float
    currency: str

    @property
    def share(self) -> float:
        """Share of orders with a coupon over all channels that say."""
        return sum(need.share * need.orders for need in self.needs) / sum(need.orders for need in self.needs)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for orders with and without a coupon, for returns of newcomers, and for what coupon reports state."""
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    days = tables.keep(follow_purchases(lines))
    firsts = tables.share(pick_firsts(days, find_newcomers_since(horizon.history)))
    current = within(lines, horizon.current)
    asked = {
        "orders": count_coupon_orders(current),
        "returns": count_coupon_returns(lines, firsts, horizon.as_of, FOLLOWED_DAYS),
        "channels": current.select("channel").distinct(),
    }
    if tables.has("coupons", "issued", "used"):
        asked["reports"] = total_coupons(tables["coupons"], horizon.current.start, horizon.current.end)
    return asked


def measure(replies: Replies) -> Coupons | NotComputable:
    """Measure each channel's need of coupons."""
    needs = measure_needs(replies["orders"], replies["returns"])
    if not needs:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(LEAST_ORDERS)), unlocked_by=words.UNLOCK)
    return Coupons(
        needs=needs,
        reports=replies.frames.get("reports"),
        silent=tuple(sorted(set(replies["channels"].channel) - {need.channel for need in needs})),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def track(measured: Coupons) -> tuple[Reading, ...]:
    """The share of orders with a coupon, by channel."""
    return tuple(
        reading
        for need in measured.needs
        for reading in track_value(
            "coupon_dep", need.share, need.low, need.high, n=need.orders, scope={"channel": need.channel}
        )
    )


def judge(measured: Coupons, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel where most orders need a coupon and buyers without one return clearly less."""
    return tuple(
        _find(measured, need)
        for need in measured.needs
        if need.low > limits["share"] and need.gap is not None and need.gap.low > limits["gap"]
    )


def tell(measured: Coupons) -> Text:
    """The share of orders with a coupon, the channel with most, and who returns there."""
    top = max(measured.needs, key=lambda need: need.share)
    said = words.ANSWER.fill(
        share=word_percent(measured.share),
        n=word_number(sum(need.orders for need in measured.needs)),
        channel=name_channel(top.channel),
        top=word_percent(top.share),
    )
    if top.gap is None:
        return said
    return said + words.RETURNS.fill(
        channel=name_channel(top.channel), now=word_percent(top.gap.now), before=word_percent(top.gap.before)
    )


def caveats(measured: Coupons) -> tuple[Text, ...]:
    """Channels whose orders do not say."""
    if not measured.silent:
        return ()
    return (words.SILENT.fill(channels=join_texts(name_channel(name) for name in measured.silent[:MOST_ROWS])),)


def tabulate(measured: Coupons) -> tuple[Exhibit, ...]:
    """Channels with coupon share, depth and returns; and what coupon reports state."""
    channel = Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel")
    fields = (
        channel,
        Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count"),
        Field(name="share", label=Text(zh="用券单占比", en="With a coupon"), unit="share"),
        Field(name="depth_with", label=Text(zh="用券单折扣", en="Discount with"), unit="share"),
        Field(name="depth_without", label=Text(zh="不用券单折扣", en="Discount without"), unit="share"),
        Field(name="extra", label=Text(zh="本期多给的折扣", en="Extra discount"), unit="money"),
        Field(name="with_rate", label=Text(zh="用券新客复购", en="Return, with"), unit="share"),
        Field(name="without_rate", label=Text(zh="未用券新客复购", en="Return, without"), unit="share"),
        Field(name="plain", label=Text(zh="回购单中没用券的", en="Returns without a coupon"), unit="share"),
    )
    rows = [
        {
            **{field.name: getattr(need, field.name) for field in fields[:6]},
            "with_rate": need.gap.before if need.gap else None,
            "without_rate": need.gap.now if need.gap else None,
            "plain": need.plain,
        }
        for need in measured.needs
    ]
    title = Text(zh="各渠道的用券情况", en="Coupons by channel")
    shown = [Exhibit(name="coupons", title=title, fields=fields, frame=pd.DataFrame(rows))]
    if measured.reports is not None and len(measured.reports):
        stated = measured.reports.assign(rate=lambda frame: frame.used / frame.issued.where(frame.issued > 0))
        report_fields = (
            channel,
            Field(name="issued", label=Text(zh="领取张数", en="Taken"), unit="count"),
            Field(name="used", label=Text(zh="使用张数", en="Used"), unit="count"),
            Field(name="rate", label=Text(zh="核销率", en="Use rate"), unit="share"),
            Field(name="paid_amount", label=Text(zh="用券支付金额", en="Paid with"), unit="money"),
        )
        title = Text(zh="平台券报表", en="Coupon reports of the platforms")
        shown.append(Exhibit(name="reports", title=title, fields=report_fields, frame=stated))
    return tuple(shown)


def draw(measured: Coupons, language: Language) -> Figure:
    """Share of orders with a coupon by channel."""
    shown = measured.needs[:MOST_ROWS]
    figure = draw_bars(
        [name_channel(need.channel).word(language) for need in shown],
        [need.share for need in shown],
        [f"{word_percent(need.share).en}  n={word_number(need.orders).en}" for need in shown],
        axis_label=words.AXIS.word(language),
        low=[need.low for need in shown],
        high=[need.high for need in shown],
    )
    scale_share(figure.axes[0].xaxis)
    return figure


def _find(measured: Coupons, need: CouponNeed) -> Finding:
    gap = need.gap
    if gap is None:
        message = "a need without a gap is not raised"
        raise ValueError(message)
    worth = need.extra * measured.yearly
    is_sized = worth > 0
    title = words.TITLE.fill(
        channel=name_channel(need.channel), share=word_percent(need.share), gap=word_points(-gap.fall)
    )
    if is_sized:
        tail = words.WORTH.fill(money=word_money(worth, measured.currency))
        title = Text(zh=title.zh + tail.zh, en=title.en + tail.en)
    cause = words.CAUSE.fill(
        deep=word_percent(need.depth_with),
        plain=word_percent(need.depth_without),
        free=word_percent(need.plain),
        now=word_percent(gap.now),
        before=word_percent(gap.before),
        low=word_points(gap.low),
    )
    return Finding(
        code="goods.coupon_dependence",
        scope={"channel": need.channel},
        title=title,
        cause=cause,
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="coupon_dep", direction="down", window_days=60),
        stop_rule=words.STOP,
        # Who uses a coupon is not drawn at random: never surer than this.
        confidence=min(rate_gap(gap.fall, gap.low), MOST_SURE),
        impact=Impact(low=worth / 4, mid=worth / 2, high=worth) if is_sized else None,
        impact_reason=None if is_sized else words.NO_MONEY,
        severity=None if is_sized else "low",
        evidence=(Evidence(table="coupons", n=need.orders, value=need.share),),
    )


MOST_SURE = 0.75
# From August on 300 newcomers, 200 with a coupon: of these 100 return within 90 days (with a coupon again), of the
# 100 without 10. In the current period, July to December, 380 of 530 orders have a coupon: 71.7 %.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at list_amount paid_amount used_coupon",
        "early 2024-01-01 100 100 false",
        *(f"a{i:03} 2024-08-02 100 80 true" for i in range(200)),
        *(f"b{i:03} 2024-08-02 100 100 false" for i in range(100)),
        *(f"a{i:03} 2024-10-01 100 80 true" for i in range(100)),
        *(f"b{i:03} 2024-10-01 100 100 false" for i in range(10)),
        *(f"c{i:03} 2024-12-20 100 80 true" for i in range(80)),
        *(f"d{i:03} 2024-12-31 100 100 false" for i in range(40)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-10",),
    finds=("goods.coupon_dependence",),
    needs=(Need(table="order_lines", columns=("customer", "used_coupon")),),
    limits=(
        Limit(name="share", value=0.5, reason=words.LIMIT_SHARE),
        Limit(name="gap", value=0.05, reason=words.LIMIT_GAP),
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
        says="71.7%",
        finds=(("goods.coupon_dependence", {"channel": "website"}),),
    ),
    place=60,
)
