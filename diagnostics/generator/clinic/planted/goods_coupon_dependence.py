"""Most orders of a channel need a coupon, and newcomers without one do not come back as the others do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.generator.clinic.cuts import OPENING_DAYS, choose_channel, draw_some, find_firsts, take_away
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

    from diagnostics.generator.clinic.client import Client

FOLLOWED = 90
LEAST = 150
# A month is judged that has 30 newcomers of either kind; these leave room for chance.
FEWEST_A_MONTH = 40
# The share of orders with a coupon where this trouble is.
NEEDED = 0.65


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A channel with enough newcomers in months that can be judged."""
    channel = choose_channel(rng, client)
    return {"channel": channel} if channel and count_returns(client, channel)[1] * (1 - NEEDED) >= LEAST else None


def count_returns(client: Client, channel: str) -> tuple[float, float]:
    """The share of a channel's newcomers that bought again within 90 days, and how many came in months with enough."""
    lines, firsts = client.lines, find_firsts(client.lines)
    opening = lines.ordered_at.min() + timedelta(days=OPENING_DAYS)
    last = pd.Timestamp(client.current.end) - timedelta(days=FOLLOWED)
    new = firsts[(firsts.channel == channel) & (firsts.day >= opening) & (firsts.day < last)]
    many = new.customer.groupby(new.day.dt.to_period("M")).transform("size")
    new = new[many * (1 - NEEDED) >= FEWEST_A_MONTH]
    joined = lines[["customer", "ordered_at"]].merge(new[["customer", "day"]], on="customer")
    wait = (joined.ordered_at.dt.normalize() - joined.day).dt.days
    back = new.customer.isin(set(joined.customer[(wait > 0) & (wait <= FOLLOWED)]))
    return float(back.mean()) if len(new) else 0.0, float(len(new))


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two shares, of newcomers with a coupon and without, all channels together."""
    share, many = count_returns(client, scope["channel"])
    sides = (share, many * NEEDED, share, many * (1 - NEEDED))
    return limits["return_gap"] + shares_apart(*sides, looked_at=len(client.trade.outlets))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Put coupons on so many orders that most have one; of newcomers without, so many never return that `gap` lacks.

    The finding's money is what coupons give away, which this does not change: no effect is stated.
    """
    share, _ = count_returns(client, scope["channel"])
    if gap > share:
        return None
    lines = client.lines
    own = lines.channel == scope["channel"]
    used = float(lines.used_coupon[own].mean())
    more = own & draw_some(rng, lines.order_id, max(NEEDED - used, 0.0) / (1 - used))
    couponed = client.with_tables(order_lines=lines.assign(used_coupon=lines.used_coupon | more))
    lines = couponed.lines
    opened = lines.sort_values("ordered_at", kind="stable").drop_duplicates("customer")
    plain = opened[(opened.channel == scope["channel"]) & ~opened.used_coupon]
    day_of = lines.customer.map(opened.set_index("customer").ordered_at).dt.normalize()
    later = lines.customer.isin(plain.customer) & (lines.ordered_at.dt.normalize() > day_of)
    lost = later & draw_some(rng, lines.customer, gap / share)
    return Planted(client=take_away(couponed, lost), effect=None)


PLANTING = Planting(
    code="goods.coupon_dependence", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
