"""How many products an order holds, what goes along with each category, and what is bought together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.ticks import draw_shares_with_ticks
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _attach_words as words
from diagnostics.metrics.baskets import (
    LARGEST,
    MOST_PRODUCTS,
    count_companions,
    count_pairs,
    count_sizes,
    list_baskets,
    list_orders,
)
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.products import cover_products, keep_itemised, list_itemised, name_products
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_price,
)
from diagnostics.statistics.attachment import (
    LEAST_ORDERS,
    Shortfall,
    bound_pairs,
    find_behind,
    find_falls,
    share_single,
    spread_sizes,
    summarise_sizes,
    summarise_units,
)
from diagnostics.statistics.certainty import rate_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_PAIRS = 100
PAIRS_SHOWN = 12
MOST_ROWS = 12
MOST_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class Attach:
    """Sizes of orders, attach rates, pairs, and shortfalls that judge may raise."""

    sizes: pd.DataFrame
    spread: pd.DataFrame
    single_share: float
    single_before: float | None
    products_per_order: float
    orders: int
    units: pd.DataFrame
    pairs: pd.DataFrame
    falls: tuple[Shortfall, ...]
    behind: tuple[Shortfall, ...]
    scope_key: str
    silent: tuple[str, ...]
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sizes and attach rates, now and before, and for pairs."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    by_category = tables.has("order_lines", "category")
    current = within(lines, horizon.current)
    kept = keep_itemised(current, tables.share(list_itemised(current)))
    names = tables.share(name_products(current))
    baskets = tables.share(list_baskets(kept))
    orders = tables.share(list_orders(baskets))
    units = count_companions(baskets, orders, names, by_category=by_category)
    asked = {
        "sizes": count_sizes(orders),
        "units": units.mutate(by_category=by_category),
        "pairs": count_pairs(baskets, orders, names, MOST_PAIRS),
        "coverage": cover_products(current, kept),
    }
    if horizon.previous is not None:
        previous = within(lines, horizon.previous)
        before = tables.share(list_baskets(keep_itemised(previous, tables.share(list_itemised(previous)))))
        orders_before = tables.share(list_orders(before))
        asked["sizes_before"] = count_sizes(orders_before)
        asked["units_before"] = count_companions(
            before, orders_before, name_products(previous), by_category=by_category
        )
    return asked


def measure(replies: Replies) -> Attach | NotComputable:
    """Shares of single-product orders, attach rates with what they were, lifts, and shortfalls."""
    sizes = replies["sizes"]
    orders = int(sizes.orders.sum())
    if orders < LEAST_ORDERS:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(orders)))
    units = replies["units"]
    before = replies.frames.get("units_before")
    former = replies.frames.get("sizes_before")
    yearly = replies.engagement.horizon.yearly
    growth = orders / float(former.orders.sum()) if former is not None and former.orders.sum() else 1.0
    return Attach(
        sizes=summarise_sizes(sizes),
        spread=spread_sizes(sizes, former),
        single_share=share_single(sizes),
        single_before=share_single(former) if former is not None and former.orders.sum() else None,
        products_per_order=float(sizes.products.sum()) / orders,
        orders=orders,
        units=summarise_units(units, before),
        pairs=bound_pairs(replies["pairs"], MOST_PRODUCTS).head(PAIRS_SHOWN),
        falls=find_falls(units, before, growth, yearly) if before is not None else (),
        behind=find_behind(units, yearly),
        scope_key="category" if bool(units.by_category.max()) else "sku",
        silent=list_silent(replies["coverage"]),
        currency=replies.engagement.currency,
    )


def judge(measured: Attach, limits: Limits) -> tuple[Finding, ...]:
    """Raise a unit that fell clearly, or else one whose channels lie far behind the best."""
    falls = {fall.unit: fall for fall in measured.falls if fall.low > limits["fall"]}
    findings = [_find_fall(measured, fall) for fall in falls.values()]
    units = sorted({gap.unit for gap in measured.behind} - set(falls))
    for unit in units:
        gaps = [gap for gap in measured.behind if gap.unit == unit and gap.low > limits["behind"]]
        if gaps:
            findings.append(_find_behind(measured, gaps))
    return tuple(findings)


def tell(measured: Attach) -> Text:
    """Single-product orders, and the pair most often together."""
    change = NOTHING
    if measured.single_before is not None:
        change = words.CHANGE.fill(before=word_percent(measured.single_before))
    said = words.ANSWER.fill(
        share=word_percent(measured.single_share),
        products=word_number(measured.products_per_order, 1),
        n=word_number(measured.orders),
        change=change,
    )
    if measured.pairs.empty:
        return said + words.NO_PAIR
    pair = measured.pairs.to_dict("records")[0]
    return said + words.PAIR.fill(
        one=name_verbatim(shorten(pair["name"], 24)),
        other=name_verbatim(shorten(pair["other_name"], 24)),
        together=word_number(pair["together"]),
        lift=word_number(pair["lift"], 1),
        low=word_number(pair["low"], 1),
        high=word_number(pair["high"], 1),
    )


def caveat(measured: Attach) -> tuple[Text, ...]:
    """Which channels are not in the figures."""
    return (words.SILENT.fill(channels=_name_channels(measured.silent)),) if measured.silent else ()


def tabulate(measured: Attach) -> tuple[Exhibit, ...]:
    """Attach rates, sizes by channel, pairs."""
    count = Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count")
    units = Exhibit(
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
        frame=measured.units.head(MOST_ROWS),
        note=Text(
            zh="一单可含多个品类，各行有重叠，不可相加。",
            en="An order may hold several: rows overlap and do not add up.",
        ),
    )
    sizes = Exhibit(
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
        frame=measured.sizes.assign(label=_label_channels(measured.sizes)),
    )
    pairs = Exhibit(
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
        frame=measured.pairs,
    )
    return (units, sizes) if measured.pairs.empty else (units, sizes, pairs)


def draw(measured: Attach, language: Language) -> Figure:
    """Attach rates of categories; without categories, how many products an order holds; a tick shows before."""
    if measured.scope_key == "category":
        shown = measured.units.head(MOST_ROWS).rename(columns={"rate": "share", "rate_before": "share_before"})
        labels, label = [shorten(name, 18) for name in shown.name], words.AXIS_RATE
    else:
        shown = measured.spread
        labels, label = [_word_size(int(size)).word(language) for size in shown["size"]], words.AXIS_SIZE
    parts = [
        f"{word_percent(share).en}  n={word_number(orders).en}"
        for share, orders in zip(shown.share.tolist(), shown.orders.tolist(), strict=True)
    ]
    label = label.fill(before=words.AXIS_BEFORE if shown.share_before.notna().any() else NOTHING)
    return draw_shares_with_ticks(
        labels,
        shown.share.tolist(),
        shown.share_before.tolist(),
        parts,
        axis_label=label.word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
    )


def _word_size(size: int) -> Text:
    if size == 1:
        return Text(zh="1 种", en="1 product")
    more = Text(zh=" 种及以上", en=" and more") if size >= LARGEST else Text(zh=" 种", en=" products")
    return Text(zh=f"{size}{more.zh}", en=f"{size}{more.en}")


def _label_channels(sizes: pd.DataFrame) -> pd.Series:
    labels = [name_channel(channel) if channel else words.OTHERS for channel in sizes.channel]
    return pd.Series(labels, index=sizes.index, dtype=object)


def list_silent(coverage: pd.DataFrame) -> tuple[str, ...]:
    """The channels with sales whose export names no product, or only whole orders."""
    silent = coverage[coverage.itemised_gmv.isna() & (coverage.gmv > 0)]
    return tuple(silent.sort_values("gmv", ascending=False).channel)


def _name_channels(channels: tuple[str, ...]) -> Text:
    return join_texts(name_channel(channel) for channel in channels[:MOST_NAMED])


def _find_fall(measured: Attach, fall: Shortfall) -> Finding:
    low, mid, high = fall.money
    parts = {
        "name": name_verbatim(shorten(fall.name, 24)),
        "before": word_percent(fall.reference),
        "now": word_percent(fall.now),
        "money": word_money(mid, measured.currency),
        "n": word_number(fall.orders),
        "gap": word_points(-fall.gap),
        "low": word_points(-fall.low),
        "value": word_price(fall.value, measured.currency),
    }
    return _build(
        measured,
        fall,
        words.TITLE_BEFORE.fill(**parts),
        words.CAUSE_BEFORE.fill(**parts),
        Impact(low=low, mid=mid, high=high),
    )


def _find_behind(measured: Attach, gaps: list[Shortfall]) -> Finding:
    low, mid, high = (sum(gap.money[place] for gap in gaps) for place in range(3))
    orders = sum(gap.orders for gap in gaps)
    worst = max(gaps, key=lambda gap: gap.low)
    parts = {
        "name": name_verbatim(shorten(worst.name, 24)),
        "channels": join_texts(name_channel(channel) for gap in gaps for channel in gap.channels),
        "best": name_channel(worst.best),
        "top": word_percent(worst.reference),
        "now": word_percent(sum(gap.now * gap.orders for gap in gaps) / orders),
        "money": word_money(mid, measured.currency),
        "n": word_number(orders),
        "gap": word_points(worst.gap),
        "low": word_points(worst.low),
        "value": word_price(worst.value, measured.currency),
    }
    impact = Impact(low=low, mid=mid, high=high)
    return _build(measured, worst, words.TITLE_CHANNEL.fill(**parts), words.CAUSE_CHANNEL.fill(**parts), impact)


def _build(measured: Attach, shortfall: Shortfall, title: Text, cause: Text, impact: Impact) -> Finding:
    return Finding(
        code="goods.low_attach",
        scope={measured.scope_key: shortfall.unit},
        title=title,
        cause=cause,
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="attach", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(shortfall.gap, shortfall.low),
        impact=impact,
        evidence=(Evidence(table="units", n=round(shortfall.orders), value=shortfall.now),),
    )


# In January 100 of 120 orders with tea also hold a cup (of 50), in February 40 of 120.
EXAMPLE_LINES = "\n".join(
    [
        "order_id product_id product category ordered_at paid_amount",
        *(f"a{i} T tea tea 2024-01-01 100" for i in range(120)),
        *(f"a{i} C cup cups 2024-01-01 50" for i in range(100)),
        *(f"b{i} T tea tea 2024-02-29 100" for i in range(120)),
        *(f"b{i} C cup cups 2024-02-29 50" for i in range(40)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-51",),
    finds=("goods.low_attach",),
    needs=(Need(table="order_lines", columns=("product",)),),
    limits=(
        Limit(
            name="fall",
            value=0.05,
            reason=Text(
                zh="连带率较上一期下降的下限超过 5 个百分点才提出，活动结构常带来更小的波动",
                en="raised only if even the lower end of the fall exceeds 5 points; promotions move it by less",
            ),
        ),
        Limit(
            name="behind",
            value=0.15,
            reason=Text(
                zh="与最好渠道的差距下限超过 15 个百分点才提出：门店有人推荐，渠道之间本有差异",
                en="raised only if even the lower end of the gap to the best channel exceeds 15 points: channels "
                "differ, for stores have people who suggest",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveat,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="66.7% of orders hold one product only",
        finds=(("goods.low_attach", {"category": "tea"}),),
    ),
    place=40,
)
