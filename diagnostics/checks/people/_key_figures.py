"""The key figures of the business: what a period adds up to, and how it compares with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_change, word_money, word_number, word_percent, word_points, word_price
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from diagnostics.checks.people.base import Base

KEY_LABELS = {
    "gmv": Text(zh="年化 GMV", en="GMV a year"),
    "buyers": Text(zh="有身份的买家（本期）", en="Known buyers, current period"),
    "repeat": Text(zh="重复购买的买家占比（n = {n}）", en="Share of buyers who bought again (n = {n})"),
    "order": Text(zh="笔单价", en="Spend per order"),
    "known": Text(zh="能对应到客户的 GMV 占比", en="Share of GMV with a known customer"),
}


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What one period adds up to."""

    gmv: float
    gmv_known: float
    orders: int
    orders_known: int
    buyers: int
    repeat_buyers: int

    @property
    def repeat_share(self) -> float | None:
        """Share of known buyers who bought on two days or more; `None` without buyers."""
        return self.repeat_buyers / self.buyers if self.buyers else None

    @property
    def spend_per_order(self) -> float | None:
        """GMV per order, with and without a known customer."""
        return self.gmv / self.orders if self.orders else None

    @property
    def known_share(self) -> float | None:
        """Share of GMV that belongs to a known customer."""
        return self.gmv_known / self.gmv if self.gmv else None


def read_totals(frame: pd.DataFrame) -> Totals:
    """The one row that a period's totals are answered in."""
    row = frame.fillna(0).iloc[0]
    return Totals(
        gmv=float(row.gmv),
        gmv_known=float(row.gmv_known),
        orders=int(row.orders),
        orders_known=int(row.orders_known),
        buyers=int(row.buyers),
        repeat_buyers=int(row.repeat_buyers),
    )


def list_key_figures(measured: Base) -> Exhibit:
    """A figure a row, with its change on the comparison period where there is one."""
    now, before = measured.now, measured.before
    low, high = (float(end) for end in wilson(now.repeat_buyers, now.buyers))
    values = {
        "gmv": word_money(measured.annual_gmv, measured.currency),
        "buyers": word_number(now.buyers),
        "repeat": word_percent(now.repeat_share),
        "order": word_price(now.spend_per_order, measured.currency),
        "known": word_percent(now.known_share),
    }
    changes: dict[str, Text | None] = dict.fromkeys(values)
    if before is not None:
        changes = {
            "gmv": _change(now.gmv, before.gmv),
            "buyers": _change(now.buyers, before.buyers),
            "repeat": _move(now.repeat_share, before.repeat_share),
            "order": _change(now.spend_per_order, before.spend_per_order),
            "known": _move(now.known_share, before.known_share),
        }
    n = word_number(now.buyers)
    rows = [(KEY_LABELS[name].fill(n=n), value, changes[name]) for name, value in values.items()]
    interval = Text(
        zh="重复购买占比的 95% 区间：{low} 至 {high}", en="95% interval of the repeat share: {low} to {high}"
    )
    return Exhibit(
        name="key_figures",
        title=Text(zh="关键数字", en="Key figures"),
        fields=(
            Field(name="label", label=Text(zh="指标", en="Figure")),
            Field(name="value", label=Text(zh="数值", en="Value")),
            Field(name="change", label=Text(zh="较对比期", en="On the comparison period")),
        ),
        frame=pd.DataFrame(rows, columns=["label", "value", "change"], dtype=object),
        note=interval.fill(low=word_percent(low), high=word_percent(high)),
    )


def _change(now: float | None, before: float | None) -> Text | None:
    return word_change(now / before - 1) if now is not None and before else None


def _move(now: float | None, before: float | None) -> Text | None:
    return word_points(now - before) if now is not None and before is not None else None
