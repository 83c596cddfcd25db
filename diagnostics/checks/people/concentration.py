"""How much of GMV hangs on the customers who spend most, and whether they are staying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_share
from diagnostics.charts.theme import ACCENT, QUIET, new_figure
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.concentration import follow_top, spend_percentiles
from diagnostics.metrics.customers import total_customers
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_change, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="业绩有多集中在少数客户身上？", en="How much of GMV hangs on a few customers?")
DEFINITION = Text(
    zh="把有身份的客户按比较期内消费额从高到低排列，累计其占本期 GMV 的份额；只含能识别客户的订单。"
    "头部客户 = 上一期消费最高的 10% 客户，看他们本期花了多少。",
    en="Known customers are ordered by spend in the current period; the curve is their cumulative share of GMV, "
    "over orders with a known customer only. Top customers = the 10% who spent most in the previous period, "
    "followed into the current one.",
)
TOO_FEW = Text(zh="本期有身份的客户只有 {n} 位，不足以谈集中度", en="only {n} known customers bought in the period")
ANSWER = Text(
    zh="消费最高的 10% 客户贡献了 {top} 的 GMV（{n} 位有身份客户）。",
    en="The 10% who spend most bring {top} of GMV ({n} known customers).",
)
KEPT = Text(
    zh="上一期的头部客户本期消费 {change}，全体客户 {all_change}。",
    en="The top customers of the previous period spend {change} in the current one; all customers {all_change}.",
)
TITLE = Text(
    zh="头部 10% 客户占 {top} 的 GMV，且正在流失：其消费一年减少 {loss}",
    en="The top 10% of customers hold {top} of GMV and are leaving: they spend {loss} less a year",
)
CAUSE = Text(
    zh="头部客户本期消费 {change}，而全体客户为 {all_change}；业绩系于少数人，却没有专人维护。",
    en="Top customers spend {change}, all customers {all_change}: sales hang on a few whom nobody looks after.",
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
LEAST_CUSTOMERS = 20


@dataclass(frozen=True, kw_only=True)
class Concentration:
    """Cumulative share of GMV by customer percentile, and what the former top customers spend now."""

    curve: pd.DataFrame
    customers: int
    top_share: float
    top_before: float | None
    top_now: float | None
    all_change: float | None
    yearly: float
    currency: str

    @property
    def top_change(self) -> float | None:
        """The relative change of the former top customers' spend."""
        if not self.top_before or self.top_now is None:
            return None
        return self.top_now / self.top_before - 1


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the percentiles of spend now, and for what last period's top customers spend."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    now = total_customers(within(lines, horizon.current))
    asked = {"percentiles": spend_percentiles(now)}
    if horizon.previous is not None:
        before = total_customers(within(lines, horizon.previous))
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
    top_before = top_now = all_change = None
    if "followed" in replies:
        row = replies["followed"].iloc[0]
        top_before, top_now = float(row.top_before), float(row.top_now or 0)
        all_change = float(row.all_now / row.all_before - 1) if row.all_before else None
    return Concentration(
        curve=curve,
        customers=customers,
        top_share=top_share,
        top_before=top_before,
        top_now=top_now,
        all_change=all_change,
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def judge(measured: Concentration, limits: Limits) -> tuple[Finding, ...]:
    """Raise a risk where the top holds much and spends clearly less than it did, beyond everybody's change."""
    change, all_change = measured.top_change, measured.all_change
    if change is None or all_change is None or measured.top_share < limits["top_share"]:
        return ()
    fall = all_change - change
    # The top of one period always falls back in the next: only a fall beyond what is usual counts.
    excess = fall - limits["usual_fall"]
    if excess <= 0 or measured.top_before is None:
        return ()
    loss = measured.top_before * excess * measured.yearly
    return (
        Finding(
            code="people.concentration_risk",
            scope={},
            title=TITLE.fill(top=word_percent(measured.top_share), loss=word_money(loss, measured.currency)),
            cause=CAUSE.fill(change=word_change(change), all_change=word_change(all_change)),
            action=ACTION,
            owner_role="member",
            validation=Validation(metric="return_old", direction="up", window_days=90),
            stop_rule=STOP,
            confidence=0.7,
            impact=Impact(low=loss * 0.5, mid=loss, high=loss * 1.5),
            evidence=(Evidence(table="curve", n=measured.customers, value=measured.top_share),),
        ),
    )


def tell(measured: Concentration) -> Text:
    """The answer in a sentence or two."""
    said = ANSWER.fill(top=word_percent(measured.top_share), n=word_number(measured.customers))
    if measured.top_change is None:
        return said
    return said + KEPT.fill(change=word_change(measured.top_change), all_change=word_change(measured.all_change))


def tabulate(measured: Concentration) -> tuple[Exhibit, ...]:
    """The curve at every fifth percentile."""
    fields = (
        Field(name="customer_share", label=Text(zh="累计客户占比", en="Cumulative share of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="累计 GMV 占比", en="Cumulative share of GMV"), unit="share"),
        Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
    )
    title = Text(zh="客户按消费额排列的累计占比", en="Cumulative shares of customers ordered by spend")
    return (Exhibit(name="curve", title=title, fields=fields, frame=measured.curve),)


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


# Before, three spend 1,000; now they spend 100 and three others 1,000: 3,000 of 3,540 is 84.7 %.
NEW_TOP = (0, 1, 2)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"former{i} 2024-01-02 1000" for i in range(3)),
        *(f"other{i} 2024-01-02 10" for i in range(27)),
        *(f"former{i} 2024-02-28 100" for i in range(3)),
        *(f"other{i} 2024-02-28 {1000 if i in NEW_TOP else 10}" for i in range(27)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-12", "002-13"),
    finds=("people.concentration_risk",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="top_share",
            value=0.5,
            reason=Text(
                zh="头部 10% 占到一半以上，失去他们就失去业务的根基",
                en="with half of GMV on a tenth of customers, losing them loses the base of the business",
            ),
        ),
        Limit(
            name="usual_fall",
            value=0.35,
            reason=Text(
                zh="上一期的头部客户下一期本会回落（均值回归），超出这一幅度才算流失",
                en="last period's top falls back in the next by itself; only a fall beyond this counts",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="84.7%",
        finds=(("people.concentration_risk", {}),),
    ),
    place=30,
)
