"""How much of GMV hangs on the customers who spend most, and whether they are staying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.theme import ACCENT, QUIET, new_figure
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import share_days
from diagnostics.checks.limits import find_limits
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.concentration import follow_top, measure_squares, spend_percentiles
from diagnostics.metrics.customers import total_customers
from diagnostics.metrics.profit import between
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_change, word_money, word_number, word_percent
from diagnostics.statistics.certainty import find_likely, rate_gap
from diagnostics.statistics.falling_back import FallingBack, compare_tops
from diagnostics.statistics.spread import find_gini

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="业绩有多集中在少数客户身上？", en="How much of GMV hangs on a few customers?")
DEFINITION = Text(
    zh="有身份的客户按本期消费从高到低排列，累计其占可识别客户 GMV 的份额（Lorenz 曲线）；基尼系数 = 曲线与均分线所夹面"
    "积的两倍；HHI = 各客户份额的平方和。头部客户 = 上一期消费最高的 10%，看他们本期花了多少。自然回落 = 紧随其"
    "后的 10% 客户（第二档）同期的回落，再加上头部本来就多出的回落（均值回归：任何一期的头部到另一期都会回落）；后者用"
    "本期头部与第二档在上一期的消费之比倒推，最少按零计。两档都是老客，新客多少与价格涨跌不影响结果；"
    "头部与第二档一起流失则看不出来。回落超过它才算流失。",
    en="Known customers ordered by spend in the current period; the curve is their cumulative share of the GMV of "
    "known customers (Lorenz); Gini = twice the area between curve and equal shares; HHI = the sum of squared "
    "shares of customers. Top customers = the 10% who spent most in the comparison period, followed into the "
    "current one. Usual fall = that of the 10% next below them (the second tenth), and what the top of any period "
    "falls further (regression to the mean), which is read off what today's top and second tenth spent in the "
    "comparison period, and is never below none. Both tenths are former customers, so neither newcomers nor prices "
    "move it; a loss of both together is not seen. Only a fall beyond it counts as leaving.",
)
TOO_FEW = Text(zh="本期有身份的客户只有 {n} 位，不足以谈集中度", en="only {n} known customers bought in the period")
ANSWER = Text(
    zh="消费最高的 10% 客户贡献了 {top} 的 GMV（{n} 位有身份客户）。",
    en="The 10% who spend most bring {top} of GMV ({n} known customers).",
)
SPREAD = Text(
    zh="前 30% 占 {third}，70% 的 GMV 来自 {few} 的客户；基尼系数 {gini}，HHI {hhi}。",
    en="The first 30% bring {third}; 70% of GMV comes from {few} of customers; Gini {gini}, HHI {hhi}.",
)
KEPT = Text(
    zh="上一期头部客户的消费本期变动 {change}，自然回落应为 {usual}：{verdict}。",
    en="Spend of the former top 10% moved by {change}, where {usual} is usual: {verdict}.",
)
STAYING = Text(zh="看不出明显的异常流失", en="no clear loss beyond the usual one")
LEAVING = Text(zh="流失超出正常", en="more of it leaves than usual")
TITLE = Text(
    zh="头部 10% 客户占 {top} 的 GMV，且流失超出正常：每年多损失约 {loss}",
    en="The top 10% of customers hold {top} of GMV and leave more than usual: about {loss} a year",
)
CAUSE = Text(
    zh="上一期的头部客户本期消费 {change}，自然回落只应为 {usual}，全体客户为 {all_change}；超出部分相当于其消费的 "
    "{excess}（95% 区间 {low} 至 {high}）。",
    en="The former top customers spend {change}, where {usual} would be usual and all customers moved by {all_change}; "
    "the excess is {excess} of their spend (95% interval {low} to {high}).",
)
ACTION = Text(
    zh="为头部客户建立一对一名单与专属顾问，先联系 90 天未购的头部客户，再设专属权益。",
    en="List the top customers, give each a named adviser, call those silent for 90 days first, then add benefits "
    "of their own.",
)
STOP = Text(
    zh="两轮触达后头部客户 60 天回购率仍不高于未触达的对照组，则停止并改查产品与价格原因。",
    en="Stop if after two rounds the 60-day return of top customers is no higher than of those not contacted.",
)
NAME = "people.concentration"
LIMITS = (
    Limit(
        name="top_share",
        value=0.5,
        reason=Text(
            zh="头部 10% 占到一半以上，失去他们就失去业务的根基",
            en="with half of GMV on a tenth of customers, losing them loses the base of the business",
        ),
    ),
    Limit(
        name="excess",
        value=0.05,
        reason=Text(
            zh="超出自然回落的部分，其区间下限过 5% 才提出",
            en="raised only if even the lower end of the fall beyond the usual one exceeds 5% of their spend",
        ),
    ),
)
LEAST_CUSTOMERS = 20
DECILES = 10


@dataclass(frozen=True, kw_only=True)
class Concentration:
    """Cumulative share of GMV by customer percentile, and how far the former top customers fell."""

    curve: pd.DataFrame
    customers: int
    top_share: float
    gini: float
    hhi: float
    followed: FallingBack | None
    yearly: float
    limits: Limits
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the percentiles of spend now, and for what last period's top customers spend."""
    horizon = tables.engagement.horizon
    days = share_days(tables)
    now = total_customers(days.filter(between(days, horizon.current)))
    asked = {"percentiles": spend_percentiles(now), "squares": measure_squares(now)}
    if horizon.previous is not None:
        before = total_customers(days.filter(between(days, horizon.previous)))
        asked["followed"] = follow_top(before, now)
    return asked


def measure(replies: Replies) -> Concentration | NotComputable:
    """Build the curve and read the top decile off it."""
    curve = replies["percentiles"].sort_values("percentile", ignore_index=True)
    customers = int(curve.customers.sum())
    if customers < LEAST_CUSTOMERS:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(customers)))
    curve = curve.assign(
        customer_share=curve.customers.cumsum() / customers, gmv_share=curve.gmv.cumsum() / curve.gmv.sum()
    )
    top_share = float(np.interp(0.1, [0, *curve.customer_share], [0, *curve.gmv_share]))
    return Concentration(
        curve=curve,
        customers=customers,
        top_share=top_share,
        gini=find_gini(curve.customer_share, curve.gmv_share),
        hhi=float(replies["squares"].concentration.iloc[0]),
        followed=compare_tops(replies["followed"]) if "followed" in replies else None,
        yearly=replies.engagement.horizon.yearly,
        limits=find_limits(NAME, LIMITS, replies.engagement),
        currency=replies.engagement.currency,
    )


def track(measured: Concentration) -> tuple[Reading, ...]:
    """The share of sales that the top tenth of customers holds; everybody is counted, so there is no sampling error."""
    return track_value("pareto", measured.top_share, n=measured.customers)


def judge(measured: Concentration, limits: Limits) -> tuple[Finding, ...]:
    """Raise a risk where the top holds much and lost clearly more than the top of a period usually does."""
    found = measured.followed
    if found is None or measured.top_share < limits["top_share"] or found.low <= limits["excess"]:
        return ()
    likely = find_likely(found.low, found.excess, found.high)
    low, mid, high = (found.value(excess) * measured.yearly for excess in likely)
    return (
        Finding(
            code="people.concentration_risk",
            scope={},
            title=TITLE.fill(top=word_percent(measured.top_share), loss=word_money(mid, measured.currency)),
            cause=CAUSE.fill(
                change=word_change(found.change),
                usual=word_change(found.usual_change),
                all_change=word_change(found.all_change),
                excess=word_percent(found.excess),
                low=word_percent(found.low),
                high=word_percent(found.high),
            ),
            action=ACTION,
            owner_role="member",
            validation=Validation(metric="return_old", direction="up", window_days=90),
            stop_rule=STOP,
            confidence=rate_gap(found.excess, found.low),
            impact=Impact(low=low, mid=mid, high=high),
            evidence=(Evidence(table="curve", n=measured.customers, value=measured.top_share),),
        ),
    )


def tell(measured: Concentration) -> Text:
    """The answer in a sentence or two."""
    said = ANSWER.fill(top=word_percent(measured.top_share), n=word_number(measured.customers))
    places, shares = [0, *measured.curve.customer_share], [0, *measured.curve.gmv_share]
    said += SPREAD.fill(
        third=word_percent(float(np.interp(0.3, places, shares))),
        few=word_percent(float(np.interp(0.7, shares, places))),
        gini=word_number(measured.gini, 2),
        hhi=word_number(measured.hhi, 4),
    )
    found = measured.followed
    if found is None:
        return said
    return said + KEPT.fill(
        change=word_change(found.change),
        usual=word_change(found.usual_change),
        verdict=LEAVING if found.low > measured.limits["excess"] else STAYING,
    )


def tabulate(measured: Concentration) -> tuple[Exhibit, ...]:
    """A tenth of the customers a row."""
    fields = (
        Field(name="label", label=Text(zh="客户（按消费排序）", en="Customers by spend")),
        Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="spend", label=Text(zh="人均消费", en="Spend each"), unit="price"),
        Field(name="share", label=Text(zh="占 GMV", en="Share of GMV"), unit="share"),
        Field(name="gmv_share", label=Text(zh="累计占比", en="Cumulative share"), unit="share"),
    )
    title = Text(zh="客户按消费额每 10% 一档", en="Customers ordered by spend, a tenth a row")
    return (Exhibit(name="curve", title=title, fields=fields, frame=total_tenths(measured.curve)),)


def total_tenths(curve: pd.DataFrame) -> pd.DataFrame:
    """The curve by tenths of the customers: label, customers, gmv, spend, share and gmv_share (cumulative)."""
    middle = curve.customer_share - curve.customers / curve.customers.sum() / 2
    tenth = (middle * DECILES).astype(int) + 1
    frame = curve.groupby(tenth.rename("tenth"))[["customers", "gmv"]].sum()
    words = Text(zh="{low} 至 {high}", en="{low} to {high}")
    labels = [
        words.fill(low=word_percent((place - 1) / DECILES, 0), high=word_percent(place / DECILES, 0))
        for place in frame.index
    ]
    return frame.assign(
        label=pd.Series(labels, index=frame.index, dtype=object),
        spend=frame.gmv / frame.customers,
        share=frame.gmv / frame.gmv.sum(),
        gmv_share=frame.gmv.cumsum() / frame.gmv.sum(),
    ).reset_index(drop=True)


def draw(measured: Concentration, language: Language) -> Figure:
    """The concentration curve."""
    figure, axes = new_figure()
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1)
    axes.plot([0, *measured.curve.customer_share], [0, *measured.curve.gmv_share], color=ACCENT, linewidth=2)
    axes.plot([0.1], [measured.top_share], "o", color=ACCENT)
    note = Text(zh="前 10% 客户：{top}", en="top 10%: {top}").fill(top=word_percent(measured.top_share))
    axes.annotate(note.word(language), (0.1, measured.top_share), xytext=(10, -4), textcoords="offset points")
    axes.set_xlabel(Text(zh="客户（按消费额从高到低）", en="Customers, highest spend first").word(language))
    axes.set_ylabel(Text(zh="累计 GMV 占比", en="Cumulative share of GMV").word(language))
    scale_share(axes.xaxis)
    scale_share(axes.yaxis)
    return figure


# Before, three spend 1,000 and three 900; now only the latter do: 2,700 of 2,955 is 91.4 %. The tenth below the former
# top kept its 2,700, and today's top and the tenth below it spent before what they spend now: no fall is usual. So
# nothing but leaving explains that the former top spends 99.5 % less: 2,985 of 3,000.
BEFORE = {"top": 1000, "next": 900, "rest": 10}
NOW = {"top": 5, "next": 900, "rest": 10}
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(
            f"{kind}{i:02} {day} {spend[kind]}"
            for day, spend in (("2024-01-02", BEFORE), ("2024-02-28", NOW))
            for kind, many in (("top", 3), ("next", 3), ("rest", 24))
            for i in range(many)
        ),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-12", "002-13"),
    finds=("people.concentration_risk",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="91.4%",
        finds=(("people.concentration_risk", {}),),
    ),
    place=30,
)
