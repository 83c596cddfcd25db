"""What each planted trouble costs a year, measured in the world that it was planted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.draws import Flags, Ints
from diagnostics.generator.season import DAYS, YEAR
from diagnostics.generator.troubles import (
    HEALTHY_ADD_RATE,
    OWED_TO_REACH,
    SCAN_CITY,
    SCOPES,
    Losses,
    Troubles,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diagnostics.generator.contacts import StoreDays
    from diagnostics.generator.orders import Orders
    from diagnostics.generator.people import People
    from diagnostics.generator.places import Store
    from diagnostics.generator.purchases import Purchases


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One planted trouble; `strength` is a share, `annual_effect` yuan a year."""

    code: str
    scope: Mapping[str, str]
    strength: float
    annual_effect: float


def _yuan(fen: float) -> float:
    return round(float(fen) / 100, 2)


def _cost_of_orders(purchases: Purchases, paid_fen: Ints, losses: Losses, trouble: Flags) -> float:
    """Paid amount of the last 12 months' orders that would be there if this one trouble were mended."""
    back = losses.without(trouble) & ~losses.kept & (purchases.day >= DAYS - YEAR)
    return _yuan(paid_fen[back].sum())


def _cost_of_scans(
    *, purchases: Purchases, paid_fen: Ints, people: People, days: StoreDays, stores: Sequence[Store], rate: float
) -> float:
    """Contacts lost at the scan × what a contact owes a year to being reached.

    The second factor is `OWED_TO_REACH` × the last 12 months' repeat sales to those who would add, per such
    buyer.
    """
    adding = people.would_add[purchases.person] & (purchases.day >= DAYS - YEAR)
    repeat = adding & (purchases.turn > 0)
    worth = OWED_TO_REACH * float(paid_fen[repeat].sum()) / max(len(np.unique(purchases.person[adding])), 1)
    scans = sum(int(days.scans[place].sum()) for place, store in enumerate(stores) if store.city == SCAN_CITY)
    return _yuan(scans * (HEALTHY_ADD_RATE - rate) * worth)


def measure_effects(
    *,
    people: People,
    purchases: Purchases,
    paid_fen: Ints,
    losses: Losses,
    orders: Orders,
    days: StoreDays,
    stores: Sequence[Store],
    conversion_drop: float,
    troubles: Troubles,
) -> tuple[Planted, ...]:
    """Codes, scopes, strengths and yearly cost of the planted troubles.

    A trouble that takes orders away costs the paid amount of the last 12 months' orders that would come back
    if it alone were mended: the world is made healthy first, and each trouble marks what it takes. The refund
    surge costs the refunds of the last 12 months that the old rate would have spared; lost scans cost the
    missing contacts times what a contact owes to being reached.
    """
    extra = _yuan(orders.refund_fen[orders.surged].sum())
    strengths: dict[str, tuple[float, float]] = {
        "lever.conversion_drop": (conversion_drop, _cost_of_orders(purchases, paid_fen, losses, losses.conversion)),
        "retention.one_time_buyers": (troubles.douyin_once, _cost_of_orders(purchases, paid_fen, losses, losses.once)),
        "goods.gateway_mismatch": (troubles.gateway_once, _cost_of_orders(purchases, paid_fen, losses, losses.gateway)),
        "people.low_reach": (
            1 - (troubles.tmall_reach or 0.0),
            _cost_of_orders(purchases, paid_fen, losses, losses.reach),
        ),
        "venue.migration_loss": (
            1 - troubles.add_rate / HEALTHY_ADD_RATE,
            _cost_of_scans(
                purchases=purchases,
                paid_fen=paid_fen,
                people=people,
                days=days,
                stores=stores,
                rate=troubles.add_rate,
            ),
        ),
        "store.target_shortfall": (troubles.store_loss, _cost_of_orders(purchases, paid_fen, losses, losses.store)),
        "lever.refund_surge": (troubles.douyin_refund_surge - troubles.douyin_refund, extra),
    }
    return tuple(
        Planted(code=code, scope=SCOPES[code], strength=round(strength, 4), annual_effect=effect)
        for code, (strength, effect) in strengths.items()
    )
