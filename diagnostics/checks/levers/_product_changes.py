"""What products that came and went, and units, mix and prices of the others, did to GMV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.waterfall import Bridge, Step
from diagnostics.checks.levers import _mix_words as words
from diagnostics.metrics.product_changes import ask_products
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, name_verbatim, shorten, word_money, word_number
from diagnostics.statistics.product_bridge import PARTS, ProductBridge, bridge_products

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Products:
    """The bridge, how many products of each kind there are, and those that moved most."""

    bridge: ProductBridge
    counts: Mapping[str, int]
    largest: pd.DataFrame
    currency: str


def ask_changes(tables: Tables) -> dict[str, ir.Table]:
    """The queries `products`, `counts` and `largest`; none without product codes or a period to compare with."""
    return ask_products(tables, MOST_ROWS) if tables.has("order_lines", "product_id") else {}


def read_changes(replies: Replies) -> Products | None:
    """Build the bridge; `None` where no product was sold."""
    if "products" not in replies or not (replies["products"].gmv > 0).any():
        return None
    counts = replies["counts"].set_index("kind").products
    return Products(
        bridge=bridge_products(replies["products"]),
        counts={kind: int(counts.get(kind, 0)) for kind in words.KINDS},
        largest=replies["largest"],
        currency=replies.engagement.currency,
    )


def tell_products(measured: Products) -> Text:
    """What came, what went, and what moved the rest."""
    effects = {
        part: word_money(effect, measured.currency, signed=True) for part, effect in measured.bridge.effects.items()
    }
    is_same = not measured.counts["entered"] and not measured.counts["left"]
    return (words.SAME_PRODUCTS if is_same else words.PRODUCTS).fill(
        came=word_number(measured.counts["entered"]),
        went=word_number(measured.counts["left"]),
        stayed=word_number(measured.counts["stayed"]),
        **{part: effects[part] for part in ("entered", "left", "units", "mix", "price")},
    )


def _list_parts(bridge: ProductBridge) -> list[str]:
    return [part for part in PARTS if bridge.effects[part]]


def tabulate_products(measured: Products) -> tuple[Exhibit, ...]:
    """The parts with their intervals, and the products that moved most."""
    bridge = measured.bridge
    parts = [
        {
            "part": words.LABELS[part],
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
        *interval_fields("money"),
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
            "kind": pd.Series([words.KINDS[str(kind)] for kind in largest.kind], dtype=object),
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


def lay_products(measured: Products, language: Language) -> Bridge:
    """From the previous GMV to the current one, part by part."""
    bridge, currency = measured.bridge, measured.currency
    steps = [
        Step(
            label=words.LABELS[part].word(language),
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
    return Bridge(first=first, steps=tuple(steps), last=last, axis_label=label)
