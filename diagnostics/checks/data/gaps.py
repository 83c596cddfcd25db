"""Which days have no orders although there should be some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.days import count_daily_orders
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need
from diagnostics.model.wording import Text, join_texts, word_days, word_number, word_period
from diagnostics.statistics.silence import Silence, find_silences, recurs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="数据窗口里，有没有漏掉的日子？", en="Are days missing inside the window?")
DEFINITION = Text(
    zh="一段没有订单的日子，若按该渠道前后八周同一星期几的订单数（中位数，泊松分布，按波动放大）"
    "几乎不可能出现，就视为缺口。全部渠道同时没有订单的日子视为停业（周末、节假日），不算渠道缺口；全店停业超过法定长假且不是每年同期都有的，才单独提示。"
    "订单本来就稀疏的渠道不判断。图中颜色 = 该月有订单的天数占比，红框 = 有缺口。",
    en="A run of days without orders is a gap if it would be all but impossible given the channel's orders on the same "
    "weekdays in the eight weeks before and after (median, Poisson, widened by their spread). Days on which no channel "
    "sells count as closed (weekends, holidays) and are no channel's gap; the whole client's silence is pointed "
    "out only if it is longer than a holiday and does not come back every year. Channels with few orders are not "
    "judged. Colour = share of the month's days with orders, red frame = a gap.",
)
NO_GAPS = Text(zh="{days}内没有发现漏掉的日子。", en="No day is missing in {days}.")
CLOSED = Text(
    zh="全部渠道都没有订单的日子共 {closed}（休息日与节假日）。",
    en="On {closed} no channel had an order (days off and holidays).",
)
GAPS = Text(
    zh="发现 {n} 处缺口，最长的是{name}：{span}，{days}没有订单，按平时应有约 {expected} 单。",
    en="Gaps found: {n}; the longest is that of {name}: {span}, {days} without orders where about {expected} were "
    "usual.",
)
TITLE = Text(
    zh="{name}缺少 {days}的订单，按平时应有约 {expected} 单",
    en="{name}: {days} of orders are missing, about {expected} orders",
)
CAUSE = Text(
    zh="没有订单的时段：{spans}；同期其他渠道照常出单，多半是导出时漏了这段，也可能是店铺停业。",
    en="Without orders: {spans}. Other channels sold as usual, so an export was probably left out, unless the shop was "
    "closed.",
)
CAUSE_ALL = Text(
    zh="没有订单的时段：{spans}；所有渠道同时没有订单，可能是停业，也可能是整段漏导。",
    en="Without orders: {spans}. No channel sold anything: either it was closed or a whole export is missing.",
)
ACTION = Text(
    zh="请客户确认这些日子是否停业；如未停业，补导这段订单后重跑。在此之前，涉及这段时间的环比会偏低。",
    en="Ask the client whether it was closed on those days; if not, export them again and rerun. Until then, "
    "comparisons that touch those days are too low.",
)
STOP = Text(
    zh="客户确认停业，或补齐后缺口消失，即关闭。",
    en="Close it once the client confirms a closing, or the days are filled.",
)
NO_MONEY = Text(
    zh="漏导的订单不是损失，补齐后才有金额",
    en="orders left out of an export are no loss; money shows once they are there",
)
ALL = Text(zh="全部渠道", en="All channels")
EVERYBODY = ""
MOST_ROWS = 12
MOST_SPANS = 3
LABELS = 12
# The chance, over all days of a channel together, of calling a gap what is none.
MOST_CHANCE = 0.001
HOLIDAY_DAYS = 4


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """The gaps (channel, start, stop, days, expected, recurs) and the share of days with orders by month.

    `days` are those that usually sell. `months` has a row a channel, `""` for all first, and a column a month.
    """

    gaps: pd.DataFrame
    months: pd.DataFrame
    closed: int
    observed: int


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the orders of each channel and day."""
    return {"daily": count_daily_orders(tables["order_lines"])}


def measure(replies: Replies) -> Gaps:
    """Look for silences in each channel, and in all of them together."""
    history = replies.engagement.horizon.history
    days = pd.date_range(history.start, history.end, inclusive="left")
    wide = replies["daily"].pivot_table(index="day", columns="channel", values="orders", fill_value=0)
    counts = wide.reindex(days, fill_value=0)
    total = counts.sum(axis=1)
    ordered = counts[counts.sum().sort_values(ascending=False, kind="stable").index]
    series = {EVERYBODY: total, **{str(name): ordered[name] for name in ordered.columns if len(ordered.columns) > 1}}
    closed = (total == 0).to_numpy()
    found = [row for name, own in series.items() for row in _list_gaps(name, own, closed)]
    columns = ["channel", "start", "stop", "days", "expected", "recurs"]
    return Gaps(
        gaps=pd.DataFrame(found, columns=columns),
        months=_share_days(series),
        closed=int(closed.sum()),
        observed=len(days),
    )


def _list_gaps(name: str, own: pd.Series[float], closed: np.ndarray) -> list[dict[str, object]]:
    counts = np.asarray(own, dtype=np.float64)
    days = pd.DatetimeIndex(own.index)
    shut = np.zeros_like(closed) if name == EVERYBODY else closed
    silences = find_silences(counts, days.day_of_week.to_numpy(dtype=np.int64), shut, MOST_CHANCE)
    return [_tell_gap(name, days, counts, silence) for silence in silences]


def _tell_gap(name: str, days: pd.DatetimeIndex, counts: np.ndarray, silence: Silence) -> dict[str, object]:
    return {
        "channel": name,
        "start": days[silence.start],
        "stop": days[silence.stop - 1] + pd.Timedelta(days=1),
        "days": silence.days,
        "expected": silence.expected,
        "recurs": recurs(counts, silence),
    }


def _share_days(series: Mapping[str, pd.Series[float]]) -> pd.DataFrame:
    """Share of a month's days with orders; NaN before a channel's first order."""
    rows = {}
    for name, own in series.items():
        months = pd.DatetimeIndex(own.index).to_period("M")
        first = months[np.flatnonzero(own.to_numpy() > 0)[0]]
        shares = (own > 0).groupby(months).mean()
        rows[name] = shares.where(shares.index >= first)
    return pd.DataFrame(rows).T


def judge(measured: Gaps, limits: Limits) -> tuple[Finding, ...]:
    """Raise the gaps of each channel; silence of everybody only where it is no holiday."""
    gaps = find_serious(measured.gaps, limits["holiday_days"])
    kept = gaps[gaps.days >= limits["least_days"]]
    return tuple(_raise_gap(str(channel), own, limits) for channel, own in kept.groupby("channel", sort=True))


def find_serious(gaps: pd.DataFrame, holiday_days: float) -> pd.DataFrame:
    """Gaps without those of everybody that are holidays: short, or back every year."""
    holiday = (gaps.channel == EVERYBODY) & ((gaps.days <= holiday_days) | gaps.recurs.astype(bool))
    return gaps[~holiday]


def _raise_gap(channel: str, gaps: pd.DataFrame, limits: Limits) -> Finding:
    days = int(gaps.days.sum())
    longest = gaps.sort_values(["days", "start"], ascending=[False, True]).head(MOST_SPANS).sort_values("start")
    spans = join_texts(_word_span(start, stop) for start, stop in zip(longest.start, longest.stop, strict=True))
    everybody = channel == EVERYBODY
    return Finding(
        code="data.date_gap",
        scope={} if everybody else {"channel": channel},
        title=TITLE.fill(
            name=name_row(channel), days=word_days(days), expected=word_number(float(gaps.expected.sum()))
        ),
        cause=(CAUSE_ALL if everybody else CAUSE).fill(spans=spans),
        action=ACTION,
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=STOP,
        confidence=0.6 if everybody else 0.9,
        impact_reason=NO_MONEY,
        severity="medium" if days >= limits["medium_days"] else "low",
        evidence=(Evidence(table="gaps", n=days, value=float(gaps.expected.sum())),),
    )


def _word_span(start: pd.Timestamp, stop: pd.Timestamp) -> Text:
    return word_period(start.date(), stop.date())


def name_row(channel: str) -> Text:
    """The channel, or all of them."""
    return ALL if channel == EVERYBODY else name_channel(channel)


def tell(measured: Gaps) -> Text:
    """The longest gap, or that there is none."""
    gaps = find_serious(measured.gaps, HOLIDAY_DAYS)
    if gaps.empty:
        said = NO_GAPS.fill(days=word_days(measured.observed))
        return said + CLOSED.fill(closed=word_days(measured.closed)) if measured.closed else said
    longest = gaps.sort_values("days", ascending=False, kind="stable").iloc[0]
    return GAPS.fill(
        n=word_number(len(gaps)),
        name=name_row(str(longest.channel)),
        span=_word_span(longest.start, longest.stop),
        days=word_days(int(longest.days)),
        expected=word_number(float(longest.expected)),
    )


def tabulate(measured: Gaps) -> tuple[Exhibit, ...]:
    """Every silence found, closings too."""
    if measured.gaps.empty:
        return ()
    names = pd.Series([name_row(str(channel)) for channel in measured.gaps.channel], dtype=object)
    last = measured.gaps.stop - pd.Timedelta(days=1)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="start", label=Text(zh="第一天", en="First day"), unit="date"),
        Field(name="last", label=Text(zh="最后一天", en="Last day"), unit="date"),
        Field(name="days", label=Text(zh="平时有单的天数", en="Days that usually sell"), unit="count"),
        Field(name="expected", label=Text(zh="按平时应有订单", en="Usual orders"), unit="count"),
    )
    title = Text(zh="没有订单的时段（含节假日）", en="Days without orders, holidays included")
    return (Exhibit(name="gaps", title=title, fields=fields, frame=measured.gaps.assign(name=names, last=last)),)


def draw(measured: Gaps, language: Language) -> Figure:
    """The share of days with orders, by channel and month."""
    shown = measured.months.head(MOST_ROWS)
    months = pd.PeriodIndex(shown.columns)
    step = -(-len(months) // LABELS)
    alert = np.array([[_has_gap(measured.gaps, str(name), month) for month in months] for name in shown.index])
    return draw_heat(
        [name_row(str(name)).word(language) for name in shown.index],
        [f"{month:%y-%m}" if place % step == 0 else "" for place, month in enumerate(months)],
        shown.to_numpy(dtype=np.float64),
        axis_label=Text(zh="有订单的天数占比，按月", en="Share of days with orders, by month").word(language),
        alert=alert,
        top=1.0,
    )


def _has_gap(gaps: pd.DataFrame, channel: str, month: pd.Period) -> bool:
    own = gaps[(gaps.channel == channel) & ~gaps.recurs.astype(bool)]
    return bool(((own.start <= month.end_time) & (own.stop > month.start_time)).any())


# Both shops sell 20 orders a day; tmall's export of 10 to 16 February is missing.
DAYS = [day.strftime("%Y-%m-%d") for day in pd.date_range("2024-01-01", "2024-03-31")]
MISSING = {f"2024-02-{day}" for day in range(10, 17)}
EXAMPLE_LINES = "\n".join(
    [
        "channel ordered_at",
        *(f"jd {day}" for day in DAYS for _ in range(20)),
        *(f"tmall {day}" for day in DAYS if day not in MISSING for _ in range(20)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-16",),
    finds=("data.date_gap",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="least_days",
            value=1,
            reason=Text(zh="一天也会影响环比", en="a single day already moves a comparison"),
        ),
        Limit(
            name="holiday_days",
            value=HOLIDAY_DAYS,
            reason=Text(
                zh="全店停业四个营业日以内视为节假日", en="up to four working days closed everywhere count as a holiday"
            ),
        ),
        Limit(
            name="medium_days",
            value=14,
            reason=Text(
                zh="缺两周以上，月度比较已不可信，列为“中”",
                en="two weeks missing spoil monthly comparisons: ranks medium",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="140 单",
        finds=(("data.date_gap", {"channel": "tmall"}),),
    ),
    place=30,
)
