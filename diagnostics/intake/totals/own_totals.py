"""What reconciliation works on: small frames that intake filled while it read, and our own totals by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.intake.totals.item_totals import empty_item_totals
from diagnostics.intake.totals.missing_days import DailyTotals, lay_days
from diagnostics.intake.totals.set_aside import empty_set_aside
from diagnostics.intake.totals.settled import AFTER_SALES, SETTLED, empty_totals

if TYPE_CHECKING:
    import pyarrow as pa

# Reasons with a cause of their own; all others are rows set aside for what they lack.
_NAMED_REASONS = {"unpaid": "unpaid", "duplicate": "duplicates"}
# These were never sales, so no total misses them.
_NEVER_SALES = frozenset(["not_a_product", "stock_adjustment", "no_price", "future_date"])


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What the orders are held against; frames of all piles together, empty where nothing came.

    `set_aside` of `sum_set_aside`, `items` of `compare_items`, `settled` of `compare_settlements`, `after_sales` of
    `compare_after_sales`; `traffic` is the canonical table; `shops` names the shops of the orders by channel.
    """

    set_aside: pd.DataFrame = field(default_factory=empty_set_aside)
    items: pd.DataFrame = field(default_factory=empty_item_totals)
    settled: pd.DataFrame = field(default_factory=lambda: empty_totals(SETTLED))
    after_sales: pd.DataFrame = field(default_factory=lambda: empty_totals(AFTER_SALES))
    traffic: pa.Table | None = None
    shops: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OwnTotals:
    """Our totals by channel and day: paid, refunded, and what was set aside (`unpaid`, `duplicates`, `set_aside`).

    Frames are indexed by channel and day (datetime64[D] in column `day`).
    """

    days: pd.DataFrame
    aside: pd.DataFrame

    @property
    def channels(self) -> frozenset[str]:
        """Channels with order lines."""
        return frozenset(map(str, self.days["channel"].unique()))

    @property
    def first(self) -> date:
        """The first day with an order."""
        found: date = self.days["day"].min().date()
        return found

    def span(self, channels: frozenset[str]) -> tuple[date, date] | None:
        """First day and day after the last of some channels; `None` without orders."""
        own = self.days[self.days["channel"].isin(channels)]
        return None if own.empty else (own["day"].min().date(), own["day"].max().date() + timedelta(days=1))

    def sum_between(self, channels: frozenset[str], start: date, end: date) -> dict[str, float]:
        """Paid, refunded, unpaid, duplicates and set_aside of some channels on the days of a half-open period."""
        own, aside = (_cut(frame, channels, start, end) for frame in (self.days, self.aside))
        gone = aside.groupby("cause")["amount"].sum()
        causes = ("unpaid", "duplicates", "set_aside")
        return {
            "paid": float(own["paid"].sum()),
            "refunded": float(own["refunded"].sum()),
            **{cause: float(gone.get(cause, 0.0)) for cause in causes},
        }

    def expect_silent(self, channels: frozenset[str], start: date, end: date, *, net: bool) -> tuple[float, float]:
        """What days without orders would have brought, channel by channel, and the most that this may be."""
        totals = [self._lay(channel, net=net) for channel in sorted(channels & self.channels)]
        found = [daily.expect_silent(start, end) for daily in totals]
        return sum(amount for amount, _ in found), sum(most for _, most in found)

    def _lay(self, channel: str, *, net: bool) -> DailyTotals:
        own = self.days[self.days["channel"] == channel]
        amounts = own["paid"] - own["refunded"] if net else own["paid"]
        return lay_days(own["day"].to_numpy("datetime64[D]"), amounts.to_numpy(np.float64))


def _cut(frame: pd.DataFrame, channels: frozenset[str], start: date, end: date) -> pd.DataFrame:
    inside = (frame["day"] >= pd.Timestamp(start)) & (frame["day"] < pd.Timestamp(end))
    return frame[inside & frame["channel"].isin(channels)]


def sum_own(days: pd.DataFrame, set_aside: pd.DataFrame) -> OwnTotals:
    """Our totals from `count_days` and `sum_set_aside`; amounts that no row names count as nothing."""
    reasons = set_aside["reason"].astype(object)
    sold = set_aside[~reasons.isin(_NEVER_SALES)]
    aside = pd.DataFrame(
        {
            "channel": sold["channel"].astype(object),
            "day": pd.to_datetime(sold["day"]).astype("datetime64[us]"),
            "cause": sold["reason"].map(lambda reason: _NAMED_REASONS.get(reason, "set_aside")).astype(object),
            "amount": sold["amount"].astype("float64").fillna(0.0),
        }
    )
    own = days.assign(day=pd.to_datetime(days["day"]).astype("datetime64[us]"))
    return OwnTotals(days=own, aside=aside)
