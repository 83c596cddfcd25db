"""Customers who come for one product do not come back as others do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.generator.clinic.cuts import OPENING_DAYS, draw_some, find_firsts, is_within, net, take_away
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

    from diagnostics.generator.clinic.client import Client

FOLLOWED = 90
LEAST = 150


def find_newcomers(client: Client) -> pd.DataFrame:
    """One row a newcomer and product of the first day: `customer`, `day`, `product_id`, `back` (within 90 days)."""
    lines = client.lines
    firsts = find_firsts(lines)
    opening = lines.ordered_at.min() + timedelta(days=OPENING_DAYS)
    new = firsts[firsts.day >= opening][["customer", "day"]]
    dated = lines[["customer", "ordered_at", "product_id"]].assign(at=lines.ordered_at.dt.normalize())
    joined = dated.merge(new, on="customer")
    wait = (joined["at"] - joined.day).dt.days
    back = set(joined.customer[(wait > 0) & (wait <= FOLLOWED)])
    opened = joined[wait == 0].drop_duplicates(["customer", "product_id"])
    return opened.assign(back=opened.customer.isin(back))[["customer", "day", "product_id", "back"]]


def _follow(client: Client, opened: pd.DataFrame) -> pd.DataFrame:
    return opened[opened.day < pd.Timestamp(client.current.end) - timedelta(days=FOLLOWED)]


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A product with enough newcomers."""
    counts = _follow(client, find_newcomers(client)).product_id.value_counts()
    total = counts.sum()
    able = sorted(counts.index[(counts >= LEAST) & (counts >= total / 20)])
    return {"sku": str(rng.choice(able))} if able else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of the product's share and that of the others."""
    followed = _follow(client, find_newcomers(client))
    mine = followed.product_id == scope["sku"]
    other = followed[~followed.customer.isin(followed.customer[mine])].drop_duplicates("customer")
    sides = [(float(side.back.mean()), float(len(side))) for side in (followed[mine], other)]
    return limits["gap"] + shares_apart(*sides[0], *sides[1], looked_at=followed.product_id.nunique())


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let so many of the product's newcomers never come back that their share falls by `gap`; it costs their orders."""
    opened = find_newcomers(client)
    mine = opened[opened.product_id == scope["sku"]]
    share = float(_follow(client, mine).back.mean())
    if gap > share:
        return None
    lines = client.lines
    day_of = lines.customer.map(mine.set_index("customer").day).astype("datetime64[s]")
    later = day_of.notna() & (lines.ordered_at.dt.normalize() > day_of)
    lost = later & draw_some(rng, lines.customer, gap / share)
    worth = net(lines[later & is_within(lines, client.current)])
    return Planted(client=take_away(client, lost), effect=worth * gap / share)


PLANTING = Planting(
    code="goods.gateway_mismatch", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
