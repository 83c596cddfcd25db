"""What one per cent more in each lever is worth a year, and what last year's level would be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.levers import ask_levers
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_money, word_number, word_percent, word_price
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

QUESTION = Text(zh="每个杠杆提高 1%，一年值多少？", en="What is 1% more in each lever worth a year?")
DEFINITION = Text(
    zh="以本期水平年化：某一杠杆提高 1%，其余不变，GMV 增加多少；「全部同时」为各杠杆各提高 1% 的乘积。"
    "「回到上期」为该杠杆恢复上期水平、其余不变的价值。这是算术推演，不是预测：现实中各杠杆会相互影响"
    "（例如加投带来的访客转化率更低）。",
    en="On current figures, scaled to a year: what GMV gains if one lever rises by 1% and the others stay; “all at "
    "once” multiplies 1% in each. “Back to before” is the worth of a lever at its previous level, the others as "
    "they are. This is arithmetic, not a forecast: levers act on each other (visitors bought with more spend convert "
    "less).",
)
NO_SALES = Text(
    zh="本期没有可以拆成杠杆的销售额（全部退款、全部为 0，或没有订单）",
    en="the current period holds no sales that could be split into levers (all refunded, all zero, or no orders)",
)
ANSWER = Text(
    zh="单一杠杆提高 1%，一年最多多出 {each}；{count} 个杠杆各提高 1%，一年多 {all}。",
    en="1% more in one lever brings up to {each} a year; 1% in each of {count} levers brings {all}.",
)
BACK = Text(
    zh="最值得追回的是{channel}的{lever}：由 {now} 回到上期的 {before}，一年值 {worth}。",
    en="Most worth winning back: {lever} in {channel}, from {now} back to {before} as before, worth {worth} a year.",
)
NO_FORECAST = Text(
    zh="算术推演，不是预测；投入与毛利未计入。", en="Arithmetic, not a forecast; spend and margin are not counted."
)
CLEAR_ONLY = Text(
    zh="“回到上期”只写确有下降、且两期买家合计不少于 60 位的渠道。",
    en="Back to before is stated for clear falls only, in channels with 60 buyers or more over both periods.",
)
ALL_AT_ONCE = Text(zh="全部同时", en="All at once")
GAIN = 0.01
MOST_CHANNELS = 5
# Over both periods; below this a level is mostly chance.
LEAST_BUYERS = 60
# Spend per order stands for items, price and discount, which the what-if takes apart; refunds have a section of their
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
    """Gains by channel and lever, over all channels, and the levels behind them."""

    rows: tuple[Gain, ...]
    together: float
    levels: tuple[Level, ...]
    yearly: float
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
    """Ask for the same sums as the lever tree."""
    return ask_levers(tables)


def measure(replies: Replies) -> Gains | NotComputable:
    """Value a gain in each lever of each channel."""
    if "sums" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    tree = grow_tree(replies["sums"], replies["visitors"] if "visitors" in replies else pd.DataFrame())
    yearly = replies.engagement.horizon.yearly
    levels = tuple(level for level in tree.levels if level.depth in PEOPLE and level.gmv > 0)
    before = {(level.channel, level.depth): level for level in levels if not level.is_current}
    now = [level for level in levels if level.is_current]
    clear = {(term.channel, term.lever) for term in (*tree.terms, *tree.baskets) if term.high < 0}
    rows = [
        _value(level, before.get((level.channel, level.depth)), lever, yearly, is_clear=(level.channel, lever) in clear)
        for level in now
        for lever in _list_movable(level)
    ]
    if not rows:
        return NotComputable(reason=NO_SALES)
    together = sum(value_gains(level.gmv * yearly, [GAIN] * len(_list_movable(level))) for level in now)
    return Gains(
        rows=tuple(rows), together=together, levels=levels, yearly=yearly, currency=replies.engagement.currency
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
    """The worth of 1 % in one lever and in all, and the level most worth going back to."""
    by_lever = measured.by_lever
    said = ANSWER.fill(
        each=word_money(max(by_lever.values()), measured.currency),
        count=word_number(len(by_lever)),
        all=word_money(measured.together, measured.currency),
    )
    if best := _list_back(measured)[:1]:
        row = best[0]
        lever = LEVERS[row.lever]
        said += BACK.fill(
            channel=name_channel(row.channel),
            lever=Text(zh=lever.zh, en=lever.en.lower()),
            now=_word_lever(row.lever, row.now, measured.currency),
            before=_word_lever(row.lever, row.before, measured.currency),
            worth=word_money(row.back, measured.currency),
        )
    return said


def _list_back(measured: Gains) -> list[Gain]:
    """Levers clearly below their previous level in channels with enough buyers, the most valuable first."""
    buyers = {level.channel: 0 for level in measured.levels}
    for level in measured.levels:
        buyers[level.channel] += level.buyers
    falls = [row for row in measured.rows if row.back and row.is_clear and buyers[row.channel] >= LEAST_BUYERS]
    return sorted(falls, key=lambda row: -(row.back or 0))


def _word_lever(lever: str, value: float, currency: str) -> Text:
    if lever == "basket":
        return word_price(value, currency)
    return word_percent(value, 2) if lever == "conversion" else word_number(value, 2 if lever == "frequency" else 0)


def tabulate(measured: Gains) -> tuple[Exhibit, ...]:
    """Gains by channel and lever, of the largest channels."""
    size = {level.channel: level.gmv for level in measured.levels if level.is_current}
    clear = _list_back(measured)
    largest = sorted(size, key=lambda channel: -size[channel])[:MOST_CHANNELS]
    rows = [
        {
            "channel": row.channel,
            "lever": LEVERS[row.lever],
            "before": _word_lever(row.lever, row.before, measured.currency),
            "now": _word_lever(row.lever, row.now, measured.currency),
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
    return (Exhibit(name="gains", title=title, fields=fields, frame=pd.DataFrame(rows), note=CLEAR_ONLY),)


def draw(measured: Gains, language: Language) -> Figure:
    """What 1 % is worth, lever by lever and all at once."""
    by_lever = measured.by_lever
    labels = [LEVERS[lever].word(language) for lever in by_lever] + [ALL_AT_ONCE.word(language)]
    values = [*by_lever.values(), measured.together]
    figure = draw_bars(
        labels,
        values,
        [word_money(value, measured.currency).word(language) for value in values],
        axis_label=Text(zh="提高 1% 一年多出的 GMV", en="GMV a year from 1% more").word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


# February: 50 buyers of one order of 100 = 5,000, a year 60,000; 1 % of buyers, orders or spend is 600,
# all three 60,000 x (1.01^3 - 1) = 1,818.06. January had 60 buyers: 60 / 50 - 1 = 20 % or 12,000 a year.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"jd c{i:03d} 2024-01-02 100" for i in range(60)),
        *(f"jd c{i:03d} 2024-02-28 100" for i in range(50)),
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
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="CNY 1,818"),
    place=20,
)
