"""Whether discounts deepen while list prices hold, and whether customers buy without a coupon, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.levers import _coupon_words
from diagnostics.checks.levers import _discount_words as words
from diagnostics.checks.levers._coupons import (
    COUPON_LIMITS,
    Coupons,
    ask_coupons,
    draw_coupons,
    judge_coupons,
    read_coupons,
    tabulate_coupons,
    tell_coupons,
    track_coupons,
)
from diagnostics.checks.levers._discount_depth import (
    DEPTH_LIMITS,
    MOST_ROWS,
    Depth,
    ask_depth,
    draw_depth,
    judge_depth,
    read_depth,
    tabulate_depth,
    tell_depth,
    track_depth,
)
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number
from diagnostics.statistics.coupon_need import LEAST_ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

DEEPENING, COUPONS = "003-05", "001-10"


@dataclass(frozen=True, kw_only=True)
class Discounts:
    """How deep discounts are and how much sales need coupons; one of both may be unknown."""

    depth: Depth | None
    coupons: Coupons | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for listed and paid of both periods, for orders with and without a coupon, and for returns of newcomers."""
    return ask_depth(tables) | ask_coupons(tables)


def measure(replies: Replies) -> Discounts | NotComputable:
    """Compare what was given away, and measure each channel's need of coupons; either may be missing, not both."""
    depth, coupons = read_depth(replies), read_coupons(replies)
    if depth is None and coupons is None:
        return NotComputable(reason=words.NEITHER.fill(n=word_number(LEAST_ORDERS)), unlocked_by=words.UNLOCK)
    return Discounts(depth=depth, coupons=coupons)


def track(measured: Discounts) -> tuple[Reading, ...]:
    """The depth of discounts and the share of orders with a coupon, by channel."""
    depth = () if measured.depth is None else track_depth(measured.depth)
    return depth if measured.coupons is None else (*depth, *track_coupons(measured.coupons))


def judge(measured: Discounts, limits: Limits) -> tuple[Finding, ...]:
    """Raise channels where discounts deepened, and channels that live on coupons."""
    depth = () if measured.depth is None else judge_depth(measured.depth, limits)
    return depth if measured.coupons is None else (*depth, *judge_coupons(measured.coupons, limits))


def tell(measured: Discounts) -> Text:
    """The channel where discounts moved most, then how many orders use a coupon and who returns without one."""
    depth = NOTHING if measured.depth is None else tell_depth(measured.depth)
    return depth if measured.coupons is None else depth + tell_coupons(measured.coupons)


def caveats(measured: Discounts) -> tuple[Text, ...]:
    """Channels without list amounts, and those whose orders do not say whether a coupon was used."""
    return tuple(
        said.fill(channels=join_texts(name_channel(channel) for channel in channels[:MOST_ROWS]))
        for said, channels in (
            (words.LACKING, measured.depth.lacking if measured.depth else ()),
            (_coupon_words.SILENT, measured.coupons.silent if measured.coupons else ()),
        )
        if channels
    )


def lacks(measured: Discounts) -> Mapping[str, Text]:
    """Deepening without list amounts in two periods, coupons without orders that tell of them."""
    depth = {DEEPENING: words.NO_DEPTH} if measured.depth is None else {}
    too_few = _coupon_words.TOO_FEW.fill(n=word_number(LEAST_ORDERS))
    return depth | {COUPONS: too_few} if measured.coupons is None else depth


def tabulate(measured: Discounts) -> tuple[Exhibit, ...]:
    """Depth before and after by channel; coupons by channel, and what coupon reports state."""
    depth = () if measured.depth is None else (tabulate_depth(measured.depth),)
    return depth if measured.coupons is None else (*depth, *tabulate_coupons(measured.coupons))


def draw(measured: Discounts, language: Language) -> Figure:
    """Depth by month in both periods; where it is not known, the share of orders with a coupon."""
    return next(_draw_known(measured, language))


def _draw_known(measured: Discounts, language: Language) -> Iterator[Figure]:
    if measured.depth is not None:
        yield draw_depth(measured.depth, language)
    if measured.coupons is not None:
        yield draw_coupons(measured.coupons, language)


# 120 pieces listed at 100 in either half of the year: jd sells them at 90, then at 70; 20 points on 12,000 listed are
# 4,800 a year. Store sells at 90 in both. From August on website wins 300 newcomers, 200 with a coupon: of these 100
# return within 90 days (with a coupon again), of the 100 without 10. From July to December 380 of its 530 orders have a
# coupon, 71.7 %; orders of jd and store do not say.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at list_amount paid_amount used_coupon",
        *(f"jd j{i:03} 2024-03-01 100 90 -" for i in range(120)),
        *(f"jd j{i:03} 2024-09-01 100 70 -" for i in range(120)),
        *(f"store s{i:03} 2024-03-01 100 90 -" for i in range(120)),
        *(f"store s{i:03} 2024-09-01 100 90 -" for i in range(120)),
        "website early 2024-01-01 100 100 false",
        *(f"website a{i:03} 2024-08-02 100 80 true" for i in range(200)),
        *(f"website b{i:03} 2024-08-02 100 100 false" for i in range(100)),
        *(f"website a{i:03} 2024-10-01 100 80 true" for i in range(100)),
        *(f"website b{i:03} 2024-10-01 100 100 false" for i in range(10)),
        *(f"website c{i:03} 2024-12-20 100 80 true" for i in range(80)),
        *(f"website d{i:03} 2024-12-31 100 100 false" for i in range(40)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(DEEPENING, COUPONS),
    finds=("lever.discount_deepening", "goods.coupon_dependence"),
    needs=(Need(table="order_lines"),),
    limits=(*DEPTH_LIMITS, *COUPON_LIMITS),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="discounts moved most in JD: from 10.0% to 30.0% (+20.0 percentage points). 71.7% of 530 orders use a "
        "coupon; Website most, 71.7%. In Website 10.0% of newcomers without a coupon return within 90 days, 50.0% of",
        finds=(
            ("lever.discount_deepening", {"channel": "jd"}),
            ("goods.coupon_dependence", {"channel": "website"}),
        ),
    ),
    place=50,
)
