"""The tables of the question on companions: attach rates, sizes of orders and pairs."""

from __future__ import annotations

import pandas as pd

from diagnostics.checks.goods import _attach_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

MOST_ROWS = 12


def tabulate_attach(units: pd.DataFrame, sizes: pd.DataFrame, pairs: pd.DataFrame) -> tuple[Exhibit, ...]:
    """Attach rates, sizes by channel, pairs."""
    count = Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count")
    rates = Exhibit(
        name="units",
        title=Text(zh="连带率", en="Attach rates"),
        fields=(
            Field(name="name", label=Text(zh="品类或商品", en="Category or product")),
            count,
            Field(name="rate", label=Text(zh="连带率", en="Attach rate"), unit="share"),
            Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
            Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
            Field(name="rate_before", label=Text(zh="上一期连带率", en="Attach rate before"), unit="share"),
            Field(
                name="value", label=Text(zh="每个连带订单的其他商品", en="Other goods an attached order"), unit="price"
            ),
        ),
        frame=units.head(MOST_ROWS),
        note=Text(
            zh="一单可含多个品类，各行有重叠，不可相加。",
            en="An order may hold several: rows overlap and do not add up.",
        ),
    )
    by_channel = Exhibit(
        name="sizes",
        title=Text(zh="各渠道的订单大小", en="Size of orders by channel"),
        fields=(
            Field(name="label", label=Text(zh="渠道", en="Channel")),
            count,
            Field(name="single", label=Text(zh="单品单占比", en="Single-product orders"), unit="share"),
            Field(
                name="products_per_order", label=Text(zh="每单品种数", en="Products an order"), unit="number", digits=2
            ),
            Field(name="units_per_order", label=Text(zh="每单件数", en="Units an order"), unit="number", digits=2),
            Field(name="spend", label=Text(zh="笔单价", en="Spend per order"), unit="price"),
        ),
        frame=sizes.assign(label=_label_channels(sizes)),
    )
    strongest = Exhibit(
        name="pairs",
        title=Text(zh="最强的商品搭配", en="Strongest pairs of products"),
        fields=(
            Field(name="name", label=Text(zh="商品", en="Product")),
            Field(name="other_name", label=Text(zh="另一商品", en="Other product")),
            Field(name="together", label=Text(zh="同单数", en="Orders together"), unit="count"),
            Field(name="lift", label=Text(zh="提升度", en="Lift"), unit="number", digits=2),
            Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="number", digits=2),
            Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="number", digits=2),
        ),
        frame=pairs,
    )
    return (rates, by_channel) if pairs.empty else (rates, by_channel, strongest)


def _label_channels(sizes: pd.DataFrame) -> pd.Series:
    labels = [name_channel(channel) if channel else words.OTHERS for channel in sizes.channel]
    return pd.Series(labels, index=sizes.index, dtype=object)
