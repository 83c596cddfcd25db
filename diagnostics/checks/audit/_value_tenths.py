"""The table that asks how many customers each tenth of spend or profit takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.metrics.one_period import DECILES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_number

if TYPE_CHECKING:
    from typing import Literal

TITLES = {
    "spend": Text(zh="消费额每十分之一，靠多少位客户", en="How many customers each tenth of spend takes"),
    "profit": Text(zh="利润每十分之一，靠多少位客户", en="How many customers each tenth of profit takes"),
}
VALUES = {
    "spend": Text(zh="消费额", en="Spend"),
    "profit": Text(zh="利润（成本已知的客户）", en="Profit, customers of known cost"),
}
NOTHING_LEFT = Text(zh="没有带来或为负", en="Nothing or less")
NOTE = Text(
    zh="客户从高到低排列；各档约为全部正值之和的十分之一，边界上的客户算在其开始的一档。",
    en="Customers from high to low; each row holds about a tenth of all that is above zero, and who stands across two "
    "belongs to the first.",
)
HALF = 5


def read_tenths(tenths: pd.DataFrame, ranking: str) -> pd.DataFrame:
    """The rows of one ranking, those who brought nothing last: tenth, customers, value, share (of customers), each.

    `tenths` are rows of `total_tenths` of one segment.
    """
    rows = tenths[tenths.ranking == ranking]
    order = rows.assign(turn=rows.tenth.where(rows.tenth > 0, DECILES + 1)).sort_values("turn", ignore_index=True)
    whole = order.customers.sum()
    return order.assign(share=order.customers / whole, each=order.value / order.customers)


def find_half(tenths: pd.DataFrame, ranking: str) -> tuple[int, float] | None:
    """How many customers, and which part of all, bring the first half of the value; `None` where nobody brings any."""
    rows = read_tenths(tenths, ranking)
    best = rows[(rows.tenth > 0) & (rows.tenth <= HALF)]
    return (int(best.customers.sum()), float(best.share.sum())) if len(best) else None


def list_tenths(tenths: pd.DataFrame, ranking: Literal["spend", "profit"]) -> Exhibit:
    """One row a tenth: customers, their share, value and value each."""
    rows = read_tenths(tenths, ranking)
    labels = [word_number(tenth) if tenth else NOTHING_LEFT for tenth in rows.tenth.tolist()]
    fields = (
        Field(name="label", label=Text(zh="第几个十分之一", en="Tenth")),
        Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
        Field(name="share", label=Text(zh="占客户", en="Share of customers"), unit="share"),
        Field(name="value", label=VALUES[ranking], unit="money"),
        Field(name="each", label=Text(zh="每位客户", en="Each"), unit="price"),
    )
    frame = rows.assign(label=pd.Series(labels, index=rows.index, dtype=object))
    return Exhibit(name=f"{ranking}_tenths", title=TITLES[ranking], fields=fields, frame=frame, note=NOTE)
