"""Whether a newer cohort of customers is worth as much as an older one, aligned by age and by calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    OLDER_RULE,
    PROFIT_RULE,
    Costing,
    name_segment,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.cohort_value import follow_cohorts, split_first, total_ages, total_months
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, FIRST_CHANNEL, spread_segments
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_period, word_price
from diagnostics.statistics.cohort_ages import compare_worth, factor_ages, split_worth
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
NO_PAIR = Text(
    zh="数据太短，没有两批可以同龄相比的新客", en="the data are too short for two cohorts of new customers of one age"
)
TOO_FEW = Text(
    zh="两批新客各有 {older} 与 {newer} 人，少于 30 人不作比较",
    en="the cohorts hold {older} and {newer} customers; fewer than 30 are not compared",
)
ANSWER = Text(
    zh="首购后 {days} 天内，{newer_span} 的 {newer_n} 位新客人均{what} {newer}，{older_span} 的 {older_n} 位为 "
    "{older}，"
    "相差 {gap}（95% 区间 {low} 至 {high}）：{verdict}。",
    en="Within {days} days of the first purchase the {newer_n} new customers of {newer_span} brought {what} of {newer} "
    "each, the {older_n} of {older_span} {older}: {gap} (95% interval {low} to {high}), {verdict}.",
)
AGAIN = Text(zh="再次购买的比例为 {newer}，前一批为 {older}。", en="{newer} bought again, of the older cohort {older}.")
VERDICTS = {
    "less": Text(zh="新一批更低", en="the newer are worth less"),
    "more": Text(zh="新一批更高", en="the newer are worth more"),
    "same": Text(zh="看不出差别", en="no clear difference"),
}
WHAT = {"spend": Text(zh="消费", en="spend"), "earned": Text(zh="利润", en="profit")}
TO_DATE = {
    "spend": Text(zh="累计人均消费", en="Spend to date each"),
    "earned": Text(zh="累计人均利润", en="Profit to date each"),
}
OLDER_WORD, NEWER_WORD = Text(zh="前一批", en="Older cohort"), Text(zh="新一批", en="Newer cohort")
PART_WORDS = {
    "first": Text(zh="首购当日", en="Day of the first purchase"),
    "again": Text(zh="再次购买的比例", en="Share who buy again"),
    "orders": Text(zh="再购者的订单数", en="Their orders"),
    "order_value": Text(zh="再购笔单价", en="Later spend per order"),
    "margin": Text(zh="再购利润率", en="Later margin"),
    "later": Text(zh="首购之后", en="After the first purchase"),
}
SEASON_CAVEAT = Text(
    zh="数据不足以取相隔一年的同一季度，差别里可能有季节因素。",
    en="The data hold no two cohorts of the same season; part of a difference may be season.",
)
LEAST_CUSTOMERS = 30
YEAR_MONTHS = 12
NAMES = ("older", "newer")


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
        return NotComputable(reason=NO_PAIR)
    cohorts, days = found
    worth, ages = replies["worth"], replies["ages"]
    whole = worth[worth.kind == ALL]
    sizes = whole.groupby("cohort").customers.sum().reindex(NAMES).fillna(0)
    if sizes.min() < LEAST_CUSTOMERS:
        return NotComputable(
            reason=TOO_FEW.fill(**{name: word_number(float(size)) for name, size in sizes.items()})  # type: ignore[arg-type] # names are text
        )
    costing = read_costing(ages[ages.age * AGE_DAYS < days])
    main = "earned" if costing.is_whole else "spend"
    sums = whole.groupby("cohort").sum(numeric_only=True).loc[list(NAMES)]
    older, newer = (whole[whole.cohort == name] for name in NAMES)
    return TwoCohorts(
        cohorts=cohorts,
        ages={name: factor_ages(ages[ages.cohort == name], cohort) for name, cohort in cohorts.items()},
        months=_keep_whole(replies).sort_values(["month", "cohort"], ignore_index=True),
        worth=_compare_segments(worth, main),
        sums=sums,
        parts=split_worth(older, newer, main),
        costing=costing,
        currency=replies.engagement.currency,
        days=days,
    )


def _keep_whole(replies: Replies) -> pd.DataFrame:
    months = replies["months"]
    return months[months.month < pd.Timestamp(replies.engagement.horizon.current.end)]


def _compare_segments(worth: pd.DataFrame, measured: str) -> pd.DataFrame:
    rows = []
    for (kind, segment), own in worth.groupby(["kind", "segment"]):
        older, newer = (own[own.cohort == name] for name in NAMES)
        sizes = {"older": older.customers.sum(), "newer": newer.customers.sum()}
        if min(sizes.values()) < LEAST_CUSTOMERS:
            continue
        low, gap, high = compare_worth(older, newer, measured)
        each = (older[f"first_{measured}"].sum() + older[f"later_{measured}"].sum()) / sizes["older"]
        rows.append(
            {
                "kind": kind,
                "segment": segment,
                **sizes,
                "older_each": each,
                "newer_each": each + gap,
                "gap": gap,
                "low": low,
                "high": high,
            }
        )
    frame = pd.DataFrame(rows)
    frame = frame[(frame.groupby("kind").segment.transform("size") > 1) | (frame.kind == ALL)]
    order = frame.assign(turn=frame.kind.map({ALL: 0, FIRST_CHANNEL: 1, FIRST_CATEGORY: 2}))
    return order.sort_values(["turn", "newer"], ascending=[True, False], ignore_index=True)


def judge(_measured: TwoCohorts, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: whether newer customers come back less is judged over all cohorts by repeat buying."""
    return ()


def tell(measured: TwoCohorts) -> Text:
    """The gap per customer at the common age, and who bought again."""
    row, sums = measured.worth.iloc[0], measured.sums
    spans = {name: _word_span(measured, name) for name in NAMES}
    again = sums.again / sums.customers
    verdict = "less" if row.high < 0 else "more" if row.low > 0 else "same"
    said = ANSWER.fill(
        days=word_number(measured.days),
        what=WHAT[measured.main],
        newer_span=spans["newer"],
        older_span=spans["older"],
        newer_n=word_number(row.newer),
        older_n=word_number(row.older),
        newer=word_price(row.newer_each, measured.currency),
        older=word_price(row.older_each, measured.currency),
        gap=word_price(row.gap, measured.currency, signed=True),
        low=word_price(row.low, measured.currency, signed=True),
        high=word_price(row.high, measured.currency, signed=True),
        verdict=VERDICTS[verdict],
    )
    return said + AGAIN.fill(newer=word_percent(float(again["newer"])), older=word_percent(float(again["older"])))


def _word_span(measured: TwoCohorts, name: str) -> Text:
    first = measured.cohorts[name].first
    return word_period(first.start, first.end)


def caveats(measured: TwoCohorts) -> tuple[Text, ...]:
    """Season, and how far costs are known."""
    season = () if measured.season_matched else (SEASON_CAVEAT,)
    return (*season, *measured.costing.explain(measured.currency))


def tabulate(measured: TwoCohorts) -> tuple[Exhibit, ...]:
    """By age, why they differ, segments, and by month."""
    return (_list_ages(measured), _list_parts(measured), _list_segments(measured), _list_months(measured))


def _list_ages(measured: TwoCohorts) -> Exhibit:
    columns = ("share", "frequency", "order_value", f"{measured.main}_to_date")
    both = [measured.ages[name][["age", *columns]].set_index("age").add_prefix(f"{name}_") for name in NAMES]
    frame = both[0].join(both[1], how="outer").reset_index()
    labels = [f"{age * AGE_DAYS}–{(age + 1) * AGE_DAYS - 1}" for age in frame.age]
    words = {
        "share": (Text(zh="活跃比例", en="share active"), "share"),
        "frequency": (Text(zh="活跃者订单数", en="orders per active"), "number"),
        "order_value": (Text(zh="笔单价", en="spend per order"), "price"),
        f"{measured.main}_to_date": (
            Text(zh="累计人均{what}", en="{what} to date each").fill(what=WHAT[measured.main]),
            "price",
        ),
    }
    sides = {"older": OLDER_WORD, "newer": NEWER_WORD}
    fields = (
        Field(name="label", label=Text(zh="年龄（天）", en="Age, days")),
        *(
            Field(
                name=f"{name}_{column}",
                label=Text(zh="{side}：{word}", en="{side}: {word}").fill(side=sides[name], word=word),
                unit=unit,  # type: ignore[arg-type] # one of the units above
                digits=2 if unit == "number" else None,
            )
            for column, (word, unit) in words.items()
            for name in NAMES
        ),
    )
    title = Text(
        zh="同龄相比（空白 = 尚未完整观察）", en="Side by side at the same age (empty = not observed whole yet)"
    )
    return Exhibit(name="ages", title=title, fields=fields, frame=frame.assign(label=labels))


def _list_parts(measured: TwoCohorts) -> Exhibit:
    labels = pd.Series([PART_WORDS[part] for part in measured.parts.part], dtype=object)
    fields = (
        Field(name="label", label=Text(zh="来自", en="From")),
        Field(name="effect", label=Text(zh="人均差额", en="Gap per customer"), unit="price"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="price"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="price"),
    )
    title = Text(zh="两批人均{what}为何不同", en="Why the {what} per customer differs").fill(what=WHAT[measured.main])
    return Exhibit(name="parts", title=title, fields=fields, frame=measured.parts.assign(label=labels))


def _list_segments(measured: TwoCohorts) -> Exhibit:
    rows = measured.worth
    labels = [name_segment(kind, segment) for kind, segment in zip(rows.kind, rows.segment, strict=True)]
    each = Text(zh="{side}人均", en="{side}, each")
    fields = (
        Field(name="label", label=Text(zh="首购", en="First purchase")),
        Field(name="older", label=Text(zh="前一批人数", en="Older, customers"), unit="count"),
        Field(name="newer", label=Text(zh="新一批人数", en="Newer, customers"), unit="count"),
        Field(name="older_each", label=each.fill(side=OLDER_WORD), unit="price"),
        Field(name="newer_each", label=each.fill(side=NEWER_WORD), unit="price"),
        Field(name="gap", label=Text(zh="差额", en="Gap"), unit="price"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="price"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="price"),
    )
    title = Text(
        zh="首购后 {days} 天内的人均{what}，按首购渠道与品类", en="By first purchase: {what} each within {days} days"
    ).fill(days=word_number(measured.days), what=WHAT[measured.main])
    frame = rows.assign(label=pd.Series(labels, index=rows.index, dtype=object))
    return Exhibit(name="segments", title=title, fields=fields, frame=frame)


def _list_months(measured: TwoCohorts) -> Exhibit:
    frame = measured.months.pivot_table(index="month", columns="cohort", values=["spend", "active"], aggfunc="sum")
    frame.columns = pd.Index(["_".join(reversed(pair)) for pair in frame.columns.tolist()])
    wanted = [f"{name}_{value}" for value in ("active", "spend") for name in NAMES]
    frame = frame.reindex(columns=wanted).reset_index()
    sides = {"older": OLDER_WORD, "newer": NEWER_WORD}
    words = {"active": Text(zh="活跃客户", en="active"), "spend": Text(zh="消费额", en="spend")}
    fields = (
        Field(name="month", label=Text(zh="月份", en="Month"), unit="month"),
        *(
            Field(
                name=f"{name}_{value}",
                label=Text(zh="{side}：{word}", en="{side}: {word}").fill(side=sides[name], word=word),
                unit="count" if value == "active" else "money",
            )
            for value, word in words.items()
            for name in NAMES
        ),
    )
    return Exhibit(name="months", title=Text(zh="按日历对齐", en="By calendar"), fields=fields, frame=frame)


def draw(measured: TwoCohorts, language: Language) -> Figure:
    """Value to date by age, and spend by calendar month, of both cohorts."""
    labels = {name: _word_span(measured, name).word(language) for name in NAMES}
    ages = range(max(len(frame) for frame in measured.ages.values()))
    column = f"{measured.main}_to_date"
    to_date = {
        labels[name]: frame.set_index("age")[column].reindex(ages).tolist() for name, frame in measured.ages.items()
    }
    months = pd.DatetimeIndex(sorted(set(measured.months.month)))
    spent = {
        labels[name]: measured.months[measured.months.cohort == name].set_index("month").spend.reindex(months).tolist()
        for name in NAMES
    }
    return draw_panels(
        [
            Panel(
                label=TO_DATE[measured.main].word(language),
                along=Text(zh="首购后天数", en="Days since the first purchase").word(language),
                names=[str((age + 1) * AGE_DAYS) for age in ages],
                series=to_date,
                scale=lambda axis: scale_money(axis, measured.currency, language),
            ),
            Panel(
                label=Text(zh="每月消费额", en="Spend a month").word(language),
                along=Text(zh="月份", en="Month").word(language),
                names=months.strftime("%y-%m").tolist(),
                series=spent,
                scale=lambda axis: scale_money(axis, measured.currency, language),
            ),
        ]
    )


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
