"""Whether spend moved because buyers shifted between channels, or because of what products did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import draw_waterfalls
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.levers import _mix_words as words
from diagnostics.checks.levers._channel_shift import Shift, ask_shift, lay_channels, read_shift, tell_channels
from diagnostics.checks.levers._mix_tables import tabulate_channels
from diagnostics.checks.levers._product_changes import (
    Products,
    ask_changes,
    lay_products,
    read_changes,
    tabulate_products,
    tell_products,
)
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_price
from diagnostics.statistics.certainty import find_likely, rate_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What channels did to spend per buyer and what products did to GMV; one of both may be unknown."""

    channels: Shift | None
    products: Products | None
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for known customers by channel, and for products by what became of them."""
    return {**ask_shift(tables), **ask_changes(tables)}


def measure(replies: Replies) -> Moved | NotComputable:
    """Split both changes; either half may be missing, not both."""
    if replies.engagement.horizon.previous is None:
        return NotComputable(reason=NO_PREVIOUS)
    channels, products = read_shift(replies), read_changes(replies)
    if channels is None and products is None:
        return NotComputable(reason=words.NEITHER, unlocked_by=words.BRINGS_BOTH)
    return Moved(channels=channels, products=products, currency=replies.engagement.currency)


def judge(measured: Moved, limits: Limits) -> tuple[Finding, ...]:
    """Raise a shift between channels; which products to keep is judged by the wing of goods."""
    return () if measured.channels is None else _judge_shift(measured.channels, limits)


def _judge_shift(measured: Shift, limits: Limits) -> tuple[Finding, ...]:
    """Raise a shift where mix alone takes much, surely, and the dearer channels lost buyers in number too."""
    before, after = float(measured.split.before), float(measured.split.after)
    old, new = _count_dear(measured)
    channel, (lowest, highest) = _find_cheap(measured), measured.bound("mix")
    takes = -measured.mix > limits["least_mix"] * before and highest < 0
    if channel is None or not takes or new >= old or after >= before or measured.rate < measured.mix:
        return ()
    scale = float(measured.buyers[:, 1].sum()) * measured.yearly
    low, mid, high = find_likely(-highest * scale, -measured.mix * scale, -lowest * scale)
    impact = Impact(low=low, mid=mid, high=high)
    currency = measured.currency
    cause = words.CAUSE.fill(
        rate=word_price(measured.rate, currency, signed=True),
        mix=word_price(-measured.mix, currency),
        low=word_price(-highest, currency),
        high=word_price(-lowest, currency),
        old=word_number(old),
        new=word_number(new),
    )
    return (
        Finding(
            code="lever.mix_shift",
            scope={"channel": channel},
            title=words.TITLE.fill(channel=name_channel(channel), share=word_percent(-measured.mix / before)),
            cause=cause,
            action=words.ACTION,
            owner_role="channel",
            validation=Validation(metric="aov_user", direction="up", window_days=90),
            stop_rule=words.STOP,
            confidence=rate_gap(-measured.mix, -highest),
            impact=impact,
            evidence=(Evidence(table="mix", n=int(measured.buyers.sum()), value=measured.mix),),
        ),
    )


def _find_cheap(measured: Shift) -> str | None:
    """The channel whose gain of weight took most from spend per buyer; `None` where no gain did."""
    share = measured.buyers / measured.buyers.sum(axis=0)
    took = np.where(share[:, 1] > share[:, 0], measured.split.mix, 0.0)
    return measured.channels[int(took.argmin())] if took.min() < 0 else None


def _count_dear(measured: Shift) -> tuple[float, float]:
    """Buyers before and after in channels whose spend per buyer lies above the average of the previous period."""
    buyers = measured.buyers
    level = np.divide(measured.gmv[:, 0], buyers[:, 0], out=np.zeros(len(buyers)), where=buyers[:, 0] > 0)
    dear = level > float(measured.split.before)
    return float(buyers[dear, 0].sum()), float(buyers[dear, 1].sum())


def tell(measured: Moved) -> Text:
    """What channels did, and what products did."""
    channels = NOTHING if measured.channels is None else tell_channels(measured.channels)
    return channels if measured.products is None else channels + tell_products(measured.products)


def caveats(measured: Moved) -> tuple[Text, ...]:
    """Which half can't be told, and what would bring it."""
    said = [words.NO_CHANNELS] if measured.channels is None else []
    return (*said, words.NO_PRODUCTS) if measured.products is None else tuple(said)


def tabulate(measured: Moved) -> tuple[Exhibit, ...]:
    """Rate and mix by channel; the parts of products, and the products that moved most."""
    channels = () if measured.channels is None else (tabulate_channels(measured.channels),)
    return channels if measured.products is None else (*channels, *tabulate_products(measured.products))


def draw(measured: Moved, language: Language) -> Figure:
    """Spend per buyer from before to now by channels, above GMV from before to now by products."""
    bridges = [] if measured.channels is None else [lay_channels(measured.channels, language)]
    if measured.products is not None:
        bridges.append(lay_products(measured.products, language))
    figure = draw_waterfalls(bridges)
    for axes in figure.axes:
        scale_money(axes.xaxis, measured.currency, language)
    return figure


# Spend per buyer is 200 on tmall and 100 on douyin in both months; tmall goes from 100 to 60 buyers, douyin from
# 50 to 90: (20,000 + 5,000) / 150 = 166.67 falls to (12,000 + 9,000) / 150 = 140.00, all of it mix.
# Products: d brought 20 x 200 = 4,000, c took 10 x 200 = 2,000. Of a (90 units at 200, then 40) and b (50 at 100, then
# 180 at 50) prices made (50 - 100) x 115 = -5,750; units 80 more at the mean of 164.29 and 77.27 = 9,662, mix what is
# left of -50 x 200 + 130 x 75 = -250, which is -9,912.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at product_id quantity paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 a 1 200" for i in range(90)),
        *(f"tmall c{i:03d} 2024-01-02 c 1 200" for i in range(90, 100)),
        *(f"douyin d{i:03d} 2024-01-02 b 1 100" for i in range(50)),
        *(f"tmall c{i:03d} 2024-02-28 a 1 200" for i in range(40)),
        *(f"tmall c{i:03d} 2024-02-28 d 1 200" for i in range(40, 60)),
        *(f"douyin d{i:03d} 2024-02-28 b 2 100" for i in range(90)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-05",),
    finds=("lever.mix_shift",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="least_mix",
            value=0.04,
            reason=Text(
                zh="仅结构一项就使人均消费下降 4% 以上，才值得调整渠道分工",
                en="mix alone must take 4% of spend per buyer before the roles of channels are worth changing",
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
        says="CNY -26.67 by the mix of channels (CNY -31.90 to CNY -21.43). In GMV, products that entered (1) brought "
        "CNY +4,000, those that left (1) took CNY -2,000; of those sold in both periods (2), units made CNY +9,662, "
        "mix CNY -9,912, prices CNY -5,750",
        finds=(("lever.mix_shift", {"channel": "douyin"}),),
    ),
    place=30,
)
