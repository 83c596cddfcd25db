"""How GMV is spread over products, and how much of it hangs on the largest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.goods import _dependence_words as words
from diagnostics.metrics.assortment import list_best, spread_products, total_products, total_tenths
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
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
)
from diagnostics.statistics.spread import find_gini

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

SHOWN = 12
MOST_NAMED = 6
MONTH, HALF_MONTH, TWO_MONTHS = 1 / 12, 1 / 24, 1 / 6
SCALE_WITH_DIGITS = 0.05


@dataclass(frozen=True, kw_only=True)
class Dependence:
    """The best products with their shares now and before, and how GMV is spread."""

    best: pd.DataFrame
    products: int
    for_half: int
    for_most: int
    top10_share: float
    concentration: float
    concentration_before: float | None
    largest: float
    yearly: float
    currency: str
    coverage: pd.DataFrame
    tenths: pd.DataFrame

    @property
    def gini(self) -> float:
        """Twice the area between the curve of sales over products and equal shares."""
        return find_gini(self.tenths.product_share, self.tenths.gmv_share)


def ask_dependence(tables: Tables, totals: ir.Table, names: ir.Table, earlier: ir.Table | None) -> dict[str, ir.Table]:
    """Ask for the best products and the spread, now and before.

    `totals` come from `total_products`, `names` from `name_products`, `earlier` are the lines of `keep_itemised` of the
    comparison period, if there is one.
    """
    best = list_best(totals, SHOWN).left_join(names, "sku").drop("sku_right")
    asked = {"spread": spread_products(totals), "tenths": total_tenths(totals)}
    if earlier is not None:
        before = tables.share(total_products(earlier))
        asked["spread_before"] = spread_products(before)
        best = best.left_join(before.select("sku", gmv_before="gmv"), "sku").drop("sku_right")
    return {**asked, "best": best}


def read_dependence(replies: Replies, largest: float) -> Dependence | None:
    """Shares of the best products, now and before; `None` where no product has sales left after refunds."""
    spread = replies["spread"].fillna(0).iloc[0]
    if not spread.gmv:
        return None
    best = replies["best"].sort_values("place", ignore_index=True)
    former = None
    if "spread_before" in replies and replies["spread_before"].gmv.fillna(0).iloc[0]:
        former = replies["spread_before"].iloc[0]
    before = best.gmv_before.fillna(0) / float(former.gmv) if former is not None else None
    return Dependence(
        best=best.assign(share=best.gmv / float(spread.gmv), share_before=before),
        products=int(spread.products),
        for_half=int(spread.for_half),
        for_most=int(spread.for_most),
        top10_share=float(spread.top10_gmv / spread.gmv),
        concentration=float(spread.concentration),
        concentration_before=float(former.concentration) if former is not None else None,
        largest=largest,
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
        coverage=replies["coverage"],
        tenths=_add_shares(replies["tenths"].sort_values("tenth", ignore_index=True)),
    )


def _add_shares(tenths: pd.DataFrame) -> pd.DataFrame:
    return tenths.assign(
        share=tenths.gmv / tenths.gmv.sum(),
        product_share=tenths["products"].cumsum() / tenths["products"].sum(),
        gmv_share=tenths.gmv.cumsum() / tenths.gmv.sum(),
    )


def tell_dependence(measured: Dependence) -> Text:
    """How many products make half and 80 %, the largest and the first ten, as one sentence."""
    row = measured.best.to_dict("records")[0]
    before = row["share_before"]
    return words.ANSWER.fill(
        products=word_number(measured.products),
        half=word_number(measured.for_half),
        most=word_number(measured.for_most),
        name=name_verbatim(shorten(row["name"], 24)),
        share=word_percent(row["share"]),
        change=NOTHING if before is None else words.CHANGE.fill(before=word_percent(before)),
        top10=word_percent(measured.top10_share),
    )


def say_coverage(measured: Dependence) -> tuple[Text, ...]:
    """How much of GMV names no product."""
    covered = measured.coverage
    missing = covered[covered.itemised_gmv.isna() & (covered.gmv > 0)]
    if missing.empty:
        return ()
    share = word_percent(float(covered.itemised_gmv.sum() / covered.gmv.sum()))
    channels = join_texts(name_channel(channel) for channel in missing.channel.head(MOST_NAMED))
    return (words.PART_ITEMISED.fill(share=share, channels=channels),)


def find_dependence(measured: Dependence, limit: float) -> tuple[Finding, ...]:
    """The largest product if it holds more than the limit and there is more than one product."""
    rows = measured.best.to_dict("records")
    if len(rows) == 1 or rows[0]["share"] <= limit:
        return ()
    return (_find(measured, rows[0], rows[1], limit),)


def _find(measured: Dependence, row: Mapping[Any, Any], second: Mapping[Any, Any], limit: float) -> Finding:
    gmv = float(row["gmv"]) * measured.yearly
    before = row["share_before"]
    change = words.FIRST_PERIOD if before is None else word_points(row["share"] - before)
    name = name_verbatim(shorten(row["name"], 24))
    # A share is counted, not sampled: what is unsure is whether it stays so high; twice the limit is beyond doubt.
    confidence = round(min(0.6 + 0.35 * (float(row["share"]) / limit - 1), 0.95), 2)
    return Finding(
        code="goods.hero_dependence",
        scope={"sku": row["sku"]},
        title=words.TITLE.fill(
            name=name, share=word_percent(row["share"]), money=word_money(gmv * MONTH, measured.currency)
        ),
        cause=words.CAUSE.fill(
            orders=word_number(row["orders"]),
            gmv=word_money(row["gmv"], measured.currency),
            change=change,
            second=word_percent(second["share"]),
        ),
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="role", direction="down", window_days=90),
        stop_rule=words.STOP,
        confidence=confidence,
        impact=Impact(low=gmv * HALF_MONTH, mid=gmv * MONTH, high=gmv * TWO_MONTHS),
        evidence=(Evidence(table="best", n=int(row["orders"]), value=float(row["share"])),),
    )


def tabulate_dependence(measured: Dependence) -> tuple[Exhibit, ...]:
    """The best products, and how GMV is spread over all."""
    fields = (
        Field(name="name", label=Text(zh="商品", en="Product")),
        Field(name="sku", label=Text(zh="编码", en="Code")),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="份额", en="Share"), unit="share"),
        Field(name="share_before", label=Text(zh="上一期份额", en="Share before"), unit="share"),
        Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count"),
        Field(name="units", label=Text(zh="件数", en="Units"), unit="count"),
    )
    note = words.CONCENTRATION.fill(
        now=word_number(measured.concentration, 4), before=word_number(measured.concentration_before, 4)
    )
    best = Exhibit(name="best", title=words.BEST, fields=fields, frame=measured.best, note=note)
    return (best, _tabulate_tenths(measured))


def _tabulate_tenths(measured: Dependence) -> Exhibit:
    fields = (
        Field(name="product_share", label=Text(zh="商品（累计）", en="Products so far"), unit="share"),
        Field(name="products", label=Text(zh="商品数", en="Products"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="份额", en="Share"), unit="share"),
        Field(name="gmv_share", label=Text(zh="累计份额", en="Cumulative share"), unit="share"),
    )
    note = words.GINI.fill(gini=word_number(measured.gini, 2))
    return Exhibit(name="tenths", title=words.TENTHS, fields=fields, frame=measured.tenths, note=note)


def draw_best(measured: Dependence, language: Language) -> Figure:
    """Shares of the best products; one above the limit stands out."""
    shown = measured.best
    figure = draw_bars(
        [shorten(name, 18) for name in shown.name],
        shown.share.tolist(),
        [word_percent(share).en for share in shown.share.tolist()],
        axis_label=Text(zh="占本期 GMV", en="Share of GMV, current period").word(language),
        marked={place for place, share in enumerate(shown.share.tolist()) if share > measured.largest},
    )
    scale_share(figure.axes[0].xaxis, 1 if shown.share.max() < SCALE_WITH_DIGITS else 0)
    return figure
