"""A larger share of what a channel's buyers pay is handed back than in the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.generator.clinic.client import Client
from diagnostics.generator.clinic.cuts import choose_channel, is_within, select
from diagnostics.generator.clinic.floors import means_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

MOST = 0.7


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """Any channel."""
    channel = choose_channel(rng, client)
    return {"channel": channel} if channel else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit, or the noise of two refunded shares, by orders weighed with what they paid."""
    parts = []
    for period in (client.previous, client.current):
        lines = select(client, scope["channel"], period)
        orders = lines.groupby("order_id")[["paid_amount", "refund_amount"]].sum()
        ratio = orders.refund_amount.sum() / orders.paid_amount.sum()
        parts.append(((orders.refund_amount - ratio * orders.paid_amount) / orders.paid_amount.mean()).to_numpy())
    return max(limits["least_rise"], means_apart(parts[0], parts[1]))


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
    code="lever.refund_surge", choose=choose, floor=floor, rule="larger of limit and half-width", plant=plant
)
