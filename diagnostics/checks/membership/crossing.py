"""Whether customers buy across categories, brands and shops, and which pair falls short of the client's others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.known_people import ask_identity, read_identity, say_crossing
from diagnostics.metrics.crossing import count_crossers, count_pairs, count_parts, total_buyers
from diagnostics.metrics.gaps import fill_categories
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.members import mark_members
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.crossing import Crossing, Pair, compare_crossers, compare_pairs
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.overlap_bounds import Base

QUESTION = Text(
    zh="客户会跨品类、跨品牌、跨店购买吗？会员是否更会？",
    en="Do customers buy across categories, brands and shops, and members more so?",
)
DEFINITION = Text(
    zh="跨购率 = 本期在两个及以上品类（品牌、店铺）购买的客户 ÷ 有身份的买家。组合倍数 = 买了小品类的人里同时买大品类的"
    "比例 ÷ 大品类在全部买家中的占比；按购买重复律，同一家店各组合的倍数大体相近，因此拿它与本品牌其他组合的中位数比，"
    "区间按组合数收紧（Bonferroni）。会员与非会员在订单数相同的客户之间比，避免把“买得多”当作“买得宽”；"
    "这是相关，不是会员身份带来的。跨店需要各店能认出同一个人，只展示不判断。",
    en="Crossing = customers of the period who bought in two or more categories (brands, shops), over known buyers. "
    "Lift of a pair = the share of the smaller part's buyers who also buy the larger, over the larger's share of all "
    "buyers; by the duplication of purchase law it is alike for the pairs of one market, so it is compared with the "
    "median of the client's other pairs, with intervals tightened for their number (Bonferroni). Members and others "
    "are compared among customers with equally many orders, so that buying more does not pass for buying wider; an "
    "association, not an effect of membership. Shops need people to be recognised across them: shown, not judged.",
)
NO_PARTS = Text(
    zh="订单没有品类、品牌或店铺，或只有一个", en="orders name no category, brand or shop, or only one of them"
)
UNLOCK = Text(zh="商品档案（含品类与品牌）", en="the item master with category and brand")
ANSWER = Text(
    zh="本期 {share} 的买家跨{dimension}购买（{crossed} / {buyers}）。",
    en="{share} of the buyers bought across {dimension} ({crossed} of {buyers}).",
)
MEMBERS = Text(
    zh="同为 {orders} 单的客户里，会员跨购 {member}，非会员 {other}（比值 {ratio}，95% 区间 {low} 至 {high}）。",
    en="Among customers with {orders} orders {member} of members and {other} of others crossed (ratio {ratio}, 95% "
    "interval {low} to {high}).",
)
TITLE = Text(
    zh="买{small}的客户很少再买{large}：只有其他组合通常的 {part}，少 {n} 位跨购客户",
    en="Buyers of {small} seldom buy {large}: {part} of what other pairs show, {n} crossing customers fewer",
)
CAUSE = Text(
    zh="{buyers} 位{small}买家里 {share} 也买{large}，倍数 {lift}（{low} 至 {high}），其他组合的中位数为 {usual}。"
    "跨购客户每年在{small}上花 {spend}，金额按缺口的 25% 至 100% 估算。",
    en="Of {buyers} buyers of {small}, {share} also buy {large}: a lift of {lift} ({low} to {high}), where the median "
    "of the other pairs is {usual}. Customers of both spend {spend} a year on {small}; the money takes "
    "25% to 100% of the gap.",
)
ACTION = Text(
    zh="在两者之间搭一座桥：{small}订单的包裹与售后节点推{large}小样或搭配装，会员权益里设“首次跨购”积分；留对照组。",
    en="Build a bridge: samples or sets of {large} in parcels and care messages of {small} orders, points for the "
    "first crossing among member benefits, with a comparison group.",
)
STOP = Text(
    zh="两个复购周期后跨购率与对照组无差异，则停止，两类客群本就不同。",
    en="Stop if after two cycles crossing is no higher than in the comparison group: the two simply have other buyers.",
)
DIMENSIONS: dict[str, tuple[Text, str]] = {
    "category": (Text(zh="品类", en="categories"), "attach"),
    "brand": (Text(zh="品牌", en="brands"), "cross_brand"),
    "shop": (Text(zh="店铺", en="shops"), "cross_shop"),
}
JUDGED = ("category", "brand")
LIFT = Text(
    zh="组合倍数（1 = 与偶然相同；各组合中位数约 {usual}）",
    en="Lift (1 = as by chance; the median of the pairs is about {usual})",
)
LIFT_SHARE = 0.6
MOST_ROWS = 15
LEAST_BOTH = 30
LONGEST = 10
# What is asked of lines: the others need not be held.
COLUMNS = (
    "channel",
    "shop",
    "order_id",
    "customer",
    "product_id",
    "category",
    "is_return",
    "by_member",
    "gmv",
)


@dataclass(frozen=True, kw_only=True)
class Width:
    """One dimension: buyers, how many crossed, pairs of parts, and members beside the others."""

    dimension: str
    buyers: int
    crossed: int
    pairs: tuple[Pair, ...]
    kinds: tuple[Crossing, ...]

    @property
    def share(self) -> float:
        """The share that crossed."""
        return self.crossed / self.buyers


@dataclass(frozen=True, kw_only=True)
class Widths:
    """All dimensions that have two parts, and who could be recognised across channels."""

    widths: tuple[Width, ...]
    base: Base | None
    yearly: float
    currency: str


def name_lines(tables: Tables) -> dict[str, ir.Table]:
    """Lines of the current period with `part` and `by_member`, for every dimension that the tables tell."""
    engagement = tables.engagement
    customers = tables["customers"] if tables.has("customers", "joined_on") else None
    lines = within(value_lines(tables["order_lines"], engagement.gmv_basis), engagement.horizon.current)
    marked = tables.share(mark_members(lines, customers).select(*COLUMNS))
    named = {}
    has_master = tables.has("products", "product_id", "category")
    if has_master or tables.has("order_lines", "category"):
        filled = fill_categories(marked, tables["products"]) if has_master else marked
        named["category"] = filled.mutate(part=filled.category)
    if tables.has("products", "product_id", "brand"):
        master = tables["products"].group_by("product_id").agg(brand=lambda of: of.brand.max())
        told = master.rename(master_id="product_id")
        branded = marked.left_join(told, marked.product_id == told.master_id).drop("master_id")
        named["brand"] = branded.mutate(part=branded.brand)
    if tables.has("order_lines", "shop"):
        named["shop"] = marked.mutate(part=marked.channel + ibis.literal("/") + marked.shop)
    return named


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for buyers of parts, of pairs, and crossing by kind and number of orders."""
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), tables.engagement.horizon.current)
    asked = {"identity": ask_identity(lines)}
    for dimension, parted in name_lines(tables).items():
        each = tables.share(total_buyers(parted))
        asked |= {
            f"{dimension}_parts": count_parts(each),
            f"{dimension}_pairs": count_pairs(each),
            f"{dimension}_crossed": each.group_by("customer")
            .agg(parts=each.count())
            .group_by("parts")
            .agg(customers=lambda of: of.count()),
            f"{dimension}_kinds": count_crossers(parted),
        }
    return asked


def measure(replies: Replies) -> Widths | NotComputable:
    """Read each dimension with two parts and more."""
    found = []
    for dimension in DIMENSIONS:
        if f"{dimension}_parts" not in replies or replies[f"{dimension}_parts"].part.nunique() < 2:  # noqa: PLR2004 - crossing takes two
            continue
        crossed = replies[f"{dimension}_crossed"]
        parts, pairs = replies[f"{dimension}_parts"], replies[f"{dimension}_pairs"]
        found.append(
            Width(
                dimension=dimension,
                buyers=int(crossed.customers.sum()),
                crossed=int(crossed[crossed.parts > 1].customers.sum()),
                pairs=compare_pairs(parts, pairs, least_expected=LEAST_BOTH) if dimension in JUDGED else (),
                kinds=compare_crossers(replies[f"{dimension}_kinds"]),
            )
        )
    if not found:
        return NotComputable(reason=NO_PARTS, unlocked_by=UNLOCK)
    return Widths(
        widths=tuple(found),
        base=read_identity(replies["identity"]),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def judge(measured: Widths, limits: Limits) -> tuple[Finding, ...]:
    """Raise, for each dimension, the pair with most at stake among those clearly below the other pairs."""
    found = []
    for width in measured.widths:
        weak = [
            pair
            for pair in width.pairs
            if pair.high < limits["lift_share"] * pair.usual and pair.missing[0] >= limits["least_missing"]
        ]
        if weak:
            worst = max(weak, key=lambda pair: (pair.missing[1] * _spend(pair, width), pair.small))
            found.append(_find(worst, width, measured))
    return tuple(found)


def _spend(pair: Pair, width: Width) -> float:
    """What a customer of both spends on the small part; where nobody is, the mean of the pairs."""
    return pair.spend or sum(other.spend for other in width.pairs) / len(width.pairs)


def _find(pair: Pair, width: Width, measured: Widths) -> Finding:
    spend = _spend(pair, width) * measured.yearly
    low, mid, high = size_stake(tuple(n * spend for n in pair.missing), least=0.25, likely=0.5)  # type: ignore[arg-type] # three ends in, three out
    names = {"small": name_verbatim(shorten(pair.small)), "large": name_verbatim(shorten(pair.large))}
    return Finding(
        code="people.cross_sell_gap",
        scope={width.dimension: pair.small},
        title=TITLE.fill(part=word_percent(pair.lift / pair.usual, 0), n=word_number(pair.missing[1]), **names),
        cause=CAUSE.fill(
            buyers=word_number(pair.buyers),
            share=word_percent(pair.share),
            lift=word_number(pair.lift, 2),
            low=word_number(pair.low, 2),
            high=word_number(pair.high, 2),
            usual=word_number(pair.usual, 2),
            spend=word_money(spend, measured.currency),
            **names,
        ),
        action=ACTION.fill(**names),
        owner_role="product",
        validation=Validation(metric=DIMENSIONS[width.dimension][1], direction="up", window_days=90),
        stop_rule=STOP,
        confidence=rate_gap(pair.usual - pair.lift, pair.usual - pair.high),
        impact=Impact(low=low, mid=mid, high=high),
        evidence=(Evidence(table=f"{width.dimension}_pairs", n=pair.buyers, value=pair.lift),),
    )


def tell(measured: Widths) -> Text:
    """The share that crosses, by dimension, and members beside the others at equal numbers of orders."""
    said = NOTHING
    for width in measured.widths:
        said += ANSWER.fill(
            share=word_percent(width.share),
            dimension=DIMENSIONS[width.dimension][0],
            crossed=word_number(width.crossed),
            buyers=word_number(width.buyers),
        )
    kinds = [one for one in measured.widths[0].kinds if one.orders > 1 and min(one.members, one.others) >= LEAST_BOTH]
    if kinds and math.isfinite(kinds[0].ratio):
        one = kinds[0]
        said += MEMBERS.fill(
            orders=word_number(one.orders),
            member=word_percent(one.members_crossed / one.members),
            other=word_percent(one.others_crossed / one.others),
            ratio=word_number(one.ratio, 2),
            low=word_number(one.low, 2),
            high=word_number(one.high, 2),
        )
    return said


def caveats(measured: Widths) -> tuple[Text, ...]:
    """How many people may cross unseen."""
    return say_crossing(measured.base)


def tabulate(measured: Widths) -> tuple[Exhibit, ...]:
    """Members beside the others by number of orders; and the pairs of each dimension."""
    kinds = [_show_kinds(width) for width in measured.widths if width.kinds and width.dimension in JUDGED]
    pairs = [_show_pairs(width) for width in measured.widths if width.pairs]
    return (_show_widths(measured), *kinds, *pairs)


def _show_widths(measured: Widths) -> Exhibit:
    rows = [
        {"dimension": DIMENSIONS[one.dimension][0], "buyers": one.buyers, "crossed": one.crossed, "share": one.share}
        for one in measured.widths
    ]
    fields = (
        Field(name="dimension", label=Text(zh="维度", en="Across")),
        Field(name="buyers", label=Text(zh="有身份买家", en="Known buyers"), unit="count"),
        Field(name="crossed", label=Text(zh="跨购客户", en="Crossed"), unit="count"),
        Field(name="share", label=Text(zh="跨购率", en="Share"), unit="share"),
    )
    title = Text(zh="跨购率", en="Who buys across")
    return Exhibit(name="widths", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_kinds(width: Width) -> Exhibit:
    rows = [
        {
            "orders": one.orders,
            "members": one.members,
            "member_share": one.members_crossed / one.members,
            "others": one.others,
            "other_share": one.others_crossed / one.others,
            "ratio": one.ratio,
            "low": one.low,
            "high": one.high,
        }
        for one in width.kinds
    ]
    fields = (
        Field(name="orders", label=Text(zh="订单数（4 为 4 单及以上）", en="Orders (4: and more)"), unit="count"),
        Field(name="members", label=Text(zh="会员", en="Members"), unit="count"),
        Field(name="member_share", label=Text(zh="会员跨购率", en="Members crossing"), unit="share"),
        Field(name="others", label=Text(zh="非会员", en="Others"), unit="count"),
        Field(name="other_share", label=Text(zh="非会员跨购率", en="Others crossing"), unit="share"),
        Field(name="ratio", label=Text(zh="比值", en="Ratio"), unit="number", digits=2),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="number", digits=2),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="number", digits=2),
    )
    title = Text(zh="会员与非会员的跨{name}购买", en="Members and others across {name}")
    return Exhibit(
        name=f"{width.dimension}_kinds",
        title=title.fill(name=DIMENSIONS[width.dimension][0]),
        fields=fields,
        frame=pd.DataFrame(rows),
    )


def _show_pairs(width: Width) -> Exhibit:
    rows = [
        {
            "small": pair.small,
            "large": pair.large,
            "buyers": pair.buyers,
            "share": pair.share,
            "lift": pair.lift,
            "low": pair.low,
            "high": pair.high,
            "usual": pair.usual,
        }
        for pair in width.pairs[:MOST_ROWS]
    ]
    fields = (
        Field(name="small", label=Text(zh="较小的一方", en="Smaller")),
        Field(name="large", label=Text(zh="较大的一方", en="Larger")),
        Field(name="buyers", label=Text(zh="较小一方买家", en="Buyers of the smaller"), unit="count"),
        Field(name="share", label=Text(zh="也买另一方", en="Also buy the other"), unit="share"),
        Field(name="lift", label=Text(zh="倍数", en="Lift"), unit="number", digits=2),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="number", digits=2),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="number", digits=2),
        Field(name="usual", label=Text(zh="其他组合中位数", en="Median of other pairs"), unit="number", digits=2),
    )
    title = Text(zh="跨{name}组合，倍数从低到高", en="Pairs of {name}, lowest lift first")
    return Exhibit(
        name=f"{width.dimension}_pairs",
        title=title.fill(name=DIMENSIONS[width.dimension][0]),
        fields=fields,
        frame=pd.DataFrame(rows),
    )


def draw(measured: Widths, language: Language) -> Figure:
    """The lift of each pair with its interval; where pairs can't be compared, the shares that cross."""
    pairs = next((width.pairs for width in measured.widths if width.pairs), ())[:MOST_ROWS]
    if not pairs:
        shares = [width.share for width in measured.widths]
        return draw_bars(
            [DIMENSIONS[width.dimension][0].word(language) for width in measured.widths],
            shares,
            [word_percent(share).en for share in shares],
            axis_label=Text(zh="跨购率", en="Share of buyers who cross").word(language),
        )
    return draw_bars(
        [f"{shorten(pair.small, LONGEST)} × {shorten(pair.large, LONGEST)}" for pair in pairs],
        [pair.lift for pair in pairs],
        [word_number(pair.lift, 2).en for pair in pairs],
        low=[pair.low for pair in pairs],
        high=[pair.high for pair in pairs],
        axis_label=LIFT.fill(usual=word_number(pairs[0].usual, 2)).word(language),
        marked=[place for place, pair in enumerate(pairs) if pair.high < LIFT_SHARE * pair.usual],
    )


# 600 buyers, 240 of each of four categories: chance gives 96 a pair. a x b, a x c, b x d and c x d share 60, a lift
# of 0.625, b x c 120 (1.25), a x d nobody.
PATTERNS = (
    ("a", "b", 60),
    ("a", "c", 60),
    ("b", "d", 60),
    ("c", "d", 60),
    ("b", "c", 120),
    ("a", "", 120),
    ("d", "", 120),
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at category paid_amount",
        "x0 2024-01-01 a 10",
        *(
            f"k{place}n{i:03d} 2024-02-{day} {part} 50"
            for place, (one, two, many) in enumerate(PATTERNS)
            for i in range(many)
            for part, day in ((one, "03"), (two, "28"))
            if part
        ),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-02", "002-17", "002-18"),
    finds=("people.cross_sell_gap",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="lift_share",
            value=LIFT_SHARE,
            reason=Text(
                zh="倍数的区间上限低于其他组合中位数的六成才提出；品类之间本有天然差异",
                en="raised only if the upper end of the lift is below 60% of the other pairs' median; some categories "
                "differ by nature",
            ),
        ),
        Limit(
            name="least_missing",
            value=30,
            reason=Text(
                zh="少于 30 位跨购客户的缺口不值得专门搭桥", en="fewer than 30 customers are not worth a bridge"
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
        says="60.0%",
        finds=(("people.cross_sell_gap", {"category": "a"}),),
    ),
    place=40,
)
