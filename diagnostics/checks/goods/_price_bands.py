"""Which price bands sales come from, where newcomers enter, and which bands move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.ticks import draw_shares_with_ticks
from diagnostics.checks.goods import _price_band_words as words
from diagnostics.metrics.price_bands import (
    BAND_COLUMNS,
    EDGES,
    count_band_lines,
    mark_bands,
    total_band_costs,
    total_bands,
)
from diagnostics.metrics.profit import cost_lines
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent, word_points, word_price
from diagnostics.statistics.price_bands import build_bands, merge_bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.brief import Brief
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

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
            return words.ABOVE.fill(low=low)
        return words.BETWEEN.fill(low=low, high=high) if row.low > 0 else words.BELOW.fill(high=high)


def find_edges(brief: Brief) -> tuple[float, ...]:
    """The lower edges above 0 that the sheet states, ascending; empty where it states fewer than two bands."""
    lows = [row.get("low") for row in brief.rows("price_bands")]
    stated = sorted({float(low) for low in lows if isinstance(low, int | float) and low > 0})
    return tuple(stated) if len(lows) >= LEAST_STATED else ()


def ask_bands(tables: Tables, kept: ir.Table, earlier: ir.Table | None, firsts: ir.Table) -> dict[str, ir.Table]:
    """Ask for sales, first orders and margins by fine band.

    `kept` and `earlier` are lines of `keep_itemised` of both periods, `firsts` come from `pick_firsts`.
    """
    edges = find_edges(tables.engagement.brief) or EDGES
    marked = tables.share(mark_bands(kept, edges).select(*BAND_COLUMNS))
    asked = {"bands": total_bands(marked), "firsts": count_band_lines(marked, firsts)}
    if earlier is not None:
        asked["before"] = total_bands(mark_bands(earlier, edges))
    if tables.has("products", "unit_cost"):
        asked["costs"] = total_band_costs(mark_bands(cost_lines(kept, tables["products"]), edges))
    return asked


def read_bands(replies: Replies) -> Bands | None:
    """Put bands together and set first orders against others; `None` where no sale has units and a price."""
    bands = replies["bands"].set_index("band")
    if bands.empty or not bands.gmv.clip(lower=0).sum():
        return None
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


def tell_bands(measured: Bands) -> Text:
    """The band with most GMV and where newcomers enter, as one sentence."""
    frame = measured.frame
    top = int(frame.share.to_numpy().argmax())
    before = float(frame.share_before.iloc[top])
    return words.ANSWER.fill(
        band=measured.word(top),
        share=word_percent(float(frame.share.iloc[top])),
        change=words.CHANGE.fill(before=word_percent(before)) if before == before else NOTHING,  # noqa: PLR0124 - NaN
        entry=_tell_entry(measured),
    )


def _tell_entry(measured: Bands) -> Text:
    frame = measured.frame
    if frame["index"].isna().all():
        return NOTHING
    if not (frame.index_low > 0).any():
        return words.NO_ENTRY
    place = int(frame["index"].where(frame.index_low > 0, -1.0).to_numpy().argmax())
    return words.ENTRY.fill(band=measured.word(place), index=word_number(float(frame["index"].iloc[place]), 2))


def compare_stated(measured: Bands) -> tuple[Text, ...]:
    """Where the sheet's share differs most from the data."""
    frame = measured.frame
    stated = pd.to_numeric(frame.stated)
    gap = (frame.share - stated).abs()
    if not gap.notna().any():
        return ()
    place = int(gap.fillna(-1.0).to_numpy().argmax())
    share, said = float(frame.share.iloc[place]), float(stated.iloc[place])
    return (
        words.STATED.fill(
            band=measured.word(place),
            stated=word_percent(said),
            share=word_percent(share),
            gap=word_points(share - said),
        ),
    )


def tabulate_bands(measured: Bands) -> Exhibit:
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
    return Exhibit(name="bands", title=title, fields=fields, frame=measured.frame.assign(label=labels), note=note)


def draw_bands(measured: Bands, language: Language) -> Figure:
    """Share of GMV by band, with a tick for the comparison period; entrances of newcomers stand out."""
    frame = measured.frame
    shares = frame.share.tolist()
    figure = draw_shares_with_ticks(
        [measured.word(place).word(language) for place in range(len(frame))],
        shares,
        frame.share_before.tolist(),
        [word_percent(share).en for share in shares],
        axis_label=words.AXIS.word(language),
        low=shares,
        high=shares,
    )
    scale_share(figure.axes[0].xaxis)
    return figure
