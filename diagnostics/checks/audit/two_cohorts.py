"""Whether a newer cohort of customers is worth as much as an older one, aligned by age and by calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _two_cohorts_words as words
from diagnostics.checks.audit._two_cohorts_picture import draw_cohorts
from diagnostics.checks.audit._two_cohorts_segments import LEAST_CUSTOMERS, compare_segments, list_segments
from diagnostics.checks.audit._two_cohorts_tables import list_ages, list_months, list_parts
from diagnostics.checks.audit._two_cohorts_words import NAMES, word_span
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import OLDER_RULE, PROFIT_RULE, Costing, read_costing, share_customers, share_days
from diagnostics.metrics.cohort_value import follow_cohorts, split_first, total_ages, total_months
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, FIRST_CHANNEL, spread_segments
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_price
from diagnostics.statistics.cohort_ages import factor_ages, split_worth
from diagnostics.statistics.cohort_choice import AGE_DAYS, Cohort, choose_cohorts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="新一批客户，值得上老一批同龄时的多少？",
    en="Is a newer cohort worth as much as an older one was at the same age?",
)
DEFINITION = (
    Text(
        zh="审计第四镜：两批新客（数据允许时取相隔一年的同一季度，避开季节）。按年龄对齐：从各自首购日起 30 天一段，"
        "只比两批"
        "全体成员都完整观察到的年龄；按日历对齐：同一个月各花多少。",
        en="Fourth lens of the audit: two cohorts of new customers, where the data allow the same quarter a year "
        "apart, so "
        "that seasons match. Aligned by age: steps of 30 days from each one's own first purchase, over ages that all "
        "members of both were observed through; aligned by calendar: what each spent in the same month.",
    )
    + Text(
        zh="人均差额 = 首购当日差额 + 之后差额；后者按再次购买的比例、其订单数、笔单价（及利润率）分解，相加不差分毫"
        "。区间为"
        "50 组刀切法。",
        en="The gap per customer = that of the day of the first purchase + that of later days, which is split by the "
        "share "
        "who buy again, their orders, spend per order (and margin); the parts add up exactly. Intervals are a "
        "jackknife "
        "of 50 groups.",
    )
    + OLDER_RULE
    + PROFIT_RULE
)


@dataclass(frozen=True, kw_only=True)
class TwoCohorts:
    """Both cohorts by age and by month, what a member is worth in each, and why they differ.

    `worth` has a row a kind and segment: customers and value each of both, gap with interval; its first row is the
    whole. `sums` hold the sums of `split_first`, by cohort.
    """

    cohorts: Mapping[str, Cohort]
    ages: Mapping[str, pd.DataFrame]
    months: pd.DataFrame
    worth: pd.DataFrame
    sums: pd.DataFrame
    parts: pd.DataFrame
    costing: Costing
    currency: str
    days: int

    @property
    def main(self) -> str:
        """What is compared: profit where all costs are known, else spend."""
        return "earned" if self.costing.is_whole else "spend"

    @property
    def season_matched(self) -> bool:
        """Whether the cohorts are the same months of two years."""
        return self.cohorts["older"].first.start.month == self.cohorts["newer"].first.start.month


def find_pair(horizon: Horizon) -> tuple[dict[str, Cohort], int] | None:
    """Both cohorts by name, and up to which age in days they are compared; `None` without a pair."""
    older, newer = choose_cohorts(horizon, find_newcomers_since(horizon.history))
    if newer is None or min(older.ages, newer.ages) < 1:
        return None
    return {"older": older, "newer": newer}, min(older.ages, newer.ages) * AGE_DAYS


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for both cohorts by age and month, and for first and later value up to the common age."""
    found = find_pair(tables.engagement.horizon)
    if found is None:
        return {}
    cohorts, days = found
    kinds = (ALL, FIRST_CHANNEL, FIRST_CATEGORY)
    rows = spread_segments(share_days(tables), share_customers(tables), kinds)
    followed = tables.share(follow_cohorts(rows, {name: cohort.first for name, cohort in cohorts.items()}))
    whole = followed.filter(followed.kind == ALL)
    return {"ages": total_ages(whole, AGE_DAYS), "months": total_months(whole), "worth": split_first(followed, days)}


def measure(replies: Replies) -> TwoCohorts | NotComputable:
    """Compare what a member is worth, segment by segment, and split the whole gap."""
    found = find_pair(replies.engagement.horizon)
    if found is None or "worth" not in replies:
        return NotComputable(reason=words.NO_PAIR)
    cohorts, days = found
    worth, ages = replies["worth"], replies["ages"]
    whole = worth[worth.kind == ALL]
    sizes = whole.groupby("cohort").customers.sum().reindex(NAMES).fillna(0)
    if sizes.min() < LEAST_CUSTOMERS:
        return NotComputable(
            reason=words.TOO_FEW.fill(**{name: word_number(float(size)) for name, size in sizes.items()})  # type: ignore[arg-type] # names are text
        )
    costing = read_costing(ages[ages.age * AGE_DAYS < days])
    main = "earned" if costing.is_whole else "spend"
    sums = whole.groupby("cohort").sum(numeric_only=True).loc[list(NAMES)]
    older, newer = (whole[whole.cohort == name] for name in NAMES)
    return TwoCohorts(
        cohorts=cohorts,
        ages={name: factor_ages(ages[ages.cohort == name], cohort) for name, cohort in cohorts.items()},
        months=_keep_whole(replies).sort_values(["month", "cohort"], ignore_index=True),
        worth=compare_segments(worth, main),
        sums=sums,
        parts=split_worth(older, newer, main),
        costing=costing,
        currency=replies.engagement.currency,
        days=days,
    )


def _keep_whole(replies: Replies) -> pd.DataFrame:
    months = replies["months"]
    return months[months.month < pd.Timestamp(replies.engagement.horizon.current.end)]


def judge(_measured: TwoCohorts, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: whether newer customers come back less is judged over all cohorts by repeat buying."""
    return ()


def tell(measured: TwoCohorts) -> Text:
    """The gap per customer at the common age, and who bought again."""
    row, sums = measured.worth.iloc[0], measured.sums
    spans = {name: word_span(measured, name) for name in NAMES}
    again = sums.again / sums.customers
    verdict = "less" if row.high < 0 else "more" if row.low > 0 else "same"
    said = words.ANSWER.fill(
        days=word_number(measured.days),
        what=words.WHAT[measured.main],
        newer_span=spans["newer"],
        older_span=spans["older"],
        newer_n=word_number(row.newer),
        older_n=word_number(row.older),
        newer=word_price(row.newer_each, measured.currency),
        older=word_price(row.older_each, measured.currency),
        gap=word_price(row.gap, measured.currency, signed=True),
        low=word_price(row.low, measured.currency, signed=True),
        high=word_price(row.high, measured.currency, signed=True),
        verdict=words.VERDICTS[verdict],
    )
    return said + words.AGAIN.fill(newer=word_percent(float(again["newer"])), older=word_percent(float(again["older"])))


def caveats(measured: TwoCohorts) -> tuple[Text, ...]:
    """Season, and how far costs are known."""
    season = () if measured.season_matched else (words.SEASON_CAVEAT,)
    return (*season, *measured.costing.explain(measured.currency))


def tabulate(measured: TwoCohorts) -> tuple[Exhibit, ...]:
    """By age, why they differ, segments, and by month."""
    return (list_ages(measured), list_parts(measured), list_segments(measured), list_months(measured))


def draw(measured: TwoCohorts, language: Language) -> Figure:
    """Value to date by age, and spend by calendar month, of both cohorts."""
    return draw_cohorts(measured, language)


# January opens five months of data, so February's forty newcomers are the older cohort and April's forty the newer
# one; both are observed for 32 days. Each spends 100 at first; twenty of the older and ten of the newer spend 40 two
# weeks later: 120 against 110 each, -10, and 25 % bought again after 50 %.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "old 2024-01-01 100",
        *(f"a{place:02} 2024-02-05 100" for place in range(40)),
        *(f"a{place:02} 2024-02-19 40" for place in range(20)),
        *(f"b{place:02} 2024-04-05 100" for place in range(40)),
        *(f"b{place:02} 2024-04-19 40" for place in range(10)),
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
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="brought spend of CNY 110.00 each"),
    place=40,
)
