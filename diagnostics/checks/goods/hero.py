"""How much of GMV hangs on one product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _hero_words as words
from diagnostics.metrics.assortment import list_best, spread_products, total_products, total_tenths
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
)
from diagnostics.statistics.spread import find_gini

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

SHOWN = 12
MOST_NAMED = 6
MONTH, HALF_MONTH, TWO_MONTHS = 1 / 12, 1 / 24, 1 / 6


@dataclass(frozen=True, kw_only=True)
class Heroes:
    """The best products with their shares now and before, and how GMV is spread."""

    best: pd.DataFrame
    products: int
    for_most: int
    top10_share: float
    concentration: float
    concentration_before: float | None
    yearly: float
    currency: str
    coverage: pd.DataFrame
    tenths: pd.DataFrame

    @property
    def gini(self) -> float:
        """Twice the area between the curve of sales over products and equal shares."""
        return find_gini(self.tenths.product_share, self.tenths.gmv_share)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the best products and the spread, now and before."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    current = within(lines, horizon.current)
    kept = keep_itemised(current, tables.share(list_itemised(current)))
    now = tables.share(total_products(kept))
    best = list_best(now, SHOWN).left_join(tables.share(name_products(current)), "sku").drop("sku_right")
    asked = {"spread": spread_products(now), "tenths": total_tenths(now), "coverage": cover_products(current, kept)}
    if horizon.previous is not None:
        previous = within(lines, horizon.previous)
        before = tables.share(total_products(keep_itemised(previous, tables.share(list_itemised(previous)))))
        asked["spread_before"] = spread_products(before)
        best = best.left_join(before.select("sku", gmv_before="gmv"), "sku").drop("sku_right")
    return {**asked, "best": best}


def measure(replies: Replies) -> Heroes | NotComputable:
    """Shares of the best products, now and before."""
    spread = replies["spread"].fillna(0).iloc[0]
    if not spread.gmv:
        return NotComputable(reason=words.NO_SALES)
    best = replies["best"].sort_values("place", ignore_index=True)
    former = None
    if "spread_before" in replies and replies["spread_before"].gmv.fillna(0).iloc[0]:
        former = replies["spread_before"].iloc[0]
    before = best.gmv_before.fillna(0) / float(former.gmv) if former is not None else None
    return Heroes(
        best=best.assign(share=best.gmv / float(spread.gmv), share_before=before),
        products=int(spread.products),
        for_most=int(spread.for_most),
        top10_share=float(spread.top10_gmv / spread.gmv),
        concentration=float(spread.concentration),
        concentration_before=float(former.concentration) if former is not None else None,
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
        coverage=replies["coverage"],
        tenths=add_shares(replies["tenths"].sort_values("tenth", ignore_index=True)),
    )


def judge(measured: Heroes, limits: Limits) -> tuple[Finding, ...]:
    """Raise the largest product if it holds more than the limit and there is more than one product."""
    rows = measured.best.to_dict("records")
    if len(rows) == 1 or rows[0]["share"] <= limits["share"]:
        return ()
    return (_find(measured, rows[0], rows[1], limits["share"]),)


def add_shares(tenths: pd.DataFrame) -> pd.DataFrame:
    """Tenths with share, product_share and gmv_share (both cumulative)."""
    return tenths.assign(
        share=tenths.gmv / tenths.gmv.sum(),
        product_share=tenths["products"].cumsum() / tenths["products"].sum(),
        gmv_share=tenths.gmv.cumsum() / tenths.gmv.sum(),
    )


def tell(measured: Heroes) -> Text:
    """The largest product, the first ten, and how many make 80 %."""
    row = measured.best.to_dict("records")[0]
    before = row["share_before"]
    return words.ANSWER.fill(
        name=name_verbatim(shorten(row["name"], 24)),
        share=word_percent(row["share"]),
        change=NOTHING if before is None else words.CHANGE.fill(before=word_percent(before)),
        top10=word_percent(measured.top10_share),
        most=word_number(measured.for_most),
        products=word_number(measured.products),
    )


def caveat(measured: Heroes) -> tuple[Text, ...]:
    """How much of GMV names no product."""
    covered = measured.coverage
    missing = covered[covered.itemised_gmv.isna() & (covered.gmv > 0)]
    if missing.empty:
        return ()
    share = word_percent(float(covered.itemised_gmv.sum() / covered.gmv.sum()))
    channels = join_texts(name_channel(channel) for channel in missing.channel.head(MOST_NAMED))
    return (words.PART_ITEMISED.fill(share=share, channels=channels),)


def tabulate(measured: Heroes) -> tuple[Exhibit, ...]:
    """The best products."""
    fields = (
        Field(name="name", label=Text(zh="商品", en="Product")),
        Field(name="sku", label=Text(zh="编码", en="Code")),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="份额", en="Share"), unit="share"),
        Field(name="share_before", label=Text(zh="上一期份额", en="Share before"), unit="share"),
        Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count"),
        Field(name="units", label=Text(zh="件数", en="Units"), unit="count"),
    )
    note = Text(zh="集中度 HHI {now}，上一期 {before}", en="Concentration (HHI) {now}, {before} before").fill(
        now=word_number(measured.concentration, 4), before=word_number(measured.concentration_before, 4)
    )
    title = Text(zh="本期 GMV 最高的商品", en="Products with the highest GMV")
    best = Exhibit(name="best", title=title, fields=fields, frame=measured.best, note=note)
    return (best, _tabulate_tenths(measured))


def _tabulate_tenths(measured: Heroes) -> Exhibit:
    fields = (
        Field(name="product_share", label=Text(zh="商品（累计）", en="Products so far"), unit="share"),
        Field(name="products", label=Text(zh="商品数", en="Products"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="份额", en="Share"), unit="share"),
        Field(name="gmv_share", label=Text(zh="累计份额", en="Cumulative share"), unit="share"),
    )
    note = Text(zh="基尼系数 {gini}", en="Gini {gini}").fill(gini=word_number(measured.gini, 2))
    title = Text(zh="商品按 GMV 从高到低每 10% 一档", en="Products ordered by GMV, a tenth a row")
    return Exhibit(name="tenths", title=title, fields=fields, frame=measured.tenths, note=note)


def draw(measured: Heroes, language: Language) -> Figure:
    """Shares of the best products; one above the usual limit stands out."""
    shown = measured.best
    figure = draw_bars(
        [shorten(name, 18) for name in shown.name],
        shown.share.tolist(),
        [word_percent(share).en for share in shown.share.tolist()],
        axis_label=Text(zh="占本期 GMV", en="Share of GMV, current period").word(language),
        marked={place for place, share in enumerate(shown.share.tolist()) if share > SHARE},
    )
    scale_share(figure.axes[0].xaxis, 1 if shown.share.max() < SCALE_WITH_DIGITS else 0)
    return figure


def _find(measured: Heroes, row: Mapping[Any, Any], second: Mapping[Any, Any], limit: float) -> Finding:
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


SHARE = 0.25
SCALE_WITH_DIGITS = 0.05
# In February the lamp sells 600 of 1,000, the chair and the table 200 each; in January all three sold 300.
EXAMPLE_LINES = """
product_id product ordered_at paid_amount
L lamp 2024-01-01 300
C chair 2024-01-31 300
T table 2024-01-31 300
L lamp 2024-02-10 600
C chair 2024-02-11 200
T table 2024-02-29 200
"""

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-17",),
    finds=("goods.hero_dependence",),
    needs=(Need(table="order_lines", columns=("product",)),),
    limits=(
        Limit(
            name="share",
            value=SHARE,
            reason=Text(
                zh="单品超过四分之一：它断货或被跟价一个季度，全店增长目标就难以弥补",
                en="above a quarter of GMV one product's bad quarter cannot be made up by the others",
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
        says="60.0% of GMV (33.3% in the comparison period)",
        finds=(("goods.hero_dependence", {"sku": "L"}),),
    ),
    place=30,
)
