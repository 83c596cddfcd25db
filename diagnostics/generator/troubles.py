"""The troubles that can be planted: which orders they cost, and how much money that is a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.assortment import GATEWAY, GATEWAY_PLACE
from diagnostics.generator.draws import Flags
from diagnostics.generator.people import People
from diagnostics.generator.places import DOUYIN, STORE, TMALL
from diagnostics.generator.purchases import Purchases
from diagnostics.generator.season import DAYS, YEAR

# Each order of a contact after the first one owes itself with this chance to being reached in the private domain.
OWED_TO_REACH = 0.2
SCAN_CITY = "成都"
TARGET_CITY = "武汉"
HEALTHY_REFUND = 0.04
HEALTHY_ADD_RATE = 0.6


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """How strong each trouble is; the defaults are none.

    `lost_newcomers`: share of Tmall's new customers who no longer come in the last 12 months.
    `douyin_once`, `gateway_once`: share of first buyers who never return. `tmall_reach`: share of Tmall
    customers who are contacts (`None`: as elsewhere). `add_rate`: share of scans in `SCAN_CITY` that end in a
    contact. `store_loss`: share of the customers of `TARGET_CITY` who stay away. `douyin_refund`,
    `douyin_refund_surge`: refunded share of Douyin orders in the first and in the second year.
    """

    lost_newcomers: float = 0.0
    douyin_once: float = 0.0
    gateway_once: float = 0.0
    tmall_reach: float | None = None
    add_rate: float = HEALTHY_ADD_RATE
    store_loss: float = 0.0
    douyin_refund: float = HEALTHY_REFUND
    douyin_refund_surge: float = HEALTHY_REFUND


NONE = Troubles()
PLANTED = Troubles(
    lost_newcomers=0.26,
    douyin_once=0.6,
    gateway_once=0.65,
    tmall_reach=0.08,
    add_rate=0.24,
    store_loss=0.35,
    douyin_refund=0.05,
    douyin_refund_surge=0.13,
)


@dataclass(frozen=True, kw_only=True)
class Losses:
    """For every order that a healthy business would have: which trouble takes it away."""

    conversion: Flags
    once: Flags
    gateway: Flags
    reach: Flags
    store: Flags

    @property
    def _all(self) -> tuple[Flags, ...]:
        return (self.conversion, self.once, self.gateway, self.reach, self.store)

    @property
    def kept(self) -> Flags:
        """Orders that no trouble takes away."""
        return _none_of(self._all)

    def without(self, trouble: Flags) -> Flags:
        """Orders that would be there if this one trouble were mended and the others stayed."""
        return _none_of(tuple(loss for loss in self._all if loss is not trouble))


def _none_of(losses: tuple[Flags, ...]) -> Flags:
    taken: Flags = np.zeros_like(losses[0])
    for loss in losses:
        taken = taken | loss
    return ~taken


def mark_contacts(people: People, troubles: Troubles) -> Flags:
    """Who is a contact of the private domain; a lower reach takes some of those who would be."""
    if troubles.tmall_reach is None:
        return people.would_add
    reached: Flags = people.would_add & ((people.home != TMALL) | (people.add_chance < troubles.tmall_reach))
    return reached


def find_losses(people: People, purchases: Purchases, troubles: Troubles) -> Losses:
    """Say of every order which trouble takes it away."""
    who = purchases.person
    again = purchases.turn > 0
    newcomer_lost = (people.home == TMALL) & (people.born_day >= DAYS - YEAR)
    newcomer_lost &= people.conversion_chance < troubles.lost_newcomers
    once = (people.home == DOUYIN) & (people.once_chance < troubles.douyin_once)
    gateway = (people.first_product == GATEWAY_PLACE) & (people.gateway_chance < troubles.gateway_once)
    unreached = people.would_add & ~mark_contacts(people, troubles)
    stays_away = (people.home == STORE) & (people.city == TARGET_CITY) & (people.store_chance < troubles.store_loss)
    return Losses(
        conversion=newcomer_lost[who],
        once=once[who] & again,
        gateway=gateway[who] & again,
        reach=unreached[who] & again & (purchases.reach_chance < OWED_TO_REACH),
        store=stays_away[who],
    )


def find_refunds(purchases: Purchases, troubles: Troubles) -> tuple[Flags, Flags]:
    """Orders that are refunded, and among them those that a steady rate would have spared."""
    douyin = purchases.channel == DOUYIN
    steady = np.where(douyin, troubles.douyin_refund, HEALTHY_REFUND)
    late = purchases.day >= DAYS - YEAR
    rate = np.where(douyin & late, troubles.douyin_refund_surge, steady)
    return purchases.refund_chance < rate, (purchases.refund_chance < rate) & (purchases.refund_chance >= steady)


SCOPES: dict[str, dict[str, str]] = {
    "lever.conversion_drop": {"channel": "tmall"},
    "retention.one_time_buyers": {"channel": "douyin"},
    "goods.gateway_mismatch": {"sku": GATEWAY},
    "people.low_reach": {"channel": "tmall"},
    "venue.migration_loss": {"hop": "scan_to_add", "city": SCAN_CITY},
    "store.target_shortfall": {"city": TARGET_CITY},
    "lever.refund_surge": {"channel": "douyin"},
}
