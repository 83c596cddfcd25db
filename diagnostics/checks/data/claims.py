"""Whether the figures that the requirement sheet states of the business agree with its data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.charts.theme import new_figure
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.channels import total_channels
from diagnostics.metrics.claims import (
    count_contacts,
    count_members,
    count_stores,
    share_categories,
    share_private,
    total_claims,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.gaps import count_gaps, fill_categories, purchase_gaps
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Finding
from diagnostics.model.names import name_channel
from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, Horizon, Period, add_months
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_change,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_period,
    word_price,
)
from diagnostics.statistics.claims import LEAST_OBSERVED, Verdict, judge_ratio, judge_share
from diagnostics.statistics.cycle import LONGEST_WHOLE, find_cycle
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="需求表里写的数字，和数据对得上吗？", en="Do the requirement sheet's figures agree with the data?")
DEFINITION = Text(
    zh="填写值 = 需求表的回答；数据值 = 最近12个整月的订单按同一口径计算（数据不足12个月时用本期，频次与复购率不比）。"
    "估计类数字（客单价、频次、周期）相差两成以上、台账类数字（GMV、门店、好友、会员）相差一成以上、"
    "占比相差5个百分点以上才算不符；复购率与新客占比的填写值落在数据的95%区间内也算相符。"
    "少于30个观察值的不判断。不符不等于谁错：口径、渠道范围或数据缺失都可能是原因，所以只提问，不作为问题。",
    en="Stated = the answer in the requirement sheet; measured = the last 12 whole months of orders by the same "
    "definition (with less data the current period, and no frequency or repeat rate). Estimates (spend per order, "
    "frequency, cycle) differ beyond a fifth, counted figures (GMV, stores, contacts, members) beyond a tenth, shares "
    "beyond 5 points; a repeat rate or share of new customers also agrees inside the 95% interval of the data. Fewer "
    "than 30 observations are not judged. A difference says nobody is wrong: definition, channels or missing exports "
    "may explain it, so it becomes a question and no finding.",
)
NO_STATEMENTS = Text(
    zh="需求表没有可与数据核对的数字", en="the requirement sheet states no figure that the data could be compared with"
)
BROUGHT_BY = Text(
    zh="需求表里的年GMV、客单价、购买频次、渠道与品类占比",
    en="annual GMV, spend per order, purchase frequency and shares by channel and category in the requirement sheet",
)
ALL_AGREE = Text(zh="需求表中可核对的 {n} 个数字都与数据相符。", en="Figures compared: {n}; all agree with the data.")
SOME_DIFFER = Text(
    zh="可核对的 {n} 个数字中 {differ} 个与数据不符；差得最多的是{name}：填写 {stated}，数据为 {measured}。",
    en="Figures compared: {n}; different from the data: {differ}. The widest gap is {name}: {stated} is stated, "
    "{measured} is measured.",
)
SHORT_YEAR = Text(
    zh="数据不足12个整月，购买频次与复购率没有核对。",
    en="The data hold less than 12 whole months: purchase frequency and repeat rate were not compared.",
)
VERDICTS: dict[Verdict, Text] = {
    "agrees": Text(zh="相符", en="agrees"),
    "differs": Text(zh="不符", en="differs"),
    "too_few": Text(zh="样本太少", en="too few to say"),
}
ASKS = {
    "gmv": Text(
        zh="GMV按哪个口径、含哪些渠道和月份？", en="By which definition is GMV counted, with which channels and months?"
    ),
    "ticket": Text(
        zh="客单价按订单还是按人算，是否扣退款？", en="Is it spend per order or per person, before or after refunds?"
    ),
    "frequency": Text(
        zh="频次是全部客户的平均，还是只算老客？", en="Is it the mean of all customers, or of regulars only?"
    ),
    "repeat": Text(
        zh="复购率按哪个口径、多长时间统计？", en="By which definition and over how long is the repeat rate counted?"
    ),
    "cycle": Text(
        zh="周期是按产品用完估计，还是按回头客统计？", en="Is the cycle how long a pack lasts, or what regulars do?"
    ),
    "share": Text(
        zh="占比按哪段时间统计，是否有店铺或月份没有导出？",
        en="Over which time is the share counted, and does an export lack?",
    ),
    "new": Text(
        zh="新客是历史首购、店铺首购还是近一年首购？",
        en="Is a new customer one of all times, of the shop, or of a year?",
    ),
    "count": Text(zh="这个数量是哪一天的，名单是否完整？", en="Of which day is the number, and is the list complete?"),
    "private": Text(zh="私域占比按哪条归因规则算？", en="By which rule is a sale of the private domain counted?"),
}
NAME = "data.claims"
MOST_ROWS = 12
LONGEST_NAME = 16


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One stated figure beside the measured one; `limit` names the limit that judges it, `kind` the question."""

    name: Text
    kind: str
    unit: str
    limit: str
    stated: float
    measured: float
    n: int
    interval: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        """Stated over measured; infinite where nothing was measured."""
        return self.stated / self.measured if self.measured else float("inf")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """All figures that were stated and could be measured, over a period; `is_year` if it holds 12 whole months."""

    claims: tuple[Claim, ...]
    period: Period
    is_year: bool
    currency: str
    limits: Limits

    def judge(self, claim: Claim) -> Verdict:
        """Whether a claim agrees with its measure."""
        most = self.limits[claim.limit]
        if claim.unit == "share":
            return judge_share(claim.stated, claim.measured, claim.n, most=most, interval=claim.interval)
        return judge_ratio(claim.stated, claim.measured, claim.n, most=most)

    def measure_gap(self, claim: Claim) -> float:
        """How far apart, in times of what is allowed."""
        gap = abs(claim.stated - claim.measured)
        return gap / self.limits[claim.limit] / (1.0 if claim.unit == "share" else abs(claim.measured) or 1.0)

    def word(self, claim: Claim, value: float) -> Text:
        """A value in the unit of its claim."""
        if claim.unit == "share":
            return word_percent(value)
        if claim.unit == "money":
            return word_money(value, self.currency)
        if claim.unit == "price":
            return word_price(value, self.currency)
        return word_days(value) if claim.unit == "days" else word_number(value, 1 if claim.unit == "number" else 0)


def find_year(horizon: Horizon) -> tuple[Period, bool]:
    """The last 12 whole months, and whether the data hold them; else the current period."""
    year = Period(start=add_months(horizon.current.end, -MONTHS_A_YEAR), end=horizon.current.end)
    if year.start + timedelta(days=SLACK_DAYS) >= horizon.history.start:
        return year, True
    return horizon.current, False


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for each figure that the tables can tell."""
    engagement = tables.engagement
    period, _ = find_year(engagement.horizon)
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    observed = within(lines, engagement.horizon.history)
    inside = within(lines, period)
    known_from = find_newcomers_since(engagement.horizon.history)
    asked = {"totals": total_claims(inside), "channels": total_channels(observed, period, known_from)}
    has_master = tables.has("products", "product_id", "category")
    if has_master or tables.has("order_lines", "category"):
        asked["categories"] = share_categories(fill_categories(inside, tables["products"]) if has_master else inside)
    if engagement.brief.number("repurchase_cycle_days"):
        whole = observed.mutate(category=ibis.null("string"))
        asked["gaps"] = count_gaps(purchase_gaps(whole, engagement.horizon.as_of))
    if tables.has("order_lines", "store"):
        asked["stores"] = count_stores(inside)
    if tables.has("order_lines", "is_private"):
        asked["private"] = share_private(inside)
    if tables.has("contacts", "contact"):
        asked["contacts"] = count_contacts(tables["contacts"])
    if tables.has("customers", "is_member"):
        asked["members"] = count_members(tables["customers"])
    return asked


def measure(replies: Replies) -> Claims | NotComputable:
    """Put every stated figure beside the measured one."""
    engagement = replies.engagement
    period, is_year = find_year(engagement.horizon)
    yearly = 1.0 if is_year else engagement.horizon.yearly
    claims = (
        *_claim_totals(engagement.brief, replies["totals"].iloc[0], yearly, is_year=is_year),
        *_claim_channels(engagement.brief, replies["channels"]),
        *_claim_categories(engagement.brief, replies),
        *_claim_cycle(engagement.brief, replies),
        *_claim_counts(engagement.brief, replies),
    )
    limits = DEFAULTS | dict(engagement.limits.get(NAME, {}))
    if not claims:
        return NotComputable(reason=NO_STATEMENTS, unlocked_by=BROUGHT_BY)
    return Claims(claims=claims, period=period, is_year=is_year, currency=engagement.currency, limits=limits)


def _claim_totals(brief: Brief, totals: pd.Series, yearly: float, *, is_year: bool) -> Iterator[Claim]:
    gmv, orders, buyers = float(totals.gmv), int(totals.orders), int(totals.buyers)
    stated = brief.number("annual_gmv")
    if stated and orders:
        name = Text(zh="年GMV", en="Annual GMV")
        yield Claim(
            name=name, kind="gmv", unit="money", limit="counted_gap", stated=stated, measured=gmv * yearly, n=orders
        )
    stated = brief.number("aov_stated")
    if stated and orders:
        name = Text(zh="客单价", en="Spend per order")
        yield Claim(
            name=name, kind="ticket", unit="price", limit="estimate_gap", stated=stated, measured=gmv / orders, n=orders
        )
    if not is_year or not buyers:
        return
    stated = brief.number("purchase_frequency")
    if stated:
        name, measured = Text(zh="年购买频次", en="Orders per buyer a year"), float(totals.orders_known) / buyers
        yield Claim(
            name=name, kind="frequency", unit="number", limit="estimate_gap", stated=stated, measured=measured, n=buyers
        )
    goal = next((row for row in brief.rows("goals") if row.get("metric") == "repurchase_user"), {})
    baseline = goal.get("baseline")
    if isinstance(baseline, float) and 0 < baseline < 1:
        name, repeat = Text(zh="复购率（目标的现值）", en="Repeat rate (a goal's baseline)"), int(totals.repeat_buyers)
        yield Claim(
            name=name,
            kind="repeat",
            unit="share",
            limit="share_points",
            stated=baseline,
            measured=repeat / buyers,
            n=buyers,
            interval=_interval(repeat, buyers),
        )


def _claim_channels(brief: Brief, channels: pd.DataFrame) -> Iterator[Claim]:
    rows = {str(row["channel"]): row for row in channels.to_dict("records")}
    total = float(channels.gmv.sum())
    for row in brief.rows("main_channels"):
        channel = str(row.get("channel", ""))
        name = name_channel(channel)
        share, new = row.get("gmv_share"), row.get("new_customer_share")
        seen = rows.get(channel)
        if isinstance(share, float) and total > 0:
            measured = float(seen["gmv"]) / total if seen is not None else 0.0
            yield Claim(
                name=Text(zh="{name}的GMV占比", en="{name}: share of GMV").fill(name=name),
                kind="share",
                unit="share",
                limit="share_points",
                stated=share,
                measured=measured,
                n=int(channels.orders.sum()),
            )
        if isinstance(new, float) and seen is not None and pd.notna(seen["new_buyers"]) and seen["buyers"] > 0:
            yield Claim(
                name=Text(zh="{name}的新客占比", en="{name}: share of new customers").fill(name=name),
                kind="new",
                unit="share",
                limit="share_points",
                stated=new,
                measured=float(seen["new_buyers"]) / float(seen["buyers"]),
                n=int(seen["buyers"]),
                interval=_interval(int(seen["new_buyers"]), int(seen["buyers"])),
            )


def _claim_categories(brief: Brief, replies: Replies) -> Iterator[Claim]:
    if "categories" not in replies:
        return
    frame = replies["categories"].dropna(subset="category")
    sums = dict(zip(frame.category.astype(str), frame.gmv.astype(float), strict=True))
    total = sum(sums.values())
    for row in brief.rows("categories"):
        category, share = str(row.get("name", "")), row.get("gmv_share")
        if category in sums and isinstance(share, float) and total > 0:
            shown = name_verbatim(shorten(category, LONGEST_NAME))
            yield Claim(
                name=Text(zh="品类{name}的GMV占比", en="Category {name}: share of GMV").fill(name=shown),
                kind="share",
                unit="share",
                limit="share_points",
                stated=share,
                measured=sums[category] / total,
                n=int(replies["totals"].orders.iloc[0]),
            )


def _claim_cycle(brief: Brief, replies: Replies) -> Iterator[Claim]:
    stated = brief.number("repurchase_cycle_days")
    if not stated or "gaps" not in replies:
        return
    gaps = replies["gaps"]
    cycle = find_cycle(gaps.days, gaps.events, gaps.censored, longest=LONGEST_WHOLE, least_at_risk=LEAST_OBSERVED)
    if cycle is not None:
        yield Claim(
            name=Text(zh="复购周期", en="Repeat cycle"),
            kind="cycle",
            unit="days",
            limit="estimate_gap",
            stated=stated,
            measured=cycle.median,
            n=cycle.gaps,
            interval=(cycle.median_low, cycle.median_high),
        )


def _claim_counts(brief: Brief, replies: Replies) -> Iterator[Claim]:
    wecom = [row.get("users") for row in brief.rows("containers") if row.get("type") == "wecom"]
    shops = [row.get("shop_count") for row in brief.rows("main_channels") if row.get("channel") == "store"]
    members = [row.get("members") for row in brief.rows("tiers")]
    stores = brief.number("store_count")
    counted = (
        ("stores", Text(zh="门店数", en="Stores"), stores if stores is not None else _add(shops)),
        ("contacts", Text(zh="企微好友数", en="WeCom contacts"), _add(wecom)),
        ("members", Text(zh="会员数", en="Members"), _add(members)),
    )
    for frame, name, stated in counted:
        if stated and frame in replies and int(replies[frame][frame].iloc[0]):
            measured = int(replies[frame][frame].iloc[0])
            # A count of a register is no sample: however few, it can be held against the stated one.
            n = max(measured, LEAST_OBSERVED)
            yield Claim(
                name=name, kind="count", unit="count", limit="counted_gap", stated=stated, measured=measured, n=n
            )
    share = brief.number("pd_gmv_share")
    told = replies["private"].iloc[0] if "private" in replies else None
    if share and told is not None and told.gmv and told.gmv > 0:
        yield Claim(
            name=Text(zh="私域GMV占比", en="Private-domain share of GMV"),
            kind="private",
            unit="share",
            limit="share_points",
            stated=share,
            measured=float(told.private or 0.0) / float(told.gmv),
            n=int(told.orders),
        )


def _add(values: list[object]) -> float | None:
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    return sum(numbers) if numbers else None


def _interval(count: int, n: int) -> tuple[float, float]:
    low, high = wilson(count, n)
    return float(low), float(high)


def judge(_measured: Claims, _limits: Limits) -> tuple[Finding, ...]:
    """No finding: a figure stated otherwise is a question to the client, not a trouble of the business."""
    return ()


def tell(measured: Claims) -> Text:
    """How many figures agree, and the widest gap."""
    differ = [claim for claim in measured.claims if measured.judge(claim) == "differs"]
    if not differ:
        return ALL_AGREE.fill(n=word_number(len(measured.claims)))
    widest = max(differ, key=measured.measure_gap)
    return SOME_DIFFER.fill(
        n=word_number(len(measured.claims)),
        differ=word_number(len(differ)),
        name=widest.name,
        stated=measured.word(widest, widest.stated),
        measured=measured.word(widest, widest.measured),
    )


def caveats(measured: Claims) -> tuple[Text, ...]:
    """Whether a year is observed."""
    return () if measured.is_year else (SHORT_YEAR,)


def tabulate(measured: Claims) -> tuple[Exhibit, ...]:
    """Every figure, stated and measured, and what to clarify."""
    ordered = sorted(measured.claims, key=measured.measure_gap, reverse=True)
    rows = []
    for claim in ordered:
        verdict = measured.judge(claim)
        low, high = claim.interval or (None, None)
        rows.append(
            {
                "name": claim.name,
                "stated": measured.word(claim, claim.stated),
                "measured": measured.word(claim, claim.measured),
                "low": NOTHING if low is None else measured.word(claim, low),
                "high": NOTHING if high is None else measured.word(claim, high),
                "n": claim.n,
                "period": word_period(measured.period.start, measured.period.end),
                "verdict": VERDICTS[verdict],
                "clarify": ASKS[claim.kind] if verdict == "differs" else NOTHING,
            }
        )
    fields = (
        Field(name="name", label=Text(zh="项目", en="Figure")),
        Field(name="stated", label=Text(zh="填写值", en="Stated")),
        Field(name="measured", label=Text(zh="数据值", en="Measured")),
        Field(name="low", label=Text(zh="区间下限", en="Low end")),
        Field(name="high", label=Text(zh="区间上限", en="High end")),
        Field(name="n", label=Text(zh="样本量", en="Observations"), unit="count"),
        Field(name="period", label=Text(zh="统计期", en="Period")),
        Field(name="verdict", label=Text(zh="结论", en="Verdict")),
        Field(name="clarify", label=Text(zh="请澄清", en="Please clarify")),
    )
    title = Text(zh="需求表填写值与数据值", en="Figures of the requirement sheet beside the data")
    return (Exhibit(name="claims", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw(measured: Claims, language: Language) -> Figure:
    """Stated over measured, the widest gaps first."""
    finite = [claim for claim in measured.claims if claim.measured]
    if not finite:
        return new_figure()[0]
    shown = sorted(finite, key=measured.measure_gap, reverse=True)[:MOST_ROWS]
    figure = draw_bars(
        [claim.name.word(language) for claim in shown],
        [min(claim.ratio, 3.0) for claim in shown],
        [word_change(claim.ratio - 1).word(language) for claim in shown],
        axis_label=Text(zh="填写值 ÷ 数据值", en="Stated / measured").word(language),
        marked=[place for place, claim in enumerate(shown) if measured.judge(claim) == "differs"],
        reference=1.0,
        reference_label=Text(zh="相符", en="Equal").word(language),
    )
    axes = figure.axes[0]
    axes.set_xlim(0, max(1.0, *(min(claim.ratio, 3.0) for claim in shown)) * 1.35)
    return figure


LIMITS = (
    Limit(
        name="estimate_gap",
        value=0.2,
        reason=Text(
            zh="凭经验估计的数字，两成以内属正常", en="figures from experience are usually right within a fifth"
        ),
    ),
    Limit(
        name="counted_gap",
        value=0.1,
        reason=Text(
            zh="来自台账的数字，口径与截止日通常造成一成以内的差异",
            en="counted figures differ by up to a tenth through definitions and cut-off days",
        ),
    ),
    Limit(
        name="share_points",
        value=0.05,
        reason=Text(zh="占比多为取整填写，5个百分点以内不追问", en="shares are stated in round numbers: 5 points pass"),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# 40 customers buy for 100 in January, 20 of them again in December: 60 orders, 1.5 a buyer, half buy again.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{number:02} 2023-01-02 100" for number in range(40)),
        *(f"c{number:02} 2023-12-30 100" for number in range(20)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-09",),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="3.0，数据为 1.5",
        brief=Brief(answers={"annual_gmv": 6000.0, "aov_stated": 100.0, "purchase_frequency": 3.0}),
    ),
    place=25,
)
