"""How customers differ in one period: spend, profit, orders, spend per order and margin, and who loses money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _one_period_words as words
from diagnostics.checks.audit._one_period_picture import draw_deciles
from diagnostics.checks.audit._one_period_segments import leave_out_repeats, list_segments, rate_segments
from diagnostics.checks.audit._one_period_tables import list_spreads, list_times
from diagnostics.checks.audit._value_deciles import list_deciles, read_deciles
from diagnostics.checks.audit._value_tenths import find_half, list_tenths
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import PROFIT_RULE, Costing, read_costing, share_customers, share_days
from diagnostics.metrics.one_period import (
    count_orders_each,
    spread_measures,
    sum_up,
    total_deciles,
    total_tenths,
    value_customers,
)
from diagnostics.metrics.profit import between
from diagnostics.metrics.segments import ALL, CHANNEL, FIRST_CATEGORY, FIRST_CHANNEL, spread_segments, total_segments
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent, word_price

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="本期的客户之间差多远，谁在赚钱，谁在亏钱？", en="How far do customers differ, and who earns or loses money?"
)
DEFINITION = (
    Text(
        zh="审计第一镜：本期有购买的有身份客户，跨渠道合并。加权平均 = 总额 ÷ 总订单数（或利润 ÷ 净额），未加权平均 ="
        " 每位客户算一次。客户十分位 = 客户按消费（或利润）从高到低均分十档；利润十分位 = 利润均分十份，看每份靠多少"
        "位客户（没有成本时为消费额）。亏损客户 = 全部明细都有成本且利润为负；其中「退款所致」= 不退款本可盈利，其余为"
        "售价低于成本。",
        en="First lens of the audit: known customers who bought in the current period, over all channels. A weighted "
        "mean is all spend by all orders (or profit by net sales); in an unweighted one each customer counts once. "
        "Customer deciles split customers by spend (or profit), highest first, into ten equal parts; profit deciles "
        "split the profit (without costs, spend) into ten and ask how many customers each takes. A loss-maker has a "
        "profit below zero and a known cost on every line; “by refunds” would have earned money without them, the "
        "others bought below cost.",
    )
    + PROFIT_RULE
)
LEAST_CUSTOMERS = 20


@dataclass(frozen=True, kw_only=True)
class OnePeriod:
    """Segments with their sums and means, the spread of each measure, deciles and number of orders.

    Frames are those of `metrics.one_period`; `whole` is the row of all customers, `tenths` are theirs alone.
    """

    segments: pd.DataFrame
    whole: pd.Series
    spreads: pd.DataFrame
    deciles: pd.DataFrame
    tenths: pd.DataFrame
    times: pd.DataFrame
    costing: Costing
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sums, spreads, deciles and numbers of orders of the current period's customers."""
    days = share_days(tables)
    rows = days.filter(between(days, tables.engagement.horizon.current))
    kinds = (ALL, CHANNEL, FIRST_CHANNEL, FIRST_CATEGORY)
    totals = total_segments(spread_segments(rows, share_customers(tables), kinds))
    valued = tables.share(value_customers(totals))
    return {
        "segments": sum_up(valued),
        "spreads": spread_measures(valued),
        "deciles": total_deciles(valued),
        "tenths": total_tenths(valued),
        "times": count_orders_each(valued),
    }


def measure(replies: Replies) -> OnePeriod | NotComputable:
    """Put the replies in order, with an interval on the share of loss-makers."""
    segments = replies["segments"].copy()
    whole = segments[segments.kind == ALL]
    customers = int(whole.customers.sum())
    if customers < LEAST_CUSTOMERS:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(customers)))
    segments = leave_out_repeats(rate_segments(segments))
    order = segments.assign(turn=segments.kind.map({ALL: 0, CHANNEL: 1, FIRST_CHANNEL: 2, FIRST_CATEGORY: 3}))
    segments = order.sort_values(["turn", "spend"], ascending=[True, False], ignore_index=True)
    return OnePeriod(
        segments=segments,
        whole=segments.iloc[0],
        spreads=replies["spreads"],
        deciles=replies["deciles"],
        tenths=replies["tenths"][replies["tenths"].kind == ALL],
        times=replies["times"],
        costing=read_costing(whole),
        currency=replies.engagement.currency,
    )


def judge(_measured: OnePeriod, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: no share of loss-makers is wrong in itself, and one period shows no change."""
    return ()


def tell(measured: OnePeriod) -> Text:
    """Spread of spend, and of profit where costs are known."""
    whole, currency = measured.whole, measured.currency
    spreads = measured.spreads[measured.spreads.kind == ALL].set_index("measure")
    once = measured.times[(measured.times.kind == ALL) & (measured.times.times == 1)].customers.sum()
    said = words.ANSWER.fill(
        n=word_number(whole.customers),
        mean=word_price(whole.spend_each, currency),
        median=word_price(float(spreads.p50["spend"]), currency),
        top=word_percent(float(read_deciles(measured, "spend").spend_share.iloc[0])),
        once=word_percent(once / whole.customers),
    )
    if not whole.known:
        return said
    said += words.PROFITS.fill(
        top=word_percent(float(read_deciles(measured, "profit").profit_share.iloc[0])),
        losers=word_number(whole.losers),
        share=word_percent(whole.loser_share),
        low=word_percent(whole.loser_low),
        high=word_percent(whole.loser_high),
        loss=word_money(-float(whole.loss), currency),
    )
    said += _tell_losses(measured)
    half = find_half(measured.tenths, "profit")
    return said if half is None else said + words.HALF.fill(n=word_number(half[0]), share=word_percent(half[1]))


def _tell_losses(measured: OnePeriod) -> Text:
    """How many of the losses refunds make; nothing where nobody loses."""
    whole = measured.whole
    if not whole.losers:
        return NOTHING
    if whole.refund_losers == whole.losers:
        return words.ALL_REFUNDS
    return words.LOSS_KINDS.fill(
        refunds=word_number(whole.refund_losers),
        refund_loss=word_money(-_or_zero(whole.refund_loss), measured.currency),
    )


def _or_zero(amount: float) -> float:
    return 0.0 if pd.isna(amount) else float(amount)


def caveats(measured: OnePeriod) -> tuple[Text, ...]:
    """How far costs are known."""
    return measured.costing.explain(measured.currency)


def tabulate(measured: OnePeriod) -> tuple[Exhibit, ...]:
    """Spreads, both rankings in deciles, orders, and segments."""
    exhibits = [list_spreads(measured), list_deciles(measured, "spend")]
    if measured.costing.is_known:
        exhibits += [list_deciles(measured, "profit"), list_tenths(measured.tenths, "profit")]
    else:
        exhibits.append(list_tenths(measured.tenths, "spend"))
    return (*exhibits, list_times(measured), list_segments(measured))


def draw(measured: OnePeriod, language: Language) -> Figure:
    """Shares of spend by decile, and beside them of profit, or where costs are unknown the number of orders."""
    return draw_deciles(measured, language)


# Two months; February is the current period. Twenty customers buy one unit that costs 40: c00 to c01 for 200 (profit
# 160 each), c02 to c17 for 60 (profit 20), c18 for 30 (a loss of 10, below cost), c19 for 60 and gets 50 back (a loss
# of 30, by refund). c00 buys a second one at cost on the last day. Two of twenty lose 40 in all; who bought in January
# only is not counted.
PAID = ["200 0"] * 2 + ["60 0"] * 16 + ["30 0", "60 50"]
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at product_id paid_amount refund_amount",
        "old 2024-01-02 P 60 0",
        *(f"c{place:02} 2024-02-{place + 1:02} P {paid}" for place, paid in enumerate(PAID)),
        "c00 2024-02-29 P 40 0",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-17",),
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
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "products": "product_id unit_cost\nP 40"},
        says="2 customers lose money (10.0%",
    ),
    place=10,
)
