"""Which categories or products the same customers buy: the pairing, the table and the picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, word_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.audit.products_back import ProductsBack
    from diagnostics.model.wording import Language
    from diagnostics.statistics.duplication import Duplication

# A pairing is marked in the figure where it is this many times what sizes alone explain.
FRAMED = 1.25


def find_pairing(measured: ProductsBack) -> tuple[str, str, float] | None:
    """The labels of the pair that overlaps most beyond expectation, and how much; `None` where none does."""
    if measured.overlap is None:
        return None
    ratios = measured.overlap.ratios.to_numpy(dtype=float)
    if not np.isfinite(ratios).any():
        return None
    row, column = np.unravel_index(int(np.nanargmax(ratios)), ratios.shape)
    labels = measured.parts.label.tolist()
    value = float(ratios[row, column])
    return (labels[row], labels[column], value) if value > 1 else None


def list_overlap(measured: ProductsBack, found: Duplication) -> Exhibit:
    """Of the buyers of each row, who also bought each column, and the column most above expectation."""
    labels = measured.parts.label.tolist()
    count = range(len(labels))
    shares, ratios = found.shares.to_numpy(), found.ratios.to_numpy()
    frame = pd.DataFrame({f"part_{place}": shares[:, place] for place in count}).assign(label=labels)
    best = [int(np.nanargmax(row)) if np.isfinite(row).any() else None for row in ratios]
    partner = [None if place is None else labels[place] for place in best]
    ratio = [np.nan if place is None else ratios[row, place] for row, place in enumerate(best)]
    frame = frame.assign(partner=pd.Series(partner, dtype=object), ratio=ratio)
    fields = (
        Field(name="label", label=Text(zh="买过的客户", en="Buyers of")),
        *(Field(name=f"part_{place}", label=name_verbatim(labels[place]), unit="share") for place in count),
        Field(name="partner", label=Text(zh="超出预期最多的", en="Most above expectation")),
        Field(name="ratio", label=Text(zh="为预期的倍数", en="Times the expectation"), unit="number", digits=2),
    )
    title = Text(zh="购买重叠：行的客户里也买列的比例", en="Overlap: of the row's buyers, who also bought the column")
    return Exhibit(name="overlap", title=title, fields=fields, frame=frame)


def draw_overlap(measured: ProductsBack, language: Language) -> Figure:
    """Overlap as a heat map; pairs clearly above expectation are framed."""
    labels = measured.parts.label.tolist()
    found = measured.overlap
    if found is None:
        return draw_heat([], [], np.empty((0, 0)), axis_label="")
    named = Text(zh="{place} {label}（{share}）", en="{place} {label} ({share})")
    rows = [
        named.fill(place=str(place), label=label, share=word_percent(share, 0)).word(language)
        for place, (label, share) in enumerate(zip(labels, measured.parts.share, strict=True), start=1)
    ]
    axis = Text(
        zh="行的客户里也买列的比例（括号内为渗透率，框出者为预期的 {n} 倍以上）",
        en="Of the row's buyers, who bought the column (framed: {n} times expected)",
    ).fill(n=str(FRAMED))
    return draw_heat(
        rows,
        [str(place) for place in range(1, len(labels) + 1)],
        found.shares.to_numpy(dtype=np.float64),
        axis_label=axis.word(language),
        word=lambda share: word_percent(share, 0).en,
        alert=np.nan_to_num(found.ratios.to_numpy(dtype=np.float64)) >= FRAMED,
    )
