"""How large the customer base is, how it moves month by month, and the key figures of the business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.stack import draw_stack
from diagnostics.charts.theme import ACCENT, QUIET, SERIES
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.known_people import ask_identity, read_identity, say_crossing, say_people
from diagnostics.checks.people import _base_words as words
from diagnostics.checks.people._key_figures import Totals, list_key_figures, read_totals
from diagnostics.metrics.buyers import count_monthly_buyers, count_monthly_orders, total_period
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.orders import count_orders
from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, Period, add_months
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_change, word_date, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.overlap_bounds import Base as IdentityBase

QUESTION = Text(zh="客户底盘有多大，逐月如何变化？", en="How large is the customer base, and how does it move?")
DEFINITION = Text(
    zh="买家 = 当月有成交的有身份客户，跨渠道合并。新客 = 首次观察到的购买在当月；回头客 = 此前已观察到购买；"
    "早于数据的客户 = 首次观察到的购买落在数据最初三个月内（历史较短时取其八分之一，至少一个月），他们可能更早就买过"
    "，不算新客，单独列示。重复购买 = 本期在两个及以上不同的日子购买。没有身份的订单另列。",
    en="Buyers = known customers with a sale in the month, over all channels. First-time = the first observed purchase "
    "lies in the month; returning = seen buying earlier; older than the data = first seen in the first three months "
    "of the data (an eighth of a short history, at least a month): they may have bought before, so they are not called "
    "new. Repeat buyers bought on two or more days of the current period. Orders without a known customer are shown "
    "apart.",
)


@dataclass(frozen=True, kw_only=True)
class Base:
    """Buyers by month, and the totals of the two periods."""

    months: pd.DataFrame
    now: Totals
    before: Totals | None
    newcomers: tuple[float, float] | None
    annual_gmv: float
    identity: IdentityBase | None
    since: pd.Timestamp
    is_cut: bool
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for buyers and orders by month, and for the totals of the periods."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    observed, current = within(lines, horizon.history), within(lines, horizon.current)
    asked = {
        "buyers": count_monthly_buyers(observed, find_newcomers_since(horizon.history)),
        "orders": count_monthly_orders(tables.keep(count_orders(observed))),
        "now": total_period(current, tables.keep(count_orders(current))),
        "identity": ask_identity(current),
    }
    if horizon.previous is not None:
        previous = within(lines, horizon.previous)
        asked["before"] = total_period(previous, count_orders(previous))
    return asked


def measure(replies: Replies) -> Base | NotComputable:
    """Put months in order, leave out those observed in part, and compare the periods."""
    horizon = replies.engagement.horizon
    now = read_totals(replies["now"])
    if not now.buyers:
        return NotComputable(reason=words.NO_BUYERS)
    whole = find_whole_months(horizon)
    months = replies["orders"].merge(replies["buyers"], on="month", how="left").sort_values("month", ignore_index=True)
    counts = ["buyers", "first_time", "returning", "older", "first_time_gmv", "returning_gmv", "older_gmv"]
    # A month with orders but without a known buyer has 0 known buyers: that was observed.
    months[counts] = months[counts].fillna(0)
    # In the days of unknown age nobody can be told to be new: not observed, which is not 0.
    unknown = months.month + pd.offsets.MonthBegin(1) <= pd.Timestamp(find_newcomers_since(horizon.history))
    newer = ["first_time", "returning", "first_time_gmv", "returning_gmv"]
    months[newer] = months[newer].astype(float).mask(unknown)
    inside = months.month.between(pd.Timestamp(whole.start), pd.Timestamp(whole.end), inclusive="left")
    shown = months[inside].assign(orders_unknown=lambda frame: frame.orders - frame.orders_known)
    before = read_totals(replies["before"]) if "before" in replies else None
    return Base(
        months=shown.reset_index(drop=True),
        now=now,
        before=before if before is not None and before.orders else None,
        newcomers=_compare_newcomers(months, horizon),
        annual_gmv=replies.engagement.annual_gmv,
        identity=read_identity(replies["identity"]),
        since=pd.Timestamp(find_newcomers_since(horizon.history)),
        is_cut=not bool(inside.all()),
        currency=replies.engagement.currency,
    )


def find_whole_months(horizon: Horizon) -> Period:
    """The whole months of the history, or all that it touches if there is none."""
    first = horizon.history.start
    start = add_months(first, 0 if first.day <= 1 + SLACK_DAYS else 1)
    end = horizon.current.end
    return Period(start=start, end=end) if start < end else Period(start=add_months(first, 0), end=horizon.history.end)


def judge(_measured: Base, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: what moves the base is judged by the levers and by repeat buying."""
    return ()


def tell(measured: Base) -> Text:
    """Buyers, how many return, how much of GMV is known."""
    change = NOTHING
    if measured.before is not None and measured.before.buyers:
        change = words.BUYER_CHANGE.fill(change=word_change(measured.now.buyers / measured.before.buyers - 1))
    said = words.ANSWER.fill(
        buyers=word_number(measured.now.buyers),
        change=change,
        repeat=word_percent(measured.now.repeat_share),
        known=word_percent(measured.now.known_share),
    )
    if measured.newcomers is None:
        return said
    before, now = measured.newcomers
    return said + words.NEWCOMERS.fill(before=word_number(before), now=word_number(now))


def caveat(measured: Base) -> tuple[Text, ...]:
    """What the numbers leave out."""
    said = [*say_people(measured.identity), *say_crossing(measured.identity)]
    said.append(words.OLDER_NOTE.fill(day=word_date(measured.since.date())))
    unknown = measured.now.orders - measured.now.orders_known
    if unknown:
        said.append(
            words.UNKNOWN_ORDERS.fill(n=word_number(unknown), share=word_percent(unknown / measured.now.orders))
        )
    if measured.is_cut:
        said.append(words.CUT_MONTHS)
    return tuple(said)


def tabulate(measured: Base) -> tuple[Exhibit, ...]:
    """The key figures, and buyers by month."""
    fields = (
        Field(name="month", label=Text(zh="月份", en="Month"), unit="month"),
        Field(name="buyers", label=Text(zh="买家", en="Buyers"), unit="count"),
        *(Field(name=name, label=label, unit="count") for name, label in words.LAYERS.items()),
        Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
        Field(name="orders_unknown", label=Text(zh="无身份订单", en="Orders without customer"), unit="count"),
    )
    months = Exhibit(
        name="months",
        title=Text(zh="逐月买家（最近一年）", en="Buyers by month, the latest year"),
        fields=fields,
        frame=measured.months.tail(MONTHS_A_YEAR),
    )
    return (list_key_figures(measured), months)


def draw(measured: Base, language: Language) -> Figure:
    """Buyers by month, stacked by kind."""
    layers = {label.word(language): measured.months[name].fillna(0).tolist() for name, label in words.LAYERS.items()}
    figure, axes = draw_stack(
        measured.months.month.tolist(),
        layers,
        axis_label=Text(zh="有身份的买家", en="Known buyers").word(language),
        colours=(QUIET, ACCENT, SERIES[1]),
    )
    scale_count(axes.yaxis)
    return figure


def _compare_newcomers(months: pd.DataFrame, horizon: Horizon) -> tuple[float, float] | None:
    """First-time buyers a month before and now; `None` where a period reaches into the days of unknown age."""
    if horizon.previous is None or horizon.previous.start < find_newcomers_since(horizon.history):
        return None
    means = []
    for period in (horizon.previous, horizon.current):
        inside = months.month.between(pd.Timestamp(period.start), pd.Timestamp(period.end), inclusive="left")
        means.append(float(months.first_time[inside].sum()) / period.months)
    return means[0], means[1]


# Two whole months; who is first seen in January is of unknown age. In February, b and c buy again, e is new and
# buys on two days: three known buyers after four, one of three a repeat buyer; 50 of 350 have no customer.
EXAMPLE_LINES = """
customer ordered_at paid_amount
a 2024-01-02 100
b 2024-01-03 100
c 2024-01-25 100
d 2024-01-31 100
b 2024-02-05 100
c 2024-02-10 100
e 2024-02-12 60
e 2024-02-29 40
- 2024-02-15 50
"""

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
    caveats=caveat,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES}, says="3 known customers bought in the current period (-25.0%"
    ),
    place=10,
)
