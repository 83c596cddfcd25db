"""How a cohort of new customers behaves as it grows older: who is active, how often, for how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count, scale_money, scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    OLDER_RULE,
    PROFIT_RULE,
    WELL_COSTED,
    Costing,
    name_segment,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.cohort_value import count_patterns, follow_cohorts, total_ages, value_to_date, wait_turns
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, FIRST_CHANNEL, spread_segments
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_days, word_number, word_percent, word_period, word_price
from diagnostics.statistics.cohort_ages import factor_ages
from diagnostics.statistics.cohort_choice import AGE_DAYS, QUARTER_DAYS, Cohort, choose_cohorts
from diagnostics.statistics.survival import fit_survival

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="一批新客，随年龄增长各自怎样？", en="How does a cohort of new customers behave as it grows older?")
DEFINITION = (
    Text(
        zh="审计第三镜：观察最久的一批新客（首购在同一季度，数据短时为同一月）。年龄从各自首购日起算，30 天一段，只列"
        "全体成员都完整观察到的年龄。人均消费 = 活跃比例 × 活跃者订单数 × 笔单价；利润率 = 利润 ÷ 净额（成本已知部分）"
        "，GMV 扣除退款且成本齐全时，人均消费 × 利润率 = 人均利润。",
        en="Third lens of the audit: the new customers observed longest (first purchase in the same quarter, in a "
        "short history the same month). Age counts from each one's own first purchase in steps of 30 days; only ages "
        "that every member was observed through are shown. Spend per member = share active x orders per active "
        "customer x spend per order; margin is profit by net sales, both of the lines with a known cost, and makes "
        "profit per member of it where GMV is net of refunds and all costs are known.",
    )
    + Text(
        zh="第 n 次购买的等待用 Kaplan-Meier 估计，从第 n−1 个购买日起算，同日多单算一次，未等到者右删失，少于 30 人"
        "在险时"
        "截断。购买形态按首购后每 91 天有没有购买列出。",
        en="The wait for the n-th purchase is estimated after Kaplan-Meier from the purchase day before it; orders "
        "of one "
        "day are one, who has not bought is right-censored, and the estimate ends where fewer than 30 are observed. "
        "Patterns tell in which 91 days after the first purchase a member bought.",
    )
    + OLDER_RULE
    + PROFIT_RULE
)
TOO_FEW = Text(
    zh="可完整观察的新客同期群只有 {n} 人、{ages} 个年龄段，不足以看出变化",
    en="the new customers that can be followed are {n}, over {ages} ages: too few to see a course",
)
ANSWER = Text(
    zh="{span} 首购的 {n} 位客户：首购后第 31 至 60 天有 {early} 的人购买，到最后 30 天（第 {days} 天止）为 {late}；"
    "到那时"
    "人均消费 {value}，其中价值最高的 10% 占 {top}，{once} 再没回来。",
    en="Of the {n} customers who first bought in {span}, {early} bought in days 31 to 60 and {late} in the 30 days "
    "up to "
    "day {days}; by then each had spent {value}, the best tenth held {top}, and {once} had not come back.",
)
WAITS = Text(
    zh="半年内，估计 {second} 买第二次；买过两次的人里 {third} 买第三次。",
    en="Within half a year an estimated {second} buy a second time, and of those {third} a third time.",
)
LEAST_CUSTOMERS, LEAST_AGES = 30, 2
WAIT_DAYS = (30, 90, 180, 365)
HALF_YEAR = 180
TURNS = range(2, 11)
CUSTOMERS = Text(zh="客户数", en="Customers")
SPEND = Text(zh="消费额", en="Spend")
ORDERS = Text(zh="订单数", en="Orders")
PROFIT = Text(zh="利润（成本已知部分）", en="Profit where costs are known")


@dataclass(frozen=True, kw_only=True)
class OneCohort:
    """The cohort by age, its waits, its value to date in deciles, its patterns, and its segments.

    Frames are those of `statistics.cohort_ages` and `metrics.cohort_value`.
    """

    cohort: Cohort
    ages: pd.DataFrame
    waits: pd.DataFrame
    deciles: pd.DataFrame
    patterns: pd.DataFrame
    segments: pd.DataFrame
    costing: Costing
    currency: str

    @property
    def days(self) -> int:
        """The age, in days, up to which everybody was observed in whole ages."""
        return len(self.ages) * AGE_DAYS


def find_cohort(tables: Tables) -> Cohort:
    """The cohort looked at."""
    horizon = tables.engagement.horizon
    return choose_cohorts(horizon, find_newcomers_since(horizon.history))[0]


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the cohort's ages, waits, values and patterns."""
    cohort = find_cohort(tables)
    kinds = (ALL, FIRST_CHANNEL, FIRST_CATEGORY)
    rows = spread_segments(share_days(tables), share_customers(tables), kinds)
    followed = tables.share(follow_cohorts(rows, {"one": cohort.first}))
    whole = followed.filter(followed.kind == ALL)
    days = max(cohort.ages, 1) * AGE_DAYS
    return {
        "ages": total_ages(followed, AGE_DAYS),
        "waits": wait_turns(whole, cohort.as_of),
        "spend": value_to_date(whole, days, "spend"),
        "earned": value_to_date(whole, days, "earned"),
        "patterns": count_patterns(whole, max(cohort.quarters, 2), QUARTER_DAYS),
    }


def measure(replies: Replies) -> OneCohort | NotComputable:
    """Build the factors by age, and estimate the waits."""
    horizon = replies.engagement.horizon
    cohort = choose_cohorts(horizon, find_newcomers_since(horizon.history))[0]
    ages = replies["ages"]
    whole = ages[ages.kind == ALL]
    size = int(whole.active[whole.age == 0].sum())
    if size < LEAST_CUSTOMERS or cohort.ages < LEAST_AGES:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(size), ages=word_number(max(cohort.ages, 0))))
    costing = read_costing(whole[whole.age < cohort.ages])
    deciles = replies["earned" if costing.is_whole else "spend"].sort_values("decile", ignore_index=True)
    return OneCohort(
        cohort=cohort,
        ages=factor_ages(whole, cohort),
        waits=estimate_waits(replies["waits"]),
        deciles=deciles,
        patterns=replies["patterns"].sort_values("customers", ascending=False, ignore_index=True)
        if cohort.quarters > 1
        else replies["patterns"].iloc[:0],
        segments=_total_segments(ages[ages.age < cohort.ages]),
        costing=costing,
        currency=replies.engagement.currency,
    )


def estimate_waits(waits: pd.DataFrame) -> pd.DataFrame:
    """One row a purchase (2 to 10): waiting, came, half (days until half came), and shares by day with an interval."""
    rows = []
    for turn in TURNS:
        own = waits[waits.turn == turn]
        curve = fit_survival(own.days, own.events, own.censored, least_at_risk=LEAST_CUSTOMERS) if len(own) else None
        if curve is None:
            continue
        shares = {day: curve.share_by(day) for day in WAIT_DAYS}
        half_year = shares[HALF_YEAR]
        rows.append(
            {
                "turn": turn,
                "waiting": (own.events + own.censored).sum(),
                "came": own.events.sum(),
                "half": curve.day_of(0.5).day,
                **{f"by_{day}": share.value if share else np.nan for day, share in shares.items()},
                "low": half_year.low if half_year else np.nan,
                "high": half_year.high if half_year else np.nan,
            }
        )
    names = ["turn", "waiting", "came", "half", *(f"by_{day}" for day in WAIT_DAYS), "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _total_segments(ages: pd.DataFrame) -> pd.DataFrame:
    totals = ages.groupby(["kind", "segment"])[["orders", "spend", "net", "earned", "uncosted"]].sum()
    sizes = ages[ages.age == 0].set_index(["kind", "segment"]).active
    later = ages[ages.age > 0].groupby(["kind", "segment"]).active.mean()
    frame = totals.assign(customers=sizes, later=later.reindex(totals.index).fillna(0.0) / sizes)
    each = frame.assign(spend_each=frame.spend / frame.customers, earned_each=frame.earned / frame.customers)
    is_costed = frame.uncosted.abs() <= (1 - WELL_COSTED) * frame.net
    each = each.assign(earned_each=each.earned_each.where(is_costed))
    each = each.assign(frequency=frame.orders / frame.customers, order_value=frame.spend / frame.orders)
    large = each[each.customers >= LEAST_CUSTOMERS].reset_index()
    return large[large.groupby("kind").segment.transform("size") > 1].sort_values(
        ["kind", "spend"], ascending=[False, False], ignore_index=True
    )


def judge(_measured: OneCohort, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: repeat buying is judged against other cohorts and channels, not in one cohort."""
    return ()


def tell(measured: OneCohort) -> Text:
    """The course of the share active, value to date, and the first two waits."""
    ages, top = measured.ages, _share_of_first(measured)
    again = int(measured.deciles.again.sum())
    said = ANSWER.fill(
        span=word_period(measured.cohort.first.start, measured.cohort.first.end),
        n=word_number(float(ages["size"].iloc[0])),
        early=word_percent(float(ages.share.iloc[1])),
        late=word_percent(float(ages.share.iloc[-1])),
        days=word_number(measured.days),
        value=word_price(float(ages.spend_to_date.iloc[-1]), measured.currency),
        top=word_percent(top),
        once=word_percent(1 - again / float(ages["size"].iloc[0])),
    )
    by_turn = measured.waits.set_index("turn").by_180 if len(measured.waits) else pd.Series(dtype=float)
    if pd.isna(by_turn.get(2)) or pd.isna(by_turn.get(3)):
        return said
    return said + WAITS.fill(second=word_percent(float(by_turn[2])), third=word_percent(float(by_turn[3])))


def _share_of_first(measured: OneCohort) -> float | None:
    values = measured.deciles["earned" if measured.costing.is_whole else "spend"]
    return float(values.iloc[0] / values.sum()) if values.sum() > 0 else None


def caveats(measured: OneCohort) -> tuple[Text, ...]:
    """How far costs are known."""
    return measured.costing.explain(measured.currency)


def tabulate(measured: OneCohort) -> tuple[Exhibit, ...]:
    """Ages, waits, deciles, patterns and segments."""
    exhibits = [_list_ages(measured), _list_waits(measured), _list_deciles(measured)]
    if len(measured.patterns):
        exhibits.append(_list_patterns(measured))
    return (*exhibits, _list_segments(measured)) if len(measured.segments) else tuple(exhibits)


def _list_ages(measured: OneCohort) -> Exhibit:
    profit = (
        Field(name="margin", label=Text(zh="利润率", en="Margin"), unit="share"),
        Field(name="earned_each", label=Text(zh="人均利润", en="Profit per member"), unit="price"),
        Field(name="earned_to_date", label=Text(zh="累计人均利润", en="Profit to date"), unit="price"),
    )
    fields = (
        Field(name="label", label=Text(zh="年龄（天）", en="Age, days")),
        Field(name="active", label=Text(zh="活跃客户", en="Active"), unit="count"),
        Field(name="share", label=Text(zh="活跃比例", en="Share active"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
        Field(name="frequency", label=Text(zh="活跃者订单数", en="Orders per active"), unit="number", digits=2),
        Field(name="order_value", label=Text(zh="笔单价", en="Spend per order"), unit="price"),
        Field(name="spend_each", label=Text(zh="人均消费", en="Spend per member"), unit="price"),
        Field(name="spend_to_date", label=Text(zh="累计人均消费", en="Spend to date"), unit="price"),
        *(profit if measured.costing.is_known else ()),
    )
    labels = [f"{age * AGE_DAYS}–{(age + 1) * AGE_DAYS - 1}" for age in measured.ages.age]
    title = Text(zh="{span} 首购客户的各年龄段", en="Customers who first bought in {span}, by age").fill(
        span=word_period(measured.cohort.first.start, measured.cohort.first.end)
    )
    return Exhibit(name="ages", title=title, fields=fields, frame=measured.ages.assign(label=labels))


def _list_waits(measured: OneCohort) -> Exhibit:
    fields = (
        Field(name="turn", label=Text(zh="第几次购买", en="Purchase"), unit="count"),
        Field(name="waiting", label=Text(zh="等待人数", en="Waiting"), unit="count"),
        Field(name="came", label=Text(zh="已等到", en="Came"), unit="count"),
        Field(name="half", label=Text(zh="一半人等到（天）", en="Half came after, days"), unit="count"),
        *(
            Field(name=f"by_{day}", label=Text(zh=f"{day} 天内", en=f"Within {day} days"), unit="share")
            for day in WAIT_DAYS
        ),
        Field(name="low", label=Text(zh="180 天区间下限", en="180 days, low"), unit="share"),
        Field(name="high", label=Text(zh="180 天区间上限", en="180 days, high"), unit="share"),
    )
    title = Text(zh="到下一次购买要等多久", en="How long until the next purchase")
    note = Text(
        zh="从上一个购买日起算；空白 = 没有观察到那么久，或等待者不足 30 人。",
        en="From the purchase day before; empty = not observed for so long, or fewer than 30 waiting.",
    )
    return Exhibit(name="waits", title=title, fields=fields, frame=measured.waits, note=note)


def _list_deciles(measured: OneCohort) -> Exhibit:
    rows = measured.deciles
    profit = (
        Field(name="earned", label=PROFIT, unit="money"),
        Field(name="earned_share", label=Text(zh="占利润", en="Share of profit"), unit="share"),
    )
    fields = (
        Field(name="decile", label=Text(zh="十分位", en="Decile"), unit="count"),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="again", label=Text(zh="再次购买的人", en="Bought again"), unit="count"),
        Field(name="orders", label=ORDERS, unit="count"),
        Field(name="spend", label=SPEND, unit="money"),
        Field(name="spend_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
        *(profit if measured.costing.is_known else ()),
    )
    title = Text(zh="首购后 {days}内的累计价值，十档（1 为最高）", en="Value over the first {days}, in deciles").fill(
        days=word_days(measured.days)
    )
    spent, earned = rows.spend.sum(), rows.earned.sum()
    frame = rows.assign(
        spend_share=rows.spend / spent if spent > 0 else np.nan,
        earned_share=rows.earned / earned if earned > 0 else np.nan,
    )
    return Exhibit(name="deciles", title=title, fields=fields, frame=frame)


def _list_patterns(measured: OneCohort) -> Exhibit:
    rows, quarters = measured.patterns, measured.cohort.quarters
    labels = [
        "●" + "".join("●" if pattern >> place & 1 else "○" for place in range(1, quarters)) for pattern in rows.pattern
    ]
    fields = (
        Field(name="label", label=Text(zh="形态", en="Pattern")),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="orders", label=ORDERS, unit="count"),
        Field(name="spend", label=SPEND, unit="money"),
        Field(name="each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
    )
    frame = rows.assign(label=labels, share=rows.customers / rows.customers.sum(), each=rows.spend / rows.customers)
    title = Text(zh="购买形态：首购后每 91 天一格", en="Patterns: one mark for every 91 days after the first purchase")
    note = Text(
        zh="● 有购买，○ 没有；第一格含首购。", en="● bought, ○ did not; the first mark holds the first purchase."
    )
    return Exhibit(name="patterns", title=title, fields=fields, frame=frame, note=note)


def _list_segments(measured: OneCohort) -> Exhibit:
    rows = measured.segments
    labels = [name_segment(kind, segment) for kind, segment in zip(rows.kind, rows.segment, strict=True)]
    profit = (
        Field(
            name="earned_each", label=Text(zh="人均利润（成本已知部分）", en="Profit each, of known cost"), unit="price"
        ),
    )
    fields = (
        Field(name="label", label=Text(zh="首购", en="First purchase")),
        Field(name="customers", label=CUSTOMERS, unit="count"),
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
    frame = rows.assign(label=pd.Series(labels, index=rows.index, dtype=object))
    return Exhibit(name="segments", title=title, fields=fields, frame=frame)


def draw(measured: OneCohort, language: Language) -> Figure:
    """The factors by age: share active, orders per active customer, spend per order, and margin or value to date."""
    ages = measured.ages.iloc[1:]
    names = [str((age + 1) * AGE_DAYS) for age in ages.age]
    along = Text(zh="首购后天数（首段不列）", en="Days since the first purchase").word(language)
    fourth = (
        ("margin", Text(zh="利润率", en="Margin"), scale_share)
        if measured.costing.is_known
        else ("spend_to_date", Text(zh="累计人均消费", en="Spend to date each"), None)
    )
    parts = (
        ("share", Text(zh="活跃比例", en="Share active"), lambda axis: scale_share(axis, 1)),
        ("frequency", Text(zh="活跃者订单数", en="Orders per active"), lambda axis: scale_count(axis, 2)),
        ("order_value", Text(zh="笔单价", en="Spend per order"), None),
        fourth,
    )
    panels = [
        Panel(
            label=label.word(language),
            along=along,
            names=names,
            series={"": ages[name].tolist()},
            scale=scale or (lambda axis: scale_money(axis, measured.currency, language)),
        )
        for name, label, scale in parts
    ]
    return draw_panels(panels)


# January opens the data; forty customers first buy on 1 February for 100. Ten of them buy again on 5 March, age 33
# days, for 50: in the second 30 days a quarter is active. Each spent 100 + 50 / 4 = 112.50 by day 60.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "old 2024-01-01 100",
        *(f"c{place:02} 2024-02-01 100" for place in range(40)),
        *(f"c{place:02} 2024-03-05 50" for place in range(10)),
        "old 2024-05-31 100",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-09",),
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
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="25.0% bought in days 31 to 60"),
    place=30,
)
