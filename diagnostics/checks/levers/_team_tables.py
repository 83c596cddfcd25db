"""What the private domain earns on its cost, what it costs by part, and how loyal both kinds of buyers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.levers import _economics_words as words
from diagnostics.checks.levers._team_return import Range
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_money, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.checks.levers._team_return import TeamReturn


def tabulate_team(measured: TeamReturn) -> tuple[Exhibit, ...]:
    """Return and break-even with intervals, cost by part, loyalty of both kinds of buyers."""
    return _show_return(measured), _show_costs(measured), _show_loyalty(measured)


def _show_return(measured: TeamReturn) -> Exhibit:
    margin, cost, currency = measured.margin, measured.cost, measured.currency
    rows = [
        _row(Text(zh="私域毛利（一年）", en="Private margin a year"), margin, lambda one: word_money(one, currency)),
        _row(Text(zh="投入产出比", en="Return on cost"), margin.scale(1 / cost), _word_ratio),
    ]
    if measured.people_cost:
        front = margin.scale(1 / measured.people_cost)
        rows.append(_row(Text(zh="只算一线人员的投入产出比", en="Return on front-line people"), front, _word_ratio))
    if margin.low > 0:
        share = Range(mid=cost / margin.mid, low=cost / margin.high, high=cost / margin.low)
        rows.append(_row(Text(zh="打平所需的增量占比", en="Break-even share"), share, lambda one: word_percent(one, 0)))
    if measured.need is not None:
        rows.append(
            _row(Text(zh="一线每人打平的好友数", en="Break-even contacts a person"), measured.need, word_number)
        )
    fields = (
        Field(name="figure", label=Text(zh="指标", en="Figure")),
        Field(name="mid", label=Text(zh="估计", en="Estimate")),
        Field(name="low", label=Text(zh="95% 下限", en="95% low")),
        Field(name="high", label=Text(zh="95% 上限", en="95% high")),
    )
    title = Text(zh="投入产出与打平点", en="Return and break-even")
    return Exhibit(name="return", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _word_ratio(ratio: float) -> Text:
    return word_number(ratio, 2)


def _row(figure: Text, values: Range, word: Callable[[float], Text]) -> dict[str, Text]:
    return {"figure": figure, "mid": word(values.mid), "low": word(values.low), "high": word(values.high)}


def _show_costs(measured: TeamReturn) -> Exhibit:
    rows = [{"part": words.PARTS[name], "cost": cost} for name, cost in measured.costs.items()]
    fields = (
        Field(name="part", label=Text(zh="成本", en="Cost")),
        Field(name="cost", label=Text(zh="一年", en="A year"), unit="money"),
    )
    title = Text(zh="私域的成本", en="What the private domain costs")
    return Exhibit(name="costs", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_loyalty(measured: TeamReturn) -> Exhibit:
    names = {
        True: Text(zh="在私域买过", en="Bought in the private domain"),
        False: Text(zh="其余买家", en="Other buyers"),
    }
    rows = []
    for kind, row in measured.loyalty.sort_index(ascending=False).iterrows():
        low, high = wilson(row["repeat"], row.buyers)
        rows.append(
            {
                "kind": names[bool(kind)],
                "buyers": row.buyers,
                "share": row["repeat"] / row.buyers,
                "low": float(low),
                "high": float(high),
                "spend": row.gmv / row.buyers,
            }
        )
    fields = (
        Field(name="kind", label=Text(zh="客户", en="Customers")),
        Field(name="buyers", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="share", label=Text(zh="两天以上购买", en="Bought on two days"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="spend", label=Text(zh="人均消费", en="Spend each"), unit="price"),
    )
    title = Text(zh="忠诚度：私域客户与其余买家", en="Loyalty: private-domain customers and other buyers")
    frame = pd.DataFrame(rows, dtype=object)
    return Exhibit(name="loyalty", title=title, fields=fields, frame=frame, note=words.LOYALTY)
