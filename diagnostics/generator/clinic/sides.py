"""Draws the tables beside the orders: visitors by month, contacts of the private domain, and spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np

    from diagnostics.generator.clinic.trades import Trade


def draw_side_tables(
    rng: np.random.Generator, lines: pd.DataFrame, trade: Trade, flow: pd.Series[float]
) -> dict[str, pd.DataFrame]:
    """The canonical `traffic`, `contacts` and `campaigns` of a healthy client; `flow` is how busy each month is."""
    return {
        "traffic": draw_traffic(rng, lines, trade, flow),
        "contacts": draw_contacts(rng, lines, trade),
        "campaigns": draw_spend(rng, lines, trade),
    }


def draw_traffic(rng: np.random.Generator, lines: pd.DataFrame, trade: Trade, flow: pd.Series[float]) -> pd.DataFrame:
    """Visitors a month and channel: as many as it usually takes to win so many buyers, and as the month is busy.

    They do not follow the buyers who happened to come: a month's conversion scatters as it would by chance.
    """
    month = lines.ordered_at.dt.to_period("M")
    buyers = lines.groupby(["channel", month], observed=True).customer.nunique().groupby("channel", observed=True).sum()
    rows = [
        {
            "starts_on": at.start_time,
            "ends_on": (at + 1).start_time,
            "channel": outlet.channel,
            "source": "搜索",
            "visitors": int(rng.poisson(many * outlet.visitors * busy)),
        }
        for outlet in trade.outlets
        if outlet.visitors and (many := int(buyers.get(outlet.channel, 0)))
        for at, busy in zip(pd.PeriodIndex(flow.index), flow / flow.sum(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["starts_on", "ends_on", "channel", "source", "visitors"])


def draw_contacts(rng: np.random.Generator, lines: pd.DataFrame, trade: Trade) -> pd.DataFrame:
    """Contacts: the same share of every channel's customers, added about a fortnight after the first order."""
    opened = lines.groupby("customer", observed=True).ordered_at.min()
    added = opened[rng.random(len(opened)) < trade.reach]
    return pd.DataFrame(
        {
            "contact": added.index.astype(str),
            "customer": added.index.astype(str),
            "added_at": added.to_numpy() + (rng.exponential(14, len(added)) * 86_400).astype("timedelta64[s]"),
        }
    )


def draw_spend(rng: np.random.Generator, lines: pd.DataFrame, trade: Trade) -> pd.DataFrame:
    """Spend on new customers by channel and month: the usual cost of a customer, a quarter up or down by chance."""
    opened = lines.drop_duplicates("customer")
    value = lines.paid_amount.sum() / lines.order_id.nunique()
    won = opened.groupby(["channel", opened.ordered_at.dt.to_period("M")], observed=True).size()
    rows = [
        {
            "campaign": f"{channel} {at}",
            "channel": channel,
            "starts_on": at.start_time,
            "ends_on": (at + 1).start_time,
            "cost": round(many * value * trade.won_for * float(rng.uniform(0.8, 1.25)), 2),
        }
        for channel, at, many in _list_cells(won)
        if channel != "store"
    ]
    return pd.DataFrame(rows, columns=["campaign", "channel", "starts_on", "ends_on", "cost"])


def _list_cells(counts: pd.Series[int]) -> list[tuple[str, pd.Period, int]]:
    """Channel, month and count of a series by both, without empty cells."""
    frame = counts[counts > 0].rename("many").rename_axis(["channel", "month"]).reset_index()
    return list(zip(frame.channel.astype(str), frame.month, frame.many, strict=True))
