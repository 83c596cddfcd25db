"""What products that came and went, and units, mix and prices of the others, did to GMV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.product_changes import ask_products
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_money, word_number
from diagnostics.statistics.product_bridge import PARTS, ProductBridge, bridge_products

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="GMV 的变化来自上新、下架，还是老品的件数、结构与价格？",
    en="Did GMV move by products that came or went, or by units, mix and prices of the others?",
)
DEFINITION = Text(
    zh="按商品编码比较两个可比期：只在本期卖出的为新增，只在上期卖出的为退出，各为一项。两期都卖的商品："
    "价格 = 各商品件均实付价之差 × 平均件数；件数 = 总件数之差 × 平均件均价；结构 = 件数在贵、便宜商品间的移动。"
    "没有商品编码的行与退款各列一项，各项之和等于 GMV 变化。长尾商品偶然只在一期售出，也会计入新增或退出。"
    "区间：按客户分组的刀切法，95%。",
    en="Products of both periods by their code: one sold only now entered, one sold only before left; each is a term. "
    "Of products sold in both: price = difference of each paid price × mean units; units = difference of all units × "
    "the mean price; mix = units moving between dear and cheap products. Lines without a code and refunds are terms "
    "of their own; all sum to the change of GMV. A slow seller that happens to sell in one period only counts as "
    "entered or left. Intervals: jackknife over groups of customers, 95%.",
)
NO_SALES = Text(zh="两个可比期里都没有销售额", en="neither of the two comparable periods holds any sales")
ANSWER = Text(
    zh="新增的 {came} 个商品带来 {entered}，退出的 {went} 个带走 {left}；两期都卖的 {stayed} 个商品："
    "件数 {units}，结构 {mix}，价格 {price}。",
    en="Products that entered ({came}) brought {entered}, those that left ({went}) took {left}; of those sold in both "
    "periods ({stayed}), units made {units}, mix {mix}, prices {price}.",
)
ANSWER_SAME = Text(
    zh="两期卖的是同样的 {stayed} 个商品，没有上新也没有下架：件数 {units}，结构 {mix}，价格 {price}。",
    en="The same {stayed} products were sold in both periods, none entered or left: units made {units}, mix {mix}, "
    "prices {price}.",
)
LABELS = {
    "entered": Text(zh="新增商品", en="Products that entered"),
    "left": Text(zh="退出商品", en="Products that left"),
    "units": Text(zh="件数", en="Units"),
    "mix": Text(zh="商品结构", en="Mix of products"),
    "price": Text(zh="件均实付价", en="Paid prices"),
    "uncoded": Text(zh="无商品编码", en="Without a product code"),
    "refunds": Text(zh="退款", en="Refunds"),
}
KINDS = {
    "entered": Text(zh="新增", en="Entered"),
    "left": Text(zh="退出", en="Left"),
    "stayed": Text(zh="两期都卖", en="Sold in both"),
    "uncoded": Text(zh="未售出", en="Not sold"),
}
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Products:
    """The bridge, how many products of each kind there are, and those that moved most."""

    bridge: ProductBridge
    counts: Mapping[str, int]
    largest: pd.DataFrame
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sums by kind of product and bucket, and for the products that moved most."""
    return ask_products(tables, MOST_ROWS)


def measure(replies: Replies) -> Products | NotComputable:
    """Build the bridge."""
    if "products" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    if not (replies["products"].gmv > 0).any():
        return NotComputable(reason=NO_SALES)
    counts = replies["counts"].set_index("kind").products
    return Products(
        bridge=bridge_products(replies["products"]),
        counts={kind: int(counts.get(kind, 0)) for kind in KINDS},
        largest=replies["largest"],
        currency=replies.engagement.currency,
    )


def judge(_measured: Products, _limits: Limits) -> tuple[Finding, ...]:
    """Which products to keep is judged by the wing of goods."""
    return ()


def tell(measured: Products) -> Text:
    """What came, what went, and what moved the rest."""
    effects = {
        part: word_money(effect, measured.currency, signed=True) for part, effect in measured.bridge.effects.items()
    }
    is_same = not measured.counts["entered"] and not measured.counts["left"]
    return (ANSWER_SAME if is_same else ANSWER).fill(
        came=word_number(measured.counts["entered"]),
        went=word_number(measured.counts["left"]),
        stayed=word_number(measured.counts["stayed"]),
        **{part: effects[part] for part in ("entered", "left", "units", "mix", "price")},
    )


def _list_parts(bridge: ProductBridge) -> list[str]:
    return [part for part in PARTS if bridge.effects[part]]


def tabulate(measured: Products) -> tuple[Exhibit, ...]:
    """The parts with their intervals, and the products that moved most."""
    bridge = measured.bridge
    parts = [
        {
            "part": LABELS[part],
            "effect": bridge.effects[part],
            "low": bridge.low[part],
            "high": bridge.high[part],
            "share": bridge.effects[part] / bridge.before if bridge.before > 0 else None,
        }
        for part in _list_parts(bridge)
    ]
    fields = (
        Field(name="part", label=Text(zh="项", en="Part")),
        Field(name="effect", label=Text(zh="对 GMV 的影响", en="Effect on GMV"), unit="money"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="money"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="money"),
        Field(name="share", label=Text(zh="占上期 GMV", en="Share of previous GMV"), unit="share"),
    )
    title = Text(zh="GMV 变化：上新、下架与老品", en="Change of GMV by products that came, went and stayed")
    table = Exhibit(name="parts", title=title, fields=fields, frame=pd.DataFrame(parts))
    return table, _tabulate_largest(measured)


def _tabulate_largest(measured: Products) -> Exhibit:
    largest = measured.largest
    names = [
        name_verbatim(shorten(str(product if pd.notna(product) else code), 24))
        for product, code in zip(largest["product"], largest.product_id, strict=True)
    ]
    frame = pd.DataFrame(
        {
            "product": pd.Series(names, dtype=object),
            "kind": pd.Series([KINDS[str(kind)] for kind in largest.kind], dtype=object),
            "before": largest.paid_before,
            "after": largest.paid_now,
            "price_before": largest.paid_before / largest.units_before.where(largest.units_before > 0),
            "price_after": largest.paid_now / largest.units_now.where(largest.units_now > 0),
        }
    )
    fields = (
        Field(name="product", label=Text(zh="商品", en="Product")),
        Field(name="kind", label=Text(zh="类型", en="Kind")),
        Field(name="before", label=Text(zh="上期实付", en="Paid before"), unit="money"),
        Field(name="after", label=Text(zh="本期实付", en="Paid now"), unit="money"),
        Field(name="price_before", label=Text(zh="上期件均价", en="Price before"), unit="price"),
        Field(name="price_after", label=Text(zh="本期件均价", en="Price now"), unit="price"),
    )
    title = Text(zh="变动最大的商品", en="Products that moved most")
    return Exhibit(name="largest", title=title, fields=fields, frame=frame)


def draw(measured: Products, language: Language) -> Figure:
    """From the previous GMV to the current one, part by part."""
    bridge, currency = measured.bridge, measured.currency
    steps = [
        Step(
            label=LABELS[part].word(language),
            effect=bridge.effects[part],
            word=word_money(bridge.effects[part], currency, signed=True).word(language),
        )
        for part in _list_parts(bridge)
    ]
    first, last = (
        Step(label=label.word(language), effect=gmv, word=word_money(gmv, currency).word(language))
        for label, gmv in (
            (Text(zh="上期 GMV", en="GMV before"), bridge.before),
            (Text(zh="本期 GMV", en="GMV now"), bridge.after),
        )
    )
    label = Text(zh="GMV（轴不从零开始）", en="GMV (axis not from zero)").word(language)
    figure = draw_waterfall(first, steps, last, axis_label=label)
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


# Before: a 10 at 100, b 10 at 50, c 10 at 30 = 1,800. Now: a 10 at 90, b 20 at 50, d 10 at 40 = 2,300.
# d brought 400, c took 300. Of a and b prices made 10 x (90 - 100) = -100; units 10 more at the mean of 75 and 63.33
# = 691.67, mix 10 x 50 - 691.67 = -191.67.
EXAMPLE_LINES = """
channel customer ordered_at product_id quantity paid_amount
jd      c01      2024-01-02 a          10       1000
jd      c02      2024-01-02 b          10       500
jd      c03      2024-01-02 c          10       300
jd      c01      2024-02-28 a          10       900
jd      c02      2024-02-28 b          20       1000
jd      c04      2024-02-28 d          10       400
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-05",),
    finds=(),
    needs=(Need(table="order_lines", columns=("product_id",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="brought CNY +400, those that left (1) took CNY -300; of those sold in both periods (2), units made "
        "CNY +692, mix CNY -192, prices CNY -100",
    ),
    place=35,
)
