"""The table of customers in ten equal parts by spend or profit, and which share each part holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.audit import _one_period_words as words
from diagnostics.metrics.segments import ALL
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.spread import share_out

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.checks.audit.one_period import OnePeriod


def read_deciles(measured: OnePeriod, ranking: str) -> pd.DataFrame:
    """The ten rows of all customers, with shares; empty where no profit is known."""
    rows = measured.deciles[(measured.deciles.kind == ALL) & (measured.deciles.ranking == ranking)].sort_values(
        "decile"
    )
    return rows.assign(
        spend_share=share_out(rows.spend),
        profit_share=share_out(rows.profit) if measured.costing.is_known else float("nan"),
    ).reset_index(drop=True)


def list_deciles(measured: OnePeriod, ranking: str) -> Exhibit:
    """One row a decile: customers, orders, spend and its share, and profit with loss-makers where it is known."""
    profit = (
        Field(name="profit", label=words.PROFIT, unit="money"),
        Field(name="profit_share", label=Text(zh="占利润", en="Share of profit"), unit="share"),
        Field(name="losers", label=Text(zh="亏损客户", en="Loss-makers"), unit="count"),
    )
    fields = (
        Field(name="decile", label=Text(zh="十分位", en="Decile"), unit="count"),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="orders", label=words.ORDERS, unit="count"),
        Field(name="spend", label=words.SPEND, unit="money"),
        Field(name="spend_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
        *(profit if measured.costing.is_known else ()),
    )
    titles = {
        "spend": Text(zh="客户按消费额分十档（1 为最高）", en="Customers in deciles by spend, 1 the highest"),
        "profit": Text(
            zh="利润已知的客户按利润分十档（1 为最高）",
            en="Customers whose profit is known in deciles by profit, 1 the highest",
        ),
    }
    frame = read_deciles(measured, ranking)
    return Exhibit(name=f"{ranking}_deciles", title=titles[ranking], fields=fields, frame=frame)
