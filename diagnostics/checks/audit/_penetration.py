"""How many customers buy each category or product, and how many of them each customer buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.audit import _products_back_words as words
from diagnostics.checks.costing import WELL_COSTED
from diagnostics.metrics.repertoire import MOST_PARTS
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.statistics.proportions import newcombe_difference, wilson
from diagnostics.statistics.spread import share_out

if TYPE_CHECKING:
    from diagnostics.checks.audit.products_back import ProductsBack


def rate_parts(parts: pd.DataFrame, buyers: int, former: int) -> pd.DataFrame:
    """Penetration with an interval, margin, and the change on the comparison period."""
    low, high = wilson(parts.buyers_now, buyers)
    parts = parts.assign(share=parts.buyers_now / buyers, low=low, high=high)
    parts = parts.assign(each=parts.gmv_now / parts.buyers_now.where(parts.buyers_now > 0))
    costed = parts.net_now - parts.uncosted_now
    well = parts.uncosted_now.abs() <= (1 - WELL_COSTED) * parts.net_now
    parts = parts.assign(margin=(parts.earned_now / costed.where(costed > 0)).where(well))
    if not former:
        return parts.assign(moved=np.nan, moved_low=np.nan, moved_high=np.nan)
    before = parts.buyers_before.fillna(0)
    moved_low, moved_high = newcombe_difference(parts.buyers_now, buyers, before, former)
    return parts.assign(moved=parts.share - before / former, moved_low=moved_low, moved_high=moved_high)


def list_parts(measured: ProductsBack) -> Exhibit:
    """One row a category or product: buyers, penetration, spend and profit."""
    profit = (
        Field(name="earned_now", label=Text(zh="利润（成本已知部分）", en="Profit, of known cost"), unit="money"),
        Field(name="margin", label=Text(zh="利润率", en="Margin"), unit="share"),
    )
    moved = (
        Field(name="moved", label=Text(zh="较对比期（占比之差）", en="On the comparison period"), unit="points"),
        Field(name="moved_low", label=Text(zh="差的区间下限", en="Difference, low"), unit="points"),
        Field(name="moved_high", label=Text(zh="差的区间上限", en="Difference, high"), unit="points"),
    )
    fields = (
        Field(name="label", label=words.PART),
        Field(name="buyers_now", label=words.CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="渗透率", en="Penetration"), unit="share"),
        *interval_fields("share"),
        *(moved if measured.parts.moved.notna().any() else ()),
        Field(name="gmv_now", label=Text(zh="消费额", en="Spend"), unit="money"),
        Field(name="each", label=Text(zh="每位购买者", en="Spend per buyer"), unit="price"),
        *(profit if measured.costing.is_known else ()),
    )
    title = Text(zh="各类的渗透率与价值", en="Penetration and value")
    return Exhibit(name="parts", title=title, fields=fields, frame=measured.parts)


def list_each(measured: ProductsBack) -> Exhibit:
    """One row a number of categories or products bought: customers and their spend."""
    rows = measured.each
    more = Text(zh="{n} 及以上", en="{n} and more").fill(n=str(MOST_PARTS))
    labels = [more if parts == MOST_PARTS else name_verbatim(str(parts)) for parts in rows.parts]
    frame = rows.assign(
        label=pd.Series(labels, dtype=object),
        share=rows.customers / measured.buyers,
        gmv_share=share_out(rows.gmv),
        each=rows.gmv / rows.customers,
    )
    fields = (
        Field(name="label", label=Text(zh="买几类", en="How many they buy")),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占客户", en="Share of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
        Field(name="each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
    )
    return Exhibit(name="each", title=Text(zh="客户买几类", en="Repertoire"), fields=fields, frame=frame)
