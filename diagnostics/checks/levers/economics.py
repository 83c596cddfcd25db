"""Whether the private domain pays for its team, and how many contacts one person must serve to break even."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import value_costed
from diagnostics.checks.levers import _economics_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.private_economics import count_contacts, count_loyal, sum_earnings
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_money,
    word_number,
    word_percent,
)
from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "levers.economics"
# Who talks to contacts; the others make what they work with.
FRONT = frozenset({"account", "group", "service"})
GUIDES = "store_guide"
MONTHS = 12
LEAST_GROUPS = 2


@dataclass(frozen=True, kw_only=True)
class Range:
    """An estimate with its 95% interval."""

    mid: float
    low: float
    high: float

    def scale(self, factor: float) -> Range:
        """All three by one factor."""
        return Range(mid=self.mid * factor, low=self.low * factor, high=self.high * factor)


@dataclass(frozen=True, kw_only=True)
class Economics:
    """Private margin a year, cost by part, front-line people with their cost, contacts, loyalty of both kinds.

    `lent` contacts are in the hands of store guides, whom the sheet lists beside the front line.
    """

    margin: Range
    rate: float
    is_stated: bool
    costs: Mapping[str, float]
    people: float
    people_cost: float
    contacts: int | None
    lent: int
    loyalty: pd.DataFrame
    currency: str

    @property
    def cost(self) -> float:
        """All parts that are stated."""
        return sum(self.costs.values())

    @property
    def need(self) -> Range | None:
        """Contacts that one front-line person must have to earn that person's cost."""
        if not self.contacts or not self.people or self.margin.mid <= 0:
            return None
        each = self.people_cost / self.people * self.contacts
        ends = [each / one if one > 0 else np.inf for one in (self.margin.high, self.margin.low)]
        return Range(mid=each / self.margin.mid, low=ends[0], high=ends[1])


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for private net sales and what they earn, loyalty of both kinds of buyers, and contacts."""
    period = tables.engagement.horizon.current
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), period)
    asked = {"earnings": sum_earnings(within(value_costed(tables), period)), "loyalty": count_loyal(lines)}
    if tables.has("contacts", "contact"):
        asked["contacts"] = count_contacts(tables["contacts"])
    return asked


def measure(replies: Replies) -> Economics | NotComputable:
    """Scale private margin to a year and hold it against what team, incentives and systems cost."""
    brief = replies.engagement.brief
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    costs = read_costs(brief)
    if "team" not in costs:
        return NotComputable(reason=words.NO_TEAM, unlocked_by=words.UNLOCK)
    sums = replies["earnings"].fillna(0.0)
    if sums.net.sum() <= 0:
        return NotComputable(reason=words.NO_PRIVATE, unlocked_by=words.UNLOCK)
    costed = float(sums.net.sum() - sums.uncosted.sum())
    stated = brief.number("gross_margin")
    is_stated = costed < limits["costed"] * float(sums.net.sum())
    if is_stated and stated is None:
        return NotComputable(reason=words.NO_MARGIN, unlocked_by=words.UNLOCK)
    rate = float(stated or 0.0) if is_stated else float(sums.earned.sum()) / costed
    heads = [row for row in brief.rows("headcount") if row.get("role") in FRONT]
    return Economics(
        margin=_bound(sums, rate if is_stated else None, replies.engagement.horizon.yearly),
        rate=rate,
        is_stated=is_stated,
        costs=costs,
        people=sum(_number(row.get("fte")) for row in heads),
        people_cost=sum(_number(row.get("monthly_cost")) for row in heads) * MONTHS,
        contacts=int(replies["contacts"].contacts.iloc[0]) or None if "contacts" in replies else None,
        lent=_count_lent(replies),
        loyalty=replies["loyalty"].set_index("is_private").astype(float),
        currency=replies.engagement.currency,
    )


def _count_lent(replies: Replies) -> int:
    """Contacts that only store guides hold, where the team lists guides."""
    has_guides = any(
        row.get("role") == GUIDES and _number(row.get("fte")) > 0 for row in replies.engagement.brief.rows("headcount")
    )
    return int(replies["contacts"].in_stores.iloc[0]) if has_guides and "contacts" in replies else 0


def _bound(sums: pd.DataFrame, rate: float | None, yearly: float) -> Range:
    """Private margin a year with its interval; `rate` is a stated margin, else the costed lines' own is used."""
    columns = sums[["net", "earned", "uncosted"]].to_numpy(dtype=float)

    def earn(totals: np.ndarray) -> np.ndarray:
        net, earned, uncosted = totals[..., 0], totals[..., 1], totals[..., 2]
        own = earned / np.where(net > uncosted, net - uncosted, np.nan) if rate is None else rate
        return np.nan_to_num(net * own)

    mid = float(earn(columns.sum(axis=0)))
    if len(columns) < LEAST_GROUPS:
        return Range(mid=mid, low=mid, high=mid).scale(yearly)
    low, high = find_interval(mid, earn(leave_one_out(columns)))
    return Range(mid=mid, low=float(low), high=float(high)).scale(yearly)


def read_costs(brief: Brief) -> dict[str, float]:
    """Cost a year by part, of the parts that the sheet states."""
    told = {
        "team": [_number(row.get("monthly_cost")) * MONTHS for row in brief.rows("headcount")],
        "incentives": [_number(row.get("cost")) for row in brief.rows("incentives")],
        "systems": [_number(row.get("annual_cost")) for row in brief.rows("systems")],
    }
    return {name: sum(amounts) for name, amounts in told.items() if sum(amounts) > 0}


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def judge(_measured: Economics, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: attributed sales are no proof of gain or loss, and channels that cost too much are raised by channel."""
    return ()


def tell(measured: Economics) -> Text:
    """Return, break-even share, break-even load and loyalty."""
    margin, cost, currency = measured.margin, measured.cost, measured.currency
    said = words.ANSWER.fill(
        margin=word_money(margin.mid, currency),
        low=word_money(margin.low, currency),
        high=word_money(margin.high, currency),
        cost=word_money(cost, currency),
        ratio=word_number(margin.mid / cost, 2),
        ratio_low=word_number(margin.low / cost, 2),
        ratio_high=word_number(margin.high / cost, 2),
    )
    said += words.BREAK_EVEN.fill(share=word_percent(cost / margin.mid, 0)) if margin.mid >= cost else words.LOSES
    if measured.people_cost and measured.people_cost < cost:
        said += words.FRONT_ONLY.fill(ratio=word_number(margin.mid / measured.people_cost, 2))
    need = measured.need
    if need is not None:
        said += words.LOAD.fill(
            each=word_money(measured.people_cost / measured.people, currency),
            need=word_number(need.mid),
            low=word_number(need.low),
            high=word_number(need.high),
            have=word_number(((measured.contacts or 0) - measured.lent) / measured.people),
            lent=words.LENT.fill(n=word_number(measured.lent)) if measured.lent else NOTHING,
        )
    shares = {bool(kind): row["repeat"] / row.buyers for kind, row in measured.loyalty.iterrows() if row.buyers}
    if len(shares) == LEAST_GROUPS:
        said += words.LOYALTY.fill(share=word_percent(shares[True]), other=word_percent(shares[False]))
    return said


def caveats(measured: Economics) -> tuple[Text, ...]:
    """Whose margin it is, and which costs are not stated."""
    said = [words.SHARED]
    said += [words.STATED_MARGIN.fill(margin=word_percent(measured.rate))] if measured.is_stated else []
    if lacking := [words.PARTS[name] for name in words.PARTS if name not in measured.costs]:
        said.append(words.UNSTATED.fill(parts=join_texts(lacking)))
    return tuple(said if measured.need is not None else [*said, words.NO_LOAD])


def tabulate(measured: Economics) -> tuple[Exhibit, ...]:
    """Return and break-even with intervals, cost by part, loyalty of both kinds of buyers."""
    return _show_return(measured), _show_costs(measured), _show_loyalty(measured)


def _show_return(measured: Economics) -> Exhibit:
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


def _show_costs(measured: Economics) -> Exhibit:
    rows = [{"part": words.PARTS[name], "cost": cost} for name, cost in measured.costs.items()]
    fields = (
        Field(name="part", label=Text(zh="成本", en="Cost")),
        Field(name="cost", label=Text(zh="一年", en="A year"), unit="money"),
    )
    title = Text(zh="私域的成本", en="What the private domain costs")
    return Exhibit(name="costs", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_loyalty(measured: Economics) -> Exhibit:
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
    return Exhibit(name="loyalty", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Economics, language: Language) -> Figure:
    """Private margin with its interval, beside the cost."""
    margin, currency = measured.margin, measured.currency
    values = [margin.mid, measured.cost]
    figure = draw_bars(
        [Text(zh="私域毛利", en="Private margin").word(language), Text(zh="成本", en="Cost").word(language)],
        values,
        [word_money(value, currency).word(language) for value in values],
        low=[margin.low, measured.cost],
        high=[margin.high, measured.cost],
        axis_label=Text(zh="一年金额", en="Money a year").word(language),
        marked=[0] if margin.mid < measured.cost else [],
    )
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


LIMITS = (
    Limit(
        name="costed",
        value=0.5,
        reason=Text(
            zh="私域销售额一半以上有单品成本，才用它算毛利率",
            en="unit costs give the margin where they cover half of the private sales or more",
        ),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# One of the two months compared holds 600 of private sales at 50%: 300, 3,600 a year. One account manager costs 100 a
# month, 1,200 a year: 3 for each 1 spent. Six contacts earn 600 each a year, so two pay for the account manager.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-20", "001-67"),
    finds=(),
    needs=(Need(table="order_lines", columns=("is_private",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount is_private\n"
            "a1 2024-01-01 100 true\nb2 2024-01-31 100 false\nb2 2024-02-01 100 true\nc3 2024-02-29 500 true",
            "contacts": "contact\nk1\nk2\nk3\nk4\nk5\nk6",
        },
        says="只要私域成交里有 33% 是真正的增量就打平。一线每人年成本 1,200元，要带 2（",
        brief=Brief(
            answers={
                "gross_margin": 0.5,
                "headcount": ({"role": "account", "fte": 1.0, "monthly_cost": 100.0},),
            }
        ),
    ),
    place=90,
)
