"""How many products an order holds, what goes along with each category, and what is bought next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.ticks import draw_shares_with_ticks
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _attach_words as words
from diagnostics.checks.goods._attach_findings import state_behind, state_fall
from diagnostics.checks.goods._attach_tables import MOST_ROWS, tabulate_attach
from diagnostics.checks.goods._next_items import NextItems, ask_next, read_next, tabulate_next, tell_next
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
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_PAIRS = 100
PAIRS_SHOWN = 12
MOST_NAMED = 6
NEXT_ITEMS = ("004-06", "001-33")


@dataclass(frozen=True, kw_only=True)
class Attach:
    """Sizes of orders, attach rates, pairs, shortfalls that judge may raise, and what is bought next, if known."""

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
    next_items: NextItems | None
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sizes and attach rates, now and before, for pairs, and for what is bought next."""
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
        **ask_next(tables, lines),
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
        next_items=read_next(replies),
        currency=replies.engagement.currency,
    )


def judge(measured: Attach, limits: Limits) -> tuple[Finding, ...]:
    """Raise a unit that fell clearly, or else one whose channels lie far behind the best."""
    falls = {fall.unit: fall for fall in measured.falls if fall.low > limits["fall"]}
    findings = [state_fall(fall, measured.scope_key, measured.currency) for fall in falls.values()]
    units = sorted({gap.unit for gap in measured.behind} - set(falls))
    for unit in units:
        gaps = [gap for gap in measured.behind if gap.unit == unit and gap.low > limits["behind"]]
        if gaps:
            findings.append(state_behind(gaps, measured.scope_key, measured.currency))
    return tuple(findings)


def tell(measured: Attach) -> Text:
    """Single-product orders, the pair most often together, and the surest one in turn."""
    change = NOTHING
    if measured.single_before is not None:
        change = words.CHANGE.fill(before=word_percent(measured.single_before))
    said = words.ANSWER.fill(
        share=word_percent(measured.single_share),
        products=word_number(measured.products_per_order, 1),
        n=word_number(measured.orders),
        change=change,
    )
    said += _tell_pair(measured.pairs)
    return said if measured.next_items is None else said + tell_next(measured.next_items)


def _tell_pair(pairs: pd.DataFrame) -> Text:
    if pairs.empty:
        return words.NO_PAIR
    pair = pairs.to_dict("records")[0]
    return words.PAIR.fill(
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
    """Attach rates, sizes by channel, pairs in one order, and pairs in turn."""
    along = tabulate_attach(measured.units, measured.sizes, measured.pairs)
    return along if measured.next_items is None else (*along, *tabulate_next(measured.next_items))


def lacks(measured: Attach) -> Mapping[str, Text]:
    """What takes customers who are seen on two days."""
    return dict.fromkeys(NEXT_ITEMS, words.NO_NEXT) if measured.next_items is None else {}


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


def list_silent(coverage: pd.DataFrame) -> tuple[str, ...]:
    """The channels with sales whose export names no product, or only whole orders."""
    silent = coverage[coverage.itemised_gmv.isna() & (coverage.gmv > 0)]
    return tuple(silent.sort_values("gmv", ascending=False).channel)


def _name_channels(channels: tuple[str, ...]) -> Text:
    return join_texts(name_channel(channel) for channel in channels[:MOST_NAMED])


# In January 100 of 120 orders with tea also hold a cup (of 50), in February 40 of 120. 40 customers buy a leaf first
# and 40 a bowl; on their next day all of the leaf's buy pots, the bowl's jars: 20 would be expected of 40, a lift of 2.
# Orders of one product: 20 + 80 of 200 in January, 80 + 80 of 200 in February. A cup
# is in 40 orders and tea in 120 of 200: 24 would hold both by chance, 40 do.
EXAMPLE_LINES = "\n".join(
    [
        "order_id customer product_id product category ordered_at paid_amount",
        *(f"a{i} - T tea tea 2024-01-01 100" for i in range(120)),
        *(f"a{i} - C cup cups 2024-01-01 50" for i in range(100)),
        *(f"b{i} - T tea tea 2024-02-29 100" for i in range(120)),
        *(f"b{i} - C cup cups 2024-02-29 50" for i in range(40)),
        *(f"c{i} l{i:03} L leaf leaves 2024-01-02 10" for i in range(40)),
        *(f"d{i} b{i:03} B bowl bowls 2024-01-02 10" for i in range(40)),
        *(f"e{i} l{i:03} P pot pots 2024-02-28 10" for i in range(40)),
        *(f"f{i} b{i:03} J jar jars 2024-02-28 10" for i in range(40)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-51", *NEXT_ITEMS),
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
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="50.0% held one in the comparison period. The strongest pair is “cup” with “tea”: 40 orders together, "
        "lift 1.7 (1.3 to 2.1). Of 4 pairs in turn (80 customers) 2 follow each other more often than by chance, most "
        "surely “bowl”, then “jar”: 100.0% do so, lift 2.0",
        finds=(("goods.low_attach", {"category": "tea"}),),
    ),
    place=40,
)
