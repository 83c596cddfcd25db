"""The tables and the picture of people behind the customers: channels, pairs with their bounds, evidence of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.data import _identity_words as words
from diagnostics.model.links import EVIDENCE_NAMES, REASON_WORDS
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from diagnostics.checks.data._channel_pairs import Pair
    from diagnostics.checks.data.identity import Identity
    from diagnostics.model.account import LinkCount
    from diagnostics.model.wording import Language

MOST_ROWS = 15


def tabulate_identity(measured: Identity) -> tuple[Exhibit, ...]:
    """Channels by who can be compared, pairs with their bounds, and the evidence."""
    exhibits = [_show_channels(measured.channels)]
    if measured.pairs:
        exhibits.append(_show_pairs(measured.pairs[:MOST_ROWS]))
    if measured.links:
        exhibits.append(_show_evidence(measured.links))
    return tuple(exhibits)


def _show_channels(channels: pd.DataFrame) -> Exhibit:
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="buyers", label=Text(zh="已识别买家", en="Known buyers"), unit="count"),
        Field(name="comparable", label=Text(zh="可跨渠道比对", en="Comparable"), unit="count"),
        Field(name="share", label=Text(zh="占买家", en="Share"), unit="share"),
        Field(name="hidden", label=Text(zh="无标识订单", en="Orders without a key"), unit="count"),
    )
    title = Text(zh="各渠道的买家能否跨渠道认出", en="Buyers whom other channels can recognise")
    return Exhibit(name="channels", title=title, fields=fields, frame=channels)


def _show_pairs(pairs: Sequence[Pair]) -> Exhibit:
    rows = [
        {
            "first": pair.first,
            "second": pair.second,
            "buyers": pair.buyers,
            "matched": pair.matched,
            "low": pair.overlap.low,
            "point": pair.overlap.point,
            "high": pair.overlap.high,
            "basis": pair.basis.word(),
        }
        for pair in pairs
    ]
    fields = (
        Field(name="first", label=Text(zh="渠道（较小）", en="Channel (smaller)"), unit="channel"),
        Field(name="second", label=Text(zh="另一渠道", en="Other channel"), unit="channel"),
        Field(name="buyers", label=Text(zh="前者买家", en="Buyers of the first"), unit="count"),
        Field(name="matched", label=Text(zh="已认出", en="Recognised"), unit="count"),
        Field(name="low", label=Text(zh="重合下限", en="Overlap, at least"), unit="share"),
        Field(name="point", label=Text(zh="估计", en="Estimate"), unit="share"),
        Field(name="high", label=Text(zh="重合上限", en="Overlap, at most"), unit="share"),
        Field(name="basis", label=Text(zh="计算依据", en="Basis")),
    )
    title = Text(zh="渠道两两重合（占较小渠道买家）", en="Overlap of channels, of the smaller one's buyers")
    return Exhibit(name="pairs", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_evidence(links: Sequence[LinkCount]) -> Exhibit:
    rows = [
        {
            "kind": EVIDENCE_NAMES[link.kind],
            "fate": REASON_WORDS[link.reason] if link.reason else words.KEPT,
            "links": link.links,
            "rows": link.rows,
        }
        for link in links
    ]
    fields = (
        Field(name="kind", label=Text(zh="依据", en="Evidence")),
        Field(name="fate", label=Text(zh="保留，或剪断原因", en="Kept, or why it was cut")),
        Field(name="links", label=Text(zh="连接数", en="Links"), unit="count"),
        Field(name="rows", label=Text(zh="订单或行数", en="Orders or rows"), unit="count"),
    )
    title = Text(zh="连接的依据与剪断", en="Evidence of the links, and what was cut")
    return Exhibit(name="evidence", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw_identity(measured: Identity, language: Language) -> Figure:
    """The share of each channel's buyers whom other channels can recognise."""
    shown = measured.channels[measured.channels.buyers > 0].head(MOST_ROWS)
    beside = [
        f"{word_percent(share).en}  n={word_number(buyers).en}"
        for share, buyers in zip(shown.share.tolist(), shown.buyers.tolist(), strict=True)
    ]
    figure = draw_bars(
        [name_channel(str(channel)).word(language) for channel in shown.channel],
        shown.share.tolist(),
        beside,
        axis_label=Text(
            zh="持有可跨渠道比对之键的买家占比", en="Share of buyers known by a key that channels can compare"
        ).word(language),
        marked=[place for place, share in enumerate(shown.share) if share == 0],
    )
    axes = figure.axes[0]
    axes.set_xlim(0, 1.35)
    scale_share(axes.xaxis)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    return figure
