"""The steps of the journey, and where it breaks: steps that lack something, steps at which too many are lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.journey import _breakpoint_words as words
from diagnostics.checks.journey import _map_words as map_words
from diagnostics.checks.journey._gaps import find_gap, show_opportunities, tell_gaps
from diagnostics.checks.journey._journey_map import Journey, draw_journey, read_journey, show_journey, tell_journey
from diagnostics.checks.journey._words import MEASURED
from diagnostics.metrics.intent import ANY, follow_stages, list_orders, mark_stages
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.orders import count_orders
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.step_losses import StepLoss, find_losses, rate_journey
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WITHIN_DAYS = 14
ORDERED = ("cart", "book", "ask", "save", "view")
MOST_ROWS = 15
# Answered by the steps that the sheet lists, not by the log.
LISTED = ("003-14", "004-21", "004-24")
WEEK_COLUMNS = ["step", "channel", "week", "entered", "passed"]


@dataclass(frozen=True, kw_only=True)
class Breakpoints:
    """The sheet's journey, rates of the log, comparisons, the share that orders after a cart, and spend per order."""

    journey: Journey | None
    rates: pd.DataFrame
    losses: tuple[StepLoss, ...]
    ordering: float
    ticket: float | None
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for steps passed by week where events name customers, and for spend per order."""
    horizon = tables.engagement.horizon
    if not tables.has("events", "customer", "kind", "happened_at"):
        return {}
    marked = tables.share(mark_stages(tables["events"]))
    lines = None
    asked = {}
    if tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        orders = tables.keep(count_orders(within(lines, horizon.current)))
        asked["ticket"] = orders.agg(orders=orders.count(), gmv=orders.gmv.sum())
    asked["followed"] = follow_stages(marked, list_orders(marked, lines), horizon.as_of, WITHIN_DAYS)
    return asked


def measure(replies: Replies) -> Breakpoints | NotComputable:
    """Read the sheet's steps and rate those that the log shows."""
    journey = read_journey(replies.engagement.brief)
    followed = replies.frames.get("followed")
    weeks = followed if followed is not None else pd.DataFrame(columns=WEEK_COLUMNS)
    if journey is None and weeks.empty:
        return NotComputable(reason=words.NOTHING_KNOWN, unlocked_by=words.UNLOCKED_BY)
    told = replies.frames.get("ticket")
    orders = float(told.orders.iloc[0]) if told is not None else 0.0
    carts = weeks[weeks.step == "cart"]
    return Breakpoints(
        journey=journey,
        rates=rate_journey(weeks),
        losses=find_losses(weeks),
        ordering=float(carts.passed.sum() / carts.entered.sum()) if len(carts) else np.nan,
        ticket=float(told.gmv.iloc[0]) / orders if told is not None and orders else None,
        currency=replies.engagement.currency,
    )


def judge(measured: Breakpoints, limits: Limits) -> tuple[Finding, ...]:
    """Raise each step that lacks something, and each that loses far more than the client's own others."""
    lost = tuple(_find_loss(loss, measured, limits) for loss in choose(measured, limits))
    broken = measured.journey.broken if measured.journey is not None else ()
    return lost + tuple(find_gap(step) for step in broken)


def choose(measured: Breakpoints, limits: Limits) -> tuple[StepLoss, ...]:
    """The losses clearly beyond the limit: a channel's last weeks only where the channel as a whole is none."""
    large = [
        loss
        for loss in measured.losses
        if loss.rate.n >= limits["entries"] and loss.rate.high < limits["ratio"] * loss.others.low
    ]
    whole = {(loss.step, loss.channel) for loss in large if not loss.is_recent}
    return tuple(loss for loss in large if not loss.is_recent or (loss.step, loss.channel) not in whole)


def _find_loss(loss: StepLoss, measured: Breakpoints, limits: Limits) -> Finding:
    impact = _size(loss, measured, limits)
    rate, others = loss.rate, loss.others
    return Finding(
        code="journey.breakpoint",
        scope={"step": loss.step} | ({"channel": loss.channel} if loss.channel != ANY else {}),
        title=words.LOSS_TITLE.fill(
            where=_locate(loss),
            step=MEASURED[loss.step],
            rate=word_percent(rate.share),
            against=words.THAN_BEFORE if loss.is_recent else words.THAN_OTHERS,
            others=word_percent(others.share),
        ),
        cause=words.LOSS_CAUSE.fill(
            weeks=word_number(loss.weeks),
            people=word_number(rate.n),
            rate=word_percent(rate.share),
            low=word_percent(rate.low),
            high=word_percent(rate.high),
            missed=word_number(loss.missed()[1]),
            ticket=word_price(measured.ticket, measured.currency),
        ),
        action=words.LOSS_ACTION,
        owner_role="channel",
        validation=Validation(metric="hop", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(others.share - rate.share, others.low - rate.high),
        impact=impact,
        impact_reason=None if impact else words.NO_PRICE,
        severity=None if impact else "low",
        evidence=(Evidence(table="rates", n=rate.n, value=rate.share),),
    )


def _size(loss: StepLoss, measured: Breakpoints, limits: Limits) -> Impact | None:
    # Looking leads to a cart before it leads to an order.
    onward = measured.ordering if loss.step == "view" else 1.0
    if measured.ticket is None or measured.ticket <= 0 or np.isnan(onward):
        return None
    low, mid, high = (people * onward * measured.ticket for people in loss.missed())
    low, mid, high = size_stake((low, mid, high), least=limits["feasible_low"], likely=limits["feasible_mid"])
    return Impact(low=low, mid=mid, high=high)


def _locate(loss: StepLoss) -> Text:
    channel = name_channel(loss.channel) if loss.channel != ANY else words.UNKNOWN_CHANNEL
    return words.RECENT.fill(channel=channel) if loss.is_recent else channel


def tell(measured: Breakpoints) -> Text:
    """How complete and ordered the steps are, how many are broken, and what the log shows."""
    said = NOTHING
    if measured.journey is not None:
        said = tell_journey(measured.journey) + tell_gaps(measured.journey)
    rates = _pool(measured.rates)
    if not rates:
        return said
    worded = [words.RATE.fill(step=MEASURED[step], rate=word_percent(rate)) for step, rate in rates.items()]
    lost = choose(measured, {limit.name: limit.value for limit in LIMITS})
    return said + words.LOSSES.fill(
        rates=join_texts(worded), lost=words.LOST.fill(n=word_number(len(lost))) if lost else NOTHING
    )


def _pool(rates: pd.DataFrame) -> dict[str, float]:
    """The rate of each step over all channels, nearest to the order first."""
    sums = rates.groupby("step")[["entered", "passed"]].sum()
    return {step: float(sums.passed[step] / sums.entered[step]) for step in ORDERED if step in sums.index}


def lacks(measured: Breakpoints) -> Mapping[str, Text]:
    """What only the sheet's list of steps tells."""
    return dict.fromkeys(LISTED, map_words.NO_STEPS) if measured.journey is None else {}


def tabulate(measured: Breakpoints) -> tuple[Exhibit, ...]:
    """The journey map, every broken step with what to give it, and the rates of the log."""
    journey = measured.journey
    listed = () if journey is None else (show_journey(journey), show_opportunities(journey.broken))
    return (*listed, _show_rates(measured.rates)) if len(measured.rates) else listed


def _show_rates(rates: pd.DataFrame) -> Exhibit:
    fields = (
        Field(name="step", label=Text(zh="环节", en="Step")),
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="entered", label=Text(zh="进入人次", en="Entries"), unit="count"),
        Field(name="passed", label=Text(zh="14 天内走到下一步", en="Go on within 14 days"), unit="count"),
        Field(name="rate", label=Text(zh="比例", en="Share"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    title = Text(zh="各环节走到下一步的比例", en="How many go on, step by step")
    worded = rates.assign(step=rates.step.map(MEASURED), channel=rates.channel.where(rates.channel != ANY, None))
    return Exhibit(name="rates", title=title, fields=fields, frame=worded)


def draw(measured: Breakpoints, language: Language) -> Figure:
    """The share that goes on by step and channel, else what each step of the sheet has and lacks."""
    if measured.rates.empty and measured.journey is not None:
        return draw_journey(measured.journey, language)
    rates = measured.rates.head(MOST_ROWS)
    names = [
        Text(zh="{channel} {step}", en="{channel}: {step}").fill(
            channel=name_channel(str(channel)) if channel != ANY else words.UNKNOWN_CHANNEL,
            step=Text(zh=MEASURED[str(step)].zh[:9], en=MEASURED[str(step)].en),
        )
        for step, channel in zip(rates.step, rates.channel, strict=True)
    ]
    figure = draw_bars(
        [name.word(language) for name in names],
        rates.rate.tolist(),
        [word_percent(rate).word(language) for rate in rates.rate],
        axis_label=Text(zh="14 天内走到下一步的比例", en="Go on within 14 days").word(language),
        low=rates.low.tolist(),
        high=rates.high.tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="entries",
        value=200,
        reason=Text(zh="进入不足 200 人次的环节不判断", en="steps entered fewer than 200 times are not judged"),
    ),
    Limit(
        name="ratio",
        value=0.6,
        reason=Text(
            zh="渠道之间本来就有差别；区间上限不到比较对象下限的六成才算断点",
            en="channels differ as it is: a break only where the upper end is under 60% of the other's lower end",
        ),
    ),
    Limit(
        name="feasible_low",
        value=0.25,
        reason=Text(
            zh="补回四分之一是保守值：一部分人会从别处下单", en="a quarter is the careful end: some order elsewhere"
        ),
    ),
    Limit(name="feasible_mid", value=0.5, reason=Text(zh="按补回一半估计", en="half of the gap is taken as likely")),
)

# Each week forty customers put something into the cart of either channel: half order at once in the mini-program,
# nobody does on the website.
EXAMPLE_EVENTS = "\n".join(
    [
        "customer happened_at kind channel",
        *(
            f"{channel[0]}{week}x{i} 2024-0{1 + week // 4}-{1 + 7 * (week % 4):02} 加购 {channel}"
            for channel in ("miniprogram", "website")
            for week in range(8)
            for i in range(40)
        ),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(
            f"m{week}x{i} 2024-0{1 + week // 4}-{1 + 7 * (week % 4):02}T12:00 50"
            for week in range(8)
            for i in range(20)
        ),
        "end 2024-03-31 50",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("004-22", "003-15", *LISTED),
    finds=("journey.breakpoint",),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    lacks=lacks,
    # Of 640 carts 160 are ordered: 25 %; the steps of the sheet are whole.
    example=Example(
        tables={"events": EXAMPLE_EVENTS, "order_lines": EXAMPLE_LINES},
        says="cart to order 25.0%",
        finds=(("journey.breakpoint", {"step": "cart", "channel": "website"}),),
        brief=Brief(
            answers={
                "journey_steps": (
                    {"phase": "pre", "step": "咨询", "touchpoint": "公众号", "owner": "客服", "next_step": "下单"},
                    {"phase": "in", "step": "下单", "touchpoint": "小程序", "owner": "商城"},
                )
            }
        ),
    ),
    place=20,
)
