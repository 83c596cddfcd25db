"""What each lever is worth a year if it moves by 1 %, by 10 %, or back to the client's own best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.tornado import draw_tornado
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.levers import _what_if_words
from diagnostics.checks.levers._what_if import WhatIf, lower, tell_best, value_what_if, word_level
from diagnostics.checks.levers._what_if_tables import tabulate_what_if
from diagnostics.metrics.lever_quarters import ask_quarters
from diagnostics.metrics.levers import ask_levers
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_money, word_number
from diagnostics.statistics.lever_levels import PEOPLE, Level
from diagnostics.statistics.lever_tree import grow_tree
from diagnostics.statistics.upside import value_gains, value_return

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="每个杠杆变动 1%、10%，或回到自己最好的水平，一年值多少？",
    en="What is each lever worth a year if it moves by 1%, by 10%, or back to the client's own best?",
)
DEFINITION = Text(
    zh="以本期年化 GMV 为底数：新 GMV = 各渠道 GMV × Π(新水平 ÷ 现水平)，提到的杠杆变、其余不变；「全部同时」为各杠杆一"
    "起变，「交互」为它比逐项相加多出的部分。变动 1% 时笔单价算一个杠杆，变动 10% 时拆为件数、价格与折扣，另加退款后留"
    "存；折扣与退款按其流失部分变化（退款率 4% 变为 3.6% 或 4.4%）。「回到上期」为恢复上期水平。「最好季度」为两个可比"
    "期内该渠道自己最好的整季（至少 100 单；访客数与订单数折算到所比的月数；没有流量的渠道不比购买人数与人均订单"
    "数，因为季度不可相加）；「最好渠道」为同一口径下本期最好的其他渠道（至少 30 位买家），不比价格。这是算术推演，不是"
    "预测：投入、毛利与杠杆之间的相互影响（例如加投带来的访客转化率更低）都不在内。",
    en="From current GMV scaled to a year: new GMV = each channel's GMV × the product of (new level ÷ level); the "
    "levers named move, the others stay. “All at once” moves all; the interaction is what that brings beyond the sum "
    "of each alone. At 1% spend per order is one lever, at 10% it is taken apart into items, price and discount, and "
    "the share kept after refunds is one too; discount and refunds change by the part that is lost (refunds of 4% "
    "become 3.6% or 4.4%). “Back to before” is the level of the previous period. The best quarter is the channel's "
    "own best whole quarter of both periods (100 orders at least; its visitors and orders scaled to the months "
    "compared; without traffic, buyers and orders per buyer are left out, for quarters don't add up to a year); the "
    "best channel is the best other channel now with at least 30 buyers, counted the same way, prices left out. This "
    "is arithmetic, not a forecast: spend, margin and what levers do to each other (visitors bought with more spend "
    "convert less) are not in it.",
)
NO_SALES = Text(
    zh="本期没有可以拆成杠杆的销售额（全部退款、全部为 0，或没有订单）",
    en="the current period holds no sales that could be split into levers (all refunded, all zero, or no orders)",
)
ANSWER = Text(
    zh="单一杠杆提高 1%，一年最多多出 {each}（{lever}），{count} 个各提高 1% 多 {all}；拆到最细的 {levers} 个同时提高 "
    "10%，算术上多 {together}（其中交互 {interaction}），同时降低 10% 则少 {down}。",
    en="1% more brings up to {each} a year in one lever ({lever}) and {all} in all {count}; 10% at full depth "
    "({levers} levers) brings {together} by arithmetic, {interaction} of it interaction, and 10% less takes {down}.",
)
BACK = Text(
    zh="最值得追回的是{channel}的{lever}：由 {now} 回到上期的 {before}，一年值 {worth}。",
    en="Most worth winning back: {lever} in {channel}, from {now} back to {before} as before, worth {worth} a year.",
)
NO_FORECAST = Text(
    zh="算术推演，不是预测；投入、毛利与杠杆间的相互影响未计入。",
    en="Arithmetic, not a forecast; spend, margin and what levers do to each other are not counted.",
)
CLEAR_ONLY = Text(
    zh="“回到上期”只写确有下降、且两期买家合计不少于 60 位的渠道。",
    en="Back to before is stated for clear falls only, in channels with 60 buyers or more over both periods.",
)
GAIN = 0.01
MOST_CHANNELS = 5
# Over both periods; below this a level is mostly chance.
LEAST_BUYERS = 60
# Spend per order stands for items, price and discount, which 10 % takes apart; refunds have a section of their
# own, and a share near 100 % can't rise by much.
MOVABLE = ("users", "conversion", "buyers", "orders", "frequency", "basket")


@dataclass(frozen=True, kw_only=True)
class Gain:
    """One lever of one channel: where it is, where it was, what 1 % and last year's level are worth a year.

    `is_clear` where its fall took from GMV beyond chance.
    """

    channel: str
    lever: str
    now: float
    before: float
    worth: float
    back: float | None
    is_clear: bool


@dataclass(frozen=True, kw_only=True)
class Gains:
    """Gains by channel and lever, over all channels, the levels behind them, and the scenarios of 10 % and of bests."""

    rows: tuple[Gain, ...]
    together: float
    levels: tuple[Level, ...]
    what_if: WhatIf
    currency: str

    @property
    def by_lever(self) -> dict[str, float]:
        """What 1 % in a lever is worth over all channels that have it."""
        return {
            lever: sum(row.worth for row in self.rows if row.lever == lever)
            for lever in MOVABLE
            if any(row.lever == lever for row in self.rows)
        }


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sums of the lever tree, and the same by quarter."""
    return {**ask_levers(tables), **ask_quarters(tables)}


def measure(replies: Replies) -> Gains | NotComputable:
    """Value a gain in each lever of each channel, and the scenarios."""
    if "sums" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    visitors = replies["visitors"] if "visitors" in replies else pd.DataFrame()
    tree = grow_tree(replies["sums"], visitors)
    yearly = replies.engagement.horizon.yearly
    levels = tuple(level for level in tree.levels if level.depth in PEOPLE and level.gmv > 0)
    before = {(level.channel, level.depth): level for level in levels if not level.is_current}
    now = [level for level in levels if level.is_current]
    # Spend per order is shown after discounts, so its fall is judged with them.
    terms = (*(term for term in tree.terms if term.lever != "basket"), *tree.spends)
    clear = {(term.channel, term.lever) for term in terms if term.high < 0}
    rows = [
        _value(level, before.get((level.channel, level.depth)), lever, yearly, is_clear=(level.channel, lever) in clear)
        for level in now
        for lever in _list_movable(level)
    ]
    if not rows:
        return NotComputable(reason=NO_SALES)
    together = sum(value_gains(level.gmv * yearly, [GAIN] * len(_list_movable(level))) for level in now)
    return Gains(
        rows=tuple(rows),
        together=together,
        levels=levels,
        what_if=value_what_if(tree, replies["quarters"], visitors, replies.engagement),
        currency=replies.engagement.currency,
    )


def _list_movable(level: Level) -> list[str]:
    return [*(lever for lever in PEOPLE[level.depth] if lever), "basket"]


def _value(level: Level, before: Level | None, lever: str, yearly: float, *, is_clear: bool) -> Gain:
    now = _read_lever(level, lever)
    old = _read_lever(before, lever) if before else float("nan")
    gmv = level.gmv * yearly
    back = value_return(gmv, now, old) if old > now else None
    worth = value_gains(gmv, [GAIN])
    return Gain(channel=level.channel, lever=lever, now=now, before=old, worth=worth, back=back, is_clear=is_clear)


def _read_lever(level: Level, lever: str) -> float:
    return level.basket if lever == "basket" else level.levers[lever]


def judge(_measured: Gains, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing is wrong with a sum: what fell is judged by the lever tree."""
    return ()


def tell(measured: Gains) -> Text:
    """The worth of 1 % and 10 % in one lever and in all, and the levels most worth going back to."""
    currency, by_lever, what_if = measured.currency, measured.by_lever, measured.what_if
    most = max(by_lever, key=lambda lever: by_lever[lever])
    said = ANSWER.fill(
        each=word_money(by_lever[most], currency),
        lever=lower(most),
        count=word_number(len(by_lever)),
        all=word_money(measured.together, currency),
        levers=word_number(len(what_if.up.single)),
        together=word_money(what_if.up.together, currency),
        interaction=word_money(what_if.up.interaction, currency),
        down=word_money(-what_if.down.together, currency),
    )
    if best := _list_back(measured)[:1]:
        row = best[0]
        said += BACK.fill(
            channel=name_channel(row.channel),
            lever=lower(row.lever),
            now=word_level(row.lever, row.now, currency),
            before=word_level(row.lever, row.before, currency),
            worth=word_money(row.back, currency),
        )
    return said + tell_best(what_if)


def _list_back(measured: Gains) -> list[Gain]:
    """Levers clearly below their previous level in channels with enough buyers, the most valuable first."""
    buyers = {level.channel: 0 for level in measured.levels}
    for level in measured.levels:
        buyers[level.channel] += level.buyers
    falls = [row for row in measured.rows if row.back and row.is_clear and buyers[row.channel] >= LEAST_BUYERS]
    return sorted(falls, key=lambda row: -(row.back or 0))


def tabulate(measured: Gains) -> tuple[Exhibit, ...]:
    """Gains by channel and lever, of the largest channels; the scenarios and the levels that they start from."""
    size = {level.channel: level.gmv for level in measured.levels if level.is_current}
    clear = _list_back(measured)
    largest = sorted(size, key=lambda channel: -size[channel])[:MOST_CHANNELS]
    rows = [
        {
            "channel": row.channel,
            "lever": LEVERS[row.lever],
            "before": word_level(row.lever, row.before, measured.currency),
            "now": word_level(row.lever, row.now, measured.currency),
            "worth": row.worth,
            "back": row.back if row in clear else None,
        }
        for channel in largest
        for row in measured.rows
        if row.channel == channel
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="lever", label=Text(zh="杠杆", en="Lever")),
        Field(name="before", label=Text(zh="上期", en="Before")),
        Field(name="now", label=Text(zh="本期", en="Now")),
        Field(name="worth", label=Text(zh="提高 1% 的年价值", en="1% more, a year"), unit="money"),
        Field(name="back", label=Text(zh="回到上期的年价值", en="Back to before, a year"), unit="money"),
    )
    title = Text(zh="各渠道、各杠杆的价值", en="Worth of each lever by channel")
    gains = Exhibit(name="gains", title=title, fields=fields, frame=pd.DataFrame(rows), note=CLEAR_ONLY)
    return gains, *tabulate_what_if(measured.what_if)


def draw(measured: Gains, language: Language) -> Figure:
    """What 10 % down and 10 % up do, lever by lever and all at once."""
    what_if, currency = measured.what_if, measured.currency
    order = [lever for lever in LEVERS if lever in what_if.up.single]
    labels = [LEVERS[lever].word(language) for lever in order] + [_what_if_words.TOGETHER.word(language)]
    down = [*(what_if.down.single[lever] for lever in order), what_if.down.together]
    up = [*(what_if.up.single[lever] for lever in order), what_if.up.together]
    written = [
        (word_money(low, currency, signed=True).word(language), word_money(high, currency, signed=True).word(language))
        for low, high in zip(down, up, strict=True)
    ]
    figure = draw_tornado(labels, down, up, written, axis_label=_what_if_words.AXIS.word(language))
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


# February: 50 buyers of one order of two items at 50 = 5,000, a year 60,000; 1 % of buyers, orders or spend is 600,
# all three 60,000 x (1.01^3 - 1) = 1,818.06. 10 % of buyers, orders, items and price is 6,000 each, all four
# 60,000 x (1.1^4 - 1) = 27,846, of which 3,846 is interaction. January had 60 buyers: 60 / 50 - 1 = 20 % or 12,000.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at quantity paid_amount",
        *(f"jd c{i:03d} 2024-01-02 2 100" for i in range(60)),
        *(f"jd c{i:03d} 2024-02-28 2 100" for i in range(50)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-18",),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=lambda _measured: (NO_FORECAST,),
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="CNY 1,818 in all 3; 10% at full depth (4 levers) brings CNY 27.8k by arithmetic, CNY 3,846 of it",
    ),
    place=20,
)
