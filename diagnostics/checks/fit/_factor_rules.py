"""The twelve factors of fit: what each is called, where it comes from, and how a value becomes a grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    word_days,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.cycle import find_shop_cycle
from diagnostics.statistics.fit import grade_value

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.checks.check import Replies
    from diagnostics.model.brief import Brief

DATA, SHEET = Text(zh="数据", en="data"), Text(zh="需求表", en="sheet")
LEAST_BUYERS = 100
LEAST_COSTED = 0.5
# Channels where the brand itself serves the buyer and may add a contact.
OWN_VENUES = frozenset({"youzan", "weimob", "miniprogram", "wechat_shop", "own_app", "website", "store", "wecom"})


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One factor: its name, its default weight, who names it, and what its grades stand for."""

    name: Text
    weight: float
    source: Text
    rule: Text


GUOSEN = Text(zh="国信证券 2020", en="Guosen 2020")
PRACTICE = Text(zh="实务文章", en="practitioners")
BOTH = Text(zh="实务文章；国信证券 2020", en="practitioners; Guosen 2020")
FACTORS: dict[str, Factor] = {
    "repurchase": Factor(
        name=Text(zh="复购率", en="Repeat buying"),
        weight=2,
        source=BOTH,
        rule=Text(zh="一年内买两单及以上的买家 10/20/30/40%", en="buyers with two orders in a year: 10, 20, 30, 40%"),
    ),
    "margin": Factor(
        name=Text(zh="毛利率", en="Gross margin"),
        weight=2,
        source=PRACTICE,
        rule=Text(zh="毛利率 20/35/50/65%", en="gross margin: 20, 35, 50, 65%"),
    ),
    "cycle": Factor(
        name=Text(zh="更换周期", en="Replacement cycle"),
        weight=2,
        source=PRACTICE,
        rule=Text(zh="中位周期短于 730/365/180/90 天", en="median cycle within 730, 365, 180, 90 days"),
    ),
    "ticket": Factor(
        name=Text(zh="客单价", en="Spend per order"),
        weight=1,
        source=GUOSEN,
        rule=Text(zh="笔单价 50/100/200/500 元（仅人民币）", en="spend per order: CNY 50, 100, 200, 500"),
    ),
    "difference": Factor(
        name=Text(zh="产品差异化", en="Differentiation"),
        weight=1,
        source=GUOSEN,
        rule=Text(zh="定位：不突出 0、价格 1、服务 3、产品 4", en="position: none 0, price 1, service 3, product 4"),
    ),
    "audience": Factor(
        name=Text(zh="受众精准度", en="Clear audience"),
        weight=1,
        source=BOTH,
        rule=Text(
            zh="女性、母婴、发烧友人群 4；服饰 3；其他行业不评",
            en="women, mothers, enthusiasts 4, apparel 3, other trades are not graded",
        ),
    ),
    "loyalty": Factor(
        name=Text(zh="忠诚度", en="Loyalty"),
        weight=1,
        source=GUOSEN,
        rule=Text(
            zh="一年三单及以上客户占 GMV 5/10/20/35%", en="GMV share of customers with three orders: 5, 10, 20, 35%"
        ),
    ),
    "brand": Factor(
        name=Text(zh="品牌力", en="Brand strength"),
        weight=1,
        source=GUOSEN,
        rule=Text(
            zh="以不靠折扣卖出衡量：实付占标价 50/60/70/80%",
            en="sells without discount: paid over list 50, 60, 70, 80%",
        ),
    ),
    "trust": Factor(
        name=Text(zh="信任度", en="Trust"),
        weight=1,
        source=GUOSEN,
        rule=Text(zh="以退款率衡量：低于 20/10/6/3%", en="refunds within 20, 10, 6, 3% of sales stand for it"),
    ),
    "venues": Factor(
        name=Text(zh="可承接的渠道", en="Channels that can add contacts"),
        weight=1,
        source=PRACTICE,
        rule=Text(zh="自有渠道与门店占 GMV 5/10/25/40%", en="GMV share of own shops and stores: 5, 10, 25, 40%"),
    ),
    "stage": Factor(
        name=Text(zh="企业阶段", en="Stage of the company"),
        weight=1,
        source=PRACTICE,
        rule=Text(zh="初创 1、转型 2、成熟 3、成长 4", en="start-up 1, turnaround 2, mature 3, growth 4"),
    ),
    "organisation": Factor(
        name=Text(zh="组织重视与配合", en="Attention of management"),
        weight=1,
        source=PRACTICE,
        rule=Text(zh="公司重视程度 1 至 5 分减 1", en="attention of 1 to 5, less 1"),
    ),
}
POSITIONS = {"none": 0, "price": 1, "service": 3, "product": 4}
AUDIENCES = {"beauty": 4, "mother_baby": 4, "toy": 4, "apparel": 3}
STAGES = {"startup": 1, "turnaround": 2, "mature": 3, "growth": 4}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A factor's value in words, its grade, and where it was read; `grade` is `None` where nothing tells."""

    factor: str
    value: Text = NOTHING
    grade: int | None = None
    origin: Text = NOTHING
    n: int | None = None


def read_factors(replies: Replies) -> tuple[Reading, ...]:
    """Every factor, from data where there are enough, else from the sheet."""
    brief = replies.engagement.brief
    found = _read_data(replies) if "facts" in replies else {}
    found = {**_read_sheet(brief, replies.engagement.currency), **found}
    return tuple(found.get(name, Reading(factor=name)) for name in FACTORS)


def _read_data(replies: Replies) -> dict[str, Reading]:
    facts, loyalty = replies["facts"].iloc[0].fillna(0), replies["loyalty"].iloc[0].fillna(0)
    venues = replies["venues"]
    found, buyers = [], int(loyalty.buyers)
    if buyers >= LEAST_BUYERS and replies.engagement.horizon.current.months >= 12:  # noqa: PLR2004 - a year is judged by a year
        found.append(_rate("repurchase", float(loyalty["repeat"]) / buyers, (0.1, 0.2, 0.3, 0.4), buyers))
        if loyalty.gmv > 0:
            found.append(_rate("loyalty", float(loyalty.loyal_gmv / loyalty.gmv), (0.05, 0.1, 0.2, 0.35), buyers))
    orders = int(facts.orders)
    if orders >= LEAST_BUYERS and facts.gmv > 0:
        if facts.net >= LEAST_COSTED * facts.gmv:
            found.append(_rate("margin", float(facts.earned / facts.net), (0.2, 0.35, 0.5, 0.65), orders))
        if facts.listed > 0:
            found.append(_rate("brand", float(facts.listed_paid / facts.listed), (0.5, 0.6, 0.7, 0.8), orders))
        found.append(_rate("trust", float(facts.refund / facts.paid), (0.2, 0.1, 0.06, 0.03), orders))
        own = float(venues[venues.channel.isin(OWN_VENUES)].gmv.sum() / venues.gmv.sum())
        found.append(_rate("venues", own, (0.05, 0.1, 0.25, 0.4), orders))
        if replies.engagement.currency == "CNY":
            ticket = float(facts.gmv) / orders
            word = word_price(ticket, "CNY")
            grade = grade_value(ticket, (50, 100, 200, 500))
            found.append(Reading(factor="ticket", value=word, grade=grade, origin=DATA, n=orders))
    if "gaps" in replies and (cycle := _find_cycle(replies["gaps"])) is not None:
        found.append(cycle)
    return {one.factor: one for one in found}


def _rate(factor: str, share: float, steps: tuple[float, float, float, float], n: int) -> Reading:
    return Reading(factor=factor, value=word_percent(share), grade=grade_value(share, steps), origin=DATA, n=n)


def _find_cycle(gaps: pd.DataFrame) -> Reading | None:
    cycle = find_shop_cycle(gaps)
    if cycle is None or cycle.gaps < LEAST_BUYERS:
        return None
    grade = grade_value(cycle.median, (730, 365, 180, 90))
    return Reading(factor="cycle", value=word_days(cycle.median), grade=grade, origin=DATA, n=cycle.gaps)


def _read_sheet(brief: Brief, currency: str) -> dict[str, Reading]:
    """What the sheet tells: opinions that no data hold, and estimates that stand in for missing data."""
    found = []
    for factor, key, grades in (
        ("difference", "positioning", POSITIONS),
        ("audience", "industry", AUDIENCES),
        ("stage", "company_stage", STAGES),
    ):
        answer = brief.text(key)
        if answer in grades:
            found.append(_say(factor, CHOICES[answer], grades[answer]))
    if "collection" in brief.choices("repurchase_reasons"):
        found.append(_say("audience", CHOICES["collection"], 4))
    if (attention := brief.number("management_attention")) is not None:
        found.append(_say("organisation", word_number(attention), round(attention) - 1))
    if (margin := brief.number("gross_margin")) is not None:
        found.append(_say("margin", word_percent(margin), grade_value(margin, (0.2, 0.35, 0.5, 0.65))))
    if days := brief.number("repurchase_cycle_days") or _mean_cycle(brief):
        found.append(_say("cycle", word_days(days), grade_value(days, (730, 365, 180, 90))))
    if (ticket := brief.number("aov_stated")) is not None and currency == "CNY":
        found.append(_say("ticket", word_price(ticket, "CNY"), grade_value(ticket, (50, 100, 200, 500))))
    return {one.factor: one for one in found}


def _say(factor: str, value: Text, grade: int) -> Reading:
    return Reading(factor=factor, value=value, grade=grade, origin=SHEET)


def _mean_cycle(brief: Brief) -> float | None:
    """The categories' cycles, weighted by their share of GMV."""
    rows = [
        (float(days), float(share))
        for row in brief.rows("categories")
        if isinstance(days := row.get("cycle_days"), int | float) and isinstance(share := row.get("gmv_share"), float)
    ]
    whole = sum(share for _, share in rows)
    return sum(days * share for days, share in rows) / whole if whole else None


def name_factors(names: tuple[str, ...]) -> Text:
    """Factors in a sentence."""
    return join_texts(FACTORS[name].name for name in names) if names else name_verbatim("–")


CHOICES: dict[str, Text] = {
    "none": Text(zh="不突出", en="nothing stands out"),
    "price": Text(zh="价格", en="price"),
    "service": Text(zh="服务", en="service"),
    "product": Text(zh="产品", en="product"),
    "beauty": Text(zh="美妆护肤", en="beauty"),
    "mother_baby": Text(zh="母婴", en="mother and baby"),
    "toy": Text(zh="潮玩", en="collectible toys"),
    "apparel": Text(zh="服装", en="apparel"),
    "startup": Text(zh="初创", en="start-up"),
    "turnaround": Text(zh="转型", en="turnaround"),
    "mature": Text(zh="成熟", en="mature"),
    "growth": Text(zh="成长", en="growth"),
    "collection": Text(zh="为收集而买", en="bought to collect"),
}
