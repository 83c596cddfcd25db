"""How customers differ in one period: spend, profit, orders, spend per order and margin, and who loses money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.audit._value_tenths import find_half, list_tenths
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    PROFIT_RULE,
    Costing,
    name_segment,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.one_period import (
    MOST_ORDERS,
    PERCENTILES,
    count_orders_each,
    spread_measures,
    sum_up,
    total_deciles,
    total_tenths,
    value_customers,
)
from diagnostics.metrics.profit import between
from diagnostics.metrics.segments import (
    ALL,
    CHANNEL,
    FIRST_CATEGORY,
    FIRST_CHANNEL,
    spread_segments,
    total_segments,
)
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, word_money, word_number, word_percent, word_price
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.axis import Axis
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
TOO_FEW = Text(zh="本期有身份的客户只有 {n} 位，不足以谈分布", en="only {n} known customers bought in the period")
ANSWER = Text(
    zh="{n} 位客户人均消费 {mean}，中位数只有 {median}；消费最高的 10% 占 {top}，{once} 只下过一单。",
    en="{n} customers spent {mean} each on average and {median} in the median; the tenth that spends most holds "
    "{top}, "
    "and {once} ordered only once.",
)
PROFITS = Text(
    zh="利润上，最高的 10% 占 {top}；{losers} 位客户亏损（{share}，95% 区间 {low} 至 {high}），共亏 {loss}。",
    en="Of profit the best tenth holds {top}; {losers} customers lose money ({share}, 95% interval {low} to {high}), "
    "{loss} in all.",
)
HALF = Text(zh="一半的利润来自 {n} 位客户（{share}）。", en="Half of the profit comes from {n} customers ({share}).")
ALL_REFUNDS = Text(zh="这些亏损全部由退款造成。", en="All of these losses come from refunds.")
LOSS_KINDS = Text(
    zh="亏损中 {refunds} 位（{refund_loss}）是退款所致，其余是售价低于成本。",
    en="Of the loss-makers {refunds} ({refund_loss}) owe it to refunds, the others bought below cost.",
)
MEASURE_WORDS = {
    "spend": Text(zh="消费额", en="Spend"),
    "orders": Text(zh="订单数", en="Orders"),
    "order_value": Text(zh="笔单价", en="Spend per order"),
    "profit": Text(zh="利润", en="Profit"),
    "margin": Text(zh="利润率", en="Margin"),
}
CUSTOMERS = Text(zh="客户数", en="Customers")
ORDERS = Text(zh="订单数", en="Orders")
SPEND = Text(zh="消费额", en="Spend")
PROFIT = Text(zh="利润（成本已知的客户）", en="Profit, customers of known cost")
LEAST_CUSTOMERS = 20
SHOWN = tuple(part for part in PERCENTILES if part not in {5, 95})


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

    def list_deciles(self, ranking: str) -> pd.DataFrame:
        """The ten rows of all customers, with shares; empty where no profit is known."""
        rows = self.deciles[(self.deciles.kind == ALL) & (self.deciles.ranking == ranking)].sort_values("decile")
        return rows.assign(
            spend_share=_share(rows.spend), profit_share=_share(rows.profit) if self.costing.is_known else float("nan")
        ).reset_index(drop=True)


def _share(values: pd.Series) -> pd.Series:
    whole = values.sum()
    return values / whole if whole > 0 else values * float("nan")


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
        return NotComputable(reason=TOO_FEW.fill(n=word_number(customers)))
    segments = _leave_out_repeats(_rate(segments))
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


def _rate(segments: pd.DataFrame) -> pd.DataFrame:
    known = segments.known.where(segments.known > 0)
    low, high = wilson(segments.losers.fillna(0), segments.known)
    net = segments.known_net.where(segments.known_net > 0)
    return segments.assign(
        spend_each=segments.spend / segments.customers,
        order_value=segments.spend / segments.orders,
        margin=segments.profit / net,
        loser_share=segments.losers / known,
        loser_low=low,
        loser_high=high,
        losers=segments.losers.where(segments.known > 0),
        loss=segments.loss.fillna(0.0).where(segments.known > 0),
    )


def _leave_out_repeats(segments: pd.DataFrame) -> pd.DataFrame:
    """Without kinds of one segment, and without first channels where everybody stays in the first one."""
    many = segments.groupby("kind").segment.transform("nunique") > 1
    kept = segments[many | (segments.kind == ALL)]
    by_kind = {kind: dict(zip(rows.segment, rows.spend, strict=True)) for kind, rows in kept.groupby("kind")}
    same = by_kind.get(CHANNEL) == by_kind.get(FIRST_CHANNEL)
    return kept[kept.kind != FIRST_CHANNEL] if same else kept


def judge(_measured: OnePeriod, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: no share of loss-makers is wrong in itself, and one period shows no change."""
    return ()


def tell(measured: OnePeriod) -> Text:
    """Spread of spend, and of profit where costs are known."""
    whole, currency = measured.whole, measured.currency
    spreads = measured.spreads[measured.spreads.kind == ALL].set_index("measure")
    once = measured.times[(measured.times.kind == ALL) & (measured.times.times == 1)].customers.sum()
    said = ANSWER.fill(
        n=word_number(whole.customers),
        mean=word_price(whole.spend_each, currency),
        median=word_price(float(spreads.p50["spend"]), currency),
        top=word_percent(float(measured.list_deciles("spend").spend_share.iloc[0])),
        once=word_percent(once / whole.customers),
    )
    if not whole.known:
        return said
    said += PROFITS.fill(
        top=word_percent(float(measured.list_deciles("profit").profit_share.iloc[0])),
        losers=word_number(whole.losers),
        share=word_percent(whole.loser_share),
        low=word_percent(whole.loser_low),
        high=word_percent(whole.loser_high),
        loss=word_money(-float(whole.loss), currency),
    )
    said += _tell_losses(measured)
    half = find_half(measured.tenths, "profit")
    return said if half is None else said + HALF.fill(n=word_number(half[0]), share=word_percent(half[1]))


def _tell_losses(measured: OnePeriod) -> Text:
    """How many of the losses refunds make; nothing where nobody loses."""
    whole = measured.whole
    if not whole.losers:
        return NOTHING
    if whole.refund_losers == whole.losers:
        return ALL_REFUNDS
    return LOSS_KINDS.fill(
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
    exhibits = [_list_spreads(measured), _list_deciles(measured, "spend")]
    if measured.costing.is_known:
        exhibits += [_list_deciles(measured, "profit"), list_tenths(measured.tenths, "profit")]
    else:
        exhibits.append(list_tenths(measured.tenths, "spend"))
    return (*exhibits, _list_times(measured), _list_segments(measured))


def _list_spreads(measured: OnePeriod) -> Exhibit:
    rows = measured.spreads[measured.spreads.kind == ALL].set_index("measure")
    weighted = {
        "spend": None,
        "orders": None,
        "order_value": measured.whole.order_value,
        "profit": None,
        "margin": measured.whole.margin,
    }
    frame = pd.DataFrame(
        [
            {
                "label": words,
                "n": int(rows.n[name]),
                "mean": _word(name, float(rows["mean"][name]), measured.currency),
                "weighted": None if weighted[name] is None else _word(name, weighted[name], measured.currency),
                **{f"p{part}": _word(name, float(rows[f"p{part}"][name]), measured.currency) for part in SHOWN},
            }
            for name, words in MEASURE_WORDS.items()
            if name in rows.index
        ]
    )
    fields = (
        Field(name="label", label=Text(zh="每位客户的", en="Of each customer")),
        Field(name="n", label=CUSTOMERS, unit="count"),
        Field(name="mean", label=Text(zh="未加权平均", en="Unweighted mean")),
        Field(name="weighted", label=Text(zh="加权平均", en="Weighted mean")),
        *(Field(name=f"p{part}", label=Text(zh=f"P{part}", en=f"P{part}")) for part in SHOWN),
    )
    title = Text(zh="客户之间的分布", en="How customers differ")
    note = Text(
        zh="P50 是中位数：至少一半客户不高于此。",
        en="P50 is the median: at least half of the customers lie at or below it.",
    )
    return Exhibit(name="spreads", title=title, fields=fields, frame=frame, note=note)


def _word(measure: str, value: float, currency: str) -> Text:
    if measure == "margin":
        return word_percent(value)
    return word_number(value, 1) if measure == "orders" else word_price(value, currency)


def _list_deciles(measured: OnePeriod, ranking: str) -> Exhibit:
    profit = (
        Field(name="profit", label=PROFIT, unit="money"),
        Field(name="profit_share", label=Text(zh="占利润", en="Share of profit"), unit="share"),
        Field(name="losers", label=Text(zh="亏损客户", en="Loss-makers"), unit="count"),
    )
    fields = (
        Field(name="decile", label=Text(zh="十分位", en="Decile"), unit="count"),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="orders", label=ORDERS, unit="count"),
        Field(name="spend", label=SPEND, unit="money"),
        Field(name="spend_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
        *(profit if measured.costing.is_known else ()),
    )
    titles = {
        "spend": Text(zh="客户按消费额分十档（1 为最高）", en="Customers in deciles by spend, 1 the highest"),
        "profit": Text(
            zh="利润已知的客户按利润分十档（1 为最高）",
            en="Customers whose profit is known in deciles by profit, 1 the highest",
        ),
    }
    frame = measured.list_deciles(ranking)
    return Exhibit(name=f"{ranking}_deciles", title=titles[ranking], fields=fields, frame=frame)


def _list_times(measured: OnePeriod) -> Exhibit:
    rows = measured.times[measured.times.kind == ALL].sort_values("times")
    more = Text(zh="{n} 单及以上", en="{n} and more").fill(n=str(MOST_ORDERS))
    labels = [more if times == MOST_ORDERS else name_verbatim(str(times)) for times in rows.times]
    frame = rows.assign(
        label=pd.Series(labels, index=rows.index, dtype=object),
        share=rows.customers / rows.customers.sum(),
        spend_share=_share(rows.spend),
    )
    fields = (
        Field(name="label", label=ORDERS),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占客户", en="Share of customers"), unit="share"),
        Field(name="spend_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
    )
    return Exhibit(name="times", title=Text(zh="每位客户几单", en="Orders per customer"), fields=fields, frame=frame)


def _list_segments(measured: OnePeriod) -> Exhibit:
    rows = measured.segments
    labels = [name_segment(kind, segment) for kind, segment in zip(rows.kind, rows.segment, strict=True)]
    profit = (
        Field(name="profit", label=PROFIT, unit="money"),
        Field(name="margin", label=Text(zh="加权利润率", en="Weighted margin"), unit="share"),
        Field(name="margin_mean", label=Text(zh="未加权利润率", en="Unweighted margin"), unit="share"),
        Field(name="losers", label=Text(zh="亏损客户", en="Loss-makers"), unit="count"),
        Field(name="loser_share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="loser_low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="loser_high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
        Field(name="loss", label=Text(zh="亏损额", en="Loss"), unit="money"),
    )
    fields = (
        Field(name="label", label=Text(zh="客群", en="Segment")),
        Field(name="customers", label=CUSTOMERS, unit="count"),
        Field(name="orders", label=ORDERS, unit="count"),
        Field(name="spend", label=SPEND, unit="money"),
        Field(name="spend_each", label=Text(zh="人均消费", en="Spend each"), unit="price"),
        Field(name="median", label=Text(zh="消费中位数", en="Median spend"), unit="price"),
        Field(name="top_share", label=Text(zh="最高 10% 占消费", en="Top tenth, share of spend"), unit="share"),
        Field(name="order_value", label=Text(zh="笔单价（加权）", en="Spend per order, weighted"), unit="price"),
        Field(
            name="order_value_mean", label=Text(zh="笔单价（未加权）", en="Spend per order, unweighted"), unit="price"
        ),
        *(profit if measured.costing.is_known else ()),
    )
    note = Text(
        zh="一位客户可在多个渠道购买，各行人数不可相加。中位数与最高 10% 只按渠道计。",
        en="A customer may buy in several channels: the rows' customers don't add up. Median and top tenth are told by "
        "channel only.",
    )
    keys = pd.MultiIndex.from_frame(rows[["kind", "segment"]])
    spreads = measured.spreads[measured.spreads.measure == "spend"].set_index(["kind", "segment"])
    deciles = measured.deciles[measured.deciles.ranking == "spend"].set_index(["kind", "segment"])
    whole = deciles.groupby(level=[0, 1]).spend.sum()
    top = deciles.spend[deciles.decile == 1] / whole.where(whole > 0)
    frame = rows.assign(
        label=pd.Series(labels, index=rows.index, dtype=object),
        median=spreads.p50.reindex(keys).to_numpy(),
        top_share=top.reindex(keys).to_numpy(),
    )
    title = Text(zh="按渠道与首购分群", en="By channel and by first purchase")
    return Exhibit(name="segments", title=title, fields=fields, frame=frame, note=note)


def draw(measured: OnePeriod, language: Language) -> Figure:
    """Shares of spend by decile, and beside them of profit, or where costs are unknown the number of orders."""
    along = Text(zh="客户十分位（1 为最高）", en="Customers in deciles, highest first").word(language)
    spend = measured.list_deciles("spend")
    left = Panel(
        label=Text(zh="占消费额", en="Share of spend").word(language),
        along=along,
        names=[str(decile) for decile in spend.decile],
        series={"": spend.spend_share.tolist()},
        scale=scale_share,
        bars=True,
    )
    return draw_panels([left, _draw_right(measured, along, language)])


def _draw_right(measured: OnePeriod, along: str, language: Language) -> Panel:
    if measured.costing.is_known:
        rows = measured.list_deciles("profit")
        return Panel(
            label=Text(zh="占利润", en="Share of profit").word(language),
            along=along,
            names=[str(decile) for decile in rows.decile],
            series={"": rows.profit_share.tolist()},
            scale=_scale_signed,
            bars=True,
            marked=[place for place, share in enumerate(rows.profit_share) if share < 0],
        )
    rows = measured.times[measured.times.kind == ALL].sort_values("times")
    return Panel(
        label=Text(zh="占客户数", en="Share of customers").word(language),
        along=Text(zh="本期订单数", en="Orders in the period").word(language),
        names=[f"{times}+" if times == MOST_ORDERS else str(times) for times in rows.times],
        series={"": (rows.customers / rows.customers.sum()).tolist()},
        scale=scale_share,
        bars=True,
    )


def _scale_signed(axis: Axis) -> None:
    scale_share(axis)
    axis.axes.axhline(0, color="black", linewidth=0.8)


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
