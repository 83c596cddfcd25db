"""Which share of visitors buys, by channel and month, where visitors are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.lines import draw_months
from diagnostics.charts.theme import SERIES
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.channels import count_channel_months
from diagnostics.metrics.lines import within
from diagnostics.metrics.traffic import describe_months, total_sources
from diagnostics.model.names import name_channel
from diagnostics.model.period import MONTHS_A_YEAR
from diagnostics.model.section import Exhibit, Field, Need, NotComputable, interval_fields
from diagnostics.model.wording import Text, join_texts, shorten, word_number, word_percent
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Horizon, Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="来访的人里有多少下单，逐月如何？", en="How many visitors buy, month by month?")
DEFINITION = Text(
    zh="转化率 = 当月买家 ÷ 当月访客，同一渠道、同一月份。访客为各一级来源之和（同一人经两个来源计两次；"
    "按日下载的则为日访客之和）。平台给出支付买家数时用平台口径，否则用订单中有身份的买家（按月去重），且只计流量给全的月份。"
    "与上期相比只取两年都给全、且切分方式相同（都按月或都按日）的月份。区间：Wilson 95%，未计入月间波动。",
    en="Conversion = buyers of the month over visitors of the month, same channel. Visitors are the sum over "
    "first-level sources (who comes by two counts twice; of daily files, the sum of daily visitors). Buyers as stated "
    "by the platform where it states them, else known buyers from orders, counted once a month, of months whose "
    "visitors are told in full. Periods are compared over months told in full in both years and cut alike (both by "
    "month or both by day). Intervals: Wilson, 95%; they leave out what differs between months.",
)
NO_MATCH = Text(
    zh="有流量的渠道（{channels}）既没有平台支付买家数，也没有同名渠道的订单，无法计算转化率",
    en="channels with traffic ({channels}) have neither buyers stated by the platform nor orders under the same name",
)
UNLOCK = Text(
    zh="含支付买家数的流量报表，或同一渠道的订单", en="traffic reports with buyers, or the orders of the same channel"
)
ANSWER = Text(
    zh="{channel}本期转化率 {now}（{low} 至 {high}，{visitors} 访客）{was}。",
    en="In {channel}, {now} of visitors buy ({low} to {high}; {visitors} visitors){was}.",
)
WAS = Text(zh="，上期 {before}", en=", {before} before")
LEFT_OUT = Text(
    zh="{channels}有访客而无对应买家（平台未给出，订单也不在同名渠道下），未计算。",
    en="Not computed for {channels}: visitors are known, but no buyers are stated nor orders found under that name.",
)
OURS, THEIRS = Text(zh="订单", en="orders"), Text(zh="平台", en="platform")
LEAST_VISITORS = 30
MOST_SERIES = 4
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """Months by channel, both periods by channel, and sources of the current period."""

    months: pd.DataFrame
    periods: pd.DataFrame
    sources: pd.DataFrame
    left_out: tuple[str, ...]


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for visitors by channel and month, by source, and for buyers from orders where there are any."""
    horizon = tables.engagement.horizon
    asked = {
        "traffic": describe_months(tables["traffic"]),
        "sources": total_sources(tables["traffic"], horizon.current),
    }
    if tables.has("order_lines"):
        asked["orders"] = count_channel_months(within(tables["order_lines"], horizon.history))
    return asked


def measure(replies: Replies) -> Conversion | NotComputable:
    """Set buyers against visitors of the same channel and month."""
    months = replies["traffic"].rename(columns={"buyers": "stated"})
    ours = replies["orders"] if "orders" in replies else pd.DataFrame(columns=["channel", "month", "buyers"])
    months = months.merge(ours[["channel", "month", "buyers"]], on=["channel", "month"], how="left")
    stated = months.groupby("channel").stated.transform("count") > 0
    # Engines hand over sums as decimals where others are floats: a mixture would be divided to 28 digits.
    months = months.assign(bought=months.stated.where(stated, months.buyers).astype(float), is_stated=stated)
    usable = months[months.bought.notna() & (months.visitors >= LEAST_VISITORS)]
    # Buyers of a whole month can't be set against visitors of a part of it.
    usable = usable[usable.is_stated | usable.coarsest.notna()]
    # More buyers than visitors: the two come from different shops or definitions and can't be set against each other.
    usable = usable[
        usable.groupby("channel").bought.transform("sum") <= usable.groupby("channel").visitors.transform("sum")
    ]
    usable = usable[usable.bought <= usable.visitors]
    left_out = tuple(sorted(set(months.channel) - set(usable.channel)))
    if usable.empty:
        names = join_texts(name_channel(channel) for channel in left_out)
        return NotComputable(reason=NO_MATCH.fill(channels=names), unlocked_by=UNLOCK)
    usable = usable.sort_values(["channel", "month"], ignore_index=True)
    return Conversion(
        months=_rate(usable),
        periods=_compare(usable, replies.engagement.horizon),
        sources=_rate_sources(replies["sources"]),
        left_out=left_out,
    )


def _rate(frame: pd.DataFrame) -> pd.DataFrame:
    low, high = wilson(frame.bought, frame.visitors)
    return frame.assign(rate=frame.bought / frame.visitors, low=low, high=high)


def _compare(months: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """One row a channel: visitors, bought, rate, low, high now and before, turns, interval of the difference.

    `turns` are the months whose visitors are told in full and cut alike in both years. Where there are any, both
    periods are those months only; else the current one is whole and before is empty.
    """
    now = _place_turns(months, horizon.current)
    before = now.iloc[:0] if horizon.previous is None else _place_turns(months, horizon.previous)
    keys = ["channel", "turn", "coarsest", "finest"]
    told = before[before.coarsest.notna()]
    paired = now.merge(told[[*keys, "visitors", "bought"]], on=keys, how="left", suffixes=("", "_before"))
    turns = paired.groupby("channel").visitors_before.transform("count")
    paired = paired[(turns == 0) | paired.visitors_before.notna()]
    totals = paired.groupby("channel").agg(
        visitors=("visitors", "sum"),
        bought=("bought", "sum"),
        visitors_before=("visitors_before", "sum"),
        bought_before=("bought_before", "sum"),
        turns=("visitors_before", "count"),
        is_stated=("is_stated", "first"),
    )
    both = _rate(totals)
    low, high = newcombe_difference(both.bought, both.visitors, both.bought_before, both.visitors_before)
    compared = both.turns > 0
    both = both.assign(
        rate_before=(both.bought_before / both.visitors_before).where(compared), change_low=low, change_high=high
    )
    return both.sort_values("visitors", ascending=False).reset_index()


def _place_turns(months: pd.DataFrame, period: Period) -> pd.DataFrame:
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    inside = months[(months.month >= start) & (months.month < end)]
    return inside.assign(turn=(inside.month.dt.year - start.year) * MONTHS_A_YEAR + inside.month.dt.month - start.month)


def _rate_sources(sources: pd.DataFrame) -> pd.DataFrame:
    usable = sources[(sources.buyers <= sources.visitors) & (sources.visitors >= LEAST_VISITORS)]
    usable = usable.sort_values("visitors", ascending=False).head(MOST_ROWS).rename(columns={"buyers": "bought"})
    usable = usable.astype({"visitors": float, "bought": float})
    return _rate(usable.reset_index(drop=True))


def judge(_measured: Conversion, _limits: Limits) -> tuple[Finding, ...]:
    """What a change of conversion does to GMV is judged by the lever tree, which sees all levers at once."""
    return ()


def tell(measured: Conversion) -> Text:
    """Conversion of the channel with the most visitors, now and before."""
    first = (measured.periods if len(measured.periods) else _rate_last(measured.months)).iloc[0]
    before = float(first.get("rate_before", np.nan))
    return ANSWER.fill(
        channel=name_channel(str(first.channel)),
        now=word_percent(float(first.rate), 2),
        low=word_percent(float(first.low), 2),
        high=word_percent(float(first.high), 2),
        visitors=word_number(float(first.visitors)),
        was=WAS.fill(before=word_percent(before, 2)) if np.isfinite(before) else "",
    )


def _rate_last(months: pd.DataFrame) -> pd.DataFrame:
    return months.sort_values("month", ascending=False, ignore_index=True)


def caveats(measured: Conversion) -> tuple[Text, ...]:
    """Channels with visitors but without buyers."""
    if not measured.left_out:
        return ()
    return (LEFT_OUT.fill(channels=join_texts(name_channel(channel) for channel in measured.left_out)),)


def tabulate(measured: Conversion) -> tuple[Exhibit, ...]:
    """Periods by channel, months, and sources where the platform states their buyers."""
    periods = measured.periods.copy()
    periods["source"] = pd.Series([THEIRS if stated else OURS for stated in periods.is_stated], dtype=object)
    rates = (
        Field(name="visitors", label=Text(zh="访客", en="Visitors"), unit="count"),
        Field(name="bought", label=Text(zh="买家", en="Buyers"), unit="count"),
        Field(name="rate", label=Text(zh="转化率", en="Conversion"), unit="share", digits=2),
        *interval_fields("share", digits=2),
    )
    channel = Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel")
    exhibits = [
        Exhibit(
            name="periods",
            title=Text(zh="各渠道转化率（本期与上期）", en="Conversion by channel, now and before"),
            fields=(
                channel,
                *rates,
                Field(name="rate_before", label=Text(zh="上期转化率", en="Conversion before"), unit="share", digits=2),
                Field(name="change_low", label=Text(zh="变化下限", en="Change, low"), unit="points", digits=2),
                Field(name="change_high", label=Text(zh="变化上限", en="Change, high"), unit="points", digits=2),
                Field(name="turns", label=Text(zh="可比月数", en="Months compared"), unit="count"),
                Field(name="source", label=Text(zh="买家口径", en="Buyers from")),
            ),
            frame=periods,
        ),
        Exhibit(
            name="months",
            title=Text(zh="各渠道逐月转化率", en="Conversion by channel and month"),
            fields=(channel, Field(name="month", label=Text(zh="月份", en="Month"), unit="month"), *rates),
            frame=measured.months,
        ),
    ]
    if len(measured.sources):
        exhibits.append(
            Exhibit(
                name="sources",
                title=Text(zh="各来源转化率（本期，平台口径）", en="Conversion by source (current period, platform)"),
                fields=(channel, Field(name="source", label=Text(zh="一级来源", en="First-level source")), *rates),
                frame=measured.sources,
            )
        )
    return tuple(exhibits)


def draw(measured: Conversion, language: Language) -> Figure:
    """Conversion by month with its interval, for the channels with the most visitors."""
    months = measured.months
    order = months.groupby("channel").visitors.sum().sort_values(ascending=False).index[:MOST_SERIES]
    stamps = list(pd.date_range(months.month.min(), months.month.max(), freq="MS"))
    placed = {
        str(channel): months[months.channel == channel].set_index("month")[["rate", "low", "high"]].reindex(stamps)
        for channel in order
    }
    series = {
        shorten(name_channel(channel).word(language), 18): frame.rate.to_list() for channel, frame in placed.items()
    }
    label = Text(zh="转化率（买家 ÷ 访客）", en="Conversion (buyers over visitors)").word(language)
    named = f"{next(iter(series))} · {label}" if len(series) == 1 else label
    figure, axes = draw_months(stamps, series, axis_label=named)
    for frame, colour in zip(placed.values(), SERIES, strict=False):
        axes.fill_between(range(len(stamps)), frame.low, frame.high, color=colour, alpha=0.15, linewidth=0)
    axes.set_ylim(0, 1.08 * float(max(frame.high.max() for frame in placed.values())))
    scale_share(axes.yaxis, 1)
    return figure


# 50 buyers of 1,000 visitors in January are 5 %, 30 in February 3 %; sources add to 1,000.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 100" for i in range(50)),
        *(f"tmall c{i:03d} 2024-02-28 100" for i in range(30)),
    ]
)
EXAMPLE_TRAFFIC = """
starts_on  ends_on    channel source visitors
2024-01-01 2024-02-01 tmall   搜索   600
2024-01-01 2024-02-01 tmall   推荐   400
2024-02-01 2024-03-01 tmall   搜索   700
2024-02-01 2024-03-01 tmall   推荐   300
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-18",),
    finds=(),
    needs=(Need(table="traffic"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES, "traffic": EXAMPLE_TRAFFIC}, says="3.00%"),
    place=20,
)
