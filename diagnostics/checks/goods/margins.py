"""Whose gross margin falls, by category and by product, and how much of it is price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.ranges import draw_points
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import categorise, has_categories
from diagnostics.checks.goods import _margin_words as words
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.lines import sales, value_lines, within
from diagnostics.metrics.margins import (
    list_margin_lines,
    total_margin_buckets,
    total_margin_months,
    total_margin_products,
)
from diagnostics.metrics.products import key_products, name_products
from diagnostics.metrics.profit import cost_lines
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_points_range,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.margin_falls import MarginFall, compare_margins

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 12
NAME_LENGTH = 24
WELL_COSTED = 0.95
LEAST_ORDERS = 100


@dataclass(frozen=True, kw_only=True)
class Margins:
    """Falls of categories and of products, the products' prices, and how much of the sales has a cost."""

    categories: tuple[MarginFall, ...]
    skus: tuple[MarginFall, ...]
    products: pd.DataFrame
    before: float
    now: float
    covered: float
    yearly: float
    currency: str

    @property
    def shown(self) -> tuple[MarginFall, ...]:
        """Categories where there are any, else products."""
        return self.categories or self.skus

    def name(self, unit: str) -> str:
        """What a unit is called: a product's name, or the category's own."""
        names: Mapping[str, str] = dict(zip(self.products.sku, self.products["name"], strict=True))
        return shorten(names.get(unit) or unit or words.NO_CATEGORY.zh, NAME_LENGTH)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what was paid and what it cost, by category and by product, over the compared periods."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    valued = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    lines = categorise(valued, tables) if has_categories(tables) else valued
    marked = mark_compared(key_products(cost_lines(lines, tables["products"])), horizon.previous, horizon.current)
    known = tables.share(list_margin_lines(marked))
    current = sales(within(valued, horizon.current))
    names = name_products(within(valued, horizon.current)).select("sku", "name")
    asked = {
        "sku_months": total_margin_months(known, "sku"),
        "sku_buckets": total_margin_buckets(known, "sku"),
        "products": total_margin_products(known).left_join(names, "sku").drop("sku_right"),
        "paid": current.agg(paid=current.paid_amount.sum()),
    }
    if has_categories(tables):
        asked["months"] = total_margin_months(known, "unit")
        asked["buckets"] = total_margin_buckets(known, "unit")
    return asked


def measure(replies: Replies) -> Margins | NotComputable:
    """Compare the margins of both periods."""
    if "products" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    products = replies["products"]
    own = products.assign(unit=products.sku)
    skus = compare_margins(replies["sku_months"], replies["sku_buckets"], own)
    if not skus:
        return NotComputable(reason=words.NO_COST, unlocked_by=words.UNLOCK)
    categories: tuple[MarginFall, ...] = ()
    if "buckets" in replies:
        categories = compare_margins(replies["months"], replies["buckets"], products)
    sums = products[["sold", "cost", "sold_before", "cost_before"]].fillna(0).sum()
    return Margins(
        categories=categories,
        skus=skus,
        products=products,
        before=float(1 - sums.cost_before / sums.sold_before),
        now=float(1 - sums.cost / sums.sold),
        covered=float(min(sums.sold / max(float(replies["paid"].paid.fillna(0).iloc[0]), 1.0), 1.0)),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def judge(measured: Margins, limits: Limits) -> tuple[Finding, ...]:
    """Raise each category that surely thinned; products only outside the categories raised."""
    sold = sum(fall.sold for fall in measured.skus)
    clear = [fall for fall in measured.categories if fall.unit and _is_clear(fall, sold, limits)]
    raised = {fall.unit for fall in clear}
    homes = dict(zip(measured.products.sku, measured.products.unit, strict=True))
    alone = [fall for fall in measured.skus if homes.get(fall.unit) not in raised and _is_clear(fall, sold, limits)]
    return tuple(_find(measured, fall, kind) for kind, falls in (("category", clear), ("sku", alone)) for fall in falls)


def _is_clear(fall: MarginFall, sold: float, limits: Limits) -> bool:
    return fall.low > limits["fall"] and fall.sold >= limits["weight"] * sold and fall.orders >= LEAST_ORDERS


def tell(measured: Margins) -> Text:
    """The margin of everything with a cost, how many units fell, and the one that fell most."""
    falls = measured.shown
    down = [fall for fall in falls if fall.low > 0]
    said = (words.ANSWER if down else words.NO_FALL).fill(
        now=word_percent(measured.now),
        before=word_percent(measured.before),
        change=word_points(measured.now - measured.before),
        n=word_number(len(falls)),
        kind=words.KINDS["category" if measured.categories else "sku"],
        down=word_number(len(down)),
    )
    if not down:
        return said
    most = max(down, key=lambda fall: fall.fall)
    return said + words.MOST.fill(
        name=name_verbatim(measured.name(most.unit)), before=word_percent(most.before), now=word_percent(most.now)
    )


def caveats(measured: Margins) -> tuple[Text, ...]:
    """How much of the sales has a cost, if not all."""
    return (words.PART.fill(share=word_percent(measured.covered)),) if measured.covered < WELL_COSTED else ()


def tabulate(measured: Margins) -> tuple[Exhibit, ...]:
    """Categories and products with their margins."""
    fields = (
        Field(name="name", label=Text(zh="品类或商品", en="Category or product")),
        Field(name="sold", label=Text(zh="本期实付", en="Paid now"), unit="money"),
        Field(name="now", label=Text(zh="毛利率", en="Gross margin"), unit="share"),
        Field(name="before", label=Text(zh="上一期", en="Before"), unit="share"),
        Field(name="fall", label=Text(zh="降幅", en="Fall"), unit="points"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="points"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="points"),
        Field(name="within", label=Text(zh="其中商品自身", en="Inside products"), unit="points"),
    )
    shown = (
        ("categories", Text(zh="各品类的毛利率", en="Gross margin of categories"), measured.categories),
        ("skus", Text(zh="主要商品的毛利率", en="Gross margin of the main products"), measured.skus),
    )
    return tuple(
        Exhibit(name=name, title=title, fields=fields, frame=_list_falls(measured, falls))
        for name, title, falls in shown
        if falls
    )


def _list_falls(measured: Margins, falls: tuple[MarginFall, ...]) -> pd.DataFrame:
    columns = ("sold", "now", "before", "fall", "low", "high", "within")
    rows = [[measured.name(fall.unit), *(getattr(fall, name) for name in columns)] for fall in falls[:MOST_ROWS]]
    return pd.DataFrame(rows, columns=["name", *columns])


def draw(measured: Margins, language: Language) -> Figure:
    """Falls with their intervals, the largest units first."""
    shown = measured.shown[:MOST_ROWS]
    return draw_points(
        [shorten(measured.name(fall.unit), 18) for fall in shown],
        [100 * fall.fall for fall in shown],
        low=[100 * fall.low for fall in shown],
        high=[100 * fall.high for fall in shown],
        words=[f"{word_percent(fall.before).en} → {word_percent(fall.now).en}" for fall in shown],
        axis_label=words.AXIS.word(language),
        marked={place for place, fall in enumerate(shown) if fall.low > 0},
    )


def _find(measured: Margins, fall: MarginFall, kind: str) -> Finding:
    money = [amount * measured.yearly for amount in fall.money]
    named = {
        "name": name_verbatim(measured.name(fall.unit)),
        "before": word_percent(fall.before),
        "now": word_percent(fall.now),
    }
    cause = words.CAUSE.fill(
        fall=word_points(-fall.fall),
        range=word_points_range(-fall.high, -fall.low),
        within=word_points(-fall.within),
        sold=word_money(fall.sold, measured.currency),
        n=word_number(fall.orders),
    )
    return Finding(
        code="goods.margin_erosion",
        scope={kind: fall.unit},
        title=words.TITLE.fill(**named, money=word_money(money[1], measured.currency)),
        cause=cause + _word_worst(measured, fall.unit) if kind == "category" else cause,
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="role", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=rate_gap(fall.fall, fall.low),
        impact=Impact(low=money[0], mid=money[1], high=money[2]),
        evidence=(Evidence(table="categories" if kind == "category" else "skus", n=fall.orders, value=fall.now),),
    )


def _word_worst(measured: Margins, category: str) -> Text:
    mine = measured.products[(measured.products.unit == category) & (measured.products.sold_before > 0)]
    mine = mine[(mine.units > 0) & (mine.units_before > 0)]
    lost = mine.sold * (mine.cost / mine.sold - mine.cost_before / mine.sold_before)
    if lost.empty or not lost.max() > 0:
        return Text(zh="", en="")
    row = mine.to_dict("records")[int(lost.to_numpy().argmax())]
    return words.WORST.fill(
        name=name_verbatim(measured.name(str(row["sku"]))),
        before=word_price(row["sold_before"] / row["units_before"], measured.currency),
        now=word_price(row["sold"] / row["units"], measured.currency),
    )


# Tea costs 40: it sold at 100 in January (60 %) and at 80 in February (50 %); cups stay at 50 with a cost of 25.
EXAMPLE_LINES = "\n".join(
    [
        "customer product_id product category ordered_at paid_amount",
        "early T tea tea 2024-01-01 100",
        *(f"c{i:02x} T tea tea 2024-01-10 100" for i in range(119)),
        *(f"c{i:02x} C cup cups 2024-01-10 50" for i in range(120)),
        *(f"c{i:02x} T tea tea 2024-02-10 80" for i in range(120)),
        *(f"c{i:02x} C cup cups 2024-02-29 50" for i in range(120)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-22",),
    finds=("goods.margin_erosion",),
    needs=(Need(table="order_lines", columns=("product_id",)), Need(table="products", columns=("unit_cost",))),
    limits=(
        Limit(name="fall", value=0.02, reason=words.LIMIT),
        Limit(name="weight", value=0.02, reason=words.LIMIT_WEIGHT),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "products": "product_id unit_cost\nT 40\nC 25"},
        says="60.0%",
        finds=(("goods.margin_erosion", {"category": "tea"}),),
    ),
    place=50,
)
