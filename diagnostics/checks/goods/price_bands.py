"""Which price bands sales come from, where newcomers enter, and which bands move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.ticks import draw_shares_with_ticks
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.price_bands import (
    BAND_COLUMNS,
    EDGES,
    count_band_lines,
    mark_bands,
    total_band_costs,
    total_bands,
)
from diagnostics.metrics.products import keep_itemised, list_itemised
from diagnostics.metrics.profit import cost_lines
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent, word_points, word_price
from diagnostics.statistics.price_bands import build_bands, merge_bands

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.brief import Brief
    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="生意集中在哪个价格带，新客从哪个价格进来？", en="Which price bands sell, and where do newcomers enter?"
)
DEFINITION = Text(
    zh="单价 = 该行实付 ÷ 件数（赠品与退货行不计）。价格带按需求表所填划分；没有填时按 1、1.5、2、3、5、7 的档位划分，"
    "并与相邻档合并到各占 8% 以上 GMV。首单倍数 = 该价格带占新客首单商品行的比例 ÷ 占其他商品行的比例，"
    "大于 1 且区间下限为正才算新客入口（按客户分组刀切的区间，按价格带数校正）。毛利率只含有成本的商品，退款不扣。",
    en="Unit price = paid over units of the line (gifts and return lines left out). Bands as the sheet states them; "
    "else steps of 1, 1.5, 2, 3, 5 and 7, neighbours joined until each holds 8% of GMV. First-order index = a "
    "band's share of the lines in first orders of newcomers over its share of other lines; an entrance only where "
    "the difference is above 0 for sure (jackknife over customers, corrected for the number of bands). Margins hold "
    "products with a known cost, refunds not taken off.",
)
NO_SALES = Text(zh="本期没有带件数与实付的商品销售", en="no sale of the period has units and a price")
ANSWER = Text(
    zh="GMV 最多的价格带是 {band}：{share}{change}。", en="The band with most GMV is {band}: {share}{change}."
)
CHANGE = Text(zh="（上一期 {before}）", en=" ({before} before)")
ENTRY = Text(
    zh="新客更常从 {band} 进来（占首单商品行的比例是其他订单的 {index} 倍）。",
    en="Newcomers' first orders hold the band “{band}” more often than other orders do ({index} times).",
)
NO_ENTRY = Text(zh="没有一个价格带明显更吸引新客。", en="No band draws newcomers more than others.")
STATED = Text(
    zh="需求表所填占比与数据相差最大的是 {band}：填 {stated}，数据 {share}（{gap}）。",
    en="The sheet's share differs most for {band}: {stated} stated, {share} in the data ({gap}).",
)
BETWEEN = Text(zh="{low} 至 {high}", en="{low} to {high}")
BELOW = Text(zh="{high} 以下", en="under {high}")
ABOVE = Text(zh="{low} 及以上", en="{low} and more")
AXIS = Text(zh="占 GMV（竖线为上一期）", en="Share of GMV (tick: before)")
LEAST_STATED = 2


@dataclass(frozen=True, kw_only=True)
class Bands:
    """One row a price band, cheap first, and the shares that the sheet states, if any."""

    frame: pd.DataFrame
    stated: tuple[float, ...]
    currency: str

    def word(self, place: int) -> Text:
        """A band in words."""
        row = self.frame.iloc[place]
        word = word_price if (self.frame.low % 1 > 0).any() else word_money
        low, high = (word(float(row[name]), self.currency) for name in ("low", "high"))
        if pd.isna(row.high):
            return ABOVE.fill(low=low)
        return BETWEEN.fill(low=low, high=high) if row.low > 0 else BELOW.fill(high=high)


def find_edges(brief: Brief) -> tuple[float, ...]:
    """The lower edges above 0 that the sheet states, ascending; empty where it states fewer than two bands."""
    lows = [row.get("low") for row in brief.rows("price_bands")]
    stated = sorted({float(low) for low in lows if isinstance(low, int | float) and low > 0})
    return tuple(stated) if len(lows) >= LEAST_STATED else ()


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sales, first orders and margins by fine band."""
    horizon = tables.engagement.horizon
    edges = find_edges(tables.engagement.brief) or EDGES
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    current = within(lines, horizon.current)
    kept = keep_itemised(current, tables.share(list_itemised(current)))
    marked = tables.share(mark_bands(kept, edges).select(*BAND_COLUMNS))
    days = tables.keep(follow_purchases(within(lines, horizon.history)))
    firsts = tables.share(pick_firsts(days, find_newcomers_since(horizon.history)))
    asked = {"bands": total_bands(marked), "firsts": count_band_lines(marked, firsts)}
    if horizon.previous is not None:
        previous = within(lines, horizon.previous)
        before = keep_itemised(previous, tables.share(list_itemised(previous)))
        asked["before"] = total_bands(mark_bands(before, edges))
    if tables.has("products", "unit_cost"):
        asked["costs"] = total_band_costs(mark_bands(cost_lines(kept, tables["products"]), edges))
    return asked


def measure(replies: Replies) -> Bands | NotComputable:
    """Put bands together and set first orders against others."""
    bands = replies["bands"].set_index("band")
    if bands.empty or not bands.gmv.clip(lower=0).sum():
        return NotComputable(reason=NO_SALES)
    brief = replies.engagement.brief
    edges = find_edges(brief)
    before = replies["before"].set_index("band").gmv if "before" in replies else pd.Series(dtype=float)
    sums = bands.join(before.rename("gmv_before"))
    costs = replies["costs"].set_index("band") if "costs" in replies else pd.DataFrame(columns=["sold", "cost"])
    sums = sums.join(costs).astype(float)
    groups = {int(band): place for place, band in enumerate(sorted(sums.index))} if edges else merge_bands(sums.gmv)
    frame = build_bands(sums, replies["firsts"], groups, edges or EDGES)
    return Bands(
        frame=frame.assign(stated=_list_stated(brief, frame.low.tolist()) if edges else None),
        stated=edges,
        currency=replies.engagement.currency,
    )


def _list_stated(brief: Brief, lows: Sequence[float]) -> list[float]:
    shares = {}
    for row in brief.rows("price_bands"):
        low, share = row.get("low"), row.get("gmv_share")
        if isinstance(share, int | float):
            shares[float(low) if isinstance(low, int | float) else 0.0] = float(share)
    return [shares.get(low, float("nan")) for low in lows]


def judge(_measured: Bands, _limits: Limits) -> tuple[Finding, ...]:
    """Bands describe; a role that is missing is raised where roles are judged."""
    return ()


def tell(measured: Bands) -> Text:
    """The band with most GMV, where newcomers enter, and where the sheet differs most."""
    frame = measured.frame
    top = int(frame.share.to_numpy().argmax())
    before = float(frame.share_before.iloc[top])
    said = ANSWER.fill(
        band=measured.word(top),
        share=word_percent(float(frame.share.iloc[top])),
        change=CHANGE.fill(before=word_percent(before)) if before == before else NOTHING,  # noqa: PLR0124 - NaN
    )
    if frame["index"].notna().any():
        clear = frame[frame.index_low > 0]
        if clear.empty:
            said += NO_ENTRY
        else:
            place = int(frame["index"].where(frame.index_low > 0, -1.0).to_numpy().argmax())
            said += ENTRY.fill(band=measured.word(place), index=word_number(float(frame["index"].iloc[place]), 2))
    return said


def caveats(measured: Bands) -> tuple[Text, ...]:
    """Where the sheet's share differs most from the data."""
    frame = measured.frame
    stated = pd.to_numeric(frame.stated)
    gap = (frame.share - stated).abs()
    if not gap.notna().any():
        return ()
    place = int(gap.fillna(-1.0).to_numpy().argmax())
    share, said = float(frame.share.iloc[place]), float(stated.iloc[place])
    return (
        STATED.fill(
            band=measured.word(place),
            stated=word_percent(said),
            share=word_percent(share),
            gap=word_points(share - said),
        ),
    )


def tabulate(measured: Bands) -> tuple[Exhibit, ...]:
    """Bands from cheap to dear."""
    fields = (
        Field(name="label", label=Text(zh="单价", en="Unit price")),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="share_before", label=Text(zh="上一期", en="Before"), unit="share"),
        Field(name="stated", label=Text(zh="需求表所填", en="Stated"), unit="share"),
        Field(name="units", label=Text(zh="件数", en="Units"), unit="count"),
        Field(name="index", label=Text(zh="首单倍数", en="First-order index"), unit="number", digits=2),
        Field(name="margin", label=Text(zh="毛利率", en="Gross margin"), unit="share"),
    )
    labels = pd.Series([measured.word(place) for place in range(len(measured.frame))], dtype=object)
    note = Text(
        zh="首单倍数 = 占新客首单商品行的比例 ÷ 占其他商品行的比例。",
        en="First-order index = the band's share of lines in newcomers' first orders over its share of other lines.",
    )
    title = Text(zh="各价格带的贡献", en="What each price band brings")
    return (Exhibit(name="bands", title=title, fields=fields, frame=measured.frame.assign(label=labels), note=note),)


def draw(measured: Bands, language: Language) -> Figure:
    """Share of GMV by band, with a tick for the comparison period; entrances of newcomers stand out."""
    frame = measured.frame
    shares = frame.share.tolist()
    figure = draw_shares_with_ticks(
        [measured.word(place).word(language) for place in range(len(frame))],
        shares,
        frame.share_before.tolist(),
        [word_percent(share).en for share in shares],
        axis_label=AXIS.word(language),
        low=shares,
        high=shares,
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# February: 60 units at 20 (1,200) and 10 at 180 (1,800): the dear band holds 60 %; in January it held half.
EXAMPLE_LINES = "\n".join(
    [
        "product_id product ordered_at paid_amount",
        *("A alpha 2024-01-01 20" for _ in range(90)),
        *("B beta 2024-01-31 180" for _ in range(10)),
        *("A alpha 2024-02-10 20" for _ in range(60)),
        *("B beta 2024-02-29 180" for _ in range(10)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-18",),
    finds=(),
    needs=(Need(table="order_lines", columns=("product",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="CNY 150 and more: 60.0% (50.0% before)"),
    place=15,
)
