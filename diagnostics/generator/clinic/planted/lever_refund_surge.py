"""A larger share of what a channel's buyers pay is handed back than in the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.special import stdtrit

from diagnostics.generator.clinic.cuts import choose_channel, is_within, select
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from diagnostics.generator.clinic.client import Client

MOST = 0.7
MONTHS = 12
TURNS = 30


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any channel."""
    channel = choose_channel(rng, client)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, or the noise of two refunded shares as the months show it, by orders weighed with what they paid.

    Refunds are rare: who doubles them nearly doubles their variance. The noise is that of the gap itself, found by
    repeating until both agree.
    """
    sides = [measure_share(select(client, scope["channel"], side)) for side in (client.previous, client.current)]
    (_, before), (share, now) = sides
    gap = limits["least_rise"]
    for _ in range(TURNS):
        risen = min(share + gap, 0.5)
        noisier = risen * (1 - risen) / max(share * (1 - share), 1e-9)
        gap = max(limits["least_rise"], float(stdtrit(MONTHS - 1, 0.975) * (before + now * noisier) ** 0.5))
    return gap


def measure_share(lines: pd.DataFrame) -> tuple[float, float]:
    """The refunded share of what was paid, and its variance."""
    orders = lines.groupby("order_id")[["paid_amount", "refund_amount"]].sum()
    share = float(orders.refund_amount.sum() / orders.paid_amount.sum())
    parts = (orders.refund_amount - share * orders.paid_amount) / orders.paid_amount.mean()
    return share, float(parts.var(ddof=0)) / len(parts)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Refund so many more orders that the refunded share rises by `gap`."""
    if gap > MOST:
        return None
    lines = client.lines
    inside = (lines.channel == scope["channel"]) & is_within(lines, client.current)
    open_ = inside & (lines.refund_amount == 0)
    paid = float(lines.paid_amount[inside].sum())
    orders = lines.order_id[open_].drop_duplicates()
    share = gap * paid / float(lines.paid_amount[open_].sum())
    chosen = open_ & lines.order_id.isin(orders[rng.random(len(orders)) < share])
    refunds = lines.refund_amount.where(~chosen, lines.paid_amount)
    return Planted(client=client.with_tables(order_lines=lines.assign(refund_amount=refunds)), effect=gap * paid)


PLANTING = Planting(
    code="lever.refund_surge", choose=choose, floor=floor, rule="larger of limit and half-width (months)", plant=plant
)
