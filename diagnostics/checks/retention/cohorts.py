"""Whether newer customers come back less than older ones did at the same age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.pairs import list_pairs
from diagnostics.metrics.cohorts import count_active, count_returns, find_newcomers_since, value_second_days
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.returns import pick_firsts, wait_by_quarter
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    word_month,
    word_number,
    word_percent,
    word_points,
    word_points_range,
)
from diagnostics.statistics.certainty import LEAST, find_likely, rate_gap
from diagnostics.statistics.cohort_differences import Differences, Durations, compare_cohorts
from diagnostics.statistics.cohort_table import Half, find_turn, split_halves, tabulate_ages
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="新来的客户，还像以前的客户那样回来买吗？", en="Do newer customers come back as older ones did?")
DEFINITION = Text(
    zh="同期群 = 首次购买在同一个月的客户（全渠道合并，同一天的多单算一次）。"
    "图中每格是该群在首购后第 n 个自然月有购买的比例；空白 = 尚未观察到，斜线 = 该月数据不完整。"
    "数据开头几个月的“首购”多半是看不到更早记录的老客，单列为“早于数据的客户”，不参与判断。"
    "判断用首购后 90 天内再次购买的比例，只算已观察满 90 天的整月群；数据满两年时与上一年相同月份的群相比。"
    "另对各首购季度两两作对数秩检验，P 值按 Holm 法校正。",
    en="A cohort = customers whose first purchase falls in the same month (all channels together; one day is one). "
    "A cell is the share of the cohort that buys in the n-th calendar month after it; empty = not observed yet, "
    "hatched = the month is not complete. First purchases in the opening months mostly belong to customers older than "
    "the data: they form a row of their own and are not judged. Judged is the share that buys again within 90 days, in "
    "whole months followed for 90 days, against the same calendar months a year before where the data allow. Quarters "
    "are also compared in pairs by log-rank tests, p values adjusted after Holm.",
)
TOO_SHORT = Text(
    zh="能观察满 90 天的新客同期群只有 {n} 个月，不足以比较新旧",
    en="only {n} monthly cohorts of new customers were followed for 90 days: too few to compare newer with older",
)
ANSWER = Text(
    zh="{newer_span} 首购的新客 90 天内再次购买的占 {newer}（{newer_n} 人），"
    "{older_span} 首购的为 {older}（{older_n} 人），相差 {gap}（95% 区间 {range}）。",
    en="Of customers first buying in {newer_span}, {newer} bought again within 90 days (n = {newer_n}); of those of "
    "{older_span}, {older} did (n = {older_n}): {gap} (95% interval {range}).",
)
TITLE = Text(
    zh="新客质量在下降：90 天复购率从 {older} 降到 {newer}，自 {since} 的同期群起",
    en="Newer customers come back less: {newer} within 90 days after {older} before, from the cohort of {since} on",
)
CAUSE = Text(
    zh="在相同的客户年龄上比较，{since} 及以后首购的客户回头明显更少（相差 {gap}，区间不含 {least}）；"
    "常见原因是拉新方式变了（低价引流、达人直播），或首单后没有承接。",
    en="At the same age, customers who first bought in {since} or later return clearly less ({gap}; the interval lies "
    "beyond {least}). Usual causes: new customers are won in another way (low-price offers, creators), or nothing "
    "follows the first order.",
)
ACTION = Text(
    zh="按首单渠道与首单商品拆开 {since} 前后的同期群，找出变差的来源；"
    "首购后第 7、30、60 天设三次承接触达，留 10% 不触达作对照。",
    en="Split the cohorts before and after {since} by first channel and first product to find the source; write to new "
    "buyers on days 7, 30 and 60, and keep 10% untouched for comparison.",
)
STOP = Text(
    zh="连续两个月的新客群 90 天复购率与对照组无差别，则停止触达，转查首单商品与拉新渠道。",
    en="Stop the messages if two monthly cohorts in a row return no more often than the comparison group; look into "
    "first products and channels instead.",
)
SEASON_CAVEAT = Text(
    zh="数据不足两年，新旧两半处在不同季节，差异中可能含季节因素。",
    en="With less than two years of data the two halves lie in different seasons; part of a difference may be season.",
)
PARTIAL_CAVEAT = Text(zh="最后一个月不完整，图中以斜线标出。", en="The last month is not complete; it is hatched.")
OLDER = Text(zh="早于数据的客户", en="older than the data")
DAYS = 90
AGES = 12
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
        return NotComputable(reason=TOO_SHORT.fill(n=word_number(len(whole))))
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
    since, gap = word_month(measured.since), word_points(-measured.gap)
    worth = measured.newcomers * measured.spend
    low, mid, high = find_likely(measured.low * worth, measured.gap * worth, measured.high * worth)
    confidence = rate_gap(measured.gap, measured.low)
    if not measured.season_matched:
        confidence = max(LEAST, round(confidence * limits["season_doubt"], 2))
    return (
        Finding(
            code="retention.cohort_decay",
            scope={"cohort": f"{measured.since:%Y-%m}"},
            title=TITLE.fill(
                older=word_percent(measured.older.share), newer=word_percent(measured.newer.share), since=since
            ),
            cause=CAUSE.fill(since=since, gap=gap, least=word_percent(limits["least_fall"], 0)),
            action=ACTION.fill(since=since),
            owner_role="member",
            validation=Validation(metric="repurchase_newN", direction="up", window_days=90),
            stop_rule=STOP,
            confidence=confidence,
            impact=Impact(low=low, mid=mid, high=high),
            evidence=(Evidence(table="returns", n=measured.newer.customers, value=measured.newer.share),),
        ),
    )


def tell(measured: Cohorts) -> Text:
    """Newer against older, with the interval."""
    return ANSWER.fill(
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


def name_rows(rows: pd.DataFrame) -> list[Text]:
    """What each row of the picture is called: a month, a quarter, or those older than the data."""
    return [_name_row(kind, start) for kind, start in zip(rows.kind, rows.start, strict=True)]


def _name_row(kind: str, start: pd.Timestamp) -> Text:
    if kind == "older":
        return OLDER
    return name_verbatim(f"{start:%Y} Q{start.quarter}") if kind == "quarter" else word_month(start.date())


def caveats(measured: Cohorts) -> tuple[Text, ...]:
    """What limits the comparison."""
    partial = (PARTIAL_CAVEAT,) if measured.rows.partial.notna().any() else ()
    return partial if measured.season_matched else (SEASON_CAVEAT, *partial)


def tabulate(measured: Cohorts) -> tuple[Exhibit, ...]:
    """The returns of each cohort, and the picture's shares."""
    n_field = Field(name="customers", label=Text(zh="新客数", en="New customers"), unit="count")
    returns = (
        Field(name="cohort", label=Text(zh="首购月份", en="First purchase"), unit="month"),
        n_field,
        Field(name="returned", label=Text(zh="90 天内再购", en="Bought again in 90 days"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
    )
    ages = tuple(
        Field(name=f"age_{age}", label=Text(zh=f"第 {age} 月", en=f"Month {age}"), unit="share")
        for age in range(1, AGES + 1)
    )
    partial = Field(name="partial", label=Text(zh="数据不完整的月序", en="Incomplete month"), unit="count")
    active = (Field(name="label", label=Text(zh="首购时间", en="First purchase")), n_field, *ages, partial)
    pairs = Text(zh="首购季度之间：回头快慢的差别", en="Between quarters of first purchase: how soon they come back")
    compared = () if measured.differences is None else (list_pairs(measured.differences, _name_quarter, pairs),)
    return (
        Exhibit(
            name="returns",
            title=Text(zh="各月新客 90 天内再次购买", en="New customers who buy again within 90 days, by month"),
            fields=returns,
            frame=measured.returns,
        ),
        Exhibit(
            name="active",
            title=Text(zh="首购后各月有购买的比例", en="Share that buys in each month after the first purchase"),
            fields=active,
            frame=measured.rows.assign(label=pd.Series(name_rows(measured.rows), dtype=object)),
        ),
        *compared,
    )


def _name_quarter(start: str) -> Text:
    return name_verbatim(f"{start[:4]} Q{(int(start[5:7]) + 2) // 3}")


def draw(measured: Cohorts, language: Language) -> Figure:
    """The heat map of cohorts by age."""
    labels = [
        Text(zh="{label}（{n}）", en="{label} ({n})").fill(label=label, n=word_number(size)).word(language)
        for label, size in zip(name_rows(measured.rows), measured.rows.customers, strict=True)
    ]
    ages = range(1, AGES + 1)
    values = measured.rows[[f"age_{age}" for age in ages]].to_numpy(dtype=np.float64)
    partial = np.array([[own == age for age in ages] for own in measured.rows.partial], dtype=np.bool_)
    label = Text(
        zh="首购后第几个自然月（括号内为客户数）", en="Calendar months after the first (customers in brackets)"
    )
    return draw_heat(
        labels,
        [str(age) for age in ages],
        values,
        axis_label=label.word(language),
        word=lambda share: word_percent(share, 0).en,
        partial=partial,
    )


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
