"""Which categories are bought so seldom that repeat rates say nothing, and which indicators take their place."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import ibis

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.fit import _goods_mode_words as words
from diagnostics.checks.fit._goods_mode_findings import state_mode
from diagnostics.checks.fit._goods_mode_tables import draw_modes, tabulate_modes
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.gaps import count_gaps, fill_categories, purchase_gaps
from diagnostics.metrics.lines import value_lines
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.survival import Share, fit_survival

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="哪些品类买得太少，复购指标不适用？", en="Which goods are bought too seldom for the usual repeat indicators?"
)
DEFINITION = Text(
    zh="一年内回购率 = 购买后一年内再次购买同品类的概率（Kaplan-Meier，95% 区间；没有品类时按全店）。"
    "区间上限低于限值即为"
    "低频；数据不足一年时看实际跟踪到的天数，不外推，只依需求表判断。需求表把业务写成低频耐用品、或品类周期超过一年，"
    "也按低频"
    "处理，并说明数据是否支持。低频品类换一套指标：跨品类购买、存量会员首购、转介绍、服务响应，"
    "而不是复购率。",
    en="Return within a year = the chance to buy the same category again within a year of a purchase (Kaplan-Meier, "
    "95% "
    "interval; the whole shop where there are no categories). Seldom bought = the upper end lies below the limit; with "
    "less than a year followed nothing is extrapolated and only the sheet decides. Goods that the sheet calls durable, "
    "or whose cycle it puts beyond a year, count as seldom bought too, and it is said whether the data agree. They "
    "get other indicators: crossing categories, first purchases of members, referral, service.",
)
YEAR = 365
WITHOUT = ""
LEAST_AT_RISK = 30
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Mode:
    """One category: purchases followed, the chance to return within a year (if followed so long), and the sheet."""

    category: str
    purchases: int
    returning: Share | None
    stated_cycle: float | None
    is_stated: bool
    is_seldom: bool

    @property
    def name(self) -> Text:
        """What the client calls it."""
        return name_verbatim(shorten(self.category, LONGEST)) if self.category else words.WHOLE


@dataclass(frozen=True, kw_only=True)
class Modes:
    """All categories, seldom bought ones first."""

    modes: tuple[Mode, ...]
    has_answer: bool

    @property
    def seldom(self) -> tuple[Mode, ...]:
        """Categories that data or sheet call seldom bought."""
        return tuple(mode for mode in self.modes if mode.is_seldom or mode.is_stated)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the gaps between purchases by category."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    if tables.has("products", "product_id", "category"):
        lines = fill_categories(lines, tables["products"])
    elif not tables.has("order_lines", "category"):
        lines = lines.mutate(category=ibis.null("string"))
    return {"gaps": count_gaps(tables.keep(purchase_gaps(lines, tables.engagement.horizon.as_of)))}


def measure(replies: Replies) -> Modes | NotComputable:
    """Follow each category for a year and put the sheet beside it."""
    gaps, brief = replies["gaps"], replies.engagement.brief
    limits = find_limits(NAME, LIMITS, replies.engagement)
    stated = {str(row.get("name")): row.get("cycle_days") for row in brief.rows("categories")}
    modes = []
    # Lines without a category say nothing of a category, unless no line has one.
    names = sorted(set(gaps.category) - {WITHOUT}) or [WITHOUT]
    for category in names:
        part = gaps[gaps.category == category]
        curve = fit_survival(part.days, part.events, part.censored, least_at_risk=LEAST_AT_RISK)
        returning = curve.share_by(YEAR) if curve is not None else None
        # Before the first event the band is not defined: nobody came back, as far as can be said.
        high = returning.high if returning is not None and isfinite(returning.high) else None
        cycle = stated.get(category)
        days = float(cycle) if isinstance(cycle, int | float) else brief.number("repurchase_cycle_days")
        modes.append(
            Mode(
                category=str(category),
                purchases=int(part.events.sum() + part.censored.sum()),
                returning=returning,
                stated_cycle=days,
                is_stated=bool(brief.flag("is_durable")) or (days or 0) > YEAR,
                is_seldom=high is not None and high < limits["return_share"],
            )
        )
    kept = [mode for mode in modes if mode.purchases >= limits["least_purchases"]]
    if not kept:
        return NotComputable(reason=words.NO_CUSTOMERS)
    order = sorted(kept, key=lambda mode: (not mode.is_seldom, not mode.is_stated, -mode.purchases, mode.category))
    return Modes(modes=tuple(order), has_answer=brief.flag("is_durable") is not None)


def judge(measured: Modes, limits: Limits) -> tuple[Finding, ...]:
    """Raise every category that data or sheet call seldom bought; nothing is lost, so it is information."""
    del limits  # they were applied when the curve was read
    return tuple(state_mode(mode, measured) for mode in measured.seldom)


def tell(measured: Modes) -> Text:
    """Which categories need other indicators."""
    seldom = measured.seldom
    rates = [mode.returning for mode in (seldom or measured.modes) if mode.returning is not None]
    if seldom:
        return words.SOME.fill(
            names=join_texts(mode.name for mode in seldom),
            rate=_word_range(rates) if rates else word_percent(None),
        )
    best = NOTHING
    if rates:
        best = words.BEST.fill(rate=_word_range(rates))
    return words.NONE.fill(n=word_number(len(measured.modes)), best=best)


def _word_range(rates: list[Share]) -> Text:
    low, high = min(rate.value for rate in rates), max(rate.value for rate in rates)
    if len(rates) == 1:
        return word_percent(low)
    return Text(zh="{low} 至 {high}", en="{low} to {high}").fill(low=word_percent(low), high=word_percent(high))


def tabulate(measured: Modes) -> tuple[Exhibit, ...]:
    """A category a row, with the set of indicators that suits it."""
    return tabulate_modes(measured)


def draw(measured: Modes, language: Language) -> Figure:
    """The chance to return within a year, a bar a category."""
    return draw_modes(measured, language)


NAME = "fit.goods_mode"
LIMITS = (
    Limit(
        name="return_share",
        value=0.1,
        reason=Text(
            zh="一年内回购不到一成，复购率的涨跌多半是噪声；本工具的设定",
            en="with less than a tenth returning in a year a repeat rate is mostly noise; a setting of this workbook",
        ),
    ),
    Limit(
        name="least_purchases",
        value=200,
        reason=Text(zh="少于 200 次购买的品类不单列", en="categories with fewer than 200 purchases are not listed"),
    ),
)

# 250 people buy a sofa once at the beginning of 2023 and nobody again in two years but two: below 1%.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at category paid_amount",
        *(f"s{i:03d} 2023-01-02 sofa 3000" for i in range(250)),
        "s000 2023-06-01 sofa 3000",
        "s001 2023-06-01 sofa 3000",
        "z 2024-12-30 sofa 3000",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-14", "001-84"),
    finds=("fit.durable_mode",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="0.8%",
        finds=(("fit.durable_mode", {"category": "sofa"}),),
        brief=Brief(answers={"is_durable": True}),
    ),
    place=20,
)
