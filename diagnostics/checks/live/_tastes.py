"""Which products people of which tag buy in live sessions, so that goods are picked for the audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.live import _taste_words as words
from diagnostics.metrics.live_taste import list_tastes
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.tastes import Taste, find_tastes

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS, MOST_NAMED, LONGEST = 15, 2, 10


@dataclass(frozen=True, kw_only=True)
class Tastes:
    """All pairs that could be judged, the clearest taste first."""

    pairs: tuple[Taste, ...]

    @property
    def clear(self) -> tuple[Taste, ...]:
        """Pairs bought clearly more often."""
        return tuple(pair for pair in self.pairs if pair.low > 0)


def ask_tastes(tables: Tables) -> dict[str, ir.Table]:
    """Ask who of which tags bought what in live sessions; nothing where buyers or tags have no name."""
    parts = [tables[name] for name in ("contacts", "customers") if tables.has(name, "customer", "tags")]
    if not (parts and tables.has("live_orders", "customer")):
        return {}
    return {"tastes": list_tastes(tables["live_orders"], list_tagged(parts), tables.engagement.horizon.current)}


def measure_tastes(replies: Replies) -> Tastes | None:
    """Compare carriers with the others, product by product; `None` where no tag has enough people on both sides."""
    rows = replies["tastes"].to_dict("records") if "tastes" in replies else []
    pairs = find_tastes(
        (str(row["tags"]), None if pd.isna(row["product"]) else str(row["product"]), int(row["people"])) for row in rows
    )
    return Tastes(pairs=pairs) if pairs else None


def tell_tastes(measured: Tastes) -> Text:
    """How many pairs show a taste, and the clearest."""
    said = words.ANSWER.fill(n=word_number(len(measured.pairs)))
    if not measured.clear:
        return said + words.NONE
    names = join_texts(
        words.PAIR.fill(
            tag=_name(pair.tag),
            product=_name(pair.product),
            share=word_percent(pair.share),
            other=word_percent(pair.other),
        )
        for pair in measured.clear[:MOST_NAMED]
    )
    return said + words.CLEAR.fill(count=word_number(len(measured.clear)), names=names)


def _name(said: str) -> Text:
    return name_verbatim(shorten(said, LONGEST))


def tabulate_tastes(measured: Tastes) -> tuple[Exhibit, ...]:
    """Pairs with their lift, the clearest first."""
    rows = [
        {
            "tag": name_verbatim(pair.tag),
            "product": name_verbatim(shorten(pair.product, 20)),
            "carriers": pair.carriers,
            "share": pair.share,
            "other": pair.other,
            "lift": pair.lift,
            "low": pair.low,
            "high": pair.high,
        }
        for pair in measured.pairs[:MOST_ROWS]
    ]
    fields = (
        Field(name="tag", label=Text(zh="标签", en="Tag")),
        Field(name="product", label=Text(zh="商品", en="Product")),
        Field(name="carriers", label=Text(zh="带标签的直播买家", en="Carriers who bought live"), unit="count"),
        Field(name="share", label=Text(zh="其中买它的", en="Of these bought it"), unit="share"),
        Field(name="other", label=Text(zh="其他人", en="Others"), unit="share"),
        Field(name="lift", label=Text(zh="提升", en="Lift"), unit="number", digits=2),
        Field(name="low", label=Text(zh="差额下限", en="Difference, low"), unit="share"),
        Field(name="high", label=Text(zh="差额上限", en="Difference, high"), unit="share"),
    )
    title = Text(zh="标签 × 商品", en="Tags by products")
    return (Exhibit(name="tastes", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw_tastes(measured: Tastes, language: Language) -> Figure:
    """The clearest pairs; those that are more than chance stand out."""
    shown = measured.pairs[:10]
    figure = draw_bars(
        [f"{shorten(pair.tag, LONGEST)} · {shorten(pair.product, LONGEST)}" for pair in shown],
        [pair.share for pair in shown],
        [
            words.BESIDE.fill(share=word_percent(pair.share), other=word_percent(pair.other)).word(language)
            for pair in shown
        ],
        axis_label=words.AXIS.word(language),
        marked=[place for place, pair in enumerate(shown) if pair.low > 0],
    )
    scale_share(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.3)
    return figure
