"""How much of GMV hangs on one product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.assortment import list_best, spread_products, total_products
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="业绩有多依赖单一爆品？", en="How much of GMV hangs on one product?")
DEFINITION = Text(
    zh="商品按编码汇总（没有编码的用品名），份额 = 该商品本期 GMV ÷ 逐件列出的全部商品本期 GMV。集中度（HHI）= 各商"
    "品份额的平方和，0 为极分散，1 为只有一个商品。",
    en="Products are totalled by code, or by name where there is no code; share = the product's GMV in the current "
    "period over that of all products listed one by one. Concentration (HHI) = the sum of squared shares: near 0 "
    "is spread out, 1 is one product only.",
)
NO_SALES = Text(zh="本期没有带商品的成交", en="no sale of the current period names a product")
ANSWER = Text(
    zh="最大单品「{name}」占本期 GMV 的 {share}{change}，前 10 个商品合计 {top10}；{most} 个商品（共 {products} 个）"
    "贡献 80%。",
    en="The largest product, “{name}”, holds {share} of GMV{change}, the first ten {top10}; {most} of {products} "
    "products make 80%.",
)
CHANGE = Text(zh="（上一期 {before}）", en=" ({before} in the comparison period)")
TITLE = Text(
    zh="「{name}」一个商品占 GMV 的 {share}：断货一个月就少卖约 {money}",
    en="One product, “{name}”, holds {share} of GMV: a month out of stock costs about {money}",
)
CAUSE = Text(
    zh="该品本期 {orders} 个订单，GMV {gmv}，份额较上一期 {change}；第二大商品只占 {second}，没有可以接替的品。金额"
    "为断货或被跟价半个月至两个月的损失，未计替代购买。",
    en="It has {orders} orders and GMV of {gmv} in the current period, its share moved by {change}; the second "
    "product holds only {second}, so nothing can take its place. Money is the loss of half a month to two months "
    "out of stock or undercut, without purchases that switch to another product.",
)
FIRST_PERIOD = Text(zh="无法比较", en="an unknown amount")
ACTION = Text(
    zh="为该品备两条供货与安全库存；从复购率高的前十商品里选两个做接替品，用该品的包裹卡、私聊与加购位带动。",
    en="Secure a second source and a safety stock; choose two successors among the ten best whose buyers return, "
    "and let the hero's parcel card, chats and add-on places carry them.",
)
STOP = Text(
    zh="一个季度后接替品份额没有上升，或该品份额下降只因自身销量下滑，则停止现有推法，重选接替品。",
    en="Stop and choose other successors if after a quarter their share has not risen, or the hero's fell only "
    "because it sells less.",
)
PART_ITEMISED = Text(
    zh="只有 {share} 的 GMV 来自逐件列出商品的导出，其余（{channels}）不在本节数字内。",
    en="Only {share} of GMV comes from exports that list products one by one; the rest ({channels}) is left out here.",
)
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


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the best products and the spread, now and before."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    current = within(lines, horizon.current)
    kept = keep_itemised(current, tables.share(list_itemised(current)))
    now = tables.share(total_products(kept))
    best = list_best(now, SHOWN).left_join(tables.share(name_products(current)), "sku").drop("sku_right")
    asked = {"spread": spread_products(now), "coverage": cover_products(current, kept)}
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
        return NotComputable(reason=NO_SALES)
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
    )


def judge(measured: Heroes, limits: Limits) -> tuple[Finding, ...]:
    """Raise the largest product if it holds more than the limit and there is more than one product."""
    rows = measured.best.to_dict("records")
    if len(rows) == 1 or rows[0]["share"] <= limits["share"]:
        return ()
    return (_find(measured, rows[0], rows[1], limits["share"]),)


def tell(measured: Heroes) -> Text:
    """The largest product, the first ten, and how many make 80 %."""
    row = measured.best.to_dict("records")[0]
    before = row["share_before"]
    return ANSWER.fill(
        name=name_verbatim(shorten(row["name"], 24)),
        share=word_percent(row["share"]),
        change=NOTHING if before is None else CHANGE.fill(before=word_percent(before)),
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
    return (PART_ITEMISED.fill(share=share, channels=channels),)


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
    return (Exhibit(name="best", title=title, fields=fields, frame=measured.best, note=note),)


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
    change = FIRST_PERIOD if before is None else word_points(row["share"] - before)
    name = name_verbatim(shorten(row["name"], 24))
    # A share is counted, not sampled: what is unsure is whether it stays so high; twice the limit is beyond doubt.
    confidence = round(min(0.6 + 0.35 * (float(row["share"]) / limit - 1), 0.95), 2)
    return Finding(
        code="goods.hero_dependence",
        scope={"sku": row["sku"]},
        title=TITLE.fill(name=name, share=word_percent(row["share"]), money=word_money(gmv * MONTH, measured.currency)),
        cause=CAUSE.fill(
            orders=word_number(row["orders"]),
            gmv=word_money(row["gmv"], measured.currency),
            change=change,
            second=word_percent(second["share"]),
        ),
        action=ACTION,
        owner_role="product",
        validation=Validation(metric="role", direction="down", window_days=90),
        stop_rule=STOP,
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
    question=QUESTION,
    definition=DEFINITION,
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
