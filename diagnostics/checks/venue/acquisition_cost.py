"""What a new customer costs by channel, how soon it is earned back, and whether the cost outgrows the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.theme import SERIES, new_figure
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import share_days
from diagnostics.checks.tracking import track_value
from diagnostics.checks.venue import _acquisition_words as words
from diagnostics.metrics.acquisition import (
    AGES,
    CURRENT,
    MONTH_DAYS,
    PREVIOUS,
    count_newcomers,
    list_costs,
    value_newcomers,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.period import MONTHS_A_YEAR
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    join_texts,
    word_change,
    word_money,
    word_number,
    word_price,
)
from diagnostics.statistics.acquisition import (
    Inflation,
    Payback,
    mean_value,
    measure_inflation,
    measure_payback,
    spread_costs,
)
from diagnostics.statistics.certainty import find_likely, rate_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Horizon, Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

ALL = "all"
VALUE_AGE = 3
MOST_SHOWN = 4
# Spend may serve old customers too: never surer than this.
MOST_SURE = 0.75


@dataclass(frozen=True, kw_only=True)
class Won:
    """One channel's spend and new customers of the current period, what they earn back, and the trend of both.

    `cac_before` is the cost of a new customer in the comparison period; `months` are the months until the new customers
    of either period paid their own cost back (before, now), `None` where that was not seen.
    """

    channel: str
    cost: float
    newcomers: int
    payback: Payback | None
    inflation: Inflation | None
    cac_before: float | None
    months: tuple[int | None, int | None]

    @property
    def cac(self) -> float:
        """Cost of one new customer."""
        return self.cost / self.newcomers


@dataclass(frozen=True, kw_only=True)
class Acquisition:
    """Channels with spend, the months behind them, and how the margin is known."""

    won: tuple[Won, ...]
    whole: Won | None
    months: pd.DataFrame
    unmatched: float
    is_stated: bool
    yearly: float
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for spend, for new customers by month, and for what they earn back."""
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    firsts = tables.share(pick_firsts(tables.keep(follow_purchases(lines)), find_newcomers_since(horizon.history)))
    return {
        "costs": list_costs(tables["campaigns"], horizon),
        "newcomers": count_newcomers(firsts),
        "value": value_newcomers(firsts, share_days(tables), horizon),
    }


def measure(replies: Replies) -> Acquisition | NotComputable:
    """Set spend against new customers and their margins."""
    horizon, stated = replies.engagement.horizon, replies.engagement.brief.number("gross_margin")
    costs = spread_costs(replies["costs"])
    months = costs.merge(replies["newcomers"], on=["channel", "month"], how="outer").fillna({"cost": 0.0})
    current = months[_lies_in(months, horizon)]
    totals = current.groupby("channel")[["cost", "newcomers"]].sum()
    paid = totals[(totals.cost > 0) & (totals.newcomers > 0) & (totals.index != "")]
    value = replies["value"]
    won = tuple(
        _measure(str(channel), months, value, replies, many=len(paid))
        for channel in paid.sort_values("cost", ascending=False).index
    )
    whole = None
    if totals.cost.sum() > 0 and totals.newcomers.sum() > 0:
        every = months.groupby("month", as_index=False)[["cost", "newcomers"]].sum().assign(channel=ALL)
        whole = _measure(ALL, every, value.assign(channel=ALL), replies, many=1)
    if whole is None:
        return NotComputable(reason=words.NO_SPEND, unlocked_by=words.UNLOCK)
    return Acquisition(
        won=won,
        whole=whole,
        months=current,
        unmatched=float(totals.cost.sum() - paid.cost.sum()),
        is_stated=stated is not None and not value.filter(like="earned").to_numpy().any(),
        yearly=horizon.yearly,
        currency=replies.engagement.currency,
    )


def _lies_in(months: pd.DataFrame, horizon: Horizon) -> pd.Series[bool]:
    start, end = (pd.Timestamp(day) for day in (horizon.current.start, horizon.current.end))
    return (months.month >= start) & (months.month < end)


def _measure(channel: str, months: pd.DataFrame, value: pd.DataFrame, replies: Replies, *, many: int) -> Won:
    horizon, stated = replies.engagement.horizon, replies.engagement.brief.number("gross_margin")
    mine, rows = months[months.channel == channel], value[value.channel == channel]
    totals = mine[_lies_in(mine, horizon)][["cost", "newcomers"]].sum()
    sides = {side: rows[rows.side == side] for side in (CURRENT, PREVIOUS)}
    inflation = None
    if horizon.previous is not None:
        inflation = measure_inflation(
            _cost_turns(mine, horizon, is_current=True),
            _cost_turns(mine, horizon, is_current=False),
            mean_value(sides[CURRENT], VALUE_AGE),
            mean_value(sides[PREVIOUS], VALUE_AGE),
            many,
        )
    payback = measure_payback(rows, AGES, stated, many) if len(rows) else None
    costs = {CURRENT: _cost_one(mine, horizon.current), PREVIOUS: _cost_one(mine, horizon.previous)}
    return Won(
        channel=channel,
        cost=float(totals.cost),
        newcomers=int(totals.newcomers),
        payback=payback,
        inflation=inflation,
        cac_before=costs[PREVIOUS],
        months=(
            _find_month(sides[PREVIOUS], costs[PREVIOUS], stated),
            _find_month(sides[CURRENT], costs[CURRENT], stated),
        ),
    )


def _cost_one(months: pd.DataFrame, period: Period | None) -> float | None:
    """Cost of a new customer over a period; `None` without spend or without any."""
    if period is None:
        return None
    inside = months[(months.month >= pd.Timestamp(period.start)) & (months.month < pd.Timestamp(period.end))]
    cost, newcomers = float(inside.cost.sum()), float(inside.newcomers.sum())
    return cost / newcomers if cost > 0 and newcomers > 0 else None


def _find_month(rows: pd.DataFrame, cost: float | None, stated: float | None) -> int | None:
    back = measure_payback(rows, AGES, stated) if len(rows) and cost is not None else None
    return None if back is None or cost is None else back.find_month(cost, back.margin)


def _cost_turns(months: pd.DataFrame, horizon: Horizon, *, is_current: bool) -> pd.Series[float]:
    period = horizon.current if is_current or horizon.previous is None else horizon.previous
    known = months[(months.cost > 0) & (months.newcomers > 0)]
    inside = known[(known.month >= pd.Timestamp(period.start)) & (known.month < pd.Timestamp(period.end))]
    first = pd.Timestamp(period.start)
    turns = [(month.year - first.year) * MONTHS_A_YEAR + month.month - first.month for month in inside.month]
    return pd.Series((inside.cost / inside.newcomers).to_numpy(dtype=float), index=turns)


def track(measured: Acquisition) -> tuple[Reading, ...]:
    """What a new customer costs, by channel."""
    return tuple(
        reading
        for won in measured.won
        if won.newcomers
        for reading in track_value("cac", won.cac, unit="price", n=won.newcomers, scope={"channel": won.channel})
    )


def judge(measured: Acquisition, limits: Limits) -> tuple[Finding, ...]:
    """Raise channels that do not earn their customers back, and channels whose cost outgrows the value."""
    judged = measured.won or ((measured.whole,) if measured.whole else ())
    found = []
    for won in judged:
        if won.newcomers < limits["newcomers"]:
            continue
        earned = won.payback.at(int(limits["payback_months"])) if won.payback else None
        if earned is not None and won.cac > earned[2]:
            found.append(_find_costly(measured, won, earned, int(limits["payback_months"])))
        if won.inflation is not None and won.inflation.low > 1 + limits["rise"]:
            found.append(_find_inflation(measured, won, won.inflation))
    return tuple(found)


def tell(measured: Acquisition) -> Text:
    """The cost of a new customer by channel with the payback."""
    shown = measured.won[:MOST_SHOWN] or ((measured.whole,) if measured.whole else ())
    return words.ANSWER.fill(
        channels=join_texts(
            words.ONE.fill(
                channel=_name(won.channel), cac=word_price(won.cac, measured.currency), payback=_word_payback(won)
            )
            for won in shown
        )
    )


def _word_payback(won: Won) -> Text:
    if won.payback is None:
        return words.BACK_UNKNOWN
    month = won.payback.find_month(won.cac, won.payback.margin)
    seen = max((age for age, n in zip(won.payback.ages, won.payback.followed, strict=True) if n), default=0)
    return words.NOT_BACK.fill(n=word_number(seen)) if month is None else words.PAID_BACK.fill(n=word_number(month))


def caveats(measured: Acquisition) -> tuple[Text, ...]:
    """What the cost includes, how the margin is known, and spend without a channel."""
    said = [words.MIXED]
    if measured.is_stated:
        said.append(words.STATED)
    if measured.won and measured.unmatched > 0:
        said.append(words.UNMATCHED.fill(money=word_money(measured.unmatched, measured.currency)))
    return tuple(said)


def tabulate(measured: Acquisition) -> tuple[Exhibit, ...]:
    """Channels with spend, new customers, cost, margins by month, and the earliest and the latest payback."""
    ages = (1, 3, 6, 12)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="cost", label=Text(zh="投放费用", en="Spend"), unit="money"),
        Field(name="newcomers", label=Text(zh="新客", en="New customers"), unit="count"),
        Field(name="cac", label=Text(zh="获客成本", en="Cost of one"), unit="price"),
        *(
            Field(
                name=f"margin_{age}",
                label=Text(zh=f"{age} 个月毛利", en=f"Margin, month {age}"),
                unit="price",
            )
            for age in ages
        ),
        Field(name="soonest", label=Text(zh="最早回本月", en="Payback, soonest"), unit="count"),
        Field(name="latest", label=Text(zh="最迟回本月", en="Payback, latest"), unit="count"),
        Field(name="rise", label=Text(zh="成本涨幅（同月）", en="Rise of the cost"), unit="share"),
        Field(name="cac_before", label=Text(zh="上期获客成本", en="Cost of one before"), unit="price"),
        Field(name="month_before", label=Text(zh="上期新客回本月", en="Payback, customers won before"), unit="count"),
        Field(name="month_now", label=Text(zh="本期新客回本月", en="Payback, customers won now"), unit="count"),
    )
    rows = [_list_row(won, ages) for won in (*measured.won, measured.whole) if won is not None]
    title = Text(zh="各渠道的获客成本与回本", en="Cost of a new customer and payback by channel")
    note = Text(
        zh="回本月的早晚按毛利区间的两端计，毛利取全部新客；最后两列各用该期自己的新客与成本。空白表示观察期内未回本，"
        "本期新客观察得短，空白不等于变差。",
        en="Payback at both ends of the margin's interval, from all new customers; the last two columns take each "
        "period's own customers and cost. Empty where it is not reached within what is observed: customers won now "
        "were observed for less, so an empty cell need not mean worse.",
    )
    return (Exhibit(name="acquisition", title=title, fields=fields, frame=pd.DataFrame(rows), note=note),)


def _list_row(won: Won, ages: tuple[int, ...]) -> dict[str, object]:
    back = won.payback
    margins = {f"margin_{age}": back.at(age) if back else None for age in ages}
    return {
        "name": _name(won.channel),
        "cost": won.cost,
        "newcomers": won.newcomers,
        "cac": won.cac,
        **{name: ends[1] if ends else None for name, ends in margins.items()},
        "soonest": back.find_month(won.cac, back.high) if back else None,
        "latest": back.find_month(won.cac, back.low) if back else None,
        "rise": won.inflation.cost_growth - 1 if won.inflation else None,
        "cac_before": won.cac_before,
        "month_before": won.months[0],
        "month_now": won.months[1],
    }


def draw(measured: Acquisition, language: Language) -> Figure:
    """Margin per newcomer by age, and the cost as a dashed line of the same colour."""
    figure, axes = new_figure()
    shown = measured.won[:MOST_SHOWN] or ((measured.whole,) if measured.whole else ())
    for won, colour in zip(shown, SERIES, strict=False):
        label = _name(won.channel).word(language)
        axes.axhline(won.cac, color=colour, linestyle="--", linewidth=1.2)
        if won.payback is None:
            axes.plot([], [], color=colour, label=label)
            continue
        places = [place for place, n in enumerate(won.payback.followed) if n]
        ages = [won.payback.ages[place] for place in places]
        axes.plot(ages, [won.payback.margin[place] for place in places], color=colour, marker="o", label=label)
        low, high = ([side[place] for place in places] for side in (won.payback.low, won.payback.high))
        axes.fill_between(ages, low, high, color=colour, alpha=0.12, linewidth=0)
    axes.set_ylim(bottom=0)
    axes.set_xticks(AGES)
    axes.set_xlabel(words.AXIS.word(language))
    axes.set_ylabel(words.AXIS_Y.word(language))
    scale_money(axes.yaxis, measured.currency, language)
    axes.legend(loc="upper left", bbox_to_anchor=(0, 1.14), ncols=MOST_SHOWN, fontsize=9)
    return figure


def _name(channel: str) -> Text:
    return words.ALL if channel == ALL else name_channel(channel)


def _find_costly(measured: Acquisition, won: Won, earned: tuple[float, float, float], months: int) -> Finding:
    low, margin, high = earned
    scale = won.newcomers * measured.yearly
    ends = find_likely(won.cac - high, won.cac - margin, won.cac - low, max(len(measured.won), 1))
    money = [max(end, 0.0) * scale for end in ends]
    named = {
        "channel": _name(won.channel),
        "cac": word_price(won.cac, measured.currency),
        "margin": word_price(margin, measured.currency),
        "days": word_number(months * MONTH_DAYS),
    }
    followed = won.payback.followed[won.payback.ages.index(months)] if won.payback else 0
    return Finding(
        code="venue.costly_acquisition",
        scope={"channel": won.channel},
        title=words.TITLE.fill(**named, money=word_money(money[1], measured.currency)),
        cause=words.CAUSE.fill(
            cost=word_money(won.cost, measured.currency),
            n=word_number(won.newcomers),
            followed=word_number(followed),
            low=word_price(low, measured.currency),
            high=word_price(high, measured.currency),
            **{name: named[name] for name in ("days", "margin")},
        ),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="payback", direction="down", window_days=90),
        stop_rule=words.STOP,
        confidence=min(rate_gap(won.cac - margin, won.cac - high), MOST_SURE),
        impact=Impact(low=money[0], mid=money[1], high=money[2]),
        evidence=(Evidence(table="acquisition", n=won.newcomers, value=won.cac),),
    )


def _find_inflation(measured: Acquisition, won: Won, found: Inflation) -> Finding:
    scale = won.cost * measured.yearly
    ends = [scale * (1 - 1 / max(end, 1.0)) for end in (found.low, found.excess, found.high)]
    money = find_likely(ends[0], ends[1], ends[2], max(len(measured.won), 1))
    named = {
        "channel": _name(won.channel),
        "up": word_change(found.cost_growth - 1),
        "value": word_change(found.value_growth - 1),
        "money": word_money(money[1], measured.currency),
    }
    return Finding(
        code="venue.cac_inflation",
        scope={"channel": won.channel},
        title=words.TITLE_UP.fill(**named),
        cause=words.CAUSE_UP.fill(
            months=word_number(found.months),
            up=named["up"],
            excess=word_change(found.excess - 1),
            low=word_change(found.low - 1),
            high=word_change(found.high - 1),
        ),
        action=words.ACTION_UP,
        owner_role="acquisition",
        validation=Validation(metric="cac", direction="down", window_days=60),
        stop_rule=words.STOP_UP,
        confidence=rate_gap(found.excess - 1, found.low - 1),
        impact=Impact(low=money[0], mid=money[1], high=money[2]),
        evidence=(Evidence(table="acquisition", n=won.newcomers, value=won.cac),),
    )


# In August 120 newcomers pay 100 once, at a gross margin of 50 %, for 12,000 of spend: 100 for one customer who earns
# 50 back. The current period is July to December, so a year holds 240 such customers and loses 12,000.
EXAMPLE_LINES = "\n".join(
    [
        "customer product_id ordered_at paid_amount",
        "early T 2024-01-01 100",
        *(f"c{i:03} T 2024-05-15 100" for i in range(120)),
        *(f"d{i:03} T 2024-08-15 100" for i in range(120)),
        "c000 T 2024-12-31 100",
    ]
)
EXAMPLE_SPEND = """
campaign channel starts_on ends_on cost
feed website 2024-08-01 2024-09-01 12000
"""

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("004-03", "004-07"),
    finds=("venue.costly_acquisition", "venue.cac_inflation"),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="campaigns", columns=("cost",))),
    limits=(
        Limit(name="payback_months", value=6, reason=words.LIMIT_AGE),
        Limit(name="rise", value=0.1, reason=words.LIMIT_RISE),
        Limit(name="newcomers", value=100, reason=words.LIMIT_NEW),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "campaigns": EXAMPLE_SPEND, "products": "product_id unit_cost\nT 50"},
        says="CNY 100.00 (not earned back in 6 months)",
        finds=(("venue.costly_acquisition", {"channel": "website"}),),
    ),
    place=50,
)
