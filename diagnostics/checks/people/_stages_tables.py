"""Segments, stages and the moves between stages as tables, and the segments as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.people._customer_groups import STAGES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_days, word_number, word_percent, word_price

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.people.stages import Stages
    from diagnostics.model.wording import Language


def tabulate_stages(measured: Stages) -> tuple[Exhibit, ...]:
    """Segments, stages and moves."""
    customers = Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count")
    money = (
        Field(name="gmv", label=Text(zh="近 12 个月消费", en="Spend, 12 months"), unit="money"),
        Field(name="customer_share", label=Text(zh="客户占比", en="Share of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="消费占比", en="Share of spend"), unit="share"),
    )
    cuts = Text(
        zh="R 切点 {days}，F 切点 2 个购买日，M 切点 {money}", en="Cut-points: R {days}, F 2 purchase days, M {money}"
    )
    segments = Exhibit(
        name="segments",
        title=Text(zh="RFM 八类客户（近 12 个月买家）", en="Eight RFM segments, buyers of the last 12 months"),
        fields=(
            Field(name="name", label=Text(zh="客群", en="Segment")),
            customers,
            *money,
            Field(name="action", label=Text(zh="经营动作", en="What to do")),
        ),
        frame=measured.segments,
        note=cuts.fill(
            days=word_days(measured.median_gap),
            money=word_price(float(measured.segments.money_cut.max()), measured.currency),
        ),
    )
    lines = Text(
        zh="间隔中位数 {median}，预警线 {warning}，流失线 {lapse}",
        en="Median gap {median}, warning line {warning}, lapse line {lapse}",
    )
    stages = Exhibit(
        name="stages",
        title=Text(zh="生命周期阶段（全部观察到的客户）", en="Lifecycle stages, all customers observed"),
        fields=(Field(name="name", label=Text(zh="阶段", en="Stage")), customers, *money),
        frame=measured.stages,
        note=lines.fill(
            median=word_days(measured.median_gap),
            warning=word_days(measured.warning_line),
            lapse=word_days(measured.lapse_line),
        ),
    )
    return (segments, stages, *_tabulate_moves(measured))


def _tabulate_moves(measured: Stages) -> tuple[Exhibit, ...]:
    if measured.moves.empty:
        return ()
    fields = (
        Field(name="name", label=Text(zh="上一期末的阶段", en="Stage before")),
        Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
        *(Field(name=stage, label=name, unit="share") for stage, name in STAGES.items()),
    )
    title = Text(zh="上一期末的客户如今处在哪个阶段", en="Where the customers of the comparison period's end stand now")
    return (Exhibit(name="moves", title=title, fields=fields, frame=measured.moves),)


def draw_segments(measured: Stages, language: Language) -> Figure:
    """Each segment's share of spend; those with high spend who are silent stand out."""
    shown = measured.segments
    template = Text(zh="{spend}（{n} 人，{share}）", en="{spend} ({n}, {share})")
    parts = [
        template.fill(spend=word_percent(gmv), n=word_number(count), share=word_percent(share)).word(language)
        for gmv, count, share in zip(
            shown.gmv_share.tolist(), shown.customers.tolist(), shown.customer_share.tolist(), strict=True
        )
    ]
    figure = draw_bars(
        [name.word(language) for name in shown.name],
        shown.gmv_share.tolist(),
        parts,
        axis_label=Text(
            zh="占近 12 个月消费（括号内：人数与人数占比）",
            en="Share of spend, last 12 months (in brackets: customers and their share)",
        ).word(language),
        marked={place for place, (r, m) in enumerate(zip(shown.recent, shown.high, strict=True)) if m and not r},
    )
    figure.axes[0].margins(x=0.45)
    scale_share(figure.axes[0].xaxis)
    return figure
