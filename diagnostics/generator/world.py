"""The simulated business: a healthy one first, then what the planted troubles take away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from diagnostics.generator.baskets import make_baskets
from diagnostics.generator.contacts import Contacts, StoreDays, count_store_days, make_contacts
from diagnostics.generator.draws import Flags, Floats, Ints
from diagnostics.generator.effects import Planted, measure_effects
from diagnostics.generator.live import LiveSessions, make_live_sessions
from diagnostics.generator.orders import Orders, collect_orders, sum_by
from diagnostics.generator.people import People, make_people
from diagnostics.generator.places import YOUZAN, Store, list_desks, list_stores
from diagnostics.generator.purchases import Purchases, make_purchases
from diagnostics.generator.season import MONTHS
from diagnostics.generator.targets import Targets, set_targets
from diagnostics.generator.traffic import Traffic, make_traffic
from diagnostics.generator.troubles import (
    HEALTHY_ADD_RATE,
    NONE,
    PLANTED,
    SCAN_CITY,
    Losses,
    Troubles,
    find_losses,
    find_refunds,
    mark_contacts,
)


@dataclass(frozen=True, kw_only=True)
class World:
    """All that the writers need; `before` counts each person's orders before the first day."""

    seed: int
    people: People
    before: Ints
    is_contact: Flags
    orders: Orders
    contacts: Contacts
    stores: tuple[Store, ...]
    desks: tuple[str, ...]
    store_days: StoreDays
    targets: Targets
    traffic: Traffic
    live: LiveSessions
    planted: tuple[Planted, ...]

    @property
    def staff(self) -> tuple[str, ...]:
        """All staff accounts: the stores' guides, then the head office."""
        return tuple(guide for store in self.stores for guide in store.guides) + self.desks


def _find_add_rates(stores: tuple[Store, ...], troubles: Troubles) -> Floats:
    return np.array([troubles.add_rate if store.city == SCAN_CITY else HEALTHY_ADD_RATE for store in stores])


def _measure_drop(traffic: Traffic, unspoilt: Traffic) -> float:
    """How far the last 12 months' buyers by month fall short of those of an unspoilt business."""
    year = slice(MONTHS // 2, MONTHS)
    return 1 - float(traffic.tmall_buyers[year].sum()) / max(float(unspoilt.tmall_buyers[year].sum()), 1.0)


def _see_people(people: People, purchases: Purchases, orders: Orders) -> tuple[Flags, Flags]:
    """Who is known as a customer, and who bought in the brand's own shop."""
    seen = np.bincount(orders.person, minlength=people.count) > 0
    shop = np.bincount(orders.person[orders.channel == YOUZAN], minlength=people.count) > 0
    return seen | (purchases.before > 0), shop


@lru_cache(maxsize=1)
def build_world(*, healthy: bool, customers: int, seed: int) -> World:
    """The business of about `customers` buyers; the same arguments give the same world."""
    troubles = NONE if healthy else PLANTED
    stores, desks = list_stores(customers), list_desks(customers)
    people = make_people(customers, stores, seed)
    purchases = make_purchases(people, seed)
    baskets = make_baskets(people, purchases, seed)
    paid_fen = sum_by(baskets.order, baskets.paid_fen, len(purchases))
    losses: Losses = find_losses(people, purchases, troubles)
    refunds = find_refunds(purchases, troubles)
    orders = collect_orders(purchases, baskets, losses.kept, refunds, seed)
    unspoilt = losses.without(losses.conversion)
    traffic = make_traffic(purchases, unspoilt, orders, seed)
    is_contact = mark_contacts(people, troubles)
    seen, shop = _see_people(people, purchases, orders)
    contacts = make_contacts(
        people=people, present=is_contact & seen, bought_in_shop=shop, stores=stores, desks=desks, seed=seed
    )
    days = count_store_days(contacts, _find_add_rates(stores, troubles), seed)
    planted: tuple[Planted, ...] = ()
    if not healthy:
        reference = collect_orders(purchases, baskets, unspoilt, refunds, seed)
        planted = measure_effects(
            people=people,
            purchases=purchases,
            paid_fen=paid_fen,
            losses=losses,
            orders=orders,
            days=days,
            stores=stores,
            conversion_drop=_measure_drop(traffic, make_traffic(purchases, unspoilt, reference, seed)),
            troubles=troubles,
        )
    return World(
        seed=seed,
        people=people,
        before=purchases.before,
        is_contact=is_contact,
        orders=orders,
        contacts=contacts,
        stores=stores,
        desks=desks,
        store_days=days,
        targets=set_targets(
            people=people,
            purchases=purchases,
            paid_fen=paid_fen,
            unspoilt=losses.without(losses.store),
            days=days,
            seed=seed,
        ),
        traffic=traffic,
        live=make_live_sessions(orders, seed),
        planted=planted,
    )
