"""The customers that one channel's spend won: what they cost, what they earn back, and the trend of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Replies
from diagnostics.checks.venue import _acquisition_words as words
from diagnostics.metrics.acquisition import AGES, CURRENT, PREVIOUS
from diagnostics.model.names import name_channel
from diagnostics.model.period import MONTHS_A_YEAR
from diagnostics.model.wording import Text
from diagnostics.statistics.acquisition import Inflation, Payback, mean_value, measure_inflation, measure_payback

if TYPE_CHECKING:
    from diagnostics.model.period import Horizon, Period

ALL = "all"
VALUE_AGE = 3


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


def measure_won(channel: str, months: pd.DataFrame, value: pd.DataFrame, replies: Replies, *, many: int) -> Won:
    """One channel's spend of the current period against its new customers; intervals allow for so `many` channels."""
    horizon, stated = replies.engagement.horizon, replies.engagement.brief.number("gross_margin")
    mine, rows = months[months.channel == channel], value[value.channel == channel]
    totals = mine[lies_in(mine, horizon)][["cost", "newcomers"]].sum()
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


def lies_in(months: pd.DataFrame, horizon: Horizon) -> pd.Series[bool]:
    """Which rows lie in the current period."""
    start, end = (pd.Timestamp(day) for day in (horizon.current.start, horizon.current.end))
    return (months.month >= start) & (months.month < end)


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


def name_source(channel: str) -> Text:
    """What the client calls a channel, or all of them together."""
    return words.ALL if channel == ALL else name_channel(channel)
