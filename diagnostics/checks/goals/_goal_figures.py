"""What a goal is called, whether orders can measure it, and in which direction it is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from diagnostics.model.brief import to_number
from diagnostics.model.wording import Text, name_verbatim, word_money, word_number, word_percent, word_price

if TYPE_CHECKING:
    from diagnostics.model.brief import Brief, Row


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure from orders: an amount (no `lower`) or `upper` over `lower`, and its unit; `inverted` is 1 less it."""

    name: Text
    upper: str
    lower: str = ""
    unit: str = "share"
    inverted: bool = False


# Ids of the metric dictionary that the order lines of two periods tell.
MEASURED: dict[str, Figure] = {
    "gmv": Figure(name=Text(zh="成交金额", en="GMV"), upper="gmv", unit="money"),
    "aov_order": Figure(name=Text(zh="笔单价", en="Spend per order"), upper="gmv", lower="orders", unit="price"),
    "aov_user": Figure(
        name=Text(zh="客单价（人均）", en="Spend per buyer"), upper="gmv_known", lower="buyers", unit="price"
    ),
    "opb": Figure(
        name=Text(zh="人均订单数", en="Orders per buyer"), upper="orders_known", lower="buyers", unit="number"
    ),
    "upt": Figure(name=Text(zh="连带率", en="Units per order"), upper="units", lower="orders", unit="number"),
    "repurchase_user": Figure(name=Text(zh="复购率（人数）", en="Repeat rate"), upper="repeat", lower="buyers"),
    "refund_share": Figure(name=Text(zh="退款率", en="Refunded share"), upper="refund", lower="paid"),
    "discount_depth": Figure(
        name=Text(zh="折扣深度", en="Discount depth"), upper="listed_paid", lower="listed", inverted=True
    ),
    "pd_share": Figure(name=Text(zh="私域占比", en="Private-domain share"), upper="private", lower="private_told"),
    "member_pen": Figure(name=Text(zh="会员成交占比", en="Members' share"), upper="member", lower="member_told"),
}
OTHERS: dict[str, Text] = {
    "users": Text(zh="用户数", en="Users"),
    "conv": Text(zh="购买转化率", en="Conversion"),
    "repurchase_newN": Text(zh="新客复购率", en="Repeat rate of new customers"),
    "repurchase_order": Text(zh="复购率（订单）", en="Repeat share of orders"),
    "return_old": Text(zh="老客回购率", en="Return of old customers"),
    "add_rate": Text(zh="加粉率", en="Add rate"),
    "net_add": Text(zh="净增好友", en="Net adds"),
    "g_conv": Text(zh="社群转化", en="Group conversion"),
    "m_active": Text(zh="群成员活跃率", en="Active members of groups"),
    "reply_time": Text(zh="首次回复时长", en="Time to first reply"),
    "reply_rate": Text(zh="回复率", en="Reply rate"),
    "ref_share": Text(zh="老带新占比", en="Referred customers"),
    "cac": Text(zh="获客成本", en="Acquisition cost"),
    "ltv_simple": Text(zh="客户终身价值", en="Customer value"),
    "cross_brand": Text(zh="跨品牌购买率", en="Cross-brand rate"),
    "first_buy": Text(zh="存量会员首购率", en="First purchases of members"),
    "gmv_per": Text(zh="人效", en="GMV per head"),
}
FALLING = frozenset({"refund_share", "discount_depth", "cac", "reply_time", "del_rate", "early_leave", "cpa", "cycle"})


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One goal of the sheet; what it leaves open is `None`."""

    metric: str | None
    baseline: float | None
    target: float | None
    deadline: date | None
    owner: str | None

    @property
    def name(self) -> Text:
        """What the metric is called."""
        if self.metric is None:
            return Text(zh="未写指标的目标", en="A goal without a metric")
        if self.metric in MEASURED:
            return MEASURED[self.metric].name
        return OTHERS.get(self.metric) or name_verbatim(self.metric)

    @property
    def falls(self) -> bool:
        """Whether less is better: by its own figures, else by its nature."""
        if self.baseline is not None and self.target is not None and self.baseline != self.target:
            return self.target < self.baseline
        return self.metric in FALLING


def read_goals(brief: Brief) -> tuple[Goal, ...]:
    """The goals in the order of the sheet."""
    return tuple(_read(row) for row in brief.rows("goals"))


def _read(row: Row) -> Goal:
    deadline, metric, owner = row.get("deadline"), row.get("metric"), row.get("owner_role")
    return Goal(
        metric=str(metric) if metric else None,
        baseline=to_number(row.get("baseline")),
        target=to_number(row.get("target")),
        deadline=deadline if isinstance(deadline, date) else None,
        owner=str(owner).strip() or None if owner else None,
    )


def word_value(metric: str | None, value: float | None, currency: str) -> Text:
    """A figure in the unit of its metric."""
    figure = MEASURED.get(metric or "")
    if value is None:
        return word_number(None)
    if figure is None:
        return word_percent(value) if 0 < value < 1 else word_number(value, 0 if value == int(value) else 2)
    if figure.unit == "money":
        return word_money(value, currency)
    if figure.unit == "price":
        return word_price(value, currency)
    return word_percent(value) if figure.unit == "share" else word_number(value, 2)
