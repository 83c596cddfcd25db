"""The tables of the question on one cohort: ages, deciles, patterns and segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.audit import _one_cohort_words as words
from diagnostics.checks.costing import label_segments
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, word_days, word_period
from diagnostics.statistics.cohort_choice import name_ages
from diagnostics.statistics.spread import share_out

if TYPE_CHECKING:
    from diagnostics.checks.audit.one_cohort import OneCohort


def list_ages(measured: OneCohort) -> Exhibit:
    """One row an age: share active, its factors, and value to date."""
    profit = (
        Field(name="margin", label=Text(zh="利润率", en="Margin"), unit="share"),
        Field(name="earned_each", label=Text(zh="人均利润", en="Profit per member"), unit="price"),
        Field(name="earned_to_date", label=Text(zh="累计人均利润", en="Profit to date"), unit="price"),
    )
    fields = (
        Field(name="label", label=Text(zh="年龄（天）", en="Age, days")),
        Field(name="active", label=Text(zh="活跃客户", en="Active"), unit="count"),
        Field(name="share", label=Text(zh="活跃比例", en="Share active"), unit="share"),
        *interval_fields("share"),
        Field(name="frequency", label=Text(zh="活跃者订单数", en="Orders per active"), unit="number", digits=2),
        Field(name="order_value", label=Text(zh="笔单价", en="Spend per order"), unit="price"),
        Field(name="spend_each", label=Text(zh="人均消费", en="Spend per member"), unit="price"),
        Field(name="spend_to_date", label=Text(zh="累计人均消费", en="Spend to date"), unit="price"),
        *(profit if measured.costing.is_known else ()),
    )
    title = Text(zh="{span} 首购客户的各年龄段", en="Customers who first bought in {span}, by age").fill(
        span=word_period(measured.cohort.first.start, measured.cohort.first.end)
    )
    return Exhibit(
        name="ages", title=title, fields=fields, frame=measured.ages.assign(label=name_ages(measured.ages.age))
    )


def list_deciles(measured: OneCohort) -> Exhibit:
    """One row a decile of value to date."""
    rows = measured.deciles
    profit = (
        Field(name="earned", label=words.PROFIT, unit="money"),
        Field(name="earned_share", label=Text(zh="占利润", en="Share of profit"), unit="share"),
    )
    fields = (
        Field(name="decile", label=Text(zh="十分位", en="Decile"), unit="count"),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="again", label=Text(zh="再次购买的人", en="Bought again"), unit="count"),
        Field(name="orders", label=words.ORDERS, unit="count"),
        Field(name="spend", label=words.SPEND, unit="money"),
        Field(name="spend_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
        *(profit if measured.costing.is_known else ()),
    )
    title = Text(zh="首购后 {days}内的累计价值，十档（1 为最高）", en="Value over the first {days}, in deciles").fill(
        days=word_days(measured.days)
    )
    frame = rows.assign(spend_share=share_out(rows.spend), earned_share=share_out(rows.earned))
    return Exhibit(name="deciles", title=title, fields=fields, frame=frame)


def list_patterns(measured: OneCohort) -> Exhibit:
    """One row a pattern of quarters with and without purchases."""
    rows, quarters = measured.patterns, measured.cohort.quarters
    labels = [
        "●" + "".join("●" if pattern >> place & 1 else "○" for place in range(1, quarters)) for pattern in rows.pattern
    ]
    fields = (
        Field(name="label", label=Text(zh="形态", en="Pattern")),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="orders", label=words.ORDERS, unit="count"),
        Field(name="spend", label=words.SPEND, unit="money"),
        Field(name="each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
    )
    frame = rows.assign(label=labels, share=rows.customers / rows.customers.sum(), each=rows.spend / rows.customers)
    title = Text(zh="购买形态：首购后每 91 天一格", en="Patterns: one mark for every 91 days after the first purchase")
    note = Text(
        zh="● 有购买，○ 没有；第一格含首购。", en="● bought, ○ did not; the first mark holds the first purchase."
    )
    return Exhibit(name="patterns", title=title, fields=fields, frame=frame, note=note)


def list_segments(measured: OneCohort) -> Exhibit:
    """One row a channel or category of the first purchase."""
    rows = measured.segments
    profit = (
        Field(
            name="earned_each", label=Text(zh="人均利润（成本已知部分）", en="Profit each, of known cost"), unit="price"
        ),
    )
    fields = (
        Field(name="label", label=Text(zh="首购", en="First purchase")),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(
            name="later",
            label=Text(zh="首段之后的平均活跃比例", en="Mean share active after the first age"),
            unit="share",
        ),
        Field(name="frequency", label=Text(zh="人均订单数", en="Orders each"), unit="number", digits=2),
        Field(name="order_value", label=Text(zh="笔单价", en="Spend per order"), unit="price"),
        Field(name="spend_each", label=Text(zh="累计人均消费", en="Spend each"), unit="price"),
        *(profit if measured.costing.is_known else ()),
    )
    title = Text(zh="同一批客户按首购渠道与品类", en="The same cohort by channel and category of the first purchase")
    frame = rows.assign(label=label_segments(rows))
    return Exhibit(name="segments", title=title, fields=fields, frame=frame)
