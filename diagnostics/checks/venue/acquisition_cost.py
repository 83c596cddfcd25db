"""What a new customer costs by channel, how soon it is earned back, and whether the cost outgrows the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import share_days
from diagnostics.checks.tracking import track_value
from diagnostics.checks.venue import _acquisition_words as words
from diagnostics.checks.venue._acquisition_findings import state_costly, state_inflation
from diagnostics.checks.venue._acquisition_tables import MOST_SHOWN, draw_won, tabulate_won
from diagnostics.checks.venue._won_customers import ALL, Won, lies_in, measure_won, name_source
from diagnostics.metrics.acquisition import count_newcomers, list_costs, value_newcomers
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.returns import pick_firsts
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_money, word_number, word_price
from diagnostics.statistics.acquisition import spread_costs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


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
    # Spend of the first months won customers who can't be told from those older than the data.
    months = months[months.month >= pd.Timestamp(find_newcomers_since(horizon.history))]
    current = months[lies_in(months, horizon)]
    totals = current.groupby("channel")[["cost", "newcomers"]].sum()
    paid = totals[(totals.cost > 0) & (totals.newcomers > 0) & (totals.index != "")]
    value = replies["value"]
    won = tuple(
        measure_won(str(channel), months, value, replies, many=len(paid))
        for channel in paid.sort_values("cost", ascending=False).index
    )
    whole = None
    if totals.cost.sum() > 0 and totals.newcomers.sum() > 0:
        every = months.groupby("month", as_index=False)[["cost", "newcomers"]].sum().assign(channel=ALL)
        whole = measure_won(ALL, every, value.assign(channel=ALL), replies, many=1)
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
            found.append(state_costly(measured, won, earned, int(limits["payback_months"])))
        if won.inflation is not None and won.inflation.low > 1 + limits["rise"]:
            found.append(state_inflation(measured, won, won.inflation))
    return tuple(found)


def tell(measured: Acquisition) -> Text:
    """The cost of a new customer by channel with the payback."""
    shown = measured.won[:MOST_SHOWN] or ((measured.whole,) if measured.whole else ())
    return words.ANSWER.fill(
        channels=join_texts(
            words.ONE.fill(
                channel=name_source(won.channel), cac=word_price(won.cac, measured.currency), payback=_word_payback(won)
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
    return tabulate_won(measured)


def draw(measured: Acquisition, language: Language) -> Figure:
    """Margin per newcomer by age, and the cost as a dashed line of the same colour."""
    return draw_won(measured, language)


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
