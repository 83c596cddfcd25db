"""What each acquisition cohort brings over time, who is active, who buys again, and whether newcomers fill the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.audit import _whole_base_words as words
from diagnostics.checks.audit._time_blocks import Blocks, lay_blocks, rate_activity, rate_channels
from diagnostics.checks.audit._whole_base_tables import draw_base, list_activity, list_cells, list_channels
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    BLIND,
    OLDER_RULE,
    PROFIT_RULE,
    Costing,
    begins_blind,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.customer_blocks import block_days, count_activity, total_blocks
from diagnostics.metrics.segments import ALL, CHANNEL, spread_segments
from diagnostics.metrics.two_periods import bridge_buckets, pair_periods
from diagnostics.model.period import MONTHS_A_YEAR
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_change, word_money, word_number, word_percent
from diagnostics.statistics.filling import Filling, fill_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="整个客户群靠哪几批客户撑着，新客补得上缺口吗？",
    en="Which cohorts carry the whole base, and do new customers fill the gap?",
)
DEFINITION = (
    Text(
        zh="审计第五镜：客户同期群图（C3）——每段时间的消费（或利润）按首购所在时段分层，各层之和即有身份客户的全部。"
        "时段为月、季、半年或一年，按数据长短而定，自本期末向前排。",
        en="Fifth lens of the audit: the customer cohort chart (C3). Spend (or profit) of each stretch of time by the "
        "stretch of the first purchase; the layers add up to all known customers. Stretches are months, quarters, half "
        "years or years, by the length of the data, counted back from the end of the current period.",
    )
    + Text(
        zh="复购率 = 上一时段活跃的客户里本时段又买的比例；活跃比例 = 本时段活跃的客户占至今全部买过的客户——两者分开"
        "看，"
        "不叫留存，因为没有合同。缺口 = 老客（本期之前首购）本期比对比期少花的钱；所需新客 = 缺口 ÷ 本期新客的人均消"
        "费。",
        en="The repeat-buying rate is the part of the active of one stretch who buy in the next; the share active is "
        "the "
        "active by all who ever bought. They are kept apart, and neither is called retention, for there is no "
        "contract. "
        "The gap is what existing customers (first purchase before the current period) spend less than in the "
        "comparison period; the new customers needed are the gap by what a new one spends in the current period.",
    )
    + OLDER_RULE
    + PROFIT_RULE
)


@dataclass(frozen=True, kw_only=True)
class WholeBase:
    """Value and active customers by cohort and stretch, activity with rates, and how newcomers fill the gap."""

    blocks: Blocks
    cells: pd.DataFrame
    activity: pd.DataFrame
    channels: pd.DataFrame
    filling: Filling | None
    costing: Costing
    has_tail: bool
    is_blind: bool
    currency: str

    @property
    def main(self) -> str:
        """What is drawn: profit where all costs are known, else spend."""
        return "earned" if self.costing.is_whole else "spend"


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for cohorts by stretch, activity, and how the base changed between the compared periods."""
    horizon = tables.engagement.horizon
    blocks = lay_blocks(horizon)
    rows = tables.share(spread_segments(share_days(tables), share_customers(tables), (ALL, CHANNEL)))
    blocked = block_days(rows, blocks.start, blocks.months)
    asked = {"cells": total_blocks(blocked), "activity": count_activity(blocked)}
    if horizon.previous is not None:
        asked["buckets"] = bridge_buckets(tables.share(pair_periods(rows, horizon.previous, horizon.current)))
    return asked


def measure(replies: Replies) -> WholeBase | NotComputable:
    """Keep the whole stretches and add the rates."""
    horizon = replies.engagement.horizon
    blocks = lay_blocks(horizon)
    cells = replies["cells"]
    cells = cells[(cells.block < blocks.count) & (cells.cohort < blocks.count)]
    activity = replies["activity"]
    activity = activity[activity.block < blocks.count]
    whole = rate_activity(activity[activity.kind == ALL], blocks, find_newcomers_since(horizon.history))
    if blocks.count < 2 or len(whole) < 2:  # noqa: PLR2004 - the next stretch needs one before it
        return NotComputable(reason=words.TOO_SHORT)
    shown = cells[cells.kind == ALL]
    channels = activity[(activity.kind == CHANNEL) & (activity.block >= blocks.count - 2)]
    return WholeBase(
        blocks=blocks,
        cells=shown,
        activity=whole,
        channels=rate_channels(channels, blocks.count - 1),
        filling=fill_gap(replies["buckets"]) if "buckets" in replies and len(replies["buckets"]) else None,
        costing=read_costing(shown),
        is_blind=begins_blind(horizon),
        has_tail=horizon.history.end > horizon.current.end,
        currency=replies.engagement.currency,
    )


def judge(_measured: WholeBase, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: the GMV levers judge, with traffic where it is known, why there are fewer buyers."""
    return ()


def tell(measured: WholeBase) -> Text:
    """Active customers, the two rates, and whether newcomers fill the gap."""
    last = measured.activity.iloc[-1]
    year = MONTHS_A_YEAR // measured.blocks.months
    far = len(measured.activity) > year + measured.blocks.is_cut
    earlier = measured.activity.iloc[-1 - (year if far else 1)]
    change = _word_change(float(last.active), float(earlier.active))
    said = words.ANSWER.fill(
        grain=words.GRAINS[measured.blocks.months],
        active=word_number(float(last.active)),
        change=(words.ON_YEAR if far else words.ON_LAST).fill(change=change),
        again=word_percent(float(last.again)),
        low=word_percent(float(last.low)),
        high=word_percent(float(last.high)),
        share=word_percent(float(last.share)),
    )
    return said if measured.filling is None else said + tell_filling(measured.filling, measured.currency)


def _word_change(now: float, before: float) -> Text:
    return word_change(now / before - 1 if before else None)


def tell_filling(filling: Filling, currency: str) -> Text:
    """Whether new customers make up for what existing ones spend less."""
    if filling.ratio is None or filling.needed is None:
        brought = word_money(filling.brought, currency)
        if filling.gap > 0:
            gap = word_money(filling.gap, currency)
            return words.NOT_FILLED.fill(gap=gap, won=word_number(filling.won), brought=brought)
        return words.NO_GAP.fill(gap=word_money(-filling.gap, currency, signed=True), brought=brought)
    known = filling.low is not None
    interval = words.INTERVAL.fill(low=word_percent(filling.low, 0), high=word_percent(filling.high, 0))
    return words.FILLED.fill(
        gap=word_money(filling.gap, currency),
        won=word_number(filling.won),
        brought=word_money(filling.brought, currency),
        ratio=word_percent(filling.ratio, 0),
        interval=interval if known else "",
        needed=word_number(filling.needed),
    )


def caveats(measured: WholeBase) -> tuple[Text, ...]:
    """What is cut off, and how far costs are known."""
    cut = (words.CUT,) if measured.blocks.is_cut else ()
    tail = (words.TAIL,) if measured.has_tail else ()
    blind = (BLIND,) if measured.is_blind and measured.filling is not None else ()
    return (*cut, *tail, *blind, *measured.costing.explain(measured.currency))


def tabulate(measured: WholeBase) -> tuple[Exhibit, ...]:
    """C3 in spend (and profit), active customers by cohort, activity with rates, channels."""
    money = [("spend", Text(zh="消费额", en="Spend"))]
    if measured.costing.is_known:
        money.append(("earned", Text(zh="利润（成本已知部分）", en="Profit where costs are known")))
    exhibits = [list_cells(measured, value, word, "money") for value, word in money]
    exhibits.append(list_cells(measured, "active", Text(zh="活跃客户", en="Active customers"), "count"))
    exhibits.append(list_activity(measured))
    if len(measured.channels):
        exhibits.append(list_channels(measured))
    return tuple(exhibits)


def draw(measured: WholeBase, language: Language) -> Figure:
    """The customer cohort chart."""
    return draw_base(measured, language)


# January against February, in steps of a month. Existing customers: a 100 to 100, b 200 to 100, c 100 to nothing, a
# gap of 200. Two new ones bring 20 and 40: they fill 60 / 200 = 30 %, and at 30 each 6.7 would fill it.
EXAMPLE_LINES = """
customer ordered_at paid_amount
a 2024-01-02 100
b 2024-01-03 200
c 2024-01-31 100
a 2024-02-01 100
b 2024-02-03 100
d 2024-02-10 20
e 2024-02-29 40
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-17", "001-09"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="2 new ones bring CNY 60 and fill 30% of it"),
    place=50,
)
