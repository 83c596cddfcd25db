"""Whether newer customers come back less than older ones did at the same age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.retention import _cohorts_words as words
from diagnostics.checks.retention._cohorts_findings import state_decay
from diagnostics.checks.retention._cohorts_tables import AGES, draw_cohorts, tabulate_cohorts
from diagnostics.metrics.cohorts import count_active, count_returns, find_newcomers_since, value_second_days
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.returns import pick_firsts, wait_by_quarter
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_month, word_number, word_percent, word_points, word_points_range
from diagnostics.statistics.cohort_differences import Differences, Durations, compare_cohorts
from diagnostics.statistics.cohort_table import Half, find_turn, split_halves, tabulate_ages
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="新来的客户，还像以前的客户那样回来买吗？", en="Do newer customers come back as older ones did?")
DEFINITION = Text(
    zh="同期群 = 首次购买在同一个月的客户（全渠道合并，同一天的多单算一次）。"
    "图中每格是该群在首购后第 n 个自然月有购买的比例；空白 = 尚未观察到，斜线 = 该月数据不完整。"
    "数据开头几个月的“首购”多半是看不到更早记录的老客，单列为“早于数据的客户”，不参与判断。"
    "判断用首购后 90 天内再次购买的比例，只算已观察满 90 天的整月群；"
    "数据够长时，把最近至多 12 个这样的群与上一年相同月份的群相比，更早的群不参与。"
    "另对各首购季度两两作对数秩检验，P 值按 Holm 法校正。",
    en="A cohort = customers whose first purchase falls in the same month (all channels together; one day is one). "
    "A cell is the share of the cohort that buys in the n-th calendar month after it; empty = not observed yet, "
    "hatched = the month is not complete. First purchases in the opening months mostly belong to customers older than "
    "the data: they form a row of their own and are not judged. Judged is the share that buys again within 90 days, in "
    "whole months followed for 90 days: the newest 12 at most against the same calendar months a year before, where "
    "the data allow. Quarters are also compared in pairs by log-rank tests, p values adjusted after Holm.",
)
DAYS = 90
# More monthly rows than this can't be read: they are pooled by quarter for the picture.
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Cohorts:
    """The picture's rows, the returns of each cohort, and the newer cohorts against the older ones.

    `rows` come from `tabulate_ages`; `returns` holds cohort, customers, returned, share and its interval.
    """

    rows: pd.DataFrame
    returns: pd.DataFrame
    newer: Half
    older: Half
    low: float
    high: float
    season_matched: bool
    since: date
    newcomers: float
    spend: float
    differences: Differences | None
    currency: str

    @property
    def gap(self) -> float:
        """How much less the newer ones come back; negative if more."""
        return self.older.share - self.newer.share


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask who is active at which age, who returns within 90 days, and what a second purchase is worth."""
    horizon = tables.engagement.horizon
    days = tables.keep(follow_purchases(value_lines(tables["order_lines"], tables.engagement.gmv_basis)))
    newcomers = pick_firsts(days, find_newcomers_since(horizon.history))
    return {
        "active": count_active(days),
        "waits": wait_by_quarter(newcomers, horizon.as_of),
        "returns": count_returns(pick_firsts(days, horizon.history.start), horizon.as_of, DAYS),
        "second": value_second_days(days),
    }


def measure(replies: Replies) -> Cohorts | NotComputable:
    """Compare the newer cohorts with the older ones at the same age."""
    horizon = replies.engagement.horizon
    since = find_newcomers_since(horizon.history)
    returns = replies["returns"].sort_values("cohort", ignore_index=True)
    new = returns[returns.cohort.dt.date >= since]
    whole = new[new.followed == new.customers]
    halves = split_halves(whole)
    if halves is None:
        return NotComputable(reason=words.TOO_SHORT.fill(n=word_number(len(whole))))
    older, newer, season_matched = halves
    low, high = newcombe_difference(older.returned, older.customers, newer.returned, newer.customers)
    now = new[[horizon.current.holds(day) for day in new.cohort.dt.date]]
    second = replies["second"].iloc[0]
    share_low, share_high = wilson(whole.returned, whole.customers)
    shares = whole.assign(share=whole.returned / whole.customers, low=share_low, high=share_high)
    return Cohorts(
        rows=tabulate_ages(replies["active"], horizon, since, ages=AGES, most_rows=MOST_ROWS),
        returns=shares,
        newer=newer,
        older=older,
        low=float(low),
        high=float(high),
        season_matched=season_matched,
        since=find_turn(shares, older, newer),
        newcomers=float(now.customers.sum()) * horizon.yearly,
        spend=float(second.gmv) / second.customers if second.customers else 0.0,
        differences=compare_cohorts(
            {
                f"{quarter:%Y-%m}": Durations(days=own.days, events=own.events, censored=own.censored)
                for quarter, own in replies["waits"].groupby("quarter")
            }
        ),
        currency=replies.engagement.currency,
    )


def judge(measured: Cohorts, limits: Limits) -> tuple[Finding, ...]:
    """Raise a decay where even the low end of the interval exceeds what season and chance explain."""
    few = min(measured.newer.customers, measured.older.customers) < limits["least_customers"]
    if few or measured.low <= limits["least_fall"]:
        return ()
    return (state_decay(measured, limits),)


def tell(measured: Cohorts) -> Text:
    """Newer against older, with the interval."""
    return words.ANSWER.fill(
        newer_span=word_span(measured.newer),
        newer=word_percent(measured.newer.share),
        newer_n=word_number(measured.newer.customers),
        older_span=word_span(measured.older),
        older=word_percent(measured.older.share),
        older_n=word_number(measured.older.customers),
        gap=word_points(-measured.gap),
        range=word_points_range(-measured.high, -measured.low),
    )


def word_span(half: Half) -> Text:
    """First and last month of some cohorts."""
    first, last = word_month(half.months[0]), word_month(half.months[-1])
    return first if first == last else Text(zh="{first} 至 {last}", en="{first} to {last}").fill(first=first, last=last)


def caveats(measured: Cohorts) -> tuple[Text, ...]:
    """What limits the comparison."""
    partial = (words.PARTIAL_CAVEAT,) if measured.rows.partial.notna().any() else ()
    return partial if measured.season_matched else (words.SEASON_CAVEAT, *partial)


def tabulate(measured: Cohorts) -> tuple[Exhibit, ...]:
    """The returns of each cohort, and the picture's shares."""
    return tabulate_cohorts(measured)


def draw(measured: Cohorts, language: Language) -> Figure:
    """The heat map of cohorts by age."""
    return draw_cohorts(measured, language)


# Sixty new customers a month. Of February's and March's 48 return (80 %), of April's and May's 18 (30 %).
RETURNING = {"02": 48, "03": 48, "04": 18, "05": 18}
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "old 2024-01-01 100",
        *(f"m{month}c{i} 2024-{month}-05 100" for month in RETURNING for i in range(60)),
        *(f"m{month}c{i} 2024-{int(month) + 1:02}-04 100" for month, count in RETURNING.items() for i in range(count)),
        "old 2024-08-31 100",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-27", "000-18", "004-39"),
    finds=("retention.cohort_decay",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="least_fall",
            value=0.03,
            reason=Text(
                zh="区间下限超过 3 个百分点才算变差：渠道构成的正常波动可造成一两个百分点的差异",
                en="the low end of the fall must exceed 3 points: usual swings in mix move the share by one or two",
            ),
        ),
        Limit(
            name="least_customers",
            value=100,
            reason=Text(
                zh="新旧两半各不少于 100 位客户，否则区间太宽",
                en="fewer than 100 customers in either half leave an interval too wide to judge",
            ),
        ),
        Limit(
            name="season_doubt",
            value=0.8,
            reason=Text(
                zh="不能与上一年同月相比时，置信度打八折",
                en="confidence is cut to four fifths where seasons can't be matched",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="30.0%",
        finds=(("retention.cohort_decay", {"cohort": "2024-04"}),),
    ),
    place=10,
)
