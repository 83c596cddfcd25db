"""Which products customers buy first, and whether those customers come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.charts.ticks import draw_shares_with_ticks
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.gateway import count_gateways
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.product_gaps import bound_gaps

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

FOLLOWED_DAYS = 90
LEAST_CUSTOMERS = 100
MOST_ROWS = 12
QUESTION = Text(zh="首单商品带来的客户会回来吗？", en="Do the products bought first bring customers who come back?")
DEFINITION = Text(
    zh="新客 = 数据最初三个月之后首次出现的客户。90 天复购率 = 首购日买过该商品的新客中，90 天内在另一天再次购买的"
    "比例，只含已满 90 天观察期者。应有值 = 同渠道、同首购月份、首购日没买该商品的新客的复购率，因此渠道与季节的差"
    "异已被扣除。差距经过收缩（经验贝叶斯，防止把偶然的极端当真），区间按商品数做了 Bonferroni 校正。金额 = 这些新"
    "客首购日之后在本期少花的钱，与同渠道、同月份其他新客的人均相比，全部已观察到的首购月份合计。",
    en="New customers = first seen after the first three months of the data. 90-day repeat rate = of the new "
    "customers who bought the product on their first day, those who bought again on another day within 90 days, "
    "observed for at least 90 days. Expected = the rate of new customers of the same channel and month who did not "
    "buy it first, so channel and season are taken out. Gaps are shrunk towards their mean (empirical Bayes, "
    "against chance extremes); intervals are Bonferroni's for the products judged. Money = what these customers "
    "spent less in the current period, after their first day, than others of the same channel and month did on "
    "average; all observed months of first purchase together.",
)
TOO_FEW = Text(
    zh="没有一个首单商品有 {n} 位以上已满 90 天观察期的新客",
    en="no first-order product has {n} new customers observed for 90 days",
)
ANSWER = Text(
    zh="带来新客最多的是「{name}」（{share} 的新客首购日买了它），其 90 天复购率 {rate}，应有 {expected}（n = {n}）。",
    en="“{name}” brings most new customers ({share} buy it on their first day); {rate} of them buy again within 90 "
    "days, {expected} would be expected (n = {n}).",
)
WORST = Text(
    zh="相对应有值最低的是「{name}」：{rate}，应有 {expected}。",
    en="Furthest below: “{name}” with {rate}, expected {expected}.",
)
NONE_LOW = Text(zh="主要首单商品中没有一个明显低于应有值。", en="No main first-order product is clearly below.")
TITLE = Text(
    zh="「{name}」引来 {share} 的新客，却留不住：90 天复购 {rate}，同类新客为 {expected}，每年少收约 {money}",
    en="“{name}” brings {share} of new customers, and few return: {rate} within 90 days against {expected}, about "
    "{money} a year less",
)
CAUSE = Text(
    zh="首购该商品的 {n} 位新客，复购率比同渠道、同月份的其他新客低 {gap} 个百分点（95% 区间内至少 {low}）；首购之后，"
    "他们本期人均再花 {mine}，其他新客为 {theirs}。该品满足的可能是一次性需求，首单之后没有承接品。",
    en="The repeat rate of the {n} new customers who bought it first lies {gap} points below that of others of the "
    "same channel and month (at least {low} within the 95% interval). After their first day they spent {mine} each in "
    "the current period, the others {theirs}. It probably meets a one-off need, and nothing is offered next.",
)
ACTION = Text(
    zh="把投放与首页首单位换成复购率高的商品；保留该品时改为组合装，并在签收后第 7、21 天推送承接品与第二单权益。",
    en="Give its place in ads and on the front page to a product whose buyers return; if it stays, bundle it, and "
    "offer the next product with a benefit on days 7 and 21 after delivery.",
)
STOP = Text(
    zh="新一批首购客户满 90 天后，复购率仍未缩小一半差距，则停止在该品上投放拉新费用。",
    en="Stop spending on acquisition with this product if the next cohort, observed for 90 days, has not closed half "
    "of the gap.",
)
SEEN = Text(
    zh="本期首购日之后的消费中，{share} 来自首单商品可见的新客；其余（更早的老客等）是否同样少花看不到，只计"
    "入金额上限。",
    en="Of spend after first days, {share} comes from new customers whose first product is seen; whether the "
    "rest, such as older customers, lack as much is not seen and enters the upper end of the money only.",
)
PART_KNOWN = Text(
    zh="只有 {share} 的新客首单能看到商品（其余渠道的导出没有商品），占比以这些新客为分母。",
    en="Only {share} of new customers have a first order that names a product; shares are of those.",
)
WELL_KNOWN = 0.99


@dataclass(frozen=True, kw_only=True)
class Gateways:
    """First-order products with repeat rates, gaps and the later spend that their newcomers lack."""

    products: pd.DataFrame
    yearly: float
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for first-order products with what their newcomers did later."""
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    days = tables.share(purchase_days(lines))
    firsts = tables.share(pick_firsts(days, find_newcomers_since(horizon.history)))
    return {
        "products": count_gateways(
            lines, days, firsts, current=horizon.current, as_of=horizon.as_of, followed_days=FOLLOWED_DAYS
        )
    }


def measure(replies: Replies) -> Gateways | NotComputable:
    """Compare each product's rate with the expected one, shrink the gaps and bound them."""
    answered = replies["products"]
    products = answered[answered.followed.fillna(0) >= LEAST_CUSTOMERS].sort_values(
        "share", ascending=False, ignore_index=True
    )
    if products.empty:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(LEAST_CUSTOMERS)))
    return Gateways(
        products=bound_gaps(products),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def judge(measured: Gateways, limits: Limits) -> tuple[Finding, ...]:
    """Raise main first-order products whose customers clearly return less than expected, and spend less."""
    products = measured.products
    low = products[(products.share >= limits["share"]) & (products.gap_low > limits["gap"]) & (products.loss > 0)]
    return tuple(_find(measured, row) for row in low.to_dict("records"))


def tell(measured: Gateways) -> Text:
    """The main first-order product, and the one furthest below what is expected."""
    rows = measured.products.to_dict("records")
    worst = max(rows, key=lambda row: float(row["gap"]))
    said = ANSWER.fill(**_word_product(rows[0]))
    if worst["gap_low"] <= 0:
        return said + NONE_LOW
    return said if worst["sku"] == rows[0]["sku"] else said + WORST.fill(**_word_product(worst))


def caveat(measured: Gateways) -> tuple[Text, ...]:
    """What the money leaves out, and how many newcomers have no product to be seen by."""
    said = (SEEN.fill(share=word_percent(float(measured.products.seen_share.max()))),)
    known = float(measured.products.known_share.max())
    return (*said, PART_KNOWN.fill(share=word_percent(known))) if known < WELL_KNOWN else said


def tabulate(measured: Gateways) -> tuple[Exhibit, ...]:
    """First-order products, those that bring most newcomers first."""
    fields = (
        Field(name="name", label=Text(zh="首单商品", en="First-order product")),
        Field(name="share", label=Text(zh="占新客", en="Share of newcomers"), unit="share"),
        Field(name="followed", label=Text(zh="已满 90 天新客", en="Newcomers, 90 days"), unit="count"),
        Field(name="rate", label=Text(zh="90 天复购率", en="Repeat within 90 days"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="expected_rate", label=Text(zh="应有复购率", en="Expected"), unit="share"),
        Field(name="gap", label=Text(zh="差距（收缩后）", en="Gap, shrunk"), unit="share"),
    )
    title = Text(zh="首单商品与新客复购", en="First-order products and who returns")
    note = Text(
        zh="一位新客首购日可买多个商品，各行人数有重叠，不可相加。",
        en="A newcomer may buy several products on the first day: rows overlap and do not add up.",
    )
    return (Exhibit(name="gateways", title=title, fields=fields, frame=list_main(measured.products), note=note),)


def list_main(products: pd.DataFrame) -> pd.DataFrame:
    """The products that bring most newcomers, and those further down that lie below what is expected."""
    return products[(products.index < MOST_ROWS) | (products.gap_low > 0)]


def draw(measured: Gateways, language: Language) -> Figure:
    """Repeat rates of the main first-order products with intervals, and the expected rate as a tick."""
    shown = measured.products.head(MOST_ROWS)
    template = Text(zh="{rate}（应有 {expected}）", en="{rate} (vs {expected})")
    words = [
        template.fill(rate=word_percent(rate), expected=word_percent(expected)).word(language)
        for rate, expected in zip(shown.rate.tolist(), shown.expected_rate.tolist(), strict=True)
    ]
    return draw_shares_with_ticks(
        [shorten(name, 18) for name in shown.name],
        shown.rate.tolist(),
        shown.expected_rate.tolist(),
        words,
        axis_label=Text(
            zh="新客 90 天复购率（横线为 95% 区间，竖线为应有值）",
            en="New customers' 90-day repeat rate (line: 95% interval, tick: expected)",
        ).word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
        marked={place for place, low in enumerate(shown.gap_low.tolist()) if low > 0},
    )


def _word_product(row: Mapping[Any, Any]) -> dict[str, Text]:
    return {
        "name": name_verbatim(shorten(row["name"], 24)),
        "share": word_percent(row["share"]),
        "rate": word_percent(row["rate"]),
        "expected": word_percent(row["expected_rate"]),
        "n": word_number(row["followed"]),
    }


def _find(measured: Gateways, row: Mapping[Any, Any]) -> Finding:
    low, mid, high = (float(row[name]) * measured.yearly for name in ("loss_low", "loss", "loss_high"))
    return Finding(
        code="goods.gateway_mismatch",
        scope={"sku": row["sku"]},
        title=TITLE.fill(**{**_word_product(row), "money": word_money(mid, measured.currency)}),
        cause=CAUSE.fill(
            n=word_number(row["followed"]),
            gap=word_number(row["gap"] * 100, 1),
            low=word_number(row["gap_low"] * 100, 1),
            mine=word_price(row["later"] / row["customers"], measured.currency),
            theirs=word_price(row["later_expected"] / row["customers"], measured.currency),
        ),
        action=ACTION,
        owner_role="product",
        validation=Validation(metric="first_item", direction="up", window_days=FOLLOWED_DAYS),
        stop_rule=STOP,
        confidence=rate_gap(float(row["gap"]), float(row["gap_low"])),
        impact=Impact(low=low, mid=mid, high=high),
        evidence=(Evidence(table="gateways", n=int(row["followed"]), value=float(row["rate"])),),
    )


# Two products bring 120 newcomers each in August. Of those who took the mask 12 (10 %) buy again within 90 days, of
# those who took the serum 60 (50 %); the buyer of January fixes where the data begin.
EXAMPLE_LINES = "\n".join(
    [
        "customer product_id product ordered_at paid_amount",
        "early M mask 2024-01-01 50",
        *(f"m{i} M mask 2024-08-02 50" for i in range(120)),
        *(f"s{i} S serum 2024-08-02 200" for i in range(120)),
        *(f"m{i} S serum 2024-09-01 200" for i in range(12)),
        *(f"s{i} S serum 2024-09-01 200" for i in range(60)),
        "late S serum 2024-12-31 200",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-23", "004-05"),
    finds=("goods.gateway_mismatch",),
    needs=(Need(table="order_lines", columns=("customer", "product")),),
    limits=(
        Limit(
            name="share",
            value=0.03,
            reason=Text(
                zh="只看带来 3% 以上新客的商品：更小的品影响不了客户底盘",
                en="only products that bring 3% of newcomers or more: smaller ones do not move the base",
            ),
        ),
        Limit(
            name="gap",
            value=0.05,
            reason=Text(
                zh="差距下限超过 5 个百分点才提出：商品间几个百分点的差异本属正常",
                en="raised only if even the lower end of the gap exceeds 5 points: a few points between products are "
                "usual",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveat,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="10.0%",
        finds=(("goods.gateway_mismatch", {"sku": "M"}),),
    ),
    place=20,
)
