"""Finds and takes away order lines: the plain means by which plantings distort a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.client import Client

if TYPE_CHECKING:
    from diagnostics.model.period import Period

# Customers whose first order lies in the first days of the data may be older than the data.
OPENING_DAYS = 90
# A channel that fewer than 30 buyers are left of is not judged; these leave room for chance.
FEWEST_BUYERS = 45


def is_within(lines: pd.DataFrame, period: Period) -> pd.Series:
    """Which rows were ordered inside a period."""
    return (lines.ordered_at >= pd.Timestamp(period.start)) & (lines.ordered_at < pd.Timestamp(period.end))


def choose_channel(
    rng: np.random.Generator, client: Client, *, least: int = 100, stated: bool | None = None
) -> str | None:
    """A channel with at least `least` buyers in both periods; `stated`: one whose visitors are stated, or not."""
    lines = client.lines
    channels = {outlet.channel for outlet in client.trade.outlets if stated is None or bool(outlet.visitors) == stated}
    counts = [
        lines[is_within(lines, period)].groupby("channel", observed=True).customer.nunique()
        for period in (client.previous, client.current)
    ]
    able = sorted(channel for channel in channels if min(count.get(channel, 0) for count in counts) >= least)
    return str(rng.choice(able)) if able else None


def choose_group(rng: np.random.Generator, client: Client) -> str:
    """Any group of customers."""
    return str(rng.choice(sorted(set(client.tables["group_days"].group))))


def pick_group(client: Client, group: str) -> pd.DataFrame:
    """A group's days."""
    days = client.tables["group_days"]
    return days[days.group == group]


def select(client: Client, channel: str, period: Period) -> pd.DataFrame:
    """The lines of a channel in a period."""
    lines = client.lines
    return lines[(lines.channel == channel) & is_within(lines, period)]


def lose_buyers(rng: np.random.Generator, client: Client, channel: str, share: float) -> pd.Series | None:
    """The current lines of a channel, and which belong to a share of its buyers; `None` where too few would be left."""
    now = select(client, channel, client.current)
    if now.customer.nunique() * (1 - share) < FEWEST_BUYERS:
        return None
    return draw_some(rng, now.customer, share)


def draw_some(rng: np.random.Generator, keys: pd.Series, share: float) -> pd.Series:
    """Whether each row belongs to a share of the distinct keys drawn by chance."""
    distinct = keys.drop_duplicates()
    return keys.isin(distinct[rng.random(len(distinct)) < share])


def take_away(client: Client, taken: pd.Series) -> Client:
    """The client without some lines (an aligned or shorter mask of its lines)."""
    mask = taken.reindex(client.lines.index, fill_value=False)
    return client.with_tables(order_lines=client.lines[~mask])


def find_firsts(lines: pd.DataFrame) -> pd.DataFrame:
    """One row a customer: `customer`, the `day`, `channel` and `product_id` of the first order."""
    firsts = lines.sort_values("ordered_at", kind="stable").drop_duplicates("customer")
    return firsts.assign(day=firsts.ordered_at.dt.normalize())[["customer", "day", "channel", "product_id"]]


def net(lines: pd.DataFrame) -> float:
    """Paid less refunds."""
    return float((lines.paid_amount - lines.refund_amount).sum())


def find_drift(client: Client, lines: pd.DataFrame) -> float:
    """How much deeper discounts were meant to be than a year before, without a trouble, on some of a client's lines."""
    sides = [lines[is_within(lines, side)] for side in (client.previous, client.current)]
    before, after = (float(np.average(side.usual_depth, weights=side.list_amount)) for side in sides)
    return after - before


def log_mean(one: float, other: float) -> float:
    """The logarithmic mean of two amounts, the weight of a factor's change (Ang 2005).

    >>> round(log_mean(100.0, 80.0), 2)
    89.63
    """
    return one if one == other else (one - other) / float(np.log(one / other))
