"""Whether customers buy across categories, brands and shops, and which pair falls short of the client's others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.known_people import ask_identity, read_identity, say_crossing
from diagnostics.checks.limits import find_limits
from diagnostics.checks.membership import _crossing_words as words
from diagnostics.checks.membership._crossing_findings import find_spend, state_gap
from diagnostics.checks.membership._crossing_tables import draw_crossing, tabulate_crossing
from diagnostics.checks.membership._dimensions import DIMENSIONS, JUDGED, name_lines
from diagnostics.metrics.crossing import count_crossers, count_pairs, count_parts, total_buyers
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent
from diagnostics.statistics.crossing import Crossing, Pair, compare_crossers, compare_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
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
LEAST_BOTH = 30
NAME = "membership.crossing"
LIMITS = (
    Limit(
        name="lift_share",
        value=0.6,
        reason=Text(
            zh="倍数的区间上限低于其他组合中位数的六成才提出；品类之间本有天然差异",
            en="raised only if the upper end of the lift is below 60% of the other pairs' median; some categories "
            "differ by nature",
        ),
    ),
    Limit(
        name="least_missing",
        value=30,
        reason=Text(zh="少于 30 位跨购客户的缺口不值得专门搭桥", en="fewer than 30 customers are not worth a bridge"),
    ),
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
    limits: Limits
    yearly: float
    currency: str


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
        return NotComputable(reason=words.NO_PARTS, unlocked_by=words.UNLOCK)
    return Widths(
        widths=tuple(found),
        base=read_identity(replies["identity"]),
        limits=find_limits(NAME, LIMITS, replies.engagement),
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
            worst = max(weak, key=lambda pair: (pair.missing[1] * find_spend(pair, width), pair.small))
            found.append(state_gap(worst, width, measured))
    return tuple(found)


def tell(measured: Widths) -> Text:
    """The share that crosses, by dimension, and members beside the others at equal numbers of orders."""
    said = NOTHING
    for width in measured.widths:
        said += words.ANSWER.fill(
            share=word_percent(width.share),
            dimension=DIMENSIONS[width.dimension][0],
            crossed=word_number(width.crossed),
            buyers=word_number(width.buyers),
        )
    kinds = [one for one in measured.widths[0].kinds if one.orders > 1 and min(one.members, one.others) >= LEAST_BOTH]
    if kinds and math.isfinite(kinds[0].ratio):
        one = kinds[0]
        said += words.MEMBERS.fill(
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
    return tabulate_crossing(measured)


def draw(measured: Widths, language: Language) -> Figure:
    """The lift of each pair with its interval; where pairs can't be compared, the shares that cross."""
    return draw_crossing(measured, language)


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
        says="60.0%",
        finds=(("people.cross_sell_gap", {"category": "a"}),),
    ),
    place=40,
)
