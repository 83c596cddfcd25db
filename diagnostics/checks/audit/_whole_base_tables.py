"""Cohorts by stretch of time, active customers and channels as tables, and the cohorts as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.cohort_stack import draw_cohorts
from diagnostics.checks.costing import OLDER, name_segment
from diagnostics.metrics.customer_blocks import OLDER as OLDER_COHORT
from diagnostics.metrics.segments import CHANNEL
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, name_verbatim

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.audit.whole_base import WholeBase
    from diagnostics.model.wording import Language


def list_cohorts(measured: WholeBase, value: str) -> pd.DataFrame:
    """Cohorts (the older first) by stretch; empty before the cohort's own stretch, 0 where nobody bought."""
    table = measured.cells.pivot_table(index="cohort", columns="block", values=value, aggfunc="sum", fill_value=0)
    table = table.reindex(columns=range(measured.blocks.count), fill_value=0).astype(float)
    early = table.columns.to_numpy()[None, :] < table.index.to_numpy()[:, None]
    return table.mask(early & (table == 0))


def _list_keys(table: pd.DataFrame) -> list[int]:
    return [int(cohort) for cohort in table.index.to_numpy()]


def name_cohort(measured: WholeBase, cohort: int) -> Text:
    """What a cohort is called: the first month of its stretch, or older than the data."""
    return OLDER if cohort == OLDER_COHORT else name_verbatim(measured.blocks.name(cohort))


def list_cells(measured: WholeBase, value: str, word: Text, unit: str) -> Exhibit:
    """Cohorts by stretch of time in money or customers."""
    table = list_cohorts(measured, value)
    labels = [name_cohort(measured, cohort) for cohort in _list_keys(table)]
    frame = table.reset_index(drop=True).rename(columns=lambda block: f"block_{block}")
    fields = (
        Field(name="label", label=Text(zh="首购时段", en="First purchase")),
        *(
            Field(name=f"block_{block}", label=name_verbatim(measured.blocks.name(block)), unit=unit)  # type: ignore[arg-type] # money or count
            for block in range(measured.blocks.count)
        ),
    )
    title = Text(zh="{word}，按首购时段与时间", en="{word} by time of the first purchase").fill(word=word)
    note = Text(
        zh="空白 = 尚未首购；首购之前的负数是更早购买的退款。",
        en="Empty = before the first purchase; a negative amount before it refunds an earlier purchase.",
    )
    frame = frame.assign(label=pd.Series(labels, dtype=object))
    return Exhibit(name=f"cohorts_{value}", title=title, fields=fields, frame=frame, note=note)


def list_activity(measured: WholeBase) -> Exhibit:
    """One row a stretch: who is active, who bought again, and who filled the gap."""
    fields = (
        Field(name="name", label=Text(zh="时段始于", en="From")),
        Field(name="active", label=Text(zh="活跃客户", en="Active"), unit="count"),
        Field(name="fresh", label=Text(zh="其中新客", en="New"), unit="count"),
        Field(name="kept", label=Text(zh="上段也活跃", en="Active before too"), unit="count"),
        Field(name="back", label=Text(zh="隔段回来", en="Came back"), unit="count"),
        Field(name="again", label=Text(zh="复购率", en="Repeat-buying rate"), unit="share"),
        *interval_fields("share"),
        Field(name="ever", label=Text(zh="至今买过的客户", en="Ever bought"), unit="count"),
        Field(name="share", label=Text(zh="活跃比例", en="Share active"), unit="share"),
        Field(name="lost", label=Text(zh="上段活跃未再来", en="Did not come again"), unit="count"),
        Field(name="filled", label=Text(zh="新客与回来者 ÷ 未再来", en="New and back by those"), unit="share"),
    )
    title = Text(zh="活跃客户：谁又来，谁补上", en="Active customers: who bought again, who filled the gap")
    return Exhibit(name="activity", title=title, fields=fields, frame=measured.activity)


def list_channels(measured: WholeBase) -> Exhibit:
    """The latest stretch by channel."""
    rows = measured.channels
    labels = pd.Series([name_segment(CHANNEL, segment) for segment in rows.segment], dtype=object)
    fields = (
        Field(name="label", label=Text(zh="渠道", en="Channel")),
        Field(name="before", label=Text(zh="上一段活跃", en="Active before"), unit="count"),
        Field(name="active", label=Text(zh="最近一段活跃", en="Active now"), unit="count"),
        Field(name="fresh", label=Text(zh="在该渠道首次购买", en="First time in the channel"), unit="count"),
        Field(name="again", label=Text(zh="复购率", en="Repeat-buying rate"), unit="share"),
        *interval_fields("share"),
    )
    title = Text(zh="各渠道最近一段的复购率", en="Repeat-buying rate by channel, latest stretch")
    return Exhibit(name="channels", title=title, fields=fields, frame=rows.assign(label=labels))


def draw_base(measured: WholeBase, language: Language) -> Figure:
    """The customer cohort chart."""
    table = list_cohorts(measured, measured.main)
    layers = {
        name_cohort(measured, cohort).word(language): values.tolist()
        for cohort, values in zip(_list_keys(table), table.to_numpy(), strict=True)
    }
    word = {"spend": Text(zh="消费额", en="Spend"), "earned": Text(zh="利润", en="Profit")}[measured.main]
    label = Text(zh="{word}（颜色为首购时段）", en="{word} (colours: first purchase)").fill(word=word)
    names = [measured.blocks.name(block)[2:] for block in range(measured.blocks.count)]
    has_older = OLDER_COHORT in table.index
    figure, axes = draw_cohorts(names, layers, axis_label=label.word(language), has_older=has_older)
    scale_money(axes.yaxis, measured.currency, language)
    return figure
