"""Which categories are bought so seldom that repeat rates say nothing, and which indicators take their place."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.gaps import count_gaps, fill_categories, purchase_gaps
from diagnostics.metrics.lines import value_lines
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_days,
    word_number,
    word_percent,
)
from diagnostics.statistics.survival import Share, fit_survival

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

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
NO_CUSTOMERS = Text(zh="没有可跟踪的购买", en="no purchase could be followed")
NONE = Text(
    zh="没有低频品类：常用的复购指标适用于全部 {n} 个品类{best}。",
    en="No goods are bought seldom: the usual repeat indicators hold for all categories ({n}){best}.",
)
BEST = Text(zh="，一年内回购率 {rate}", en=", {rate} return within a year")
SOME = Text(
    zh="{names}属于低频：一年内回购率 {rate}，改用跨品类、存量首购、转介绍和服务指标。",
    en="Bought seldom: {names} ({rate} return within a year); crossing, first purchases of members, referral and "
    "service "
    "replace repeat rates.",
)
TITLE = Text(
    zh="{name}是低频品类：复购率不适用，改用另一套指标",
    en="{name} is bought seldom: repeat rates do not apply, other indicators take their place",
)
FROM_DATA = Text(
    zh="购买一年内只有 {rate}（{low} 至 {high}）再买，跟踪 {n} 次购买{sheet}。",
    en="Only {rate} ({low} to {high}) buy again within a year, over {n} purchases followed{sheet}.",
)
AGREES = Text(zh="；需求表也这样写", en="; the sheet says so too")
DENIES = Text(zh="；需求表写的是高频，以数据为准", en="; the sheet says otherwise, the data go first")
FROM_SHEET = Text(
    zh="依需求表判断（耐用品或周期超过一年）；数据里一年内回购率为 {rate}。",
    en="Judged from the sheet (durable, or a cycle beyond a year); in the data {rate} return within a year.",
)
ACTION = Text(
    zh="把考核换成：跨品类购买率、存量会员首购人数、老带新占比、首次响应时长；复购目标只留给高频的配件与耗材。",
    en="Set other targets: crossing to other categories, first purchases of stock members, referred customers, time to "
    "the first reply; keep repeat targets for accessories and consumables.",
)
STOP = Text(
    zh="半年后一年内回购率的区间回到限值之上，则恢复复购指标。",
    en="Go back to repeat indicators if after half a year the interval of the return within a year rises above the "
    "limit.",
)
NO_MONEY = Text(zh="这是换一套指标，不是一笔损失", en="this changes the indicators; it is no loss")
WHOLE = Text(zh="全店", en="The whole shop")
ALTERNATIVES = Text(
    zh="跨品类购买率、存量会员首购、老带新占比、首次响应时长",
    en="crossing categories, first purchases of members, referred customers, time to first reply",
)
USUAL = Text(zh="复购率、复购周期、流失线", en="repeat rate, cycle, lapse line")
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
        return name_verbatim(shorten(self.category, LONGEST)) if self.category else WHOLE


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
        return NotComputable(reason=NO_CUSTOMERS)
    order = sorted(kept, key=lambda mode: (not mode.is_seldom, not mode.is_stated, -mode.purchases, mode.category))
    return Modes(modes=tuple(order), has_answer=brief.flag("is_durable") is not None)


def judge(measured: Modes, limits: Limits) -> tuple[Finding, ...]:
    """Raise every category that data or sheet call seldom bought; nothing is lost, so it is information."""
    del limits  # they were applied when the curve was read
    return tuple(_find(mode, measured) for mode in measured.seldom)


def _find(mode: Mode, measured: Modes) -> Finding:
    rate = mode.returning
    denied = mode.is_seldom and not mode.is_stated and measured.has_answer
    if mode.is_seldom and rate is not None:
        cause = FROM_DATA.fill(
            rate=word_percent(rate.value),
            low=word_percent(rate.low),
            high=word_percent(rate.high),
            n=word_number(mode.purchases),
            sheet=AGREES if mode.is_stated else DENIES if denied else NOTHING,
        )
    else:
        cause = FROM_SHEET.fill(rate=word_percent(rate.value if rate is not None else None))
    return Finding(
        code="fit.durable_mode",
        scope={"category": mode.category} if mode.category else {},
        title=TITLE.fill(name=mode.name),
        cause=cause,
        action=ACTION,
        owner_role="manager",
        validation=Validation(metric="attach", direction="up", window_days=180),
        stop_rule=STOP,
        confidence=0.9 if mode.is_seldom else 0.6,
        impact_reason=NO_MONEY,
        # Targets that do not apply mislead only where the client has them.
        severity="low" if denied else "info",
        evidence=(Evidence(table="modes", n=mode.purchases, value=rate.value if rate is not None else None),),
    )


def tell(measured: Modes) -> Text:
    """Which categories need other indicators."""
    seldom = measured.seldom
    rates = [mode.returning for mode in (seldom or measured.modes) if mode.returning is not None]
    if seldom:
        return SOME.fill(
            names=join_texts(mode.name for mode in seldom),
            rate=_word_range(rates) if rates else word_percent(None),
        )
    best = NOTHING
    if rates:
        best = BEST.fill(rate=_word_range(rates))
    return NONE.fill(n=word_number(len(measured.modes)), best=best)


def _word_range(rates: list[Share]) -> Text:
    low, high = min(rate.value for rate in rates), max(rate.value for rate in rates)
    if len(rates) == 1:
        return word_percent(low)
    return Text(zh="{low} 至 {high}", en="{low} to {high}").fill(low=word_percent(low), high=word_percent(high))


def tabulate(measured: Modes) -> tuple[Exhibit, ...]:
    """A category a row, with the set of indicators that suits it."""
    rows = [
        {
            "category": mode.name,
            "purchases": mode.purchases,
            "rate": mode.returning.value if mode.returning is not None else None,
            "low": mode.returning.low if mode.returning is not None else None,
            "high": mode.returning.high if mode.returning is not None else None,
            "stated": word_days(mode.stated_cycle) if mode.stated_cycle else NOTHING,
            "indicators": ALTERNATIVES if mode in measured.seldom else USUAL,
        }
        for mode in measured.modes
    ]
    fields = (
        Field(name="category", label=Text(zh="品类", en="Category")),
        Field(name="purchases", label=Text(zh="跟踪的购买", en="Purchases followed"), unit="count"),
        Field(name="rate", label=Text(zh="一年内回购率", en="Return within a year"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
        Field(name="stated", label=Text(zh="需求表的周期", en="Cycle in the sheet")),
        Field(name="indicators", label=Text(zh="适用的指标", en="Indicators that suit")),
    )
    title = Text(zh="各品类适用哪套指标", en="Which indicators suit which goods")
    return (Exhibit(name="modes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw(measured: Modes, language: Language) -> Figure:
    """The chance to return within a year, a bar a category."""
    shown = [mode for mode in measured.modes if mode.returning is not None]
    rates = [mode.returning for mode in shown if mode.returning is not None]
    figure = draw_bars(
        [mode.name.word(language) for mode in shown],
        [rate.value for rate in rates],
        [word_percent(rate.value).en for rate in rates],
        low=[rate.low for rate in rates],
        high=[rate.high for rate in rates],
        axis_label=Text(zh="一年内再次购买同品类的概率", en="Chance to buy the category again within a year").word(
            language
        ),
        marked=[place for place, mode in enumerate(shown) if mode in measured.seldom],
    )
    scale_share(figure.axes[0].xaxis)
    return figure


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
