"""How a cohort of new customers behaves as it grows older: who is active, how often, for how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _one_cohort_words as words
from diagnostics.checks.audit._one_cohort_picture import draw_ages
from diagnostics.checks.audit._one_cohort_tables import list_ages, list_deciles, list_patterns, list_segments
from diagnostics.checks.audit._purchase_waits import LEAST_CUSTOMERS, estimate_waits, list_waits
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    OLDER_RULE,
    PROFIT_RULE,
    WELL_COSTED,
    Costing,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.cohort_value import count_patterns, follow_cohorts, total_ages, value_to_date, wait_turns
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, FIRST_CHANNEL, spread_segments
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_period, word_price
from diagnostics.statistics.cohort_ages import factor_ages
from diagnostics.statistics.cohort_choice import AGE_DAYS, QUARTER_DAYS, Cohort, choose_cohorts

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
LEAST_AGES = 2


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
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(size), ages=word_number(max(cohort.ages, 0))))
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
    said = words.ANSWER.fill(
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
    return said + words.WAITS.fill(second=word_percent(float(by_turn[2])), third=word_percent(float(by_turn[3])))


def _share_of_first(measured: OneCohort) -> float | None:
    values = measured.deciles["earned" if measured.costing.is_whole else "spend"]
    return float(values.iloc[0] / values.sum()) if values.sum() > 0 else None


def caveats(measured: OneCohort) -> tuple[Text, ...]:
    """How far costs are known."""
    return measured.costing.explain(measured.currency)


def tabulate(measured: OneCohort) -> tuple[Exhibit, ...]:
    """Ages, waits, deciles, patterns and segments."""
    exhibits = [list_ages(measured), list_waits(measured), list_deciles(measured)]
    if len(measured.patterns):
        exhibits.append(list_patterns(measured))
    return (*exhibits, list_segments(measured)) if len(measured.segments) else tuple(exhibits)


def draw(measured: OneCohort, language: Language) -> Figure:
    """The factors by age: share active, orders per active customer, spend per order, and margin or value to date."""
    return draw_ages(measured, language)


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
