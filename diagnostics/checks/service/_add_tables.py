"""How long new contacts wait, and units with the share left alone, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.service._add_findings import LEAST_CONTACTS, Z, find_neglected
from diagnostics.checks.units import KIND_NAMES, WHOLE, Kind
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, shorten, word_number, word_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.service.adds import Attention
    from diagnostics.model.wording import Language

MOST_ROWS = 15
WAITS = (
    Text(zh="1 小时内", en="within an hour"),
    Text(zh="24 小时内", en="within a day"),
    Text(zh="3 天内", en="within 3 days"),
    Text(zh="7 天内", en="within 7 days"),
    Text(zh="7 天内没有", en="nobody in 7 days"),
)


def tabulate_adds(measured: Attention) -> tuple[Exhibit, ...]:
    """How long newcomers wait, and units with their share."""
    fields = (
        Field(name="w", label=Text(zh="新加客户", en="New contacts"), unit="count"),
        Field(name="x", label=Text(zh="未跟进", en="Left alone"), unit="count"),
        Field(name="value", label=Text(zh="未跟进占比", en="Share left alone"), unit="share"),
        Field(name="error", label=Text(zh="标准误", en="Error"), unit="share"),
    )
    shown = [
        Exhibit(
            name=kind,
            title=Text(zh="{kind}：新加客户的跟进", en="{kind}: new contacts left alone").fill(kind=KIND_NAMES[kind]),
            fields=(Field(name="unit", label=KIND_NAMES[kind]), *fields),
            frame=frame,
        )
        for kind, frame in measured.units.items()
    ]
    if measured.is_bound:
        whole = pd.DataFrame([measured.whole]).assign(unit=pd.Series([WHOLE], dtype=object).to_numpy())
        shown.insert(
            0,
            Exhibit(
                name="whole",
                title=Text(zh="全公司下限", en="The least over all"),
                fields=(Field(name="unit", label=Text(zh="范围", en="Of")), *fields),
                frame=whole,
            ),
        )
        return tuple(shown)
    waits = measured.waits.assign(
        label=pd.Series([WAITS[int(wait)] for wait in measured.waits.wait], index=measured.waits.index, dtype=object),
        share=measured.waits.contacts / measured.waits.contacts.sum(),
    )
    wait_fields = (
        Field(name="label", label=Text(zh="首次触达", en="First touch")),
        Field(name="contacts", label=Text(zh="新加客户", en="New contacts"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
    )
    title = Text(zh="添加之后多久有人说话", en="How long newcomers wait")
    return (Exhibit(name="waits", title=title, fields=wait_fields, frame=waits), *shown)


def draw_adds(measured: Attention, language: Language) -> Figure:
    """The units with the largest share left alone; the whole where no unit is told apart."""
    kind: Kind = next(iter(measured.units), "staff")
    frame = measured.units.get(kind, pd.DataFrame([measured.whole]).assign(unit=WHOLE.word(language), middle=None))
    top = frame[frame.w >= LEAST_CONTACTS].head(MOST_ROWS)
    top = (frame.head(MOST_ROWS) if top.empty else top).fillna({"error": 0.0})
    worse = {str(row.unit) for held, row in find_neglected(measured, measured.limits) if held == kind}
    middle = frame.middle.iloc[0]
    figure = draw_bars(
        [shorten(str(unit), 18) for unit in top.unit],
        top.value.tolist(),
        [f"{word_percent(row['value']).en}  n={word_number(row['w']).en}" for row in top.to_dict("records")],
        axis_label=Text(
            zh="新加客户未跟进占比（线段为 95% 区间）", en="Share of new contacts left alone (line: 95% interval)"
        ).word(language),
        low=(top.value - Z * top.error).clip(lower=0).tolist(),
        high=(top.value + Z * top.error).clip(upper=1).tolist(),
        marked={place for place, unit in enumerate(top.unit) if str(unit) in worse},
        reference=None if pd.isna(middle) else float(middle),
        reference_label=Text(zh="中位数", en="median").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure
