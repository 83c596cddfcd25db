"""Makes a client of the clinic: a trade, a size and habits drawn by chance, and healthy tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.baskets import draw_products, fill_orders
from diagnostics.generator.clinic.communities import draw_group_days, draw_referrals
from diagnostics.generator.clinic.days import weigh_days
from diagnostics.generator.clinic.entrances import draw_entrances
from diagnostics.generator.clinic.histories import draw_orders
from diagnostics.generator.clinic.memberships import draw_members
from diagnostics.generator.clinic.outposts import draw_live_sessions, draw_stores
from diagnostics.generator.clinic.sides import draw_side_tables
from diagnostics.generator.clinic.teams import draw_staff_days
from diagnostics.generator.clinic.trades import TRADES, Trade
from diagnostics.model.period import Period, add_months

SMALLEST, LARGEST = 800, 60_000
# Heavy buyers stay for years: without a long run before the data their number would still be growing inside of it.
BURN_IN = 1100
# How many products every client sells.
PRODUCTS = 24


@dataclass(frozen=True, kw_only=True)
class Client:
    """One client: its trade as drawn, how many customers ever came, its two years, and its canonical tables.

    `answers` are those of the requirement sheet.

    `previous` and `current` are the periods that a diagnosis compares; money in `tables` is float.
    """

    number: int
    trade: Trade
    customers: int
    previous: Period
    current: Period
    tables: Mapping[str, pd.DataFrame]
    answers: Mapping[str, object] = field(default_factory=dict)

    @property
    def lines(self) -> pd.DataFrame:
        """The order lines."""
        return self.tables["order_lines"]

    def with_tables(self, **tables: pd.DataFrame) -> Client:
        """The client with other tables in place of its own."""
        return replace(self, tables={**self.tables, **tables})


def invent_client(number: int, seed: int, *, customers: int | None = None) -> Client:
    """The healthy client of a number, the same for the same seed; sizes are spread evenly over their logarithm."""
    rng = np.random.default_rng([seed, number])
    trade = _vary(rng, TRADES[number % len(TRADES)])
    size = customers or round(float(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST)))))
    end = add_months(date(2024, 6, 1), int(rng.integers(0, 13)))
    start = add_months(end, -int(rng.choice([24, 26, 30])))
    first = start - timedelta(days=BURN_IN)
    count = (end - first).days
    weights = weigh_days(
        rng, first, count, season=trade.season, promotion=trade.promotion, weekend=rng.uniform(0.9, 1.5)
    )
    growth = rng.uniform(-0.02, 0.2)
    born = weights * np.exp(growth * np.arange(count) / 365)
    home = np.array([outlet.weight for outlet in trade.outlets])
    again = np.clip(trade.again * rng.uniform(0.92, 1.08, len(home)), 0.02, 0.9)
    orders = draw_orders(rng, weights, born, size, home=home, again=again, cycle=trade.cycle)
    seen = orders[orders.day >= BURN_IN].reset_index(drop=True)
    products = draw_products(rng, trade, PRODUCTS)
    lines = fill_orders(rng, seen, products, trade, first)
    previous = Period(start=add_months(end, -24), end=add_months(end, -12))
    client = Client(
        number=number,
        trade=trade,
        customers=size,
        previous=previous,
        current=Period(start=previous.end, end=end),
        tables={"order_lines": lines, "products": products.drop(columns="popularity")},
    )
    months = pd.date_range(first, periods=count).to_period("M")[BURN_IN:]
    sides = draw_side_tables(rng, lines, trade, pd.Series(born[BURN_IN:]).groupby(months).sum())
    buyers = int(lines[lines.ordered_at >= pd.Timestamp(previous.end)].customer.nunique())
    entries = draw_entrances(rng, buyers, end)
    return client.with_tables(**sides, entry_days=entries, **_draw_private_domain(rng, lines, trade, end))


def _draw_private_domain(
    rng: np.random.Generator, lines: pd.DataFrame, trade: Trade, end: date
) -> dict[str, pd.DataFrame]:
    """Staff, groups, referrals, members, live sessions and stores: nothing in the order lines depends on them."""
    yearly = float(lines.paid_amount[lines.ordered_at >= pd.Timestamp(add_months(end, -12))].sum())
    return {
        "staff_days": draw_staff_days(rng, end),
        "group_days": draw_group_days(rng, end),
        "referrals": draw_referrals(rng, end),
        "customers": draw_members(rng, lines, trade),
        "live_sessions": draw_live_sessions(rng, end, trade.price),
        **draw_stores(rng, end, yearly),
    }


def _vary(rng: np.random.Generator, trade: Trade) -> Trade:
    """The trade as this client has it: every figure up to a fifth off, channels of other weights."""
    figures = ("cycle", "again", "price", "items", "discount", "coupons", "refunds", "members", "reach", "season")
    off = {name: getattr(trade, name) * rng.uniform(0.85, 1.15) for name in figures}
    off["items"] = max(off["items"], 1.05)
    weights = rng.uniform(0.7, 1.4, len(trade.outlets))
    outlets = tuple(
        replace(outlet, weight=outlet.weight * factor) for outlet, factor in zip(trade.outlets, weights, strict=True)
    )
    return replace(trade, outlets=outlets, **off)
