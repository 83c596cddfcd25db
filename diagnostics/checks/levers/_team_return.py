"""What the private domain earns on the cost of its team, and how many contacts carry one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Limit
from diagnostics.checks.costing import value_costed
from diagnostics.checks.levers import _economics_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.private_economics import count_contacts, count_loyal, sum_earnings
from diagnostics.model.brief import to_number
from diagnostics.model.section import NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_money, word_number, word_percent
from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.brief import Brief
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# Who talks to contacts; the others make what they work with.
FRONT = frozenset({"account", "group", "service"})
GUIDES = "store_guide"
MONTHS = 12
LEAST_GROUPS = 2
TEAM_LIMITS = (
    Limit(
        name="costed",
        value=0.5,
        reason=Text(
            zh="私域销售额一半以上有单品成本，才用它算毛利率",
            en="unit costs give the margin where they cover half of the private sales or more",
        ),
    ),
)


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
class TeamReturn:
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


def ask_team(tables: Tables) -> dict[str, ir.Table]:
    """Ask for private net sales and what they earn, loyalty of both kinds of buyers, and contacts.

    Nothing where no rule tells what is private.
    """
    if not tables.has("order_lines", "is_private"):
        return {}
    period = tables.engagement.horizon.current
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), period)
    asked = {"earnings": sum_earnings(within(value_costed(tables), period)), "loyalty": count_loyal(lines)}
    if tables.has("contacts", "contact"):
        asked["contacts"] = count_contacts(tables["contacts"])
    return asked


def read_team(replies: Replies, limits: Limits) -> TeamReturn | NotComputable:
    """Scale private margin to a year and hold it against what team, incentives and systems cost."""
    if "earnings" not in replies:
        return NotComputable(reason=words.NO_RULE, unlocked_by=words.UNLOCK)
    brief = replies.engagement.brief
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
    return TeamReturn(
        margin=_bound(sums, rate if is_stated else None, replies.engagement.horizon.yearly),
        rate=rate,
        is_stated=is_stated,
        costs=costs,
        people=sum((to_number(row.get("fte")) or 0.0) for row in heads),
        people_cost=sum((to_number(row.get("monthly_cost")) or 0.0) for row in heads) * MONTHS,
        contacts=int(replies["contacts"].contacts.iloc[0]) or None if "contacts" in replies else None,
        lent=_count_lent(replies),
        loyalty=replies["loyalty"].set_index("is_private").astype(float),
        currency=replies.engagement.currency,
    )


def _count_lent(replies: Replies) -> int:
    """Contacts that only store guides hold, where the team lists guides."""
    has_guides = any(
        row.get("role") == GUIDES and (to_number(row.get("fte")) or 0.0) > 0
        for row in replies.engagement.brief.rows("headcount")
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
        "team": [(to_number(row.get("monthly_cost")) or 0.0) * MONTHS for row in brief.rows("headcount")],
        "incentives": [(to_number(row.get("cost")) or 0.0) for row in brief.rows("incentives")],
        "systems": [(to_number(row.get("annual_cost")) or 0.0) for row in brief.rows("systems")],
    }
    return {name: sum(amounts) for name, amounts in told.items() if sum(amounts) > 0}


def tell_team(measured: TeamReturn) -> Text:
    """Return and break-even share, then the break-even load."""
    margin, cost, currency = measured.margin, measured.cost, measured.currency
    front, even = NOTHING, words.LOSES
    if measured.people_cost and measured.people_cost < cost:
        front = words.FRONT_ONLY.fill(ratio=word_number(margin.mid / measured.people_cost, 2))
    if margin.mid >= cost:
        even = words.BREAK_EVEN.fill(share=word_percent(cost / margin.mid, 0))
    said = words.ANSWER.fill(
        margin=word_money(margin.mid, currency),
        low=word_money(margin.low, currency),
        high=word_money(margin.high, currency),
        cost=word_money(cost, currency),
        ratio=word_number(margin.mid / cost, 2),
        ratio_low=word_number(margin.low / cost, 2),
        ratio_high=word_number(margin.high / cost, 2),
        front=front,
        even=even,
    )
    need = measured.need
    if need is None:
        return said
    return said + words.LOAD.fill(
        each=word_money(measured.people_cost / measured.people, currency),
        need=word_number(need.mid),
        low=word_number(need.low),
        high=word_number(need.high),
        have=word_number(((measured.contacts or 0) - measured.lent) / measured.people),
        lent=words.LENT.fill(n=word_number(measured.lent)) if measured.lent else NOTHING,
    )


def list_doubts(measured: TeamReturn) -> tuple[Text, ...]:
    """Whose margin it is, and which costs are not stated."""
    said = [words.SHARED]
    said += [words.STATED_MARGIN.fill(margin=word_percent(measured.rate))] if measured.is_stated else []
    if lacking := [words.PARTS[name] for name in words.PARTS if name not in measured.costs]:
        said.append(words.UNSTATED.fill(parts=join_texts(lacking)))
    return tuple(said if measured.need is not None else [*said, words.NO_LOAD])


def draw_team(measured: TeamReturn, language: Language) -> Figure:
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
