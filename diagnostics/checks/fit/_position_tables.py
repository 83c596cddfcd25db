"""The tables of the page on the role of the private domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.facts import Fact, word_held
from diagnostics.checks.fit import _position_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_change, word_money, word_number, word_percent, word_price

if TYPE_CHECKING:
    from diagnostics.checks.fit._position_facts import Step
    from diagnostics.checks.fit._views import Axis, Side, View

SIDES: dict[Side, Text] = {
    "hall": Text(zh="场子：流量", en="The hall: traffic"),
    "people": Text(zh="人：资产", en="The people: an asset"),
}
VERDICTS = {
    True: Text(zh="支持", en="borne out"),
    False: Text(zh="不支持", en="not borne out"),
    None: Text(zh="没有数据", en="no data"),
}
CLIENT = Text(zh="客户自述", en="the client's own")


def show_roles(roles: Mapping[str, Sequence[Fact]]) -> Exhibit:
    """A fact a row, under the score of its role."""
    rows = [
        {
            "role": words.ROLES[role],
            "score": word_held(facts),
            "fact": fact.name,
            "state": fact.state,
            "seen": fact.seen,
        }
        for role, facts in roles.items()
        for fact in facts
    ]
    fields = (
        Field(name="role", label=Text(zh="角色", en="Role")),
        Field(name="score", label=Text(zh="得分", en="Score")),
        Field(name="fact", label=Text(zh="看什么", en="Fact")),
        Field(name="state", label=Text(zh="现状", en="State")),
        Field(name="seen", label=Text(zh="读到", en="As read")),
    )
    title = Text(zh="私域的三种角色", en="Three roles of the private domain")
    return Exhibit(name="roles", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def show_cascade(cascade: Sequence[Step], stated: str | None) -> Exhibit:
    """Product, price, service: what was seen, and whether it bears the step out."""
    rows = [
        {
            "step": words.POSITIONS[step.id],
            "stated": CLIENT if step.id == stated else None,
            "seen": step.seen,
            "verdict": VERDICTS[step.holds],
        }
        for step in cascade
    ]
    fields = (
        Field(name="step", label=Text(zh="阶梯", en="Step")),
        Field(name="stated", label=Text(zh="客户站在哪里", en="Where the client stands")),
        Field(name="seen", label=Text(zh="看到的", en="What was seen")),
        Field(name="verdict", label=Text(zh="是否支持", en="Verdict")),
    )
    title = Text(zh="定位阶梯：产品、价格、服务", en="The cascade: product, price, service")
    return Exhibit(name="cascade", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def show_views(views: Sequence[View], currency: str) -> Exhibit:
    """A figure a row, before and now."""
    rows = [
        {
            "side": SIDES[view.side],
            "figure": view.name,
            "before": _word(view, view.before, currency),
            "now": _word(view, view.now, currency),
            "change": word_change(view.change) if view.change is not None else None,
        }
        for view in views
    ]
    fields = (
        Field(name="side", label=Text(zh="看法", en="View")),
        Field(name="figure", label=Text(zh="指标", en="Figure")),
        Field(name="before", label=Text(zh="对比期", en="Before")),
        Field(name="now", label=Text(zh="本期", en="Now")),
        Field(name="change", label=Text(zh="变化", en="Change")),
    )
    title = Text(zh="两种看法并排：流量与人的资产", en="Two views side by side: traffic and people")
    note = Text(
        zh="访客只比较两个时期都有、月数相同的渠道；同一人多个月来访会重复计数。可触达只看今天的名单，没有对比期。",
        en="Visitors are of channels told in both periods for as many months; who comes in several months counts "
        "several times. Reach goes by today's list and has no value before.",
    )
    return Exhibit(name="views", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object), note=note)


def _word(view: View, value: float | None, currency: str) -> Text | None:
    if value is None:
        return None
    if view.unit == "share":
        return word_percent(value)
    if view.unit == "money":
        return word_money(value, currency)
    return word_price(value, currency) if view.unit == "price" else word_number(value)


def show_axes(axes: Sequence[Axis]) -> Exhibit:
    """An axis a row, with its counts and interval."""
    rows = [
        {
            "axis": axis.name,
            "counts": axis.counts,
            "part": axis.part,
            "whole": axis.whole,
            "share": axis.part / axis.whole,
            "low": axis.interval[0],
            "high": axis.interval[1],
        }
        for axis in axes
    ]
    fields = (
        Field(name="axis", label=Text(zh="维度", en="Axis")),
        Field(name="counts", label=Text(zh="数的是什么", en="What is counted")),
        Field(name="part", label=Text(zh="分子", en="Part"), unit="count"),
        Field(name="whole", label=Text(zh="分母", en="Whole"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    title = Text(zh="关系 × 场域 × 效率", en="Relationship, venue, efficiency")
    return Exhibit(name="axes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
