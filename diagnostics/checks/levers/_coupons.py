"""How many orders use a coupon, what it costs, and who returns without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Limit
from diagnostics.checks.levers import _coupon_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.coupons import count_coupon_orders, count_coupon_returns, total_coupons
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_money, word_number, word_percent, word_points
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.coupon_need import CouponNeed, measure_needs

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FOLLOWED_DAYS = 90
MOST_ROWS = 12
# Who uses a coupon is not drawn at random: never surer than this.
MOST_SURE = 0.75
COUPON_LIMITS = (
    Limit(name="coupon_share", value=0.5, reason=words.LIMIT_SHARE),
    Limit(name="return_gap", value=0.05, reason=words.LIMIT_GAP),
)


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


def ask_coupons(tables: Tables) -> dict[str, ir.Table]:
    """Ask for orders with and without a coupon, for returns of newcomers, and for what coupon reports state.

    Nothing where orders of known customers do not say whether a coupon was used.
    """
    if not tables.has("order_lines", "customer", "used_coupon"):
        return {}
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    days = tables.keep(follow_purchases(lines))
    firsts = tables.share(pick_firsts(days, find_newcomers_since(horizon.history)))
    current = within(lines, horizon.current)
    asked = {
        "coupon_orders": count_coupon_orders(current),
        "coupon_returns": count_coupon_returns(lines, firsts, horizon.as_of, FOLLOWED_DAYS),
        "coupon_channels": current.select("channel").distinct(),
    }
    if tables.has("coupons", "issued", "used"):
        asked["coupon_reports"] = total_coupons(tables["coupons"], horizon.current.start, horizon.current.end)
    return asked


def read_coupons(replies: Replies) -> Coupons | None:
    """Measure each channel's need of coupons; `None` where too few orders say whether one was used."""
    if "coupon_orders" not in replies:
        return None
    needs = measure_needs(replies["coupon_orders"], replies["coupon_returns"])
    if not needs:
        return None
    return Coupons(
        needs=needs,
        reports=replies.frames.get("coupon_reports"),
        silent=tuple(sorted(set(replies["coupon_channels"].channel) - {need.channel for need in needs})),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def track_coupons(measured: Coupons) -> tuple[Reading, ...]:
    """The share of orders with a coupon, by channel."""
    return tuple(
        reading
        for need in measured.needs
        for reading in track_value(
            "coupon_dep", need.share, need.low, need.high, n=need.orders, scope={"channel": need.channel}
        )
    )


def judge_coupons(measured: Coupons, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel where most orders need a coupon and buyers without one return clearly less."""
    return tuple(
        _find(measured, need)
        for need in measured.needs
        if need.low > limits["coupon_share"] and need.gap is not None and need.gap.low > limits["return_gap"]
    )


def tell_coupons(measured: Coupons) -> Text:
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


def tabulate_coupons(measured: Coupons) -> tuple[Exhibit, ...]:
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


def draw_coupons(measured: Coupons, language: Language) -> Figure:
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
        confidence=min(rate_gap(gap.fall, gap.low), MOST_SURE),
        impact=Impact(low=worth / 4, mid=worth / 2, high=worth) if is_sized else None,
        impact_reason=None if is_sized else words.NO_MONEY,
        severity=None if is_sized else "low",
        evidence=(Evidence(table="coupons", n=need.orders, value=need.share),),
    )
