"""Which products customers buy first, and whether those customers come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.charts.ticks import draw_shares_with_ticks
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.goods import _gateway_words as words
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
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
    days = tables.keep(follow_purchases(lines))
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
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(LEAST_CUSTOMERS)))
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
    said = words.ANSWER.fill(**_word_product(rows[0]))
    if worst["gap_low"] <= 0:
        return said + words.NONE_LOW
    return said if worst["sku"] == rows[0]["sku"] else said + words.WORST.fill(**_word_product(worst))


def caveat(measured: Gateways) -> tuple[Text, ...]:
    """What the money leaves out, and how many newcomers have no product to be seen by."""
    said = (words.SEEN.fill(share=word_percent(float(measured.products.seen_share.max()))),)
    known = float(measured.products.known_share.max())
    return (*said, words.PART_KNOWN.fill(share=word_percent(known))) if known < WELL_KNOWN else said


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
        Field(name="gap", label=Text(zh="差距（收缩后）", en="Gap, shrunk"), unit="points"),
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
        title=words.TITLE.fill(**{**_word_product(row), "money": word_money(mid, measured.currency)}),
        cause=words.CAUSE.fill(
            n=word_number(row["followed"]),
            gap=word_number(row["gap"] * 100, 1),
            low=word_number(row["gap_low"] * 100, 1),
            mine=word_price(row["later"] / row["customers"], measured.currency),
            theirs=word_price(row["later_expected"] / row["customers"], measured.currency),
        ),
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="first_item", direction="up", window_days=FOLLOWED_DAYS),
        stop_rule=words.STOP,
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
    question=words.QUESTION,
    definition=words.DEFINITION,
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
