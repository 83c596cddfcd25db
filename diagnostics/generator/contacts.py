"""Who was added to the private domain, when, by which account; and the scans and group joins at the stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diagnostics.generator.draws import Flags, Floats, Ints, open_stream
from diagnostics.generator.people import People
from diagnostics.generator.places import STORE, Store
from diagnostics.generator.season import DAY_SECONDS, DAYS, YEAR, draw_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

# The private domain opened half a year before the first day.
OPENED_DAY = -180
WALK_INS_A_DAY = 0.5
PHONE_REMARKED = 0.3


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """One entry per contact, in order of adding; `person` is -1 for one who never bought, `store` -1 outside stores."""

    person: Ints
    store: Ints
    added: Ints
    staff: npt.NDArray[np.str_]
    phone_known: Flags

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, kw_only=True)
class StoreDays:
    """Counts by store (rows) and day of the last 12 months (columns)."""

    scans: Ints
    added: Ints
    group_scans: Ints
    joined: Ints
    left: Ints


def _add_buyers(people: People, present: Flags, bought_in_shop: Flags, seed: int) -> tuple[Ints, Ints, Flags]:
    """Buyers are added some days after their first purchase, at the latest on the last day."""
    stream = open_stream(seed, "contacts")
    seconds, remarked = draw_seconds(stream, people.count), stream.random(people.count) < PHONE_REMARKED
    day = np.maximum(people.born_day + people.add_delay.astype(np.int64), OPENED_DAY)
    person = np.flatnonzero(present)
    added = np.minimum(day[person], DAYS - 1) * DAY_SECONDS + seconds[person]
    return person, added, (remarked | bought_in_shop)[person]


def _add_walk_ins(stores: int, seed: int) -> tuple[Ints, Ints]:
    """People who were added in a store and have not bought: store and time."""
    stream = open_stream(seed, "walk-ins")
    count = round(stores * DAYS * WALK_INS_A_DAY)
    store = np.arange(count, dtype=np.int64) % stores
    return store, stream.integers(0, DAYS, count) * DAY_SECONDS + draw_seconds(stream, count, store=True)


def make_contacts(
    *, people: People, present: Flags, bought_in_shop: Flags, stores: Sequence[Store], desks: Sequence[str], seed: int
) -> Contacts:
    """All contacts: store customers are held by a guide of their store, others by an account of the head office."""
    person, added, phone_known = _add_buyers(people, present, bought_in_shop, seed)
    walk_store, walk_added = _add_walk_ins(len(stores), seed)
    store = np.concatenate([np.where(people.home[person] == STORE, people.store[person], -1), walk_store])
    person = np.concatenate([person, np.full(len(walk_store), -1, dtype=np.int64)])
    added = np.concatenate([added, walk_added])
    phone_known = np.concatenate([phone_known, np.zeros(len(walk_store), dtype=np.bool_)])
    order = np.argsort(added, kind="stable")
    turn = np.arange(len(order), dtype=np.int64)
    guides = np.array([place.guides for place in stores])
    store = store[order]
    staff = np.where(store >= 0, guides[store, turn % guides.shape[1]], np.array(desks)[turn % len(desks)])
    return Contacts(person=person[order], store=store, added=added[order], staff=staff, phone_known=phone_known[order])


def _scatter(stream: np.random.Generator, totals: Ints, weights: Floats) -> Ints:
    """Spread each store's total over the days of a year, at random."""
    store = np.repeat(np.arange(len(totals), dtype=np.int64), totals)
    edges = np.cumsum(weights)
    day = np.minimum(np.searchsorted(edges, stream.random(len(store)) * edges[-1], side="right"), YEAR - 1)
    counts = np.bincount(store * YEAR + day, minlength=len(totals) * YEAR)
    return counts.reshape(len(totals), YEAR).astype(np.int64)


def count_store_days(contacts: Contacts, add_rates: Floats, seed: int) -> StoreDays:
    """Scans, contacts added and group joins; `add_rates` is the share of scans that end in a contact, by store."""
    stream = open_stream(seed, "store days")
    stores = len(add_rates)
    day = contacts.added // DAY_SECONDS - (DAYS - YEAR)
    inside = (contacts.store >= 0) & (day >= 0)
    places = contacts.store[inside] * YEAR + day[inside]
    added = np.bincount(places, minlength=stores * YEAR).reshape(stores, YEAR).astype(np.int64)
    totals = added.sum(axis=1)
    wobble = 1 + (stream.random((3, stores)) - 0.5) * 0.08
    weights = np.ones(YEAR)
    vain = np.round(totals * (1 / (add_rates * wobble[0]) - 1)).astype(np.int64)
    joined = np.minimum(
        added, np.floor(added * 0.56 * wobble[1][:, None] + stream.random(added.shape)).astype(np.int64)
    )
    vain_groups = np.round(joined.sum(axis=1) * (1 / (0.7 * wobble[2]) - 1)).astype(np.int64)
    leaving = np.round(joined.sum(axis=1) * 0.12).astype(np.int64)
    return StoreDays(
        scans=added + _scatter(stream, vain, weights),
        added=added,
        group_scans=joined + _scatter(stream, vain_groups, weights),
        joined=joined,
        left=_scatter(stream, leaving, weights),
    )
