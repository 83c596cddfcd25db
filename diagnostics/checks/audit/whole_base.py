"""What each acquisition cohort brings over time, who is active, who buys again, and whether newcomers fill the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.cohort_stack import draw_cohorts
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    BLIND,
    OLDER,
    OLDER_RULE,
    PROFIT_RULE,
    Costing,
    begins_blind,
    name_segment,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.customer_blocks import OLDER as OLDER_COHORT
from diagnostics.metrics.customer_blocks import block_days, count_activity, total_blocks
from diagnostics.metrics.segments import ALL, CHANNEL, spread_segments
from diagnostics.metrics.two_periods import bridge_buckets, pair_periods
from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, add_months
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, word_change, word_money, word_number, word_percent
from diagnostics.statistics.filling import Filling, fill_gap
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="整个客户群靠哪几批客户撑着，新客补得上缺口吗？",
    en="Which cohorts carry the whole base, and do new customers fill the gap?",
)
DEFINITION = (
    Text(
        zh="审计第五镜：客户同期群图（C3）——每段时间的消费（或利润）按首购所在时段分层，各层之和即有身份客户的全部。"
        "时段为月、季、半年或一年，按数据长短而定，自本期末向前排。",
        en="Fifth lens of the audit: the customer cohort chart (C3). Spend (or profit) of each stretch of time by the "
        "stretch of the first purchase; the layers add up to all known customers. Stretches are months, quarters, half "
        "years or years, by the length of the data, counted back from the end of the current period.",
    )
    + Text(
        zh="复购率 = 上一时段活跃的客户里本时段又买的比例；活跃比例 = 本时段活跃的客户占至今全部买过的客户——两者分开"
        "看，"
        "不叫留存，因为没有合同。缺口 = 老客（本期之前首购）本期比对比期少花的钱；所需新客 = 缺口 ÷ 本期新客的人均消"
        "费。",
        en="The repeat-buying rate is the part of the active of one stretch who buy in the next; the share active is "
        "the "
        "active by all who ever bought. They are kept apart, and neither is called retention, for there is no "
        "contract. "
        "The gap is what existing customers (first purchase before the current period) spend less than in the "
        "comparison period; the new customers needed are the gap by what a new one spends in the current period.",
    )
    + OLDER_RULE
    + PROFIT_RULE
)
TOO_SHORT = Text(
    zh="完整的时段不足两个，看不出各批客户的走势", en="there are fewer than two whole stretches of time to compare"
)
ANSWER = Text(
    zh="最近一{grain}有 {active} 位活跃客户（{change}）；上一{grain}活跃者中 {again}（95% 区间 {low} 至 {high}）又买，"
    "占全部买过的客户 {share}。",
    en="In the latest {grain} {active} customers were active ({change}); of the active of the one before {again} "
    "bought "
    "again (95% interval {low} to {high}), and {share} of all who ever bought were active.",
)
ON_YEAR = Text(zh="较上年同期 {change}", en="{change} on a year before")
ON_LAST = Text(zh="较上一段 {change}", en="{change} on the one before")
FILLED = Text(
    zh="老客本期少花 {gap}，{won} 位新客带来 {brought}，补上 {ratio}{interval}；按新客人均，需要 {needed} 位才补平。",
    en="Existing customers spend {gap} less; {won} new ones bring {brought} and fill {ratio} of it{interval}; at their "
    "spend {needed} would fill it.",
)
INTERVAL = Text(zh="（95% 区间 {low} 至 {high}）", en=" (95% interval {low} to {high})")
NO_GAP = Text(
    zh="老客本期没有少花（{gap}），新客另带来 {brought}。",
    en="Existing customers spend no less ({gap}), and new ones bring {brought} on top.",
)
CUT = Text(
    zh="第一个时段只含部分月份，它与之后一段不比较。",
    en="The first stretch holds only some of its months and is not compared with the next.",
)
TAIL = Text(zh="末尾不足整月的日子未列入。", en="Days after the last whole month are left out.")
GRAINS = {
    1: Text(zh="个月", en="month"),
    3: Text(zh="个季度", en="quarter"),
    6: Text(zh="个半年", en="half year"),
    12: Text(zh="年", en="year"),
}
# A history of so many months is shown in steps of one month, a quarter, half a year; longer ones in years.
STEPS = ((12, 1), (36, 3), (72, 6))


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """The stretches of time: first day of the first, months of each, how many, and whether the first is not whole."""

    start: date
    months: int
    count: int
    is_cut: bool

    def name(self, block: int) -> str:
        """The first month of a stretch."""
        return f"{add_months(self.start, block * self.months):%Y-%m}"


@dataclass(frozen=True, kw_only=True)
class WholeBase:
    """Value and active customers by cohort and stretch, activity with rates, and how newcomers fill the gap."""

    blocks: Blocks
    cells: pd.DataFrame
    activity: pd.DataFrame
    channels: pd.DataFrame
    filling: Filling | None
    costing: Costing
    has_tail: bool
    is_blind: bool
    currency: str

    @property
    def main(self) -> str:
        """What is drawn: profit where all costs are known, else spend."""
        return "earned" if self.costing.is_whole else "spend"


def lay_blocks(horizon: Horizon) -> Blocks:
    """Stretches that end with the current period and begin with the first whole month, or up to a stretch earlier."""
    first = horizon.history.start
    opened = add_months(first, 0 if first.day <= 1 + SLACK_DAYS else 1)
    end = add_months(horizon.current.end, 0)
    whole = max((end.year - opened.year) * MONTHS_A_YEAR + end.month - opened.month, 0)
    months = next((step for most, step in STEPS if whole <= most), MONTHS_A_YEAR)
    count = -(-whole // months)
    return Blocks(start=add_months(end, -count * months), months=months, count=count, is_cut=bool(whole % months))


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for cohorts by stretch, activity, and how the base changed between the compared periods."""
    horizon = tables.engagement.horizon
    blocks = lay_blocks(horizon)
    rows = tables.share(spread_segments(share_days(tables), share_customers(tables), (ALL, CHANNEL)))
    blocked = block_days(rows, blocks.start, blocks.months)
    asked = {"cells": total_blocks(blocked), "activity": count_activity(blocked)}
    if horizon.previous is not None:
        asked["buckets"] = bridge_buckets(tables.share(pair_periods(rows, horizon.previous, horizon.current)))
    return asked


def measure(replies: Replies) -> WholeBase | NotComputable:
    """Keep the whole stretches and add the rates."""
    horizon = replies.engagement.horizon
    blocks = lay_blocks(horizon)
    cells = replies["cells"]
    cells = cells[(cells.block < blocks.count) & (cells.cohort < blocks.count)]
    activity = replies["activity"]
    activity = activity[activity.block < blocks.count]
    whole = rate_activity(activity[activity.kind == ALL], blocks, find_newcomers_since(horizon.history))
    if blocks.count < 2 or len(whole) < 2:  # noqa: PLR2004 - the next stretch needs one before it
        return NotComputable(reason=TOO_SHORT)
    shown = cells[cells.kind == ALL]
    channels = activity[(activity.kind == CHANNEL) & (activity.block >= blocks.count - 2)]
    return WholeBase(
        blocks=blocks,
        cells=shown,
        activity=whole,
        channels=_rate_channels(channels, blocks.count - 1),
        filling=fill_gap(replies["buckets"]) if "buckets" in replies and len(replies["buckets"]) else None,
        costing=read_costing(shown),
        is_blind=begins_blind(horizon),
        has_tail=horizon.history.end > horizon.current.end,
        currency=replies.engagement.currency,
    )


def rate_activity(activity: pd.DataFrame, blocks: Blocks, since: date) -> pd.DataFrame:
    """One row a stretch: active, fresh, kept, back, ever, again (repeat-buying rate, low, high), share, lost, filled.

    `ever` are all who bought up to then, `lost` the active of the stretch before who did not come, `filled` is
    (fresh + back) / lost. Fresh is empty where customers may be older than the data, rates where there is no whole
    stretch before.
    """
    counts = activity.set_index("block").sort_index()[["active", "fresh", "kept", "back", "older"]]
    rows = counts.reindex(range(blocks.count)).astype(float).fillna(0.0)
    before = rows.active.shift()
    if blocks.is_cut:
        before.iloc[1:2] = np.nan
    before = before.where(before > 0)
    low, high = wilson(rows.kept.where(before.notna(), 0.0), before)
    ever = rows.fresh.cumsum()
    starts = [add_months(blocks.start, block * blocks.months) for block in rows.index]
    is_new = np.array([start >= since for start in starts])
    lost = before - rows.kept
    return rows.assign(
        name=[blocks.name(block) for block in rows.index],
        kept=rows.kept.where(before.notna()),
        back=rows.back.where(before.notna()),
        fresh=rows.fresh.where(is_new),
        ever=ever,
        again=rows.kept / before,
        low=low,
        high=high,
        share=rows.active / ever.where(ever > 0),
        lost=lost,
        filled=((rows.fresh + rows.back) / lost.where(lost > 0)).where(is_new),
    ).reset_index()


def _rate_channels(activity: pd.DataFrame, last: int) -> pd.DataFrame:
    now = activity[activity.block == last].set_index("segment")
    before = activity[activity.block == last - 1].set_index("segment").active.reindex(now.index)
    if len(now) < 2:  # noqa: PLR2004 - a single channel is the whole base
        return pd.DataFrame()
    low, high = wilson(now.kept.where(before.notna(), 0.0), before)
    frame = now.assign(before=before, again=now.kept / before, low=low, high=high)
    return frame.sort_values("active", ascending=False).reset_index()


def judge(_measured: WholeBase, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: the GMV levers judge, with traffic where it is known, why there are fewer buyers."""
    return ()


def tell(measured: WholeBase) -> Text:
    """Active customers, the two rates, and whether newcomers fill the gap."""
    last = measured.activity.iloc[-1]
    year = MONTHS_A_YEAR // measured.blocks.months
    far = len(measured.activity) > year + measured.blocks.is_cut
    earlier = measured.activity.iloc[-1 - (year if far else 1)]
    change = _word_change(float(last.active), float(earlier.active))
    said = ANSWER.fill(
        grain=GRAINS[measured.blocks.months],
        active=word_number(float(last.active)),
        change=(ON_YEAR if far else ON_LAST).fill(change=change),
        again=word_percent(float(last.again)),
        low=word_percent(float(last.low)),
        high=word_percent(float(last.high)),
        share=word_percent(float(last.share)),
    )
    return said if measured.filling is None else said + _tell_filling(measured.filling, measured.currency)


def _word_change(now: float, before: float) -> Text:
    return word_change(now / before - 1 if before else None)


def _tell_filling(filling: Filling, currency: str) -> Text:
    if filling.ratio is None or filling.needed is None:
        return NO_GAP.fill(
            gap=word_money(-filling.gap, currency, signed=True), brought=word_money(filling.brought, currency)
        )
    known = filling.low is not None
    interval = INTERVAL.fill(low=word_percent(filling.low, 0), high=word_percent(filling.high, 0))
    return FILLED.fill(
        gap=word_money(filling.gap, currency),
        won=word_number(filling.won),
        brought=word_money(filling.brought, currency),
        ratio=word_percent(filling.ratio, 0),
        interval=interval if known else "",
        needed=word_number(filling.needed),
    )


def caveats(measured: WholeBase) -> tuple[Text, ...]:
    """What is cut off, and how far costs are known."""
    cut = (CUT,) if measured.blocks.is_cut else ()
    tail = (TAIL,) if measured.has_tail else ()
    blind = (BLIND,) if measured.is_blind and measured.filling is not None else ()
    return (*cut, *tail, *blind, *measured.costing.explain(measured.currency))


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


def tabulate(measured: WholeBase) -> tuple[Exhibit, ...]:
    """C3 in spend (and profit), active customers by cohort, activity with rates, channels."""
    money = [("spend", Text(zh="消费额", en="Spend"))]
    if measured.costing.is_known:
        money.append(("earned", Text(zh="利润（成本已知部分）", en="Profit where costs are known")))
    exhibits = [_list_cells(measured, value, word, "money") for value, word in money]
    exhibits.append(_list_cells(measured, "active", Text(zh="活跃客户", en="Active customers"), "count"))
    exhibits.append(_list_activity(measured))
    if len(measured.channels):
        exhibits.append(_list_channels(measured))
    return tuple(exhibits)


def _list_cells(measured: WholeBase, value: str, word: Text, unit: str) -> Exhibit:
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


def _list_activity(measured: WholeBase) -> Exhibit:
    fields = (
        Field(name="name", label=Text(zh="时段始于", en="From")),
        Field(name="active", label=Text(zh="活跃客户", en="Active"), unit="count"),
        Field(name="fresh", label=Text(zh="其中新客", en="New"), unit="count"),
        Field(name="kept", label=Text(zh="上段也活跃", en="Active before too"), unit="count"),
        Field(name="back", label=Text(zh="隔段回来", en="Came back"), unit="count"),
        Field(name="again", label=Text(zh="复购率", en="Repeat-buying rate"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
        Field(name="ever", label=Text(zh="至今买过的客户", en="Ever bought"), unit="count"),
        Field(name="share", label=Text(zh="活跃比例", en="Share active"), unit="share"),
        Field(name="lost", label=Text(zh="上段活跃未再来", en="Did not come again"), unit="count"),
        Field(name="filled", label=Text(zh="新客与回来者 ÷ 未再来", en="New and back by those"), unit="share"),
    )
    title = Text(zh="活跃客户：谁又来，谁补上", en="Active customers: who bought again, who filled the gap")
    return Exhibit(name="activity", title=title, fields=fields, frame=measured.activity)


def _list_channels(measured: WholeBase) -> Exhibit:
    rows = measured.channels
    labels = pd.Series([name_segment(CHANNEL, segment) for segment in rows.segment], dtype=object)
    fields = (
        Field(name="label", label=Text(zh="渠道", en="Channel")),
        Field(name="before", label=Text(zh="上一段活跃", en="Active before"), unit="count"),
        Field(name="active", label=Text(zh="最近一段活跃", en="Active now"), unit="count"),
        Field(name="fresh", label=Text(zh="在该渠道首次购买", en="First time in the channel"), unit="count"),
        Field(name="again", label=Text(zh="复购率", en="Repeat-buying rate"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
    )
    title = Text(zh="各渠道最近一段的复购率", en="Repeat-buying rate by channel, latest stretch")
    return Exhibit(name="channels", title=title, fields=fields, frame=rows.assign(label=labels))


def draw(measured: WholeBase, language: Language) -> Figure:
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


# January against February, in steps of a month. Existing customers: a 100 to 100, b 200 to 100, c 100 to nothing, a
# gap of 200. Two new ones bring 20 and 40: they fill 60 / 200 = 30 %, and at 30 each 6.7 would fill it.
EXAMPLE_LINES = """
customer ordered_at paid_amount
a 2024-01-02 100
b 2024-01-03 200
c 2024-01-31 100
a 2024-02-01 100
b 2024-02-03 100
d 2024-02-10 20
e 2024-02-29 40
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-17", "001-09"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="2 new ones bring CNY 60 and fill 30% of it"),
    place=50,
)
